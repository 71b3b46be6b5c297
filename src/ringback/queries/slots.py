"""Free moments of a rep that also suit a prospect: proposals for the next talk (A1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice

from ringback.domain.call_hours import WorkCalendar, add_business_days, on_clock
from ringback.domain.local_time import local

CLOCKS = (time(9, 30), time(11), time(14), time(15, 30), time(16, 30))
DAYS_AHEAD = 6
APART = timedelta(minutes=30)
EARLIEST = timedelta(minutes=30)


def free_slots(
    taken: Sequence[datetime], calendar: WorkCalendar, *, now: datetime, most: int = 9, a_day: int = 3
) -> list[datetime]:
    """Up to `most` moments (UTC) over the next business days, clear of what the rep has `taken` (UTC) already."""
    days = (_free_on(offset, calendar, taken, now) for offset in range(DAYS_AHEAD))
    return list(islice((slot for day in days for slot in islice(day, a_day)), most))


def _free_on(offset: int, calendar: WorkCalendar, taken: Sequence[datetime], now: datetime) -> Iterator[datetime]:
    today = local(now, calendar.zone).date()
    if offset == 0 and not calendar.is_business_day(today):
        return
    day = add_business_days(today, offset, calendar)
    for clock in CLOCKS:
        slot = on_clock(day, clock, calendar)
        if slot >= now + EARLIEST and calendar.is_open(slot) and all(abs(slot - other) >= APART for other in taken):
            yield slot
