"""Believable moments: inside call hours, on quarter hours, and no two talks of one rep at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from ringback.domain.call_hours import WorkCalendar, first_open

QUARTER = timedelta(minutes=15)
LONGEST_LOOK = 14 * 24 * 4
BEFORE_AND_AFTER = timedelta(minutes=30)


def last_open(before: datetime, calendar: WorkCalendar) -> datetime:
    """The latest quarter hour before the moment at which they may be called; two weeks before it, if there is none."""
    at = quarter(before)
    for _ in range(LONGEST_LOOK):
        if at < before and calendar.is_open(at):
            return at
        at -= QUARTER
    return at


def quarter(at: datetime) -> datetime:
    """The quarter hour that has begun."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


@dataclass(slots=True)
class Diary:
    """Moments that are taken, for each rep; `kept_free` are spans (UTC) in which nothing may be agreed."""

    random: Random
    taken: dict[int, list[datetime]] = field(default_factory=dict)
    kept_free: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)

    def agree(self, rep: int, after: datetime, calendar: WorkCalendar) -> datetime:
        """A free quarter hour some time in the days after, when they may be called."""
        days = self.random.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12))
        at = first_open(quarter(after + timedelta(days=days)), calendar)
        at = quarter(at + timedelta(minutes=self.random.randrange(0, 480, 15)))
        for _ in range(LONGEST_LOOK):
            if calendar.is_open(at) and self._is_free(rep, at):
                break
            at += QUARTER
        return self.book(rep, at)

    def book(self, rep: int, at: datetime) -> datetime:
        self.taken.setdefault(rep, []).append(at)
        return at

    def _is_free(self, rep: int, at: datetime) -> bool:
        begins, ends = self.kept_free.get(rep, (at, at))
        return not begins < at < ends and all(abs(each - at) >= BEFORE_AND_AFTER for each in self.taken.get(rep, []))
