"""Writes a decision as rows: the one place where an arrangement becomes facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction

from ringback.actions import hot_write
from ringback.actions.errors import Refused
from ringback.actions.journal import Journal
from ringback.actions.summary import summary_of
from ringback.actions.suppressing import suppression_rows
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.arrangement import Hang, PlannedTouch
from ringback.domain.because import shortened
from ringback.domain.call_hours import NoWorkingMoment
from ringback.domain.lanes import AUTOMATIC, goes_by_itself, standing_lane
from ringback.domain.vocabulary import (
    AppointmentState,
    CommitmentState,
    EnrollmentState,
    FinishReason,
    ProspectState,
    TouchState,
)
from ringback.models import Activity, Appointment, Arrangement, Commitment, Enrollment, Pause, Touch, User
from ringback.queries.library import current_version
from ringback.queries.mailboxes import has_mailbox
from ringback.queries.standing import Stand, hang_of

# What they answered was about the moment that was: the new one is asked for anew.
_UNANSWERED: dict[str, Any] = {"answer": "", "answered_at": None, "answered_by": ""}
LONGEST_LINE = 1000
LOGGED_ALREADY = "{who} has just logged this: {what}. Nothing was changed."


@dataclass(slots=True)
class Carrying:
    """One decision on its way into rows, and what has been written so far."""

    by: User | None
    stand: Stand
    decision: Decision
    now: datetime
    row: Arrangement
    journal: Journal
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
    journal = Journal()
    row = hot_write.new(
        Arrangement,
        id=hot_write.reserved_id(Arrangement, journal.database),
        prospect_id=stand.prospect.id,
        by_id=by.id if by else None,
        at=now,
        event=event,
        key=key,
        because_rule=decision.because.rule,
        because_text=decision.because.text,
        summary=summary_of(decision, stand),
    )
    carrying = Carrying(by, stand, decision, now, row, journal, stand.enrollment, stand.appointment)
    blocks = suppression_rows(stand, decision, by, now)
    with journal.together():
        if closes_touch:
            _close_touch_in_question(carrying)
        _close_touches(carrying)
        _settle_appointment(carrying)
        _move_enrollment(carrying, dials=dials, messages=messages)
        _note_commitments(carrying)
        _plant_touches(carrying)
        _change_prospect(carrying)
        journal.create_all(blocks)
        journal.note([_timeline_entry(carrying, event, text)])
    return carrying


def _timeline_entry(carrying: Carrying, event: str, text: str) -> Activity:
    return hot_write.new(
        Activity,
        prospect_id=carrying.stand.prospect.id,
        at=carrying.now,
        by_id=carrying.by.id if carrying.by else None,
        verb=event,
        text=shortened(text, LONGEST_LINE),
        rule=carrying.decision.because.rule,
        arrangement_id=carrying.row.id,
    )


def seal(carrying: Carrying) -> Arrangement:
    """Write the arrangement itself, with the journal by which it can be taken back."""
    carrying.row.journal = carrying.journal.entries
    hot_write.insert_reserved(carrying.row, carrying.journal.database)
    return carrying.row


def already_arranged(stand: Stand, by: User | None) -> Arrangement | None:
    """The arrangement that this request made before; Refused if its key belongs to something else."""
    row = stand.earlier
    if row is None:
        return None
    if row.prospect_id != stand.prospect.id or row.by_id != (by.id if by else None):
        raise Refused("This request was sent before, for somebody else. Reload the page and try again.")
    if row.undone_at is not None:
        raise Refused("This was saved before and taken back. Reload the page to enter it anew.")
    return row


@contextmanager
def once() -> Iterator[None]:
    """One durable transaction; what the rules or the database's own constraints refuse in it is told in words."""
    with in_words(), transaction.atomic():
        yield


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever cannot be done is said to a person; nothing of it is an error of the program."""
    try:
        yield
    except IntegrityError as error:
        raise Refused("Somebody was quicker: this has just been changed. Reload to see how it stands.") from error
    except (DataError, UnicodeEncodeError) as error:
        raise Refused("Something in this cannot be stored: a text is too long or holds an odd character.") from error
    except NoWorkingMoment as error:
        raise Refused(f"{error} Look at the working hours and days in the settings.") from error


def _close_touch_in_question(carrying: Carrying) -> None:
    """The touch that the event was about is over. Compare-and-set: whoever comes second is told who was first."""
    touch = carrying.stand.touch
    if touch is not None:
        by_id = carrying.by.id if carrying.by else None
        carrying.journal.change(touch, state=TouchState.DONE.value, closed_at=carrying.now, closed_by_id=by_id)


def _close_touches(carrying: Carrying) -> None:
    in_question = carrying.stand.touch
    for touch in carrying.stand.open_touches:
        if (in_question is None or touch.id != in_question.id) and hang_of(touch) in carrying.decision.cancels:
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
            reason=shortened(decision.agrees.reason, 500),
            sequence=carrying.appointment.sequence + 1,
            **_UNANSWERED,
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
        reason=shortened(agreed.reason, 500),
        agreed_at=carrying.now,
    )


def _move_enrollment(carrying: Carrying, *, dials: int, messages: int) -> None:
    decision = carrying.decision
    if carrying.enrollment is not None:
        _change_enrollment(carrying, carrying.enrollment, dials=dials, messages=messages)
    if decision.finish is not None and carrying.enrollment is not None:
        _end_pause(carrying, carrying.enrollment)
        carrying.enrollment = None
    if decision.begin and decision.position is not None:
        # The dial that began a ladder is its first attempt; a ladder handed over starts its own count.
        first = 0 if decision.finish is FinishReason.HANDED_OVER else dials
        carrying.enrollment = carrying.journal.create(_new_enrollment(carrying, first, messages if first else 0))


def _end_pause(carrying: Carrying, enrollment: Enrollment) -> None:
    """Nothing is held any more once the enrollment is over."""
    if carrying.stand.standing.paused:
        for held in Pause.objects.filter(enrollment=enrollment, ended_at=None):
            carrying.journal.change(held, ended_at=carrying.now)


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
            text=shortened(promise.text, 300),
            due_on=promise.due_on,
            made_at=carrying.now,
        )
        for promise in carrying.decision.promises
    ]
    for commitment in carrying.commitments:
        carrying.journal.create(commitment)  # its touch needs its id
    if Hang.COMMITMENT in carrying.decision.cancels:
        for commitment in Commitment.objects.filter(prospect=carrying.stand.prospect, state=CommitmentState.OPEN):
            carrying.journal.change(commitment, state=CommitmentState.DROPPED.value, closed_at=carrying.now)


def _plant_touches(carrying: Carrying) -> None:
    carrying.journal.create_all([touch_row(carrying, planned) for planned in carrying.decision.touches])


def touch_row(carrying: Carrying, planned: PlannedTouch) -> Touch:
    prospect = carrying.stand.prospect
    owner_id = prospect.owner_id or (carrying.by.id if carrying.by else None)
    enrollment = carrying.enrollment if planned.hang is Hang.ENROLLMENT else None
    appointment = carrying.appointment if planned.hang is Hang.APPOINTMENT else None
    commitment = carrying.commitments[planned.promise] if planned.promise is not None else None
    lane = _lane(planned, prospect.value, owner_id)
    # The half minute of undo counts from now, also where a talk that began long ago is written down only now.
    due_at = max(planned.due_at, carrying.now) if lane == AUTOMATIC else planned.due_at
    return hot_write.new(
        Touch,
        prospect_id=prospect.id,
        owner_id=owner_id,
        enrollment_id=enrollment.id if enrollment else None,
        appointment_id=appointment.id if appointment else None,
        commitment_id=commitment.id if commitment else None,
        arrangement_id=carrying.row.id,
        kind=planned.kind.value,
        channel=planned.channel.value,
        lane=lane,
        value=prospect.value,
        title=planned.title,
        step_id=planned.step_id,
        repetition=planned.repetition,
        attempt=enrollment.attempts + 1 if enrollment else 1,
        planned_at=planned.counted_from,
        due_at=due_at,
        latest_at=planned.latest_at,
        zone=carrying.stand.calendar.zone,
        because_rule=planned.because.rule,
        because_text=planned.because.text,
    )


def _lane(planned: PlannedTouch, value: int, owner_id: int | None) -> int:
    """A mail goes by itself where its owner has a mailbox to send it from."""
    by_itself = goes_by_itself(planned.kind, planned.channel) and has_mailbox(owner_id)
    return int(standing_lane(planned.kind, planned.channel, value, by_itself=by_itself))


def _change_prospect(carrying: Carrying) -> None:
    decision, prospect = carrying.decision, carrying.stand.prospect
    after: dict[str, Any] = {}
    if decision.ending is not None:
        after |= {"state": decision.ending.state.value, "close_reason": shortened(decision.ending.reason, 300)}
    if decision.reopens:
        after |= {"state": ProspectState.OPEN.value, "close_reason": ""}
    if decision.first_contact is not None:
        after["first_contact"] = decision.first_contact.value
    if decision.talked:
        # What it was to be about was talked about.
        after |= {"conversations": prospect.conversations + 1, "talk_about": None}
    carrying.journal.change(prospect, **after)
