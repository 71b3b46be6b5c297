"""Appointments made outside a call, moved, cancelled; everything around them follows."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.checking import writable
from ringback.actions.deciding import Decide, by_rule, happen
from ringback.actions.errors import Refused, refuse_missing
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.events import AppointmentCancelled, AppointmentMade, AppointmentMoved
from ringback.domain.outcome import moment_problem
from ringback.domain.vocabulary import ProspectState
from ringback.models import Appointment, Arrangement, Prospect, User
from ringback.queries.standing import Stand

NOT_AGREED = "This appointment is over or was changed meanwhile. Reload to see how it stands."


def make_appointment(
    *, by: User, prospect: Prospect, starts_at: datetime, reason: str, key: str, now: datetime, booked: bool = False
) -> Arrangement:
    """Agree on an exact moment (UTC) with a reason (A1, A4). A standing appointment is moved; a ladder stops (C5)."""
    if not reason.strip():
        raise Refused("Say why you will speak; it goes into the confirmation.", "reason")
    writable(reason, "reason", at_most=500)
    refuse_missing(moment_problem(starts_at, now=now))
    made = by_rule(AppointmentMade(now, starts_at, reason.strip(), booked=booked))

    def decide(stand: Stand) -> Decision:
        if stand.facts.state is not ProspectState.OPEN:
            raise Refused("The lead is closed; reopen it first.")
        return made(stand)

    return happen(
        by=by, prospect_id=prospect.pk, decide=decide, verb="appointment", text="Appointment agreed.", key=key, now=now
    )


def move_appointment(
    *, by: User, appointment: Appointment, starts_at: datetime, key: str, now: datetime, reason: str = ""
) -> Arrangement:
    """Another moment (UTC): everything around the appointment is cancelled and built anew."""
    writable(reason, "reason", at_most=500)
    refuse_missing(moment_problem(starts_at, now=now))
    return happen(
        by=by,
        prospect_id=appointment.prospect_id,
        decide=_while_agreed(appointment, by_rule(AppointmentMoved(now, starts_at, reason.strip()))),
        verb="moved",
        text="Appointment moved.",
        key=key,
        now=now,
    )


def cancel_appointment(*, by: User, appointment: Appointment, reason: str, key: str, now: datetime) -> Arrangement:
    """The appointment and everything around it falls; the general rhythm keeps in touch."""
    writable(reason, "reason", at_most=300)
    return happen(
        by=by,
        prospect_id=appointment.prospect_id,
        decide=_while_agreed(appointment, by_rule(AppointmentCancelled(now, reason.strip()))),
        verb="cancelled",
        text="Appointment cancelled.",
        key=key,
        now=now,
    )


def _while_agreed(appointment: Appointment, decide: Decide) -> Decide:
    """Only if it is still the standing appointment, at the moment the person was shown."""

    def checked(stand: Stand) -> Decision:
        standing = stand.appointment
        if standing is None or standing.pk != appointment.pk or standing.sequence != appointment.sequence:
            raise Refused(NOT_AGREED)
        return decide(stand)

    return checked
