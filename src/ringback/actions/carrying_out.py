"""Writes a decision as rows: the one place where an arrangement becomes facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ringback.actions.errors import Refused
from ringback.actions.journal import Journal
from ringback.actions.summary import summary_of
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.arrangement import Hang, PlannedTouch
from ringback.domain.ranking import lane_for
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    CommitmentState,
    EnrollmentState,
    TouchState,
)
from ringback.models import (
    Activity,
    Appointment,
    Arrangement,
    Commitment,
    Enrollment,
    Suppression,
    Touch,
    User,
)
from ringback.queries.library import current_version
from ringback.queries.standing import Stand, hang_of

LOGGED_ALREADY = "{who} has just logged this: {what}. Nothing was changed."


@dataclass(slots=True)
class Carrying:
    """One decision on its way into rows, and what has been written so far."""

    by: User | None
    stand: Stand
    decision: Decision
    now: datetime
    row: Arrangement
    journal: Journal = field(default_factory=Journal)
    enrollment: Enrollment | None = None
    appointment: Appointment | None = None
    commitments: list[Commitment] = field(default_factory=list)


def carry_out(
    *,
    by: User | None,
    stand: Stand,
    decision: Decision,
    event: str,
    key: str,
    text: str,
    now: datetime,
    dials: int = 0,
    messages: int = 0,
    closes_touch: bool = True,
) -> Carrying:
    """Write everything that the decision says, under one arrangement row and one line of the timeline.

    Runs inside the caller's transaction; whoever calls it adds own rows through the journal and then `seal`s it.
    """
    row = Arrangement.objects.create(
        prospect=stand.prospect,
        by=by,
        at=now,
        event=event,
        key=key,
        because_rule=decision.because.rule,
        because_text=decision.because.text[:500],
        summary=summary_of(decision, stand),
    )
    carrying = Carrying(by, stand, decision, now, row, enrollment=stand.enrollment, appointment=stand.appointment)
    if closes_touch:
        _close_touch_in_question(carrying)
    _close_touches(carrying)
    _settle_appointment(carrying)
    _move_enrollment(carrying, dials=dials, messages=messages)
    _note_commitments(carrying)
    _plant_touches(carrying)
    _change_prospect(carrying)
    _suppress(carrying)
    Activity.objects.create(
        prospect=stand.prospect,
        at=now,
        by=by,
        verb=event,
        text=text[:1000],
        rule=decision.because.rule,
        arrangement=row,
    )
    return carrying


def seal(carrying: Carrying) -> Arrangement:
    """Keep the journal with the arrangement, so that it can be taken back."""
    Arrangement.objects.filter(pk=carrying.row.pk).update(journal=carrying.journal.entries)
    carrying.row.journal = carrying.journal.entries
    return carrying.row


def already_arranged(key: str, prospect_id: int) -> Arrangement | None:
    """The arrangement that this key made before; Refused if the key belongs to something else."""
    row = Arrangement.objects.filter(key=key).first()
    if row is not None and row.prospect_id != prospect_id:
        raise Refused("This request was sent before, for somebody else. Reload the page and try again.")
    return row


@contextmanager
def once() -> Iterator[None]:
    """One durable transaction; what the database's own constraints refuse in it is told in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused("Somebody was quicker: this has just been changed. Reload to see how it stands.") from error


def _close_touch_in_question(carrying: Carrying) -> None:
    """The touch that the event was about is over. Compare-and-set: whoever comes second is told who was first."""
    touch = carrying.stand.touch
    if touch is not None:
        by_id = carrying.by.pk if carrying.by else None
        carrying.journal.change(touch, state=TouchState.DONE.value, closed_at=carrying.now, closed_by_id=by_id)


def _close_touches(carrying: Carrying) -> None:
    in_question = carrying.stand.touch
    for touch in carrying.stand.open_touches:
        if (in_question is None or touch.pk != in_question.pk) and hang_of(touch) in carrying.decision.cancels:
            carrying.journal.change(touch, state=TouchState.CANCELLED.value, closed_at=carrying.now)


def _settle_appointment(carrying: Carrying) -> None:
    decision, appointment = carrying.decision, carrying.appointment
    if decision.settles is not None and appointment is not None:
        called_off = decision.settles is AppointmentState.CANCELLED
        sequence = appointment.sequence + 1 if called_off else appointment.sequence
        carrying.journal.change(appointment, state=decision.settles.value, sequence=sequence)
        carrying.appointment = None
    if decision.agrees is None:
        return
    if decision.agrees.moved and carrying.appointment is not None:
        carrying.journal.change(
            carrying.appointment,
            starts_at=decision.agrees.starts_at,
            reason=decision.agrees.reason[:500],
            sequence=carrying.appointment.sequence + 1,
        )
    else:
        carrying.appointment = carrying.journal.create(_new_appointment(carrying))


def _new_appointment(carrying: Carrying) -> Appointment:
    agreed = carrying.decision.agrees
    assert agreed is not None
    rep = carrying.stand.prospect.owner or carrying.by
    assert rep is not None
    return Appointment(
        prospect=carrying.stand.prospect,
        rep=rep,
        starts_at=agreed.starts_at,
        zone=carrying.stand.calendar.zone,
        reason=agreed.reason[:500],
        agreed_at=carrying.now,
    )


def _move_enrollment(carrying: Carrying, *, dials: int, messages: int) -> None:
    decision = carrying.decision
    if carrying.enrollment is not None:
        _change_enrollment(carrying, carrying.enrollment, dials=dials, messages=messages)
    if decision.finish is not None:
        carrying.enrollment = None
    if decision.begin and decision.position is not None:
        # The dial that began a ladder is its first attempt; a ladder handed over starts its own count.
        first = dials if decision.finish is None else 0
        carrying.enrollment = carrying.journal.create(_new_enrollment(carrying, first, messages if first else 0))


def _change_enrollment(carrying: Carrying, enrollment: Enrollment, *, dials: int, messages: int) -> None:
    decision = carrying.decision
    after: dict[str, Any] = {
        "attempts": enrollment.attempts + dials,
        "messages_left": enrollment.messages_left + messages,
    }
    if decision.finish is not None:
        after |= {
            "state": EnrollmentState.FINISHED.value,
            "finished_at": carrying.now,
            "finish_reason": decision.finish.value,
        }
    elif decision.position is not None:
        after |= _rung_columns(decision) | {"state": EnrollmentState.RUNNING.value}
    carrying.journal.change(enrollment, **after)


def _rung_columns(decision: Decision) -> dict[str, Any]:
    position = decision.position
    assert position is not None
    return {
        "step_id": position.step_id,
        "repetition": position.repetition,
        "rung_attempt": position.attempt,
        "planned_at": position.moment.planned_at,
        "due_at": position.moment.due_at,
        "anchor_at": position.anchor,
    }


def _new_enrollment(carrying: Carrying, attempts: int, messages: int) -> Enrollment:
    return Enrollment(
        prospect=carrying.stand.prospect,
        cadence=current_version(carrying.decision.begin),
        attempts=attempts,
        messages_left=messages,
        started_at=carrying.now,
        **_rung_columns(carrying.decision),
    )


def _note_commitments(carrying: Carrying) -> None:
    carrying.commitments = [
        Commitment(
            prospect=carrying.stand.prospect,
            party=promise.party.value,
            text=promise.text[:300],
            due_on=promise.due_on,
            made_at=carrying.now,
        )
        for promise in carrying.decision.promises
    ]
    carrying.journal.create_all(carrying.commitments)
    if Hang.COMMITMENT in carrying.decision.cancels:
        for commitment in Commitment.objects.filter(prospect=carrying.stand.prospect, state=CommitmentState.OPEN):
            carrying.journal.change(commitment, state=CommitmentState.DROPPED.value, closed_at=carrying.now)


def _plant_touches(carrying: Carrying) -> None:
    carrying.journal.create_all([touch_row(carrying, planned) for planned in carrying.decision.touches])


def touch_row(carrying: Carrying, planned: PlannedTouch) -> Touch:
    prospect = carrying.stand.prospect
    hangs_in = planned.hang is Hang.ENROLLMENT
    return Touch(
        prospect=prospect,
        owner_id=prospect.owner_id or (carrying.by.pk if carrying.by else None),
        enrollment=carrying.enrollment if hangs_in else None,
        appointment=carrying.appointment if planned.hang is Hang.APPOINTMENT else None,
        commitment=carrying.commitments[planned.promise] if planned.promise is not None else None,
        arrangement=carrying.row,
        kind=planned.kind.value,
        channel=planned.channel.value,
        lane=lane_for(planned.kind, planned.channel, prospect.value),
        value=prospect.value,
        title=planned.title[:300],
        step_id=planned.step_id,
        repetition=planned.repetition,
        attempt=carrying.enrollment.attempts + 1 if hangs_in and carrying.enrollment else 1,
        planned_at=planned.counted_from,
        due_at=planned.due_at,
        latest_at=planned.latest_at,
        zone=carrying.stand.calendar.zone,
        because_rule=planned.because.rule,
        because_text=planned.because.text[:500],
    )


def _change_prospect(carrying: Carrying) -> None:
    decision, prospect = carrying.decision, carrying.stand.prospect
    after: dict[str, Any] = {}
    if decision.ending is not None:
        after |= {"state": decision.ending.state.value, "close_reason": decision.ending.reason[:300]}
    if decision.first_contact is not None:
        after["first_contact"] = decision.first_contact.value
    if decision.talked:
        after["conversations"] = prospect.conversations + 1
    carrying.journal.change(prospect, **after)


def _suppress(carrying: Carrying) -> None:
    """One row for the person and one for each number and address, so that a duplicate is blocked as well."""
    channels = carrying.decision.suppress
    if not channels:
        return
    every = channels >= frozenset(Channel) - {Channel.TASK}
    rows = [
        _suppression(carrying, "" if every else channel.value) for channel in sorted(channels)[: 1 if every else None]
    ]
    rows += [_suppression(carrying, "", point.value) for point in carrying.stand.contact_points if every]
    carrying.journal.create_all(rows)


def _suppression(carrying: Carrying, channel: str, value: str = "") -> Suppression:
    return Suppression(
        prospect=carrying.stand.prospect,
        channel=channel,
        value=value,
        reason=carrying.decision.because.text[:300],
        proof=carrying.decision.proof,
        by=carrying.by,
        at=carrying.now,
    )
