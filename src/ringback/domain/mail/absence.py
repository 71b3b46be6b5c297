"""Until when somebody is away, read from an automatic answer and reckoned from the day it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ringback.domain.mail.absence_words import (
    BACK,
    BACK_AFTER,
    BACK_AT,
    COMES_BACK,
    DATE,
    FROM,
    LEADING_WEEKDAY,
    MONTH_FIRST,
    NEAR,
    NOT_BACK_UNTIL,
    NOT_BEFORE,
    RANGE_START,
    UNTIL,
    UNTIL_AFTER,
)
from ringback.domain.mail.day_words import LONG_WEEKDAYS, MONTHS

FURTHEST = timedelta(days=400)
LONGEST_READ = 4_000
_REACH = 60


@dataclass(frozen=True, slots=True)
class Absence:
    """`until` is the last day away, read from `words`. Without it, `words` names a day that is not believed."""

    until: date | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Day:
    on: date
    start: int
    end: int


def absence(text: str, written_on: date) -> Absence:
    """The last day away. A day that is over, or more than thirteen months off, is not believed."""
    text = text[:LONGEST_READ].casefold()
    named = [*_dates(text, written_on), *_near_days(text, written_on)]
    read = [(found, until) for found in named if (until := _last_day(text, found)) is not None]
    if not read:
        return Absence(None)
    good = [(found, until) for found, until in read if written_on - timedelta(days=1) <= until <= written_on + FURTHEST]
    if not good:
        return Absence(None, _around(text, read[0][0]))
    # Of “away until Friday 8 May, back on Monday 11 May” the latest day is the whole absence.
    found, until = max(good, key=lambda each: each[1])
    return Absence(until, _around(text, found))


def _around(text: str, day: _Day) -> str:
    return " ".join(text[max(0, day.start - 30) : day.end].split())[-80:]


def _last_day(text: str, day: _Day) -> date | None:
    before, after = text[max(0, day.start - _REACH) : day.start], text[day.end : day.end + _REACH]
    before = LEADING_WEEKDAY.sub("", before)
    if RANGE_START.search(before):
        before = RANGE_START.sub("until ", before)
    if NOT_BEFORE.search(before):
        return day.on - timedelta(days=1)
    if UNTIL_AFTER.search(after) or (UNTIL.search(before) and not BACK_AT.search(before)):
        return day.on - timedelta(days=1) if NOT_BACK_UNTIL.search(before) else day.on
    if FROM.search(before) and not COMES_BACK.search(before + after[:40]):
        return None
    if BACK.search(before) or BACK_AFTER.search(after):
        return day.on - timedelta(days=1)
    return None


def _dates(text: str, written_on: date) -> Iterator[_Day]:
    month_first = bool(MONTH_FIRST.search(text))
    for found in DATE.finditer(text):
        if day := _date_of(found, written_on, month_first):
            yield _Day(day, found.start(), found.end())


def _date_of(found: re.Match[str], written_on: date, month_first: bool) -> date | None:
    kind, groups = found.lastgroup, [each for each in found.groups() if each is not None][1:]
    if kind == "iso":
        return _day(int(groups[0]), int(groups[1]), int(groups[2]), written_on)
    if kind == "dm":
        return _day(_year(groups[2:]), MONTHS[groups[1]], int(groups[0]), written_on)
    if kind == "md":
        return _day(_year(groups[2:]), MONTHS[groups[0]], int(groups[1]), written_on)
    first, second, year = int(groups[0]), int(groups[1]), _year(groups[2:])
    if kind == "dots":
        return _day(year, second, first, written_on)
    return _either(first, second, year, written_on, month_first)


def _year(given: list[str]) -> int | None:
    if not given:
        return None
    return int(given[0]) if len(given[0]) == 4 else 2000 + int(given[0])


def _day(year: int | None, month: int, day: int, written_on: date) -> date | None:
    """Without a year: the next such day, or one of the last two months, which is then over."""
    for candidate in (year,) if year else (written_on.year, written_on.year + 1):
        try:
            found = date(candidate or written_on.year, month, day)
        except ValueError:
            continue
        if year or found >= written_on - timedelta(days=60):
            return found
    return None


def _either(first: int, second: int, year: int | None, written_on: date, month_first: bool) -> date | None:
    """5/6 is May or June: the reading that lies ahead and nearer; of two such, the one of the language."""
    readings = [_day(year, second, first, written_on), _day(year, first, second, written_on)]
    ahead = [each for each in readings if each and each >= written_on]
    if len(set(ahead)) == 2 and abs((ahead[0] - ahead[1]).days) < 45 and month_first:
        return readings[1]
    return min(ahead, default=next((each for each in readings if each), None))


def _near_days(text: str, written_on: date) -> Iterator[_Day]:
    """“Back on Monday”, “tomorrow”, “next week”: counted from the day of the mail."""
    for found in NEAR.finditer(text):
        after = text[found.end() : found.end() + 24]
        if DATE.match(after.lstrip(" ,.")) or DATE.match(re.sub(r"^[\s,.]*(?:the|dem|den|le|el|il)\s+", "", after)):
            continue  # the date beside it is exact
        if found["weekday"]:
            number = LONG_WEEKDAYS[found["weekday"].split()[-1]]
            on = written_on + timedelta(days=(number - written_on.weekday() - 1) % 7 + 1)
        elif found["tomorrow"]:
            on = written_on + timedelta(days=1)
        else:
            on = written_on + timedelta(days=7 - written_on.weekday())
        yield _Day(on, found.start(), found.end())
