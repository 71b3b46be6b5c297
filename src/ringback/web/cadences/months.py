"""A rehearsal laid out on month calendars."""

from __future__ import annotations

import calendar as calendars
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One touch in its day's cell."""

    clock: str
    channel: str
    channel_name: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    name: str
    inside: bool
    closed: bool
    holiday: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]


def months(
    marks: Mapping[date, list[Mark]], workdays: frozenset[int], holidays: Mapping[date, str]
) -> tuple[Month, ...]:
    """The months that hold a touch, in order; weeks begin on Monday."""
    wanted = sorted({(day.year, day.month) for day in marks})[:MOST_MONTHS]
    return tuple(_month(year, month, marks, workdays, holidays) for year, month in wanted)


def _month(
    year: int, month: int, marks: Mapping[date, list[Mark]], workdays: frozenset[int], holidays: Mapping[date, str]
) -> Month:
    def day(on: date) -> Day:
        closed = on.weekday() not in workdays or on in holidays
        found = tuple(marks.get(on, ()))
        name = date_format(on, "l j F Y")
        return Day(on.day, name, on.month == month, closed, holidays.get(on, ""), found if on.month == month else ())

    weeks = calendars.Calendar().monthdatescalendar(year, month)
    return Month(
        name=date_format(date(year, month, 1), "F Y"),
        weekdays=tuple(date_format(each, "D") for each in weeks[0]),
        weeks=tuple(tuple(day(on) for on in week) for week in weeks),
    )
