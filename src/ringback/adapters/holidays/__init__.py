"""Holidays, working days and legal calling hours of countries and their parts."""

from ringback.adapters.holidays.facts import HolidaySource, Region, RegionFacts, UnknownRegion
from ringback.adapters.holidays.fixed import FixedHolidays
from ringback.adapters.holidays.hard_stops import hard_stop
from ringback.adapters.holidays.library import LibraryHolidays, calendar_facts, list_regions

__all__ = [
    "FixedHolidays",
    "HolidaySource",
    "LibraryHolidays",
    "Region",
    "RegionFacts",
    "UnknownRegion",
    "calendar_facts",
    "hard_stop",
    "list_regions",
]
