"""Holidays that are given, for tests and for rehearsing without the library."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from ringback.adapters.holidays.facts import Region, RegionFacts, UnknownRegion
from ringback.adapters.holidays.hard_stops import hard_stop
from ringback.domain.call_hours import MONDAY_TO_FRIDAY


class FixedHolidays:
    """A HolidaySource that knows the regions and dates it was made with; weekends are Saturday and Sunday."""

    def __init__(self, days: Mapping[str, Mapping[date, str]]) -> None:
        self._days: dict[str, dict[date, str]] = {"": {}} | {region: dict(named) for region, named in days.items()}

    def calendar_facts(self, region: str, years: Iterable[int]) -> RegionFacts:
        code = next((known for known in self._days if known.casefold() == region.strip().casefold()), None)
        if code is None:
            raise UnknownRegion(region, self.list_regions())
        wanted = set(years)
        days = {day: name for day, name in sorted(self._days[code].items()) if day.year in wanted}
        return RegionFacts(code, MappingProxyType(days), MONDAY_TO_FRIDAY, hard_stop(code))

    def list_regions(self) -> tuple[Region, ...]:
        return tuple(Region(code, code) for code in sorted(self._days) if code)
