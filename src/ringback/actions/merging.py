"""Two rows are one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import withdraw_written
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
    Activity,
    Appointment,
    ContactPoint,
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


def merge_prospects(*, by: User, keep: Prospect, lose: Prospect, now: datetime) -> Prospect:
    """Everything known about `lose` moves to `keep`; the emptied row stays, closed, and points to the other.

    Where both have a plan, `keep`'s stays and `lose`'s ends; an agreed appointment comes before any ladder (C5). If
    `keep` is closed, or either asked to be left alone, nothing stays planned.
    Nothing filled in is overwritten; the greater value, the warmer temperature and any qualification win.
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
        _end_second_plans(kept, lost, now)
        _move_mails(kept, lost, now)
        _move_points(kept, lost)
        _move_rows(kept, lost)
        _fill_in(kept, lost, now)
        _retire(lost, kept)
        text = f"Merged with {lost.shown_name} (number {lost.pk})."
        Activity.objects.create(prospect=kept, at=now, by=by, verb="merged", text=text)
        return kept


def _end_second_plans(kept: Prospect, lost: Prospect, now: datetime) -> None:
    if kept.state != ProspectState.OPEN or _left_alone(kept, lost):
        for each in (kept, lost):
            _end_ladder(each, now)
            _end_appointment(each, now)
            _cancel(Touch.objects.filter(prospect=each), now)
        return
    both = (kept, lost)
    if _agreed(kept).exists():
        _end_appointment(lost, now)
    if any(_agreed(each).exists() for each in both):
        _end_ladder(kept, now)
        _end_ladder(lost, now)
    elif _running(kept).exists():
        _end_ladder(lost, now)


def _left_alone(kept: Prospect, lost: Prospect) -> bool:
    blocked = Suppression.objects.filter(prospect__in=(kept, lost), channel="", value="", lifted_at=None)
    return blocked.exists()


def _running(prospect: Prospect) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(prospect=prospect).exclude(state=EnrollmentState.FINISHED)


def _agreed(prospect: Prospect) -> QuerySet[Appointment]:
    return Appointment.objects.filter(prospect=prospect, state=AppointmentState.AGREED)


def _end_ladder(prospect: Prospect, now: datetime) -> None:
    running = list(_running(prospect).values_list("pk", flat=True))
    _cancel(Touch.objects.filter(enrollment__in=running), now)
    Pause.objects.filter(enrollment__in=running, ended_at=None).update(ended_at=now)
    ended = {"state": EnrollmentState.FINISHED, "finished_at": now, "finish_reason": FinishReason.MOVED}
    Enrollment.objects.filter(pk__in=running).update(**ended)


def _end_appointment(prospect: Prospect, now: datetime) -> None:
    """Its calendar entry is called off with the next sequence number, like every cancelled one."""
    agreed = list(_agreed(prospect).values_list("pk", flat=True))
    _cancel(Touch.objects.filter(appointment__in=agreed), now)
    Appointment.objects.filter(pk__in=agreed).update(state=AppointmentState.CANCELLED, sequence=F("sequence") + 1)


def _cancel(touches: QuerySet[Touch], now: datetime) -> None:
    touches.filter(state=TouchState.OPEN).update(state=TouchState.CANCELLED, closed_at=now)


def _move_mails(kept: Prospect, lost: Prospect, now: datetime) -> None:
    """What went out and came in. What is written and has not left is written anew for whoever is left.

    An article that went to both stays with the mail of `kept`: one person has it once (A8).
    """
    mails = Message.objects.filter(prospect=lost)
    if mails.filter(state=MessageState.SENDING).exists():
        raise Refused("A mail to one of the two is being sent at this moment; try again in a few seconds.")
    withdraw_written(lost, why=f"Merged with {kept.shown_name}.", now=now)
    mails.filter(article__in=had_by(kept)).update(article=None)
    mails.update(prospect=kept)
    IncomingMail.objects.filter(prospect=lost).update(prospect=kept)


def _move_points(kept: Prospect, lost: Prospect) -> None:
    known = set(kept.contact_points.values_list("kind", "value"))
    for point in lost.contact_points.all():
        if (point.kind, point.value) not in known:
            ContactPoint.objects.filter(pk=point.pk).update(prospect=kept, position=len(known) + point.position)


def _move_rows(kept: Prospect, lost: Prospect) -> None:
    Enrollment.objects.filter(prospect=lost).update(prospect=kept)
    Appointment.objects.filter(prospect=lost).update(prospect=kept)
    Touch.objects.filter(prospect=lost).update(prospect=kept)
    if kept.owner_id is not None:
        # What is done already stays in the records of whoever did it.
        _agreed(kept).update(rep=kept.owner_id)
        Touch.objects.filter(prospect=kept, state=TouchState.OPEN).update(owner=kept.owner_id)
    for name in HANGING:
        getattr(lost, name).update(prospect=kept)


def _fill_in(kept: Prospect, lost: Prospect, now: datetime) -> None:
    changes: dict[str, Any] = _gaps_filled(kept, lost) | {
        "value": max(kept.value, lost.value),
        "conversations": kept.conversations + lost.conversations,
        "notes": "\n\n".join(part for part in (kept.notes, lost.notes) if part),
        "tags": list(dict.fromkeys([*kept.tags, *lost.tags])),
        "custom": lost.custom | kept.custom,
        "possible_zones": kept.possible_zones or lost.possible_zones,
    }
    zone = calendar_for(kept, workspace_now(), now).calendar.zone
    changes |= columns_of(of_both(kept.readiness, lost.readiness, local(now, zone).date()))
    if Temperature.WARM in (kept.temperature, lost.temperature):
        changes["temperature"] = Temperature.WARM
    if kept.qualification == Qualification.UNKNOWN:
        changes["qualification"] = lost.qualification
    if kept.first_contact == FirstContact.NONE:
        changes["first_contact"] = lost.first_contact
    for name, value in changes.items():
        setattr(kept, name, value)
    name_in_lists(kept)
    kept.save(update_fields=[*changes, "shown_name", "search_text"])
    place_touches(kept)


def _gaps_filled(kept: Prospect, lost: Prospect) -> dict[str, Any]:
    groups = [(name,) for name in FILLED_ALONE] + list(FILLED_TOGETHER)
    empty = [group for group in groups if not any(getattr(kept, name) for name in group)]
    return {name: getattr(lost, name) for group in empty for name in group}


def _retire(lost: Prospect, kept: Prospect) -> None:
    Prospect.objects.filter(pk=lost.pk).update(
        merged_into=kept, state=ProspectState.CLOSED, close_reason=shortened(f"Merged into {kept.shown_name}", 300)
    )
