"""The calendar part of a mail about an appointment (A4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ringback.adapters.calendar.invitation import invitation
from ringback.domain.mail.invitation import Invitation
from ringback.domain.vocabulary import MessageState, Situation
from ringback.models import Appointment, Mailbox, Message, Workspace
from ringback.queries.drafts import Draft
from ringback.queries.standing import workspace_now


@dataclass(frozen=True, slots=True)
class CalendarPart:
    text: str
    method: str


def calendar_part(draft: Draft, mailbox: Mailbox, now: datetime) -> CalendarPart | None:
    """What their calendar is told, if this mail tells it something.

    An entry that it never got is not called off.
    """
    appointment = draft.appointment
    if not draft.wants_invitation or appointment is None:
        return None
    called_off = draft.situation is Situation.CANCELLATION
    if called_off and not _was_invited(appointment):
        return None
    entry = _entry(appointment, draft, mailbox, workspace_now(), now, called_off=called_off)
    return CalendarPart(invitation(entry), entry.method)


def _entry(
    appointment: Appointment, draft: Draft, mailbox: Mailbox, house: Workspace, now: datetime, *, called_off: bool
) -> Invitation:
    who = ", ".join(part for part in (mailbox.from_name, house.firm_name) if part)
    return Invitation(
        uid=appointment.uid,
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.starts_at + house.as_value().talk_length,
        written_at=now,
        summary=f"{who}: {appointment.reason}" if appointment.reason else who,
        description=appointment.agenda,
        organizer_address=mailbox.address,
        organizer_name=mailbox.from_name,
        attendee_address=draft.to_address,
        attendee_name=draft.to_name,
        called_off=called_off,
    )


def _was_invited(appointment: Appointment) -> bool:
    reached = (MessageState.SENT, MessageState.UNKNOWN)
    return Message.objects.filter(appointment=appointment, state__in=reached).exclude(invitation="").exists()
