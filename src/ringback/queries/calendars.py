"""A prospect's working calendar out of the workspace's settings and the holidays of the region.

Holidays come from an adapter that is plugged in when the application starts, so that reads stay free of vendors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple, Protocol

from ringback.domain.call_hours import Window
from ringback.domain.contact_policy import CallHours, call_hours
from ringback.models import Prospect, Workspace


class RegionCalendar(Protocol):
    @property
    def holidays(self) -> Mapping[date, str]: ...
    @property
    def workdays(self) -> frozenset[int]: ...
    @property
    def hard_stop(self) -> Window: ...


RegionSource = Callable[[str, Iterable[int]], RegionCalendar]

_sources: list[RegionSource] = []


def use_region_source(source: RegionSource) -> None:
    """Plug in where holidays and legal hours come from; called once at start."""
    _sources[:] = [source]
    _hours.cache_clear()


def region_calendar(region: str, now: datetime) -> RegionCalendar:
    """Holidays of last year to two years ahead, working days and legal hours; of no region if it is not known."""
    years = range(now.year - 1, now.year + 3)
    try:
        return _sources[0](region, years)
    except ValueError:
        return _sources[0]("", years)


def calendar_for(prospect: Prospect, workspace: Workspace, now: datetime) -> CallHours:
    """When this prospect may be called."""
    return calendar_of(prospect.zones, prospect.region or prospect.country, workspace, now)


def calendar_of(zones: tuple[str, ...], region: str, workspace: Workspace, now: datetime) -> CallHours:
    """When somebody with these possible zones in this region may be called; the house's own region if none is known."""
    # Offsets of possible zones are compared at the start of an hour, so that calendars can be kept and shared.
    hour = now.replace(minute=0, second=0, microsecond=0)
    opens, closes = workspace.window_open, workspace.window_close
    house = _House(workspace.region, workspace.zone, opens, closes, tuple(workspace.workdays))
    return _hours(zones, region, house, hour)


class _House(NamedTuple):
    """What calendars are kept by: plain values, since each wrap-up looks one up."""

    region: str
    zone: str
    opens: time
    closes: time
    workdays: tuple[int, ...]


@lru_cache(maxsize=4096)
def _hours(zones: tuple[str, ...], region: str, house: _House, now: datetime) -> CallHours:
    facts = region_calendar(region or house.region, now)
    return call_hours(
        zones,
        house_zone=house.zone,
        window=Window(house.opens, house.closes),
        hard_stop=facts.hard_stop,
        workdays=_workdays(facts.workdays, frozenset(house.workdays), is_own=region in ("", house.region)),
        holidays=facts.holidays,
        now=now,
    )


def _workdays(there: frozenset[int], here: frozenset[int], *, is_own: bool) -> frozenset[int]:
    """At home the house's own setting; elsewhere the days on which both work, or theirs if there are none."""
    return here if is_own and here else (there & here) or there
