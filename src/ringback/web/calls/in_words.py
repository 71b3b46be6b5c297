"""“next Tuesday 3pm” as a proposal: read, guarded, shown back, never taken unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import dateparser
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ringback.domain.local_time import exists_locally, local, resolve_local
from ringback.domain.outcome import FURTHEST

NEXT = re.compile(r"\b(next|coming|this|nächste[nr]?|kommende[nr]?|diese[nr]?)\b", re.IGNORECASE)
AT_HOUR = re.compile(
    r"\b(?:at|um|@)\s*(\d{1,2})(?![\d:.]|\s*[ap]\.?m)|\b(\d{1,2})\s*(?:uhr|h)\b|\b(\d{1,2})\s*o.?clock\b", re.IGNORECASE
)
RELATIVE = re.compile(r"\b(min|minutes?|hours?|minuten?|stunden?)\b", re.IGNORECASE)
# A weekday alone is read as its first minute, which nobody means.
MIDNIGHT = re.compile(r"midnight|mitternacht|\b(?:0?0|24)[:.]00|\b12(?::00)?\s*a\.?m|\b0?0:00", re.IGNORECASE)
SPOKEN_HOURS = range(1, 8)  # who says “at three” on the phone does not mean the night


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words were taken for: a wall-clock reading in the prospect's zone, or why they were not."""

    naive: datetime | None = None
    problem: str = ""


def read_words(text: str, *, zone: str, now: datetime) -> Reading:
    """The moment that somebody said, seen from the prospect's clock at `now` (UTC)."""
    plain = AT_HOUR.sub(_clock, NEXT.sub(" ", text)).strip()
    if not plain:
        return Reading()
    base = local(now, zone).replace(tzinfo=None, second=0, microsecond=0)
    found, later = _parse(plain, base), _parse(plain, base + timedelta(minutes=61))
    if found is None:
        return Reading(problem=_("Not understood. Say it as “Tuesday 3pm” or “24 March 15:00”, or pick the day."))
    drifts = later is not None and later.time() != found.time() and not RELATIVE.search(plain)
    if drifts or (found.time() == time(0) and not MIDNIGHT.search(plain)):
        return Reading(problem=_("And at what time? A day alone is no appointment."))
    return _guarded(found, zone, now)


def _guarded(found: datetime, zone: str, now: datetime) -> Reading:
    if not exists_locally(found, zone):
        return Reading(problem=_("That time does not exist there: the clocks go forward that night."))
    if resolve_local(found, zone) <= now:
        return Reading(problem=_("That moment has passed."))
    if resolve_local(found, zone) - now > FURTHEST:
        return Reading(problem=_("That is more than two years away; please pick the day."))
    return Reading(found)


def _clock(found: re.Match[str]) -> str:
    hour = int(next(filter(None, found.groups())))
    return f" {hour + 12 if hour in SPOKEN_HOURS else hour}:00"


def _parse(text: str, base: datetime) -> datetime | None:
    language = (get_language() or "en").split("-")[0]
    found: datetime | None = dateparser.parse(
        text,
        languages=list(dict.fromkeys((language, "en"))),
        settings={
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": base,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "DATE_ORDER": "MDY" if language == "en" and "." not in text else "DMY",
        },
    )
    return found.replace(second=0, microsecond=0) if found else None
