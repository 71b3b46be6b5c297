"""Properties of every planned touch, for any wait, window and working days, at moments near a change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain.working_time import (
    Moment,
    NoWorkingMoment,
    Part,
    Wait,
    WaitUnit,
    Window,
    WorkCalendar,
    describe_wait,
    exists_locally,
    first_open,
    local,
    parse_wait,
    resolve_local,
    wait_from,
)
from tests.properties.test_zone_changes import (
    AROUND_THE_CHANGE,
    EVERY_DAY,
    NIGHT_SHIFTS,
    OFFICE,
    WAITS,
    assert_open_and_readable,
)
from tests.properties.zone_changes import zone_changes

MINUTES_OF_A_DAY = 24 * 60
BEFORE_2025 = datetime(2024, 12, 31, 23, tzinfo=UTC)
COMMON_LIMIT = {WaitUnit.MONTHS: 14, WaitUnit.BUSINESS_DAYS: 90}


@st.composite
def windows(draw: st.DrawFn, earliest: int = 0, latest: int = MINUTES_OF_A_DAY - 1) -> Window:
    opens = draw(st.integers(earliest, latest - 1))
    closes = draw(st.integers(opens + 1, latest))
    return Window(time(*divmod(opens, 60)), time(*divmod(closes, 60)))


@st.composite
def waits(draw: st.DrawFn) -> Wait:
    unit = draw(st.sampled_from(WaitUnit))
    if unit is WaitUnit.DAY_PART:
        return Wait(unit, part=draw(st.sampled_from(Part)))
    return Wait(unit, draw(st.integers(1, COMMON_LIMIT.get(unit, 120))))


zones = st.sampled_from(sorted({change.zone for change in zone_changes()}))
workdays = st.frozensets(st.integers(0, 6), min_size=1)
near_a_change = st.builds(
    lambda change, seconds: (change.zone, change.at + timedelta(seconds=seconds)),
    st.sampled_from(zone_changes()),
    st.integers(-5 * 86_400, 5 * 86_400),
)
some_holidays = st.dictionaries(st.dates(date(2024, 1, 1), date(2036, 12, 31)), st.just("Holiday"), max_size=8)


def plan(done: datetime, wait: Wait, calendar: WorkCalendar) -> Moment | None:
    """None where no moment exists: a window so short that working hours never add up within a year, for one."""
    try:
        return wait_from(Moment(done, done), done, wait, calendar)
    except NoWorkingMoment:
        return None


@settings(max_examples=600, deadline=None)
@given(near_a_change, waits(), windows(), workdays, some_holidays)
def test_touch_is_in_its_window_later_and_bounded(
    near: tuple[str, datetime], wait: Wait, window: Window, days: frozenset[int], holidays: dict[date, str]
) -> None:
    zone, done = near
    calendar = WorkCalendar((zone,), window, days, holidays)
    after = plan(done, wait, calendar)
    if after is None:
        assert wait.unit in {WaitUnit.WORKING_HOURS, WaitUnit.HALF_WORKING_DAYS}
        return
    assert_open_and_readable(after.due_at, calendar)
    assert after.due_at >= after.planned_at
    assert after.due_at > done or (wait.part is Part.NOW and after.due_at == done)
    assert after.due_at - after.planned_at <= timedelta(days=366)


@settings(max_examples=400, deadline=None)
@given(near_a_change, st.lists(zones, min_size=1, max_size=3), waits(), windows(), workdays)
def test_touch_is_in_the_window_of_every_possible_zone(
    near: tuple[str, datetime], others: list[str], wait: Wait, window: Window, days: frozenset[int]
) -> None:
    zone, done = near
    calendar = WorkCalendar((zone, *others), window, days)
    after = plan(done, wait, calendar)
    if after is not None:
        for each in calendar.zones:
            assert WorkCalendar((each,), window, days).is_open(after.due_at)
        assert after.due_at >= done


@settings(max_examples=400, deadline=None)
@given(
    near_a_change,
    waits().filter(lambda wait: wait.unit is not WaitUnit.MONTHS),
    windows(earliest=6 * 60, latest=22 * 60),
    workdays,
    st.integers(0, 4 * 86_400),
    some_holidays,
)
def test_later_touch_never_makes_the_next_one_earlier(
    near: tuple[str, datetime],
    wait: Wait,
    window: Window,
    days: frozenset[int],
    seconds: int,
    holidays: dict[date, str],
) -> None:
    """Windows by day only: by night, 02:10 of the second time around is later than 02:50 of the first.

    Months have a test of their own, because the last days of a long month all lead to the last day of a short one.
    """
    zone, planned = near
    calendar = WorkCalendar((zone,), window, days, holidays)
    previous = Moment(planned, first_open(planned, calendar))
    dones = [previous.due_at + timedelta(seconds=n * seconds // 4) for n in range(5)]
    try:
        dues = [wait_from(previous, done, wait, calendar).due_at for done in dones]
    except NoWorkingMoment:
        return
    assert dues == sorted(dues)
    assert all(due > done or wait.part is Part.NOW for done, due in zip(dones, dues, strict=True))


@settings(max_examples=400, deadline=None)
@given(near_a_change, windows(), workdays)
def test_first_open_moment_is_the_earliest_and_stays(
    near: tuple[str, datetime], window: Window, days: frozenset[int]
) -> None:
    zone, at = near
    calendar = WorkCalendar((zone,), window, days)
    opens = first_open(at, calendar)
    assert first_open(opens, calendar) == opens
    assert calendar.is_open(opens)
    if opens > at:
        assert not calendar.is_open(opens - timedelta(microseconds=1))
    for step in range(1, 20):
        between = at + (opens - at) * step / 20
        assert between == opens or not calendar.is_open(between)


@settings(max_examples=300, deadline=None)
@given(near_a_change, st.integers(2, 24))
def test_months_from_an_anchor_do_not_drift(near: tuple[str, datetime], repetitions: int) -> None:
    zone, at = near
    calendar = WorkCalendar((zone,), OFFICE)
    anchor = first_open(at, calendar)
    previous, started = Moment(anchor, anchor), local(anchor, zone)
    for repetition in range(1, repetitions + 1):
        previous = wait_from(
            previous, previous.due_at, parse_wait("1 month"), calendar, anchor=anchor, repetition=repetition
        )
        there = local(previous.planned_at, zone)
        months = (there.year - started.year) * 12 + there.month - started.month
        assert months == repetition
        assert there.day == started.day or (there + timedelta(days=1)).month != there.month


@settings(max_examples=300, deadline=None)
@given(near_a_change)
def test_wall_clock_reading_round_trips(near: tuple[str, datetime]) -> None:
    zone, at = near
    there = local(at, zone)
    naive = there.replace(tzinfo=None)
    assert exists_locally(naive, zone)
    again = resolve_local(naive, zone)
    assert again == at if not there.fold else again < at


@settings(max_examples=300, deadline=None)
@given(waits())
def test_wait_is_described_in_words_that_are_read_back(wait: Wait) -> None:
    assert parse_wait(describe_wait(wait)) == wait


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_wait_or_a_clear_refusal(text: str) -> None:
    try:
        wait = parse_wait(text)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = f"a wait of {describe_wait(wait)}"
    assert "wait" in refusal


def test_every_wait_around_every_change_is_inside_its_window() -> None:
    """All changes, all waits, hours by day and by night; the moments before and after the change take turns."""
    turn = 0
    for change in zone_changes():
        for window in (OFFICE, NIGHT_SHIFTS[turn % 3]):
            calendar = WorkCalendar((change.zone,), window, EVERY_DAY)
            for wait in WAITS:
                turn += 1
                done = change.at + AROUND_THE_CHANGE[turn % len(AROUND_THE_CHANGE)]
                due = wait_from(Moment(done, done), done, wait, calendar).due_at
                assert calendar.is_open(due)
                assert due > done or wait.part is Part.NOW


def test_later_touch_around_every_change_never_plans_earlier() -> None:
    """Late by days, so that everything counts from the real moment; for months, see above."""
    turning = [wait for wait in WAITS if wait.unit is not WaitUnit.MONTHS]
    for turn, change in enumerate(zone_changes()):
        calendar, wait = WorkCalendar((change.zone,), OFFICE, EVERY_DAY), turning[turn % len(turning)]
        previous = Moment(change.at - timedelta(days=4), change.at - timedelta(days=4))
        dues = [wait_from(previous, change.at + offset, wait, calendar).due_at for offset in AROUND_THE_CHANGE]
        assert dues == sorted(dues)


def test_later_touch_never_makes_the_next_month_earlier() -> None:
    calendar = WorkCalendar(("Europe/Berlin",))
    previous = Moment(resolve_local(datetime(2025, 1, 2, 10), calendar.zone), first_open(BEFORE_2025, calendar))
    dones = [previous.due_at + timedelta(hours=5 * step) for step in range(5 * 24)]
    month = parse_wait("1 month")
    dues = [wait_from(previous, done, month, calendar).due_at for done in dones if local(done, calendar.zone).day <= 28]
    assert dues == sorted(dues)
