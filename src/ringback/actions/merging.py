"""Two rows are one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.journal import Journal
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import withdraw_written
from ringback.actions.noting import noted
from ringback.actions.prospecting import name_in_lists
from ringback.actions.walking import columns_of
from ringback.domain.because import shortened
from ringback.domain.local_time import local
from ringback.domain.readiness import of_both
from ringback.domain.vocabulary import (
    AppointmentState,
    EnrollmentState,
    FinishReason,
    FirstContact,
    MessageState,
    ProspectState,
    Qualification,
    Temperature,
    TouchState,
)
from ringback.models import (
    Appointment,
    Arrangement,
    Enrollment,
    IncomingMail,
    Message,
    Pause,
    Prospect,
    Suppression,
    Touch,
    User,
)
from ringback.queries.access import may_see
from ringback.queries.articles import had_by
from ringback.queries.calendars import calendar_for
from ringback.queries.standing import workspace_now

HANGING = (
    "calls", "needs", "interests", "objections", "commitments", "circumstances", "activities", "suppressions",
    "arrangements", "walks", "gate_decisions",
)  # fmt: skip
FILLED_ALONE = (
    "job_title", "zone", "region", "language", "source", "external_id", "proposal_sent_on",
    "talk_about",
)  # fmt: skip
# Half a name or half an address of one with the other half of the other would be nobody's.
FILLED_TOGETHER = (
    ("first_name", "last_name"),
    ("company_id", "company_name"),
    ("street", "city", "postal_code", "state_name", "country"),
)


@dataclass(frozen=True, slots=True)
class _Merging:
    """The two, held until the end, and everything that is written."""

    kept: Prospect
    lost: Prospect
    now: datetime
    journal: Journal


def merge_prospects(*, by: User, keep: Prospect, lose: Prospect, now: datetime) -> Arrangement:
    """Everything known about `lose` moves to `keep`; the emptied row stays, closed, and points to the other.

    Where both have a plan, `keep`'s stays and `lose`'s ends; an agreed appointment comes before any ladder (C5). If
    `keep` is closed, or either asked to be left alone, nothing stays planned.
    Nothing filled in is overwritten; the greater value, the warmer temperature and any qualification win.
    It can be taken back like every arrangement. What was written of their plans and had not left is written anew.
    """
    if keep.pk == lose.pk:
        raise Refused("That is the same prospect.")
    with once():
        kept, lost = (locked_prospect(pk) for pk in sorted((keep.pk, lose.pk)))
        if kept.pk != keep.pk:
            kept, lost = lost, kept
        if not (may_see(by, kept) and may_see(by, lost)):
            raise Refused("One of the two belongs to somebody else.")
        if kept.merged_into_id or lost.merged_into_id:
            raise Refused("One of the two was merged already.")
        merging = _Merging(kept, lost, now, Journal())
        text = f"Merged with {lost.shown_name} (number {lost.pk})."
        _end_second_plans(merging)
        _move_mails(merging)
        _move_points(merging)
        _move_rows(merging)
        _fill_in(merging)
        _retire(merging)
        return noted(by=by, prospect=kept, event="merged", text=text, journal=merging.journal, now=now)


def _end_second_plans(merging: _Merging) -> None:
    kept, lost = merging.kept, merging.lost
    if kept.state != ProspectState.OPEN or _left_alone(kept, lost):
        for each in (kept, lost):
            _end_ladder(merging, each)
            _end_appointment(merging, each)
            _cancel(merging, Touch.objects.filter(prospect=each))
        return
    both = (kept, lost)
    if _agreed(kept).exists():
        _end_appointment(merging, lost)
    if any(_agreed(each).exists() for each in both):
        _end_ladder(merging, kept)
        _end_ladder(merging, lost)
    elif _running(kept).exists():
        _end_ladder(merging, lost)


def _left_alone(kept: Prospect, lost: Prospect) -> bool:
    blocked = Suppression.objects.filter(prospect__in=(kept, lost), channel="", value="", lifted_at=None)
    return blocked.exists()


def _running(prospect: Prospect) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(prospect=prospect).exclude(state=EnrollmentState.FINISHED)


def _agreed(prospect: Prospect) -> QuerySet[Appointment]:
    return Appointment.objects.filter(prospect=prospect, state=AppointmentState.AGREED)


def _end_ladder(merging: _Merging, prospect: Prospect) -> None:
    now, running = merging.now, list(_running(prospect).values_list("pk", flat=True))
    _cancel(merging, Touch.objects.filter(enrollment__in=running))
    merging.journal.change_all(Pause.objects.filter(enrollment__in=running, ended_at=None), ended_at=now)
    ended = {"state": EnrollmentState.FINISHED.value, "finished_at": now, "finish_reason": FinishReason.MOVED.value}
    merging.journal.change_all(Enrollment.objects.filter(pk__in=running), **ended)


def _end_appointment(merging: _Merging, prospect: Prospect) -> None:
    """Its calendar entry is called off with the next sequence number, like every cancelled one."""
    for agreed in _agreed(prospect):
        _cancel(merging, Touch.objects.filter(appointment=agreed))
        merging.journal.change(agreed, state=AppointmentState.CANCELLED.value, sequence=agreed.sequence + 1)


def _cancel(merging: _Merging, touches: QuerySet[Touch]) -> None:
    planned = touches.filter(state=TouchState.OPEN)
    merging.journal.change_all(planned, state=TouchState.CANCELLED.value, closed_at=merging.now)


def _move_mails(merging: _Merging) -> None:
    """What went out and came in. What is written and has not left is written anew for whoever is left.

    An article that went to both stays with the mail of `kept`: one person has it once (A8).
    """
    kept, lost = merging.kept, merging.lost
    mails = Message.objects.filter(prospect=lost)
    if mails.filter(state=MessageState.SENDING).exists():
        raise Refused("A mail to one of the two is being sent at this moment; try again in a few seconds.")
    withdraw_written(lost, why=f"Merged with {kept.shown_name}.", now=merging.now)
    merging.journal.change_all(mails.filter(article__in=had_by(kept)), article_id=None)
    merging.journal.change_all(mails, prospect_id=kept.pk)
    merging.journal.change_all(IncomingMail.objects.filter(prospect=lost), prospect_id=kept.pk)


def _move_points(merging: _Merging) -> None:
    kept = merging.kept
    known = set(kept.contact_points.values_list("kind", "value"))
    for point in merging.lost.contact_points.all():
        if (point.kind, point.value) not in known:
            merging.journal.change(point, prospect_id=kept.pk, position=len(known) + point.position)


def _move_rows(merging: _Merging) -> None:
    kept, lost, journal = merging.kept, merging.lost, merging.journal
    for model in (Enrollment, Appointment, Touch):
        journal.change_all(model._default_manager.filter(prospect=lost), prospect_id=kept.pk)
    if kept.owner_id is not None:
        # What is done already stays in the records of whoever did it.
        journal.change_all(_agreed(kept), rep_id=kept.owner_id)
        journal.change_all(Touch.objects.filter(prospect=kept, state=TouchState.OPEN), owner_id=kept.owner_id)
    for name in HANGING:
        journal.change_all(getattr(lost, name).all(), prospect_id=kept.pk)


def _fill_in(merging: _Merging) -> None:
    kept, lost = merging.kept, merging.lost
    changes: dict[str, Any] = _gaps_filled(kept, lost) | {
        "value": max(kept.value, lost.value),
        "conversations": kept.conversations + lost.conversations,
        "notes": "\n\n".join(part for part in (kept.notes, lost.notes) if part),
        "tags": list(dict.fromkeys([*kept.tags, *lost.tags])),
        "custom": lost.custom | kept.custom,
        "possible_zones": kept.possible_zones or lost.possible_zones,
    }
    zone = calendar_for(kept, workspace_now(), merging.now).calendar.zone
    changes |= columns_of(of_both(kept.readiness, lost.readiness, local(merging.now, zone).date()))
    if Temperature.WARM in (kept.temperature, lost.temperature):
        changes["temperature"] = Temperature.WARM.value
    if kept.qualification == Qualification.UNKNOWN:
        changes["qualification"] = lost.qualification
    if kept.first_contact == FirstContact.NONE:
        changes["first_contact"] = lost.first_contact
    for name, value in changes.items():
        setattr(kept, name, value)
    name_in_lists(kept)
    changes |= {"shown_name": kept.shown_name, "search_text": kept.search_text}
    merging.journal.change_all(Prospect.objects.filter(pk=kept.pk), **changes)
    place_touches(kept)


def _gaps_filled(kept: Prospect, lost: Prospect) -> dict[str, Any]:
    groups = [(name,) for name in FILLED_ALONE] + list(FILLED_TOGETHER)
    empty = [group for group in groups if not any(getattr(kept, name) for name in group)]
    return {name: getattr(lost, name) for group in empty for name in group}


def _retire(merging: _Merging) -> None:
    kept = merging.kept
    merging.journal.change(
        merging.lost,
        merged_into_id=kept.pk,
        state=ProspectState.CLOSED.value,
        close_reason=shortened(f"Merged into {kept.shown_name}", 300),
    )
