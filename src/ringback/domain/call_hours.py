"""When a prospect may be called: windows of the local wall clock, working days, holidays, day parts (DESIGN §4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from ringback.domain.local_time import clock_change, local, require_instant, resolve_local, zone_named

LONGEST_SEARCH_DAYS = 366
LONGEST_SEARCH = timedelta(days=LONGEST_SEARCH_DAYS)
ONE_DAY = timedelta(days=1)
NOON = time(12)
MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - any day will do: only its clock is read
END_OF_DAY = timedelta(minutes=60)
MONDAY_TO_FRIDAY = frozenset(range(5))


class NoWorkingMoment(ValueError):
    """No open moment exists within a year, so nothing can be planned; the message is for people."""


@dataclass(frozen=True, slots=True)
class Window:
    """Local call hours by the wall clock; `close` itself is already outside.

    `end_of_day`: where the last hour begins; the opening itself when the window is shorter than that.
    """

    open: time
    close: time
    end_of_day: time = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.open.tzinfo or self.close.tzinfo:
            raise ValueError("call hours are wall-clock times without a zone")
        if self.open >= self.close:
            raise ValueError(f"call hours must open before they close, not {self}")
        last_hour = _clock(_since_midnight(self.close) - END_OF_DAY)
        object.__setattr__(self, "end_of_day", max(self.open, last_hour))

    def __str__(self) -> str:
        return f"{self.open:%H:%M}–{self.close:%H:%M}"

    def holds(self, clock: time) -> bool:
        return self.open <= clock < self.close

    @property
    def length(self) -> timedelta:
        return _since_midnight(self.close) - _since_midnight(self.open)

    @property
    def half_time(self) -> time:
        """Where morning turns into afternoon: noon, or the middle of hours that lie on one side of noon."""
        if self.open < NOON < self.close:
            return NOON
        return _clock(_since_midnight(self.open) + self.length / 2)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When one prospect can be called. A moment must fit in every zone; the first one gives the local readings.

    Several zones stand for a prospect whose zone is unknown: the possible ones.
    """

    zones: tuple[str, ...]
    window: Window = field(default_factory=lambda: Window(time(9), time(18)))
    workdays: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        if not self.zones:
            raise ValueError("a working calendar needs at least one time zone")
        for zone in self.zones:
            zone_named(zone)
        if not self.workdays <= frozenset(range(7)):
            raise ValueError(f"working days are numbers from 0 (Monday) to 6 (Sunday), not {sorted(self.workdays)}")

    @property
    def zone(self) -> str:
        return self.zones[0]

    def is_business_day(self, day: date) -> bool:
        return day.weekday() in self.workdays and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Whether an instant lies in the call hours of a business day in all zones."""
        return all(self._is_open_in(zone, at) for zone in self.zones)

    def _is_open_in(self, zone: str, at: datetime) -> bool:
        there = local(at, zone)
        return self.is_business_day(there.date()) and self.window.holds(there.time())

    def within(self, hard_stop: Window) -> "WorkCalendar":
        """The same calendar inside hours that must never be left; NoWorkingMoment if the two do not meet."""
        opens, closes = max(self.window.open, hard_stop.open), min(self.window.close, hard_stop.close)
        if opens >= closes:
            raise NoWorkingMoment(f"The call hours {self.window} lie outside the permitted hours {hard_stop}.")
        return replace(self, window=Window(opens, closes))


class DayPart(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    END_OF_DAY = "end_of_day"


def day_part(at: datetime, calendar: WorkCalendar) -> tuple[date, DayPart]:
    """The local day and its part; before the opening counts as morning, after the close as end of day."""
    there = local(at, calendar.zone)
    clock = there.time()
    if clock >= calendar.window.end_of_day:
        return there.date(), DayPart.END_OF_DAY
    return there.date(), DayPart.MORNING if clock < NOON else DayPart.AFTERNOON


def first_open(at: datetime, calendar: WorkCalendar) -> datetime:
    """The earliest open instant (UTC) not before `at`; NoWorkingMoment if a year holds none."""
    moment, limit = require_instant(at).astimezone(UTC), _search_limit(at)
    while moment <= limit:
        opening = max([first_open_in(zone, moment, calendar) for zone in calendar.zones])
        if opening == moment or len(calendar.zones) == 1:
            return opening
        moment = opening
    raise NoWorkingMoment(_no_moment(at, calendar))


def _search_limit(at: datetime) -> datetime:
    try:
        return at + LONGEST_SEARCH
    except OverflowError:
        raise NoWorkingMoment(f"{at:%Y-%m-%d} is too far in the future to plan anything.") from None


def first_open_in(zone: str, at: datetime, calendar: WorkCalendar) -> datetime:
    """As `first_open`, by the clock of one zone alone."""
    for opens, closes in _open_spans_from(zone, at, calendar):
        if at < closes:
            return max(at, opens)
    raise NoWorkingMoment(_no_moment(at, calendar))


def _open_spans_from(zone: str, at: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches (UTC) of one zone in order, from the local day of `at` on, for one year."""
    day = at.astimezone(zone_named(zone)).date()
    for _ in range(LONGEST_SEARCH_DAYS + 1):
        if calendar.is_business_day(day):
            yield from open_spans(day, zone, calendar.window)
        day += ONE_DAY


@lru_cache(maxsize=8192)
def open_spans(day: date, zone: str, window: Window) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of UTC in which clocks in `zone` show `day` and a time inside the window.

    One, except when the clocks change inside the window: setting them back can make two of it, and
    skipping hours can shorten it or leave nothing.
    """
    opens, closes = datetime.combine(day, window.open), datetime.combine(day, window.close)
    rules = zone_named(zone)
    readings = [reading.replace(tzinfo=rules, fold=fold) for reading in (opens, closes) for fold in (0, 1)]
    if len({reading.utcoffset() for reading in readings}) == 1:
        return ((readings[0].astimezone(UTC), readings[2].astimezone(UTC)),)
    instants = sorted(reading.astimezone(UTC) for reading in readings)
    change = clock_change(instants[0], instants[-1], rules)
    before = _offset(instants[0], rules)
    after = _offset(instants[-1], rules)
    spans = (
        (_at_offset(opens, before), min(_at_offset(closes, before), change)),
        (max(_at_offset(opens, after), change), _at_offset(closes, after)),
    )
    return tuple((start, end) for start, end in spans if start < end)


def _offset(at: datetime, rules: tzinfo) -> timedelta:
    return at.astimezone(rules).utcoffset() or timedelta()


def _at_offset(reading: datetime, offset: timedelta) -> datetime:
    return reading.replace(tzinfo=UTC) - offset


def after_open_time(at: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
    """The instant at which `amount` of open time has passed since `at`, counted in the reference zone."""
    left = amount
    for opens, closes in _open_spans_from(calendar.zone, at, calendar):
        start = max(at, opens)
        if start + left <= closes:
            return start + left
        left -= max(closes - start, timedelta())
    raise NoWorkingMoment(_no_moment(at, calendar))


def add_business_days(day: date, n: int, calendar: WorkCalendar) -> date:
    """The n-th business day after `day` (before it, if n is negative); `day` itself for 0."""
    step = ONE_DAY if n >= 0 else -ONE_DAY
    for _ in range(abs(n)):
        day = _next_business_day(day, step, calendar)
    return day


def previous_business_day(day: date, calendar: WorkCalendar) -> date:
    """The last business day before `day`."""
    return add_business_days(day, -1, calendar)


def _next_business_day(day: date, step: timedelta, calendar: WorkCalendar) -> date:
    candidate = day
    for _ in range(LONGEST_SEARCH_DAYS):
        candidate += step
        if calendar.is_business_day(candidate):
            return candidate
    raise NoWorkingMoment(f"There is no working day within a year of {day:%-d %B %Y}.")


def on_clock(day: date, clock: time, calendar: WorkCalendar) -> datetime:
    """The UTC instant of a wall-clock time in the reference zone."""
    return resolve_local(datetime.combine(day, clock), calendar.zone)


def _no_moment(at: datetime, calendar: WorkCalendar) -> str:
    places = " and ".join(calendar.zones)
    hours = f"the call hours ({calendar.window} on working days) of {places}"
    return f"There is no moment within a year of {at:%Y-%m-%d} that lies in {hours}."


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _clock(since_midnight: timedelta) -> time:
    return (MIDNIGHT + max(since_midnight, timedelta())).time()
