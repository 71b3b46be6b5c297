"""What a source of holidays answers, and how it fails."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from typing import Protocol

from ringback.domain.working_time import Window, WorkCalendar

OFFICE_HOURS = Window(time(9), time(18))


@dataclass(frozen=True, slots=True)
class Region:
    """A country ("DE") or a part of one ("DE-BY") and its name for people."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """When business rests in a region, and the local hours that no call may ever leave."""

    region: str
    holidays: Mapping[date, str] = field(hash=False)
    workdays: frozenset[int]
    hard_stop: Window

    def as_calendar(self, zones: tuple[str, ...], window: Window = OFFICE_HOURS) -> WorkCalendar:
        """The working calendar of a prospect there; NoWorkingMoment if the window lies outside the legal hours."""
        return WorkCalendar(zones, window, self.workdays, self.holidays).within(self.hard_stop)


class UnknownRegion(ValueError):
    """No such region; the message names regions that were perhaps meant."""

    def __init__(self, region: str, known: Iterable[Region]) -> None:
        super().__init__(f"“{region}” is not a region we know holidays of{_meant(region, tuple(known))}")


class HolidaySource(Protocol):
    def calendar_facts(self, region: str, years: Iterable[int]) -> RegionFacts:
        """The facts for the given years; "" is a region without holidays. Raises UnknownRegion."""

    def list_regions(self) -> tuple[Region, ...]:
        """All regions, by name."""


def _meant(region: str, known: tuple[Region, ...]) -> str:
    wanted = region.strip().casefold()
    words = {region.code.casefold(): region for region in known} | {region.name.casefold(): region for region in known}
    country = wanted.partition("-")[0]
    parts = [code for code in words if code.startswith(f"{country}-")]
    close = get_close_matches(wanted, words, n=3, cutoff=0.75) or get_close_matches(wanted, parts, n=3, cutoff=0.4)
    found = list(dict.fromkeys(f"{words[word].code} ({words[word].name})" for word in close))
    return f"; did you mean {' or '.join(found)}?" if found else "; write it like DE, US-CA or GB-ENG"
