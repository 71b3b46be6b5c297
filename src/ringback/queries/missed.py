"""Whether somebody missed a talk, and nothing was written about it yet."""

from __future__ import annotations

from ringback.domain.vocabulary import AppointmentState, Channel, ProspectState, TouchKind, TouchState
from ringback.models import Appointment, Prospect, Touch


def missed_talk(prospect: Prospect) -> Appointment | None:
    """The last appointment, if it was missed and a mail about it is neither planned nor sent; of an open lead only."""
    if prospect.state != ProspectState.OPEN:
        return None
    last = Appointment.objects.filter(prospect=prospect).order_by("-pk").first()
    if last is None or last.state != AppointmentState.MISSED:
        return None
    written = Touch.objects.filter(appointment=last, kind=TouchKind.RETRY, channel=Channel.EMAIL)
    return None if written.filter(state__in=(TouchState.OPEN, TouchState.DONE)).exists() else last
