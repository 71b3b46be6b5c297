from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from ringback.domain.working_time import Moment, NoWorkingMoment, Window, WorkCalendar, parse_wait, wait_from
from tests.domain.clock import BERLIN, instant, reading

EASTER = {date(2025, 4, 18): "Good Friday", date(2025, 4, 21): "Easter Monday"}
BERLIN_OFFICE = WorkCalendar((BERLIN,), holidays=EASTER)
MORNINGS = WorkCalendar((BERLIN,), Window(time(8), time(12)))
AFTERNOONS = WorkCalendar((BERLIN,), Window(time(13), time(17)))
LATE_SHIFT = WorkCalendar((BERLIN,), Window(time(15), time(20)))
BRIEF = WorkCalendar((BERLIN,), Window(time(9), time(9, 40)))


def moment(planned: str, due: str | None = None, zone: str = BERLIN) -> Moment:
    return Moment(planned_at=instant(planned, zone), due_at=instant(due or planned, zone))


def due_after(done: str, wait: str, calendar: WorkCalendar = BERLIN_OFFICE) -> str:
    """The local due moment after a touch that was done exactly when it was planned."""
    return reading(wait_from(moment(done), instant(done), parse_wait(wait), calendar).due_at)


# 16 April 2025 is a Wednesday; Good Friday and Easter Monday follow.
@pytest.mark.parametrize(
    ("done", "wait", "due"),
    [
        pytest.param("2025-04-16 09:00", "10 minutes", "2025-04-16 09:10", id="C1 again after ten minutes"),
        pytest.param("2025-04-16 17:55", "10 minutes", "2025-04-17 09:00", id="C1 ten minutes past the close"),
        pytest.param("2025-04-16 09:10", "half a working day", "2025-04-16 13:40", id="C1 half a working day"),
        pytest.param("2025-04-16 16:00", "half a working day", "2025-04-17 11:30", id="C1 half a day over night"),
        pytest.param("2025-04-17 17:00", "half a working day", "2025-04-22 12:30", id="C1 half a day over Easter"),
        pytest.param("2025-04-16 13:40", "3 business days", "2025-04-23 13:40", id="C1 three business days"),
        pytest.param("2025-04-16 10:00", "2 hours", "2025-04-16 12:00", id="hours"),
        pytest.param("2025-04-16 16:00", "4 working hours", "2025-04-17 11:00", id="working hours over night"),
        pytest.param("2025-04-16 14:00", "4 working hours", "2025-04-17 09:00", id="working hours end at the close"),
        pytest.param("2025-04-16 20:00", "4 working hours", "2025-04-17 13:00", id="working hours from the evening"),
        pytest.param("2025-04-16 10:00", "2 days", "2025-04-22 09:00", id="C4 days end on a holiday"),
        pytest.param("2025-04-16 07:30", "at once", "2025-04-16 09:00", id="at once waits for the opening"),
        pytest.param("2025-04-16 10:30", "at once", "2025-04-16 10:30", id="at once"),
        pytest.param("2025-01-31 10:00", "1 month", "2025-02-28 10:00", id="C4 month ends early"),
        pytest.param("2025-12-31 10:00", "2 months", "2026-03-02 09:00", id="C4 end of February is a Saturday"),
        pytest.param("2025-04-16 09:00", "this afternoon", "2025-04-16 14:00", id="C3 same afternoon"),
        pytest.param("2025-04-16 13:50", "this afternoon", "2025-04-16 14:20", id="C3 afternoon has begun"),
        pytest.param("2025-04-16 16:40", "this afternoon", "2025-04-17 14:00", id="C3 afternoon is over"),
        pytest.param("2025-04-18 09:00", "this afternoon", "2025-04-22 14:00", id="C3 afternoon of a holiday"),
        pytest.param("2025-04-16 10:00", "end of the day", "2025-04-16 17:00", id="C2 near the end of the day"),
        pytest.param("2025-04-16 16:30", "end of the day", "2025-04-16 17:30", id="C2 an hour after the last"),
        pytest.param("2025-04-16 17:00", "end of the day", "2025-04-17 17:00", id="C2 too late today"),
        pytest.param("2025-04-17 17:30", "end of the day", "2025-04-22 17:00", id="C2 too late before Easter"),
        pytest.param("2025-04-16 00:10", "next morning", "2025-04-17 09:00", id="C3 next morning is not today's"),
        pytest.param("2025-04-17 16:00", "next morning", "2025-04-22 09:00", id="C3 next morning after Easter"),
        pytest.param("2025-04-16 11:59", "next half day", "2025-04-16 14:00", id="C3 from morning to afternoon"),
        pytest.param("2025-04-16 12:00", "next half day", "2025-04-17 09:00", id="C3 from afternoon to morning"),
        pytest.param("2025-04-19 10:00", "next half day", "2025-04-22 09:00", id="C3 from a weekend"),
    ],
)
def test_wait_is_counted_and_shifted(done: str, wait: str, due: str) -> None:
    assert due_after(done, wait) == due


@pytest.mark.parametrize(
    ("done", "wait", "calendar", "due"),
    [
        ("2025-04-16 08:10", "this afternoon", MORNINGS, "2025-04-16 10:00"),
        ("2025-04-16 08:10", "next half day", MORNINGS, "2025-04-16 10:00"),
        ("2025-04-16 10:10", "next half day", MORNINGS, "2025-04-17 08:00"),
        ("2025-04-16 09:00", "end of the day", MORNINGS, "2025-04-16 11:00"),
        ("2025-04-16 13:05", "this afternoon", AFTERNOONS, "2025-04-16 14:00"),
        ("2025-04-16 13:05", "next half day", AFTERNOONS, "2025-04-16 15:00"),
        ("2025-04-16 15:05", "next half day", AFTERNOONS, "2025-04-17 13:00"),
        ("2025-04-16 13:05", "half a working day", AFTERNOONS, "2025-04-16 15:05"),
        ("2025-04-16 15:05", "this afternoon", LATE_SHIFT, "2025-04-16 15:35"),
        (
            "2025-04-16 09:05",
            "this afternoon",
            BRIEF,
            "2025-04-17 09:20",
        ),
        ("2025-04-16 09:25", "next half day", WorkCalendar((BERLIN,), Window(time(9), time(10))), "2025-04-16 09:55"),
        (
            "2025-04-16 09:29",
            "next half day",
            BRIEF,
            "2025-04-17 09:00",
        ),
    ],
)
def test_day_parts_stay_sensible_in_odd_windows(done: str, wait: str, calendar: WorkCalendar, due: str) -> None:
    assert due_after(done, wait, calendar) == due


@pytest.mark.parametrize("calendar", [BERLIN_OFFICE, MORNINGS, AFTERNOONS, LATE_SHIFT, BRIEF])
@pytest.mark.parametrize("wait", ["this afternoon", "end of the day", "next morning", "next half day"])
def test_day_parts_name_moments_that_are_open(wait: str, calendar: WorkCalendar) -> None:
    for hour in range(5 * 24):
        done = instant("2025-04-16 00:10") + timedelta(hours=hour)
        after = wait_from(Moment(done, done), done, parse_wait(wait), calendar)
        assert after.planned_at == after.due_at


def test_working_hours_that_end_at_the_close_are_planned_there() -> None:
    after = wait_from(
        moment("2025-04-16 14:00"), instant("2025-04-16 14:00"), parse_wait("4 working hours"), BERLIN_OFFICE
    )
    assert (reading(after.planned_at), reading(after.due_at)) == ("2025-04-16 18:00", "2025-04-17 09:00")


def test_late_touch_never_brings_the_next_one_forward() -> None:
    """A month after the 29th and after the 31st of January is the same day."""
    after = wait_from(moment("2025-01-29 15:00"), instant("2025-01-31 10:00"), parse_wait("1 month"), BERLIN_OFFICE)
    assert reading(after.due_at) == "2025-02-28 15:00"


def touches(first: str, waits: Sequence[str], calendar: WorkCalendar, late: timedelta = timedelta()) -> list[Moment]:
    """A ladder whose touches are all done `late` after they were due."""
    ladder = [moment(first)]
    for wait in waits:
        ladder.append(wait_from(ladder[-1], ladder[-1].due_at + late, parse_wait(wait), calendar))
    return ladder


def test_general_cadence_keeps_its_days_over_weekends_c4() -> None:
    waits = ["2 days", "4 days", "7 days", "14 days", "30 days"]
    ladder = touches("2025-04-17 10:00", waits, BERLIN_OFFICE, late=timedelta(hours=3))
    start = date(2025, 4, 17)
    assert [(touch.planned_at.date() - start).days + 1 for touch in ladder] == [1, 3, 7, 14, 28, 58]
    assert [reading(touch.due_at) for touch in ladder] == [
        "2025-04-17 10:00",
        "2025-04-22 09:00",  # day 3 is the Saturday before Easter Monday
        "2025-04-23 10:00",
        "2025-04-30 10:00",
        "2025-05-14 10:00",
        "2025-06-13 10:00",
    ]


def test_wall_clock_survives_clock_changes_c4() -> None:
    ladder = touches("2025-03-24 10:00", ["7 days", "7 days"], BERLIN_OFFICE)
    assert [reading(touch.due_at) for touch in ladder] == ["2025-03-24 10:00", "2025-03-31 10:00", "2025-04-07 10:00"]


def test_three_tries_fit_into_24_hours_c3() -> None:
    ladder = touches("2025-04-15 09:40", ["next half day", "next half day"], BERLIN_OFFICE)
    assert [reading(touch.due_at) for touch in ladder] == ["2025-04-15 09:40", "2025-04-15 14:00", "2025-04-16 09:00"]


@pytest.mark.parametrize(
    ("done", "wait", "planned"),
    [
        pytest.param("2025-04-15 10:00", "3 days", "2025-04-17 10:00", id="exactly one business day late is on time"),
        pytest.param("2025-04-15 10:01", "3 days", "2025-04-18 10:01", id="later counts from the real moment"),
        pytest.param(
            "2025-04-15 10:01", "3 business days", "2025-04-18 10:01", id="business days from the real moment"
        ),
        pytest.param("2025-04-15 10:01", "1 month", "2025-05-15 10:01", id="months from the real moment"),
        pytest.param("2025-04-16 09:00", "2 days", "2025-04-18 09:00", id="days from the real moment"),
        pytest.param("2025-04-18 19:00", "1 business day", "2025-04-22 09:00", id="late on a Friday night"),
        pytest.param("2025-04-19 11:00", "1 business day", "2025-04-22 09:00", id="late on a Saturday"),
        pytest.param("2025-04-14 16:00", "1 business day", "2025-04-15 10:00", id="same day late"),
        pytest.param("2025-04-15 10:00", "1 business day", "2025-04-16 10:00", id="overtaken by its own next step"),
    ],
)
def test_late_touch(done: str, wait: str, planned: str) -> None:
    calendar = WorkCalendar((BERLIN,))
    after = wait_from(moment("2025-04-14 10:00"), instant(done), parse_wait(wait), calendar)
    assert reading(after.planned_at) == planned


def test_lateness_is_measured_from_the_shifted_moment() -> None:
    """Planned for Good Friday, due on Tuesday after Easter: done on Wednesday morning it still counts from Friday."""
    planned_on_holiday = moment("2025-04-18 10:00", due="2025-04-22 09:00")
    after = wait_from(planned_on_holiday, instant("2025-04-23 08:59"), parse_wait("7 days"), BERLIN_OFFICE)
    assert reading(after.due_at) == "2025-04-25 10:00"


def test_months_come_back_to_the_31st_c4() -> None:
    anchor = moment("2024-12-31 10:00")
    previous, planned = anchor, []
    for repetition in range(1, 6):
        previous = wait_from(
            previous,
            previous.due_at,
            parse_wait("1 month"),
            BERLIN_OFFICE,
            anchor=anchor.planned_at,
            repetition=repetition,
        )
        planned.append(reading(previous.planned_at)[:10])
    assert planned == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]


def test_wait_counts_on_the_prospects_calendar_not_in_utc() -> None:
    """Wednesday 09:00 in Auckland is still Tuesday in UTC."""
    calendar = WorkCalendar(("Pacific/Auckland",))
    done = instant("2025-07-04 09:00", "Pacific/Auckland")
    after = wait_from(Moment(done, done), done, parse_wait("1 business day"), calendar)
    assert reading(after.due_at, "Pacific/Auckland") == "2025-07-07 09:00"


def test_possible_zones_shift_the_moment_but_are_not_counted_twice() -> None:
    """Half a working day is counted where the first zone reads the clock, then moved to when all are open."""
    eastern = "America/New_York"
    calendar = WorkCalendar((eastern, "America/Los_Angeles"))
    after = wait_from(
        moment("2025-07-01 13:00", zone=eastern),
        instant("2025-07-01 13:00", eastern),
        parse_wait("half a working day"),
        calendar,
    )
    assert (reading(after.planned_at, eastern), reading(after.due_at, eastern)) == (
        "2025-07-01 17:30",
        "2025-07-01 17:30",
    )


def test_moments_are_utc() -> None:
    done = datetime.fromisoformat("2025-04-16T09:00:00+02:00")
    after = wait_from(Moment(done, done), done, parse_wait("10 minutes"), BERLIN_OFFICE)
    assert (after.planned_at.tzinfo, after.due_at.tzinfo) == (UTC, UTC)


@pytest.mark.parametrize("wait", ["10 minutes", "3 business days", "1 month", "half a working day", "next morning"])
def test_no_open_moment_within_a_year_is_refused(wait: str) -> None:
    with pytest.raises(NoWorkingMoment):
        due_after("2025-04-16 09:00", wait, WorkCalendar((BERLIN,), workdays=frozenset()))
