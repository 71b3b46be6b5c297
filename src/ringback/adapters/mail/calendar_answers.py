"""Their calendar's answer to an invitation of ours (RFC 5545, 5546)."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar

from ringback.adapters.mail.charsets import clean_line
from ringback.domain.mail.incoming import CalendarReply
from ringback.domain.vocabulary import CalendarAnswer

log = logging.getLogger(__name__)

LONGEST = 200_000
_ANSWERS = {
    "ACCEPTED": CalendarAnswer.ACCEPTED,
    "DECLINED": CalendarAnswer.DECLINED,
    "TENTATIVE": CalendarAnswer.TENTATIVE,
}


def calendar_answer(text: str) -> CalendarReply | None:
    """None if it is no calendar, no answer (an invitation of theirs), or nothing was decided."""
    if "BEGIN:VCALENDAR" not in text[:LONGEST].upper():
        return None
    try:
        return _answer(Calendar.from_ical(text[:LONGEST]))
    except Exception:  # a foreign parser on foreign text
        log.info("a calendar part could not be read", exc_info=True)
        return None


def _answer(calendar: Any) -> CalendarReply | None:
    method = str(calendar.get("METHOD", "")).upper()
    event = next(iter(calendar.walk("VEVENT")), None)
    if event is None or method not in ("REPLY", "COUNTER"):
        return None
    attendee = _attendee(event)
    said = str(attendee.params.get("PARTSTAT", "")).upper() if attendee is not None else ""
    answer = CalendarAnswer.COUNTER if method == "COUNTER" else _ANSWERS.get(said)
    uid = clean_line(str(event.get("UID", "")), 255)
    if answer is None or not uid:
        return None
    return CalendarReply(
        uid=uid,
        answer=answer,
        sequence=_number(event.get("SEQUENCE")),
        by=clean_line(str(attendee or "").lower().removeprefix("mailto:"), 320),
        starts_at=_start(event) if answer is CalendarAnswer.COUNTER else None,
        comment=clean_line(str(event.get("COMMENT", "")), 500),
    )


def _attendee(event: Any) -> Any:
    """Whoever answered: a reply names one attendee; of several, the one with an answer."""
    named = event.get("ATTENDEE")
    listed = named if isinstance(named, list) else [named]
    present = [each for each in listed if each is not None]
    answering = (each for each in present if str(each.params.get("PARTSTAT", "")).upper() in _ANSWERS)
    return next(answering, next(iter(present), None))


def _number(value: Any) -> int:
    try:
        return max(0, min(int(value), 2**31 - 1))
    except (TypeError, ValueError):
        return 0


def _start(event: Any) -> datetime | None:
    """The proposed beginning in UTC; a whole day, or a clock without a zone, is no moment."""
    found = event.get("DTSTART")
    at = getattr(found, "dt", None)
    if not isinstance(at, date) or not isinstance(at, datetime) or at.tzinfo is None:
        return None
    return at.astimezone(UTC)
