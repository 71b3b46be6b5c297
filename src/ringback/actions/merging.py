"""Two rows are one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.domain.vocabulary import (
    EnrollmentState,
    FinishReason,
    FirstContact,
    ProspectState,
    Qualification,
    Temperature,
    TouchState,
)
from ringback.models import Activity, Appointment, ContactPoint, Enrollment, Prospect, Touch, User
from ringback.queries.access import may_see

HANGING = ("calls", "needs", "interests", "objections", "commitments", "activities", "suppressions", "arrangements")
FILLED_FROM_THE_OTHER = (
    "first_name", "last_name", "job_title", "company_id", "company_name", "zone", "region", "language", "street",
    "city", "postal_code", "state_name", "country", "source", "external_id", "proposal_sent_on",
)  # fmt: skip


def merge_prospects(*, by: User, keep: Prospect, lose: Prospect, now: datetime) -> Prospect:
    """Everything known about `lose` moves to `keep`; the emptied row stays, closed, and points to the other.

    Where both have a plan, `keep`'s stays and `lose`'s ends: one open enrollment, one agreed appointment.
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
        _move_points(kept, lost)
        _move_rows(kept, lost)
        _fill_in(kept, lost)
        _retire(lost, kept)
        text = f"Merged with {lost.shown_name} (number {lost.pk})."
        Activity.objects.create(prospect=kept, at=now, by=by, verb="merged", text=text)
        return kept


def _end_second_plans(kept: Prospect, lost: Prospect, now: datetime) -> None:
    if kept.enrollments.exclude(state=EnrollmentState.FINISHED).exists():
        running = Enrollment.objects.filter(prospect=lost).exclude(state=EnrollmentState.FINISHED)
        _cancel(Touch.objects.filter(enrollment__in=running), now)
        running.update(state=EnrollmentState.FINISHED, finished_at=now, finish_reason=FinishReason.MOVED)
    if kept.appointments.filter(state="agreed").exists():
        agreed = Appointment.objects.filter(prospect=lost, state="agreed")
        _cancel(Touch.objects.filter(appointment__in=agreed), now)
        agreed.update(state="cancelled")


def _cancel(touches: Any, now: datetime) -> None:
    touches.filter(state=TouchState.OPEN).update(state=TouchState.CANCELLED, closed_at=now)


def _move_points(kept: Prospect, lost: Prospect) -> None:
    known = set(kept.contact_points.values_list("kind", "value"))
    for point in lost.contact_points.all():
        if (point.kind, point.value) not in known:
            ContactPoint.objects.filter(pk=point.pk).update(prospect=kept, position=len(known) + point.position)


def _move_rows(kept: Prospect, lost: Prospect) -> None:
    Enrollment.objects.filter(prospect=lost).update(prospect=kept)
    Appointment.objects.filter(prospect=lost).update(prospect=kept, **({"rep": kept.owner} if kept.owner else {}))
    Touch.objects.filter(prospect=lost).update(prospect=kept, owner=kept.owner)
    for name in HANGING:
        getattr(lost, name).update(prospect=kept)


def _fill_in(kept: Prospect, lost: Prospect) -> None:
    changes: dict[str, Any] = {name: getattr(lost, name) for name in FILLED_FROM_THE_OTHER if not getattr(kept, name)}
    changes |= {
        "value": max(kept.value, lost.value),
        "conversations": kept.conversations + lost.conversations,
        "notes": "\n\n".join(part for part in (kept.notes, lost.notes) if part),
        "tags": list(dict.fromkeys([*kept.tags, *lost.tags])),
    }
    if Temperature.WARM in (kept.temperature, lost.temperature):
        changes["temperature"] = Temperature.WARM
    if kept.qualification == Qualification.UNKNOWN:
        changes["qualification"] = lost.qualification
    if kept.first_contact == FirstContact.NONE:
        changes["first_contact"] = lost.first_contact
    Prospect.objects.filter(pk=kept.pk).update(**changes)


def _retire(lost: Prospect, kept: Prospect) -> None:
    Prospect.objects.filter(pk=lost.pk).update(
        merged_into=kept, state=ProspectState.CLOSED, close_reason=f"Merged into {kept.shown_name}"[:300]
    )
