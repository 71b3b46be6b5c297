"""Public holidays out of the `holidays` library, named in English where it can."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays
from babel import Locale
from holidays.utils import list_supported_countries

from ringback.adapters.holidays.facts import Region, RegionFacts, UnknownRegion
from ringback.adapters.holidays.hard_stops import hard_stop
from ringback.domain.call_hours import MONDAY_TO_FRIDAY

EVERY_DAY = frozenset(range(7))
# Parts of a country that matter to schools only.
NOT_A_PLACE = "Zone "


def calendar_facts(region: str, years: Iterable[int]) -> RegionFacts:
    """Days on which business rests in "", "DE", "DE-BY", "US-CA" … during `years`; raises UnknownRegion.

    Only public holidays count: not the optional ones, those of schools, or half days.
    """
    return _facts(canonical(region), tuple(sorted(set(years))))


@lru_cache(maxsize=512)
def _facts(region: str, years: tuple[int, ...]) -> RegionFacts:
    days = {day: name for year in years for day, name in _holidays_of(region, year)}
    workdays = EVERY_DAY - _calendar(region).weekend if region else MONDAY_TO_FRIDAY
    return RegionFacts(region, MappingProxyType(days), workdays, hard_stop(region))


@lru_cache(maxsize=4096)
def _holidays_of(region: str, year: int) -> tuple[tuple[date, str], ...]:
    return tuple(sorted(_calendar(region, year).items())) if region else ()


def _calendar(region: str, year: int | None = None) -> holidays.HolidayBase:
    country, _, part = region.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=year, language=_english(country))


@lru_cache(maxsize=256)
def _english(country: str) -> str | None:
    offered = holidays.country_holidays(country).supported_languages
    return next((language for language in ("en_US", "en_GB") if language in offered), None)


@lru_cache(maxsize=1024)
def canonical(region: str) -> str:
    """The region's code as `list_regions` has it; raises UnknownRegion."""
    if not region.strip():
        return ""
    country, _, part = region.strip().partition("-")
    country = country.upper()
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        raise UnknownRegion(region, list_regions()) from None
    parts = {code.casefold(): code for code in _places(known)}
    if known.country != country or (part and part.casefold() not in parts) or region.strip().endswith("-"):
        raise UnknownRegion(region, list_regions())
    return f"{country}-{parts[part.casefold()]}" if part else country


def _places(country: holidays.HolidayBase) -> list[str]:
    return [part for part in country.subdivisions if not part.startswith(NOT_A_PLACE)]


@lru_cache(maxsize=1)
def list_regions() -> tuple[Region, ...]:
    """Every country and part with holidays of its own, by name; the first call reads them all (about half a second)."""
    regions = [region for country in list_supported_countries(include_aliases=False) for region in _regions(country)]
    return tuple(sorted(regions, key=lambda region: (region.name.casefold(), region.code)))


def _regions(code: str) -> list[Region]:
    country = holidays.country_holidays(code)
    name = Locale("en").territories.get(code, code)
    spoken = country.get_subdivision_aliases()
    parts = [Region(f"{code}-{part}", f"{name}, {_spoken(part, spoken.get(part, []))}") for part in _places(country)]
    return [Region(code, name), *parts]


def _spoken(part: str, aliases: list[str]) -> str:
    """The first alias that is a name rather than another code."""
    return next((alias for alias in aliases if not alias.isupper()), part)


class LibraryHolidays:
    """The library as a HolidaySource."""

    def calendar_facts(self, region: str, years: Iterable[int]) -> RegionFacts:
        return calendar_facts(region, years)

    def list_regions(self) -> tuple[Region, ...]:
        return list_regions()
