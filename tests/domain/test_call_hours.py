from datetime import UTC, date, datetime, time, timedelta

import pytest

from ringback.domain.call_hours import (
    DayPart,
    NoWorkingMoment,
    Window,
    WorkCalendar,
    add_business_days,
    day_part,
    first_open,
    open_spans,
    previous_business_day,
)
from tests.domain.clock import BERLIN, instant, reading

EASTER = {date(2025, 4, 18): "Good Friday", date(2025, 4, 21): "Easter Monday"}
BERLIN_OFFICE = WorkCalendar((BERLIN,), holidays=EASTER)
COAST_TO_COAST = WorkCalendar(("America/New_York", "America/Los_Angeles"))
NIGHT = Window(time(1, 30), time(2, 30))
EVERY_DAY = frozenset(range(7))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        pytest.param("2025-04-16 09:00", "2025-04-16 09:00", id="at the opening"),
        pytest.param("2025-04-16 17:59", "2025-04-16 17:59", id="last minute"),
        pytest.param("2025-04-16 18:00", "2025-04-17 09:00", id="the close is outside"),
        pytest.param("2025-04-16 03:00", "2025-04-16 09:00", id="before the opening"),
        pytest.param("2025-04-17 18:30", "2025-04-22 09:00", id="over Easter"),
        pytest.param("2025-04-12 11:00", "2025-04-14 09:00", id="Saturday"),
        pytest.param("2025-03-28 20:00", "2025-03-31 09:00", id="weekend with a clock change"),
    ],
)
def test_first_open_moment(at: str, opens: str) -> None:
    assert reading(first_open(instant(at), BERLIN_OFFICE)) == opens


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        pytest.param("2025-07-01 09:00", "2025-07-01 12:00", id="the west still sleeps"),
        pytest.param("2025-07-01 17:30", "2025-07-01 17:30", id="both at work"),
        pytest.param("2025-07-01 18:00", "2025-07-02 12:00", id="the east has closed"),
        pytest.param("2025-07-04 19:00", "2025-07-07 12:00", id="weekend"),
    ],
)
def test_first_open_moment_in_all_possible_zones(at: str, opens: str) -> None:
    eastern = "America/New_York"
    assert reading(first_open(instant(at, eastern), COAST_TO_COAST), eastern) == opens


def test_first_open_moment_when_zones_are_on_different_days() -> None:
    """Friday afternoon in Honolulu is Saturday in Auckland: only four mornings there and afternoons here are left."""
    calendar = WorkCalendar(("Pacific/Honolulu", "Pacific/Auckland"))
    opens = first_open(instant("2025-07-04 11:00", "Pacific/Honolulu"), calendar)
    assert reading(opens, "Pacific/Honolulu") == "2025-07-07 11:00"


@pytest.mark.parametrize(
    "calendar",
    [
        pytest.param(WorkCalendar((BERLIN,), workdays=frozenset()), id="no working day"),
        pytest.param(WorkCalendar(("Pacific/Auckland", "Europe/London"), Window(time(10), time(12))), id="never both"),
        pytest.param(
            WorkCalendar((BERLIN,), holidays={date(2025, 1, 1) + timedelta(n): "Shut" for n in range(800)}), id="shut"
        ),
    ],
)
def test_calendar_without_open_moment_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(NoWorkingMoment, match="no moment within a year"):
        first_open(instant("2025-03-01 09:00"), calendar)


def test_moment_at_the_end_of_time_is_refused() -> None:
    with pytest.raises(NoWorkingMoment, match="too far in the future"):
        first_open(datetime(9999, 12, 1, tzinfo=UTC), BERLIN_OFFICE)


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        first_open(datetime(2025, 1, 1), BERLIN_OFFICE)


@pytest.mark.parametrize(
    ("day", "window", "spans"),
    [
        pytest.param("2025-03-29", NIGHT, ["00:30–01:30"], id="ordinary night"),
        pytest.param("2025-03-30", NIGHT, ["00:30–01:00"], id="the gap eats the end"),
        pytest.param("2025-03-30", Window(time(2, 30), time(4)), ["01:00–02:00"], id="opens inside the gap"),
        pytest.param("2025-03-30", Window(time(2), time(3)), [], id="nothing but gap"),
        pytest.param("2025-03-30", Window(time(1), time(5)), ["00:00–01:00", "01:00–03:00"], id="around the gap"),
        pytest.param("2025-10-26", Window(time(2, 15), time(2, 45)), ["00:15–00:45", "01:15–01:45"], id="twice"),
        pytest.param("2025-10-26", NIGHT, ["23:30–00:30", "01:00–01:30"], id="closes inside the repeated hour"),
        pytest.param("2025-10-26", Window(time(2, 30), time(4)), ["00:30–01:00", "01:30–03:00"], id="opens inside it"),
    ],
)
def test_open_spans_when_clocks_change(day: str, window: Window, spans: list[str]) -> None:
    found = open_spans(date.fromisoformat(day), BERLIN, window)
    assert [f"{start:%H:%M}–{end:%H:%M}" for start, end in found] == spans


def test_opening_inside_skipped_hour_is_the_moment_of_the_change() -> None:
    calendar = WorkCalendar((BERLIN,), Window(time(2, 30), time(4)), EVERY_DAY)
    assert reading(first_open(instant("2025-03-30 01:00"), calendar)) == "2025-03-30 03:00"


def test_first_open_moment_in_repeated_hour_is_never_in_the_past() -> None:
    calendar = WorkCalendar((BERLIN,), Window(time(2, 30), time(4)), EVERY_DAY)
    second_time_ten_past_two = instant("2025-10-26 02:10", fold=1)
    assert first_open(second_time_ten_past_two, calendar) == instant("2025-10-26 02:30", fold=1)


@pytest.mark.parametrize(
    ("at", "window", "part"),
    [
        ("2025-04-16 09:00", Window(time(9), time(18)), DayPart.MORNING),
        ("2025-04-16 11:59", Window(time(9), time(18)), DayPart.MORNING),
        ("2025-04-16 12:00", Window(time(9), time(18)), DayPart.AFTERNOON),
        ("2025-04-16 16:59", Window(time(9), time(18)), DayPart.AFTERNOON),
        ("2025-04-16 17:00", Window(time(9), time(18)), DayPart.END_OF_DAY),
        ("2025-04-16 20:00", Window(time(9), time(18)), DayPart.END_OF_DAY),
        ("2025-04-16 07:00", Window(time(9), time(18)), DayPart.MORNING),
        ("2025-04-16 11:00", Window(time(8), time(12)), DayPart.END_OF_DAY),
        ("2025-04-16 13:00", Window(time(13), time(17)), DayPart.AFTERNOON),
        ("2025-04-16 09:10", Window(time(9), time(9, 30)), DayPart.END_OF_DAY),
    ],
)
def test_day_part(at: str, window: Window, part: DayPart) -> None:
    assert day_part(instant(at), WorkCalendar((BERLIN,), window)) == (date(2025, 4, 16), part)


def test_day_part_belongs_to_the_local_day() -> None:
    calendar = WorkCalendar(("Pacific/Auckland",))
    assert day_part(instant("2025-07-01 23:30"), calendar) == (date(2025, 7, 2), DayPart.MORNING)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2025, 4, 17), 1, date(2025, 4, 22)),
        (date(2025, 4, 14), 3, date(2025, 4, 17)),
        (date(2025, 4, 19), 1, date(2025, 4, 22)),
        (date(2025, 4, 22), -1, date(2025, 4, 17)),
        (date(2025, 4, 19), 0, date(2025, 4, 19)),
    ],
)
def test_add_business_days(day: date, n: int, expected: date) -> None:
    assert add_business_days(day, n, BERLIN_OFFICE) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 4, 22), date(2025, 4, 17)),
        (date(2025, 4, 20), date(2025, 4, 17)),
        (date(2025, 4, 16), date(2025, 4, 15)),
    ],
)
def test_previous_business_day_a7(day: date, expected: date) -> None:
    assert previous_business_day(day, BERLIN_OFFICE) == expected


def test_no_business_day_in_a_year_is_refused() -> None:
    with pytest.raises(NoWorkingMoment, match="no working day within a year of 5 March 2025"):
        add_business_days(date(2025, 3, 5), 1, WorkCalendar((BERLIN,), workdays=frozenset()))


def test_hard_stop_narrows_the_window() -> None:
    early_bird = WorkCalendar((BERLIN,), Window(time(6), time(18)), holidays=EASTER)
    narrowed = early_bird.within(Window(time(8), time(20)))
    assert narrowed == WorkCalendar((BERLIN,), Window(time(8), time(18)), holidays=EASTER)


def test_hard_stop_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(NoWorkingMoment, match="05:00–07:00 lie outside the permitted hours 08:00–20:00"):
        WorkCalendar((BERLIN,), Window(time(5), time(7))).within(Window(time(8), time(20)))


@pytest.mark.parametrize(
    ("opens", "closes", "message"),
    [
        (time(18), time(9), "open before they close"),
        (time(9), time(9), "open before they close"),
        (time(9, tzinfo=UTC), time(18, tzinfo=UTC), "without a zone"),
    ],
)
def test_impossible_window_is_refused(opens: time, closes: time, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Window(opens, closes)


def test_impossible_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one time zone"):
        WorkCalendar(())
    with pytest.raises(ValueError, match="did you mean Europe/Berlin"):
        WorkCalendar(("Europe/Berln",))
    with pytest.raises(ValueError, match="from 0"):
        WorkCalendar((BERLIN,), workdays=frozenset({7}))


def test_calendars_are_values() -> None:
    same, other = WorkCalendar((BERLIN,), holidays=dict(EASTER)), WorkCalendar((BERLIN,))
    assert same == BERLIN_OFFICE
    assert hash(same) == hash(BERLIN_OFFICE)
    assert other != BERLIN_OFFICE
