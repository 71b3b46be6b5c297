"""The agreed talk on a prospect's page, as finished strings, or the one that was missed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ringback.models import Appointment, Prospect
from ringback.queries.missed import missed_talk
from ringback.web import when
from ringback.web.presenting import both
from ringback.web.words import CALENDAR_ANSWERS


def agreed(prospect: Prospect, own_zone: str, now: datetime) -> dict[str, Any]:
    row = prospect.appointments.filter(state="agreed").first()
    if not row:
        return {"appointment": None, "missed": missed_on(prospect, now)}
    there, yours = both(row.starts_at, row.zone, own_zone, now)
    return {
        "appointment": row,
        "appointment_there": there,
        "appointment_yours": yours,
        "appointment_field": when.in_field(row.starts_at, row.zone),
        "appointment_answer": str(CALENDAR_ANSWERS.get(row.answer, "")),
        "appointment_answered": answered(row, own_zone, now),
    }


def answered(row: Appointment, own_zone: str, now: datetime) -> str:
    """Who answered the invitation, and when."""
    return f"{row.answered_by} · {when.moment(row.answered_at, own_zone, now)}" if row.answered_at else ""


def missed_on(prospect: Prospect, now: datetime) -> str:
    """When the talk was that they missed, while nothing is written about it."""
    missed = missed_talk(prospect)
    return when.moment(missed.starts_at, missed.zone, now) if missed else ""
