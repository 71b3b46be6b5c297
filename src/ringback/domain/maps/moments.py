"""Days and near moments as they are said aloud, in the language of a map."""

from __future__ import annotations

from datetime import date, datetime

from ringback.domain.because import day_words
from ringback.domain.local_time import local

_GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_GERMAN_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
SOON_MINUTES = 90
NOON = 12
WEEK = 7


def spoken_day(day: date, language: str) -> str:
    """“Monday 6 July”, “Montag, 6. Juli”."""
    if language.startswith("de"):
        return f"{_GERMAN_DAYS[day.weekday()]}, {day.day}. {_GERMAN_MONTHS[day.month - 1]}"
    return day_words(day)


def spoken_hour(at: datetime, zone: str, language: str) -> str:
    """A time of day on their clock: “15:00”, “15 Uhr”, “15 Uhr 30”."""
    there = local(at, zone)
    if language.startswith("de"):
        return f"{there.hour} Uhr {there.minute:02}" if there.minute else f"{there.hour} Uhr"
    return f"{there:%H:%M}"


def spoken_soon(at: datetime, now: datetime, zone: str, language: str) -> str:
    """When the next try comes, told at `now`: “in 10 minutes”, “around 15:00”, “tomorrow morning”, “on Thursday”."""
    german = language.startswith("de")
    minutes = round((at - now).total_seconds() / 60)
    if minutes <= SOON_MINUTES:
        return f"in {max(minutes, 1)} Minuten" if german else f"in {max(minutes, 1)} minutes"
    there, today = local(at, zone), local(now, zone).date()
    days = (there.date() - today).days
    if days == 0:
        return f"{'gegen' if german else 'around'} {spoken_hour(at, zone, language)}"
    if days == 1:
        return _tomorrow(there.hour < NOON, german)
    day = _GERMAN_DAYS[there.weekday()] if german else f"{there:%A}"
    if days < WEEK:
        return f"am {day}" if german else f"on {day}"
    return f"am {spoken_day(there.date(), language)}" if german else f"on {spoken_day(there.date(), language)}"


def _tomorrow(morning: bool, german: bool) -> str:
    if german:
        return "morgen Vormittag" if morning else "morgen Nachmittag"
    return "tomorrow morning" if morning else "tomorrow afternoon"
