"""DESIGN §7: whatever the clocks do, no touch is planned outside its window."""

from datetime import datetime, time, timedelta
from itertools import cycle

import pytest

from ringback.domain.working_time import (
    Moment,
    Window,
    WorkCalendar,
    exists_locally,
    first_open,
    local,
    parse_wait,
    resolve_local,
    wait_from,
)
from tests.properties.zone_changes import ZoneChange, zone_changes

EVERY_DAY = frozenset(range(7))
OFFICE = Window(time(9), time(18))
NIGHT_SHIFTS = (Window(time(0), time(6)), Window(time(2, 30), time(3, 20)), Window(time(22), time(23, 50)))
AROUND_THE_CHANGE = tuple(
    timedelta(minutes=minutes) for minutes in (-3 * 24 * 60, -26 * 60, -61, -30, -1, 0, 1, 29, 59, 61, 25 * 60)
)
WAITS = tuple(
    map(
        parse_wait,
        (
            *("10 minutes", "26 hours", "4 working hours", "half a working day", "1 business day", "3 business days"),
            *("1 day", "2 days", "1 month", "at once", "this afternoon", "end of the day", "next morning"),
            "next half day",
        ),
    )
)


def test_all_changes_of_the_clocks_are_known() -> None:
    """4,240 with the zone data of 2025 and 2026; far fewer would mean that the search for them is broken."""
    assert len(zone_changes()) > 4000
    assert {change.zone for change in zone_changes()} > {"Europe/Berlin", "Africa/Casablanca", "Australia/Lord_Howe"}


def assert_open_and_readable(at: datetime, calendar: WorkCalendar) -> None:
    assert calendar.is_open(at)
    there = local(at, calendar.zone)
    assert exists_locally(there.replace(tzinfo=None), calendar.zone)
    assert there.fold or resolve_local(there.replace(tzinfo=None), calendar.zone) == at


def test_touch_planned_around_any_change_is_inside_its_window() -> None:
    turns = zip(cycle(WAITS), cycle(AROUND_THE_CHANGE), cycle((OFFICE, *NIGHT_SHIFTS)), strict=False)
    for change, (wait, offset, window) in zip(zone_changes(), turns, strict=False):
        calendar = WorkCalendar((change.zone,), window, EVERY_DAY)
        done = change.at + offset
        after = wait_from(Moment(done, done), done, wait, calendar)
        assert_open_and_readable(after.due_at, calendar)
        assert done <= after.due_at <= after.planned_at + timedelta(days=3)


@pytest.mark.parametrize("turn", range(4))
def test_opening_around_any_change_is_the_earliest(turn: int) -> None:
    """Held against a search in steps of ten minutes, which no rule may use, over the changes that differ."""
    window = (OFFICE, *NIGHT_SHIFTS)[turn]
    for change in list(distinct_changes())[turn::4]:
        calendar = WorkCalendar((change.zone,), window, EVERY_DAY)
        start = change.at - timedelta(hours=7)
        stepped = next(at for step in range(300) if calendar.is_open(at := start + step * timedelta(minutes=10)))
        found = first_open(start, calendar)
        assert stepped - timedelta(minutes=10) < found <= stepped
        assert_open_and_readable(found, calendar)


def distinct_changes() -> list[ZoneChange]:
    """One zone for each way in which clocks change by the same step at the same moment."""
    return list({(change.at, change.by): change for change in zone_changes()}.values())
