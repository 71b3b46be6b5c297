"""The calendar part of a mail (RFC 5545, RFC 5546)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress
from icalendar.enums import CUTYPE, PARTSTAT, ROLE, STATUS, TRANSP

from ringback.domain.mail.invitation import Invitation

_PRODUCT = "-//Ringback//Ringback//EN"
# RFC 5545 allows a text no control characters but tabs and line ends; halves of a character are no text at all.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def invitation(it: Invitation) -> str:
    """As it goes into the mail. In UTC, and without a time zone of its own: every calendar shows the right moment."""
    calendar = Calendar.new(method=it.method, prodid=_PRODUCT, calscale="GREGORIAN")
    # A name for the whole calendar makes some programs keep one event of it only.
    calendar.pop("UID", None)
    calendar.add_component(_event(it))
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _event(it: Invitation) -> Event:
    event = Event.new(
        uid=it.uid,
        sequence=it.sequence,
        stamp=_utc(it.written_at),
        start=_utc(it.starts_at),
        end=_utc(it.ends_at),
        summary=_line(it.summary),
        description=_text(it.description) or None,
        location=_line(it.location) or None,
        organizer=vCalAddress.new(it.organizer_address, cn=_name(it.organizer_name)),
        attendees=[_attendee(it)],
        status=STATUS.CANCELLED if it.called_off else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT if it.called_off else TRANSP.OPAQUE,
    )
    for unasked in ("CREATED", "LAST-MODIFIED"):
        event.pop(unasked, None)
    return event


def _attendee(it: Invitation) -> vCalAddress:
    return vCalAddress.new(
        it.attendee_address,
        cn=_name(it.attendee_name),
        cutype=CUTYPE.INDIVIDUAL,
        role=ROLE.REQ_PARTICIPANT,
        partstat=PARTSTAT.NEEDS_ACTION,
        rsvp=not it.called_off,
    )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _text(text: str) -> str:
    return _UNFIT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _name(text: str) -> str | None:
    """A parameter's value cannot hold a double quote, and programs disagree about what a backslash in it means."""
    return _line(text).replace('"', "'").replace("\\", "/") or None
