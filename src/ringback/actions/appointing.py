"""Appointments made outside a call, moved, cancelled; everything around them follows."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import Carrying
from ringback.actions.checking import writable
from ringback.actions.deciding import Decide, by_rule, happen
from ringback.actions.errors import Refused, refuse_missing
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.events import AppointmentCancelled, AppointmentMade, AppointmentMoved, MissedTalkWritten
from ringback.domain.lanes import lane_for
from ringback.domain.outcome import moment_problem
from ringback.domain.vocabulary import Channel, ProspectState, TouchKind
from ringback.models import Appointment, Arrangement, Prospect, Touch, User
from ringback.queries.missed import missed_talk
from ringback.queries.standing import Stand

NOTHING_MISSED = "No missed talk waits for a mail: something was agreed or written since. Reload to see how it stands."
READ_FIRST = "Read it before it goes: it was asked for by hand."
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


def write_of_missed_talk(*, by: User, prospect: Prospect, key: str, now: datetime) -> Touch:
    """Plan the mail that says you missed each other, to be read and sent by a person; the ladder goes on beside it.

    It hangs on the missed appointment: a new one, a reply, or the end of the lead lets it fall. Refused if nothing was
    missed, or if it was written already by another request.
    """

    def decide(stand: Stand) -> Decision:
        missed = missed_talk(stand.prospect)
        if missed is None:
            raise Refused(NOTHING_MISSED)
        if Channel.EMAIL not in stand.facts.channels:
            raise Refused("There is no e-mail address that may be written to.")
        return by_rule(MissedTalkWritten(now, missed.starts_at))(stand)

    def hang_on_it(carrying: Carrying) -> None:
        touch, missed = Touch.objects.get(arrangement=carrying.row.pk), missed_talk(carrying.stand.prospect)
        assert missed is not None
        lane = lane_for(TouchKind(touch.kind), Channel(touch.channel), touch.value)
        carrying.journal.change(touch, appointment_id=missed.pk, lane=int(lane), held=READ_FIRST)

    made = happen(
        by=by, prospect_id=prospect.pk, decide=decide, verb="mail", text="", key=key, now=now, also=hang_on_it
    )
    written = Touch.objects.filter(arrangement=made, kind=TouchKind.RETRY).first()
    if written is None:
        raise Refused(NOTHING_MISSED)
    return written


def _while_agreed(appointment: Appointment, decide: Decide) -> Decide:
    """Only if it is still the standing appointment, at the moment the person was shown."""

    def checked(stand: Stand) -> Decision:
        standing = stand.appointment
        if standing is None or standing.pk != appointment.pk or standing.sequence != appointment.sequence:
            raise Refused(NOT_AGREED)
        return decide(stand)

    return checked
