"""The calendar part of a mail about an appointment (A4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from ringback.adapters.calendar.invitation import invitation
from ringback.domain.mail.invitation import Invitation
from ringback.domain.vocabulary import AppointmentState
from ringback.models import Appointment, Mailbox, Workspace
from ringback.queries.drafts import Draft

Part = tuple[str, str]


def invitation_of(draft: Draft, *, mailbox: Mailbox, workspace: Workspace, now: datetime) -> Part:
    """The part and its method (REQUEST or CANCEL); two blanks for a mail that invites to nothing."""
    appointment = draft.appointment
    if appointment is None or not draft.wants_invitation:
        return "", ""
    it = Invitation(
        uid=appointment.uid,
        sequence=appointment.sequence,
        starts_at=appointment.starts_at,
        ends_at=appointment.starts_at + timedelta(minutes=workspace.talk_minutes),
        written_at=now,
        summary=_title(appointment, mailbox, workspace),
        description=appointment.agenda,
        organizer_address=mailbox.address,
        organizer_name=mailbox.from_name or mailbox.owner.shown_name,
        attendee_address=draft.to_address,
        attendee_name=draft.to_name,
        called_off=appointment.state == AppointmentState.CANCELLED,
    )
    return invitation(it), it.method


def _title(appointment: Appointment, mailbox: Mailbox, workspace: Workspace) -> str:
    """In their calendar stands who rings and why: “Rosa Lindqvist, Harbour Kilns: the trial”."""
    who = ", ".join(part for part in (mailbox.owner.shown_name, workspace.firm_name) if part)
    return f"{who}: {appointment.reason}" if appointment.reason else who
