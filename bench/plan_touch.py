"""Planning one touch in the pure core, against the least that any planning must do.

    python bench/plan_touch.py

The yardstick reads an instant in its zone, adds a day, and resolves the reading back to UTC: no window, no holidays,
no working days. Both run over the same moments and zones, turn by turn, so that the machine's mood hits both alike.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter_ns
from zoneinfo import ZoneInfo

from ringback.adapters.holidays import calendar_facts
from ringback.domain.working_time import Moment, Wait, WorkCalendar, first_open, parse_wait, wait_from

ROUNDS = 20_000
AIM_MICROSECONDS = 100
PLACES = {
    "Europe/Berlin": "DE-BY",
    "America/New_York": "US-NY",
    "America/Los_Angeles": "US-CA",
    "Europe/London": "GB-ENG",
    "Asia/Tokyo": "JP",
    "Australia/Sydney": "AU-NSW",
}
WAITS = (
    *("10 minutes", "half a working day", "3 business days", "2 days", "4 days", "7 days", "14 days", "30 days"),
    *("1 month", "end of the day", "this afternoon", "next half day", "next morning", "4 working hours"),
)
YEARS = range(2025, 2029)


def main() -> None:
    planning, yardstick = [], []
    for previous, wait, calendar in some_cases(random.Random(7)):
        planning.append(microseconds(wait_from, previous, previous.due_at, wait, calendar))
        yardstick.append(microseconds(add_a_day, previous.due_at, calendar.zone))
    report(planning, yardstick)


def some_cases(chance: random.Random) -> list[tuple[Moment, Wait, WorkCalendar]]:
    calendars = [calendar_facts(region, YEARS).as_calendar((zone,)) for zone, region in PLACES.items()]
    waits = [parse_wait(text) for text in WAITS]
    start = datetime(2025, 1, 1, tzinfo=UTC)
    cases = []
    for _ in range(ROUNDS):
        calendar = chance.choice(calendars)
        planned = start + timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
        cases.append((Moment(planned, first_open(planned, calendar)), chance.choice(waits), calendar))
    return cases


def add_a_day(at: datetime, zone: str) -> datetime:
    there = at.astimezone(ZoneInfo(zone))
    return (there + timedelta(days=1)).astimezone(UTC)


def microseconds(work: Callable[..., object], *given: object) -> float:
    start = perf_counter_ns()
    work(*given)
    return (perf_counter_ns() - start) / 1000


def report(planning: list[float], yardstick: list[float]) -> None:
    ours, least = median(planning), median(yardstick)
    print(f"plan one touch   median {ours:6.1f} µs   p99 {quantiles(planning, n=100)[98]:6.1f} µs")
    print(f"yardstick        median {least:6.1f} µs")
    print(f"ratio {ours / least:.1f}; aim ≤ {AIM_MICROSECONDS} µs: {'met' if ours <= AIM_MICROSECONDS else 'MISSED'}")


if __name__ == "__main__":
    main()
