"""When a call is permitted: windows, limits, unknown zones (C6, DESIGN §4 “Limits”)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ringback.domain.call_hours import (
    NOON,
    DayPart,
    NoWorkingMoment,
    Window,
    WorkCalendar,
    day_part,
    first_open,
    on_clock,
)
from ringback.domain.local_time import UnknownZone, local, zone_named
from ringback.domain.policy import Policy

WEEK = timedelta(days=7)
HALF_A_YEAR = timedelta(days=182)
MOST_SHIFTS = 120


@dataclass(frozen=True, slots=True)
class Dial:
    """A call attempt that rang. Those for an agreed moment are not counted against the week."""

    at: datetime
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Permitted:
    """The first permitted moment (UTC) and, if it is later than wanted, why."""

    at: datetime
    why: str = ""


def permitted_call(at: datetime, dials: tuple[Dial, ...], policy: Policy, calendar: WorkCalendar) -> Permitted:
    """The first moment from `at` on inside the window and the limits; NoWorkingMoment if there is none.

    At most `calls_per_day_part` attempts in one part of a local day and `calls_per_week` in any 7 × 24 hours.
    """
    moment, why = first_open(at, calendar), ""
    for _ in range(MOST_SHIFTS):
        if blocked_until := _week_is_full(moment, dials, policy):
            moment = first_open(blocked_until, calendar)
            why = f"Held back: {policy.calls_per_week} calls within seven days are enough."
        elif _day_part_is_full(moment, dials, policy, calendar):
            moment = _next_day_part(moment, calendar)
            why = "Held back: one try in each part of the day is enough."
        else:
            return Permitted(moment, why)
    raise NoWorkingMoment(f"The limits leave no moment for a call after {at:%Y-%m-%d}.")


def next_day_part(at: datetime, calendar: WorkCalendar) -> datetime:
    """The first open moment of the part of the day after the one that holds `at`."""
    return _next_day_part(first_open(at, calendar), calendar)


def _week_is_full(at: datetime, dials: tuple[Dial, ...], policy: Policy) -> datetime | None:
    counted = sorted(dial.at for dial in dials if not dial.agreed and at - WEEK < dial.at <= at)
    if len(counted) < policy.calls_per_week:
        return None
    return counted[len(counted) - policy.calls_per_week] + WEEK


def _day_part_is_full(at: datetime, dials: tuple[Dial, ...], policy: Policy, calendar: WorkCalendar) -> bool:
    part = day_part(at, calendar)
    return sum(day_part(dial.at, calendar) == part for dial in dials) >= policy.calls_per_day_part


def _next_day_part(at: datetime, calendar: WorkCalendar) -> datetime:
    day, part = day_part(at, calendar)
    starts: dict[DayPart, time] = {DayPart.MORNING: NOON, DayPart.AFTERNOON: calendar.window.end_of_day}
    if part in starts:
        later = first_open(on_clock(day, starts[part], calendar), calendar)
        if later > at and day_part(later, calendar) != (day, part):
            return later
    return first_open(on_clock(day + timedelta(days=1), time(0), calendar), calendar)


@dataclass(frozen=True, slots=True)
class CallHours:
    """A prospect's working calendar; `doubt` says what was assumed where the zone is not known for sure."""

    calendar: WorkCalendar
    doubt: str = ""


def call_hours(
    zones: tuple[str, ...],
    *,
    house_zone: str,
    window: Window,
    hard_stop: Window,
    workdays: frozenset[int],
    holidays: Mapping[date, str],
    now: datetime,
) -> CallHours:
    """The calendar of a prospect with these possible zones.

    Several zones: the hours that all of them share; where they share none, those of the law; else the house's zone.
    """
    distinct = _distinct_zones(zones, now)
    permitted = _inside(window, hard_stop)
    doubt = "" if len(distinct) == 1 else f"Time zone unknown: these hours suit all {len(distinct)} that are possible."
    if not distinct:
        distinct, doubt = (house_zone,), "Time zone unknown: the house's own is assumed."
    elif not _share_hours(distinct, permitted, now):
        permitted = hard_stop
        doubt = "Time zone unknown: only the legal hours suit all that are possible."
        if not _share_hours(distinct, permitted, now):
            distinct, permitted = (house_zone,), _inside(window, hard_stop)
            doubt = "Time zone unknown, and no hour suits all that are possible: the house's own is assumed."
    return CallHours(WorkCalendar(distinct, permitted, workdays, holidays), doubt)


def _inside(window: Window, hard_stop: Window) -> Window:
    opens, closes = max(window.open, hard_stop.open), min(window.close, hard_stop.close)
    return Window(opens, closes) if opens < closes else hard_stop


def _distinct_zones(zones: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """One zone for each behaviour: a toll-free number has sixty possible zones, but few different clocks."""
    by_offsets: dict[tuple[timedelta | None, timedelta | None], str] = {}
    for zone in zones:
        try:
            rules = zone_named(zone)
        except UnknownZone:  # zones are renamed now and then; a stale name is as good as none
            continue
        key = (now.astimezone(rules).utcoffset(), (now + HALF_A_YEAR).astimezone(rules).utcoffset())
        by_offsets.setdefault(key, zone)
    return tuple(by_offsets.values())


def _share_hours(zones: tuple[str, ...], window: Window, now: datetime) -> bool:
    """In summer and in winter: hours shared only until the clocks change would put a later call off for months."""
    return all(_distance(zones, at) < window.length for at in (now, now + HALF_A_YEAR))


def _distance(zones: tuple[str, ...], at: datetime) -> timedelta:
    offsets = [offset for zone in zones if (offset := local(at, zone).utcoffset()) is not None]
    return max(offsets) - min(offsets)
