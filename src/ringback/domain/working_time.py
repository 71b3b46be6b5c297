"""When the next touch is due: a wait, counted from the last touch, shifted into the call window (DESIGN §4)."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from ringback.domain.call_hours import (
    DayPart,
    NoWorkingMoment,
    Window,
    WorkCalendar,
    add_business_days,
    after_open_time,
    day_part,
    first_open,
    first_open_in,
    on_clock,
    previous_business_day,
)
from ringback.domain.local_time import UnknownZone, exists_locally, local, require_instant, resolve_local
from ringback.domain.waits import Part, Wait, WaitUnit, describe_wait, parse_wait

__all__ = [
    "DayPart",
    "Moment",
    "NoWorkingMoment",
    "Part",
    "UnknownZone",
    "Wait",
    "WaitUnit",
    "Window",
    "WorkCalendar",
    "add_business_days",
    "day_part",
    "describe_wait",
    "exists_locally",
    "first_open",
    "local",
    "parse_wait",
    "previous_business_day",
    "resolve_local",
    "wait_from",
]

TWO_O_CLOCK = time(14)
AFTERNOON_PAUSE = timedelta(minutes=30)
END_OF_DAY_PAUSE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Moment:
    """Both in UTC: when the rhythm wants a touch, and when the call hours let it happen."""

    planned_at: datetime
    due_at: datetime


def wait_from(
    previous: Moment,
    done_at: datetime,
    wait: Wait,
    calendar: WorkCalendar,
    *,
    anchor: datetime | None = None,
    repetition: int = 1,
) -> Moment:
    """The moment of the next touch after one that was done at `done_at`; NoWorkingMoment if a year holds none.

    Minutes, hours, working time and parts of a day count from `done_at`. Days and months count on the prospect's
    calendar from the last touch's planned day and time, so that shifts do not add up; from `done_at` if that was
    more than a business day late. Months count `repetition` times from `anchor`, so that the 31st comes back after
    February; after a late touch, pass the new moment's `planned_at` as the next anchor.
    The due moment is later than `done_at`, except for "at once", which may be the same instant.
    """
    done_at = require_instant(done_at).astimezone(UTC)
    if wait.unit in _COUNT_ON_CALENDAR:
        planned = _planned_on_calendar(previous, done_at, wait, calendar, anchor or previous.planned_at, repetition)
    else:
        planned = _planned_from_done(done_at, wait, calendar)
    planned = planned.astimezone(UTC)
    return Moment(planned_at=planned, due_at=first_open(planned, calendar))


def _planned_on_calendar(
    previous: Moment, done_at: datetime, wait: Wait, calendar: WorkCalendar, anchor: datetime, repetition: int
) -> datetime:
    count = _COUNT_ON_CALENDAR[wait.unit]
    if wait.unit is WaitUnit.MONTHS:
        nominal = count(anchor, wait.amount * repetition, calendar)
    else:
        nominal = count(previous.planned_at, wait.amount, calendar)
    if nominal > done_at and not _was_late(previous, done_at, calendar):
        return nominal
    # A rhythm that this touch has already overtaken starts again from when it really happened.
    return max(nominal, count(_real_start(done_at, wait.unit, calendar), wait.amount, calendar))


def _real_start(done_at: datetime, unit: WaitUnit, calendar: WorkCalendar) -> datetime:
    """For business days the next opening, or a call late on Friday would be followed up after one on Saturday."""
    return first_open_in(calendar.zone, done_at, calendar) if unit is WaitUnit.BUSINESS_DAYS else done_at


def _was_late(previous: Moment, done_at: datetime, calendar: WorkCalendar) -> bool:
    """Later than one business day after it was due, by the local clock."""
    return done_at > _after_business_days(previous.due_at, 1, calendar)


def _after_business_days(start: datetime, amount: int, calendar: WorkCalendar) -> datetime:
    there = local(start, calendar.zone)
    return on_clock(add_business_days(there.date(), amount, calendar), there.time(), calendar)


def _after_days(start: datetime, amount: int, calendar: WorkCalendar) -> datetime:
    there = local(start, calendar.zone)
    return on_clock(there.date() + timedelta(days=amount), there.time(), calendar)


def _after_months(start: datetime, amount: int, calendar: WorkCalendar) -> datetime:
    there = local(start, calendar.zone)
    return on_clock(_add_months(there.date(), amount), there.time(), calendar)


def _add_months(day: date, amount: int) -> date:
    """The same day of a later month, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_COUNT_ON_CALENDAR: dict[WaitUnit, Callable[[datetime, int, WorkCalendar], datetime]] = {
    WaitUnit.BUSINESS_DAYS: _after_business_days,
    WaitUnit.DAYS: _after_days,
    WaitUnit.MONTHS: _after_months,
}


def _planned_from_done(done_at: datetime, wait: Wait, calendar: WorkCalendar) -> datetime:
    match wait.unit:
        case WaitUnit.MINUTES:
            return done_at + timedelta(minutes=wait.amount)
        case WaitUnit.HOURS:
            return done_at + timedelta(hours=wait.amount)
        case WaitUnit.WORKING_HOURS:
            return after_open_time(done_at, timedelta(hours=wait.amount), calendar)
        case WaitUnit.HALF_WORKING_DAYS:
            return after_open_time(done_at, calendar.window.length / 2 * wait.amount, calendar)
        case _:
            return _at_part(done_at, wait.part, calendar)


def _at_part(done_at: datetime, part: Part | None, calendar: WorkCalendar) -> datetime:
    match part:
        case Part.THIS_AFTERNOON:
            return _this_afternoon(done_at, calendar)
        case Part.END_OF_DAY:
            return _end_of_day(done_at, calendar)
        case Part.NEXT_MORNING:
            return _next_morning(done_at, calendar)
        case Part.NEXT_HALF_DAY:
            return _next_half_day(done_at, calendar)
        case _:
            return done_at


def _this_afternoon(done_at: datetime, calendar: WorkCalendar) -> datetime:
    window = calendar.window
    start = _afternoon_start(window)
    return _today_or_next(done_at, start, window.end_of_day, AFTERNOON_PAUSE, calendar)


def _end_of_day(done_at: datetime, calendar: WorkCalendar) -> datetime:
    window = calendar.window
    return _today_or_next(done_at, window.end_of_day, window.close, END_OF_DAY_PAUSE, calendar)


def _next_morning(done_at: datetime, calendar: WorkCalendar) -> datetime:
    tomorrow = add_business_days(local(done_at, calendar.zone).date(), 1, calendar)
    return on_clock(tomorrow, calendar.window.open, calendar)


def _next_half_day(done_at: datetime, calendar: WorkCalendar) -> datetime:
    """From a morning to that afternoon, else to the next opening: three tries fit into 24 hours (rule C3)."""
    today, window = local(done_at, calendar.zone).date(), calendar.window
    if calendar.is_business_day(today) and done_at < on_clock(today, window.half_time, calendar):
        afternoon = max(on_clock(today, _second_half_start(window), calendar), done_at + AFTERNOON_PAUSE)
        if afternoon < on_clock(today, window.close, calendar):
            return afternoon
    return _next_morning(done_at, calendar)


def _today_or_next(done_at: datetime, start: time, end: time, pause: timedelta, calendar: WorkCalendar) -> datetime:
    """Today at `start`, but a pause after the last touch; the next business day if that is not before `end`."""
    today = local(done_at, calendar.zone).date()
    candidate = max(on_clock(today, start, calendar), done_at + pause)
    if calendar.is_business_day(today) and candidate < on_clock(today, end, calendar):
        return candidate
    return on_clock(add_business_days(today, 1, calendar), start, calendar)


def _afternoon_start(window: Window) -> time:
    """14:00, moved inside hours that open later or end earlier."""
    if window.end_of_day <= TWO_O_CLOCK:
        return window.half_time
    return max(TWO_O_CLOCK, window.open)


def _second_half_start(window: Window) -> time:
    return max(_afternoon_start(window), window.half_time)
