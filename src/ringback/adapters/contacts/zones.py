"""In which zone somebody is: as stored, else by the address, else by the number if that has exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from ringback.adapters.contacts.phones import zones_for_number
from ringback.adapters.contacts.places import country_of_state, zones_of_place


@dataclass(frozen=True, slots=True)
class ZoneReading:
    """`zone` is None while several are possible; `possible` then lists them, empty if nothing is known."""

    zone: str | None
    possible: tuple[str, ...]
    why: str


_NOTHING = ZoneReading(None, (), "Neither address nor number says where this is.")


def zone_for(stored: str, country: str, state: str, numbers: tuple[str, ...]) -> ZoneReading:
    """`stored` is what the list says, `country` an ISO code, `numbers` are in E.164.

    An address that leaves several zones open is narrowed by the number, if the number has exactly one of them.
    """
    if stored and (known := _known_zone(stored)):
        return ZoneReading(known, (known,), "The list says so.")
    country = country or (country_of_state(state) if state else "")
    if not country:
        return _by_numbers(numbers)
    by_address = _by_address(country, state)
    if by_address.zone or not numbers:
        return by_address if by_address.possible else _by_numbers(numbers)
    by_number = _by_numbers(numbers)
    if by_number.zone and (by_number.zone in by_address.possible or not by_address.possible):
        return by_number
    return by_address if by_address.possible else by_number


@lru_cache(maxsize=8192)
def _by_address(country: str, state: str) -> ZoneReading:
    return _reading(zones_of_place(country, state), "The address lies in one zone.", "The address leaves several open.")


def _by_numbers(numbers: tuple[str, ...]) -> ZoneReading:
    open_zones: tuple[str, ...] = ()
    for number in numbers:
        zones = zones_for_number(number)
        if len(zones) == 1:
            return _of_one(zones[0])
        open_zones = open_zones or zones
    return _reading(open_zones, "", "The number leaves several open.") if open_zones else _NOTHING


@lru_cache(maxsize=1024)
def _of_one(zone: str) -> ZoneReading:
    return ZoneReading(zone, (zone,), "The number belongs to one zone.")


def _reading(zones: tuple[str, ...], sure: str, unsure: str) -> ZoneReading:
    if not zones:
        return _NOTHING
    return ZoneReading(zones[0], zones, sure) if len(zones) == 1 else ZoneReading(None, zones, unsure)


@lru_cache(maxsize=1024)
def _known_zone(stored: str) -> str:
    """The IANA name in its own spelling, or nothing."""
    wanted = stored.strip().replace(" ", "_").lower()
    name = _names().get(wanted, "")
    if name:
        ZoneInfo(name)
    return name


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = {name.lower(): name for name in available_timezones() if "/" in name or name == "UTC"}
    return names | {"gmt": "UTC", "z": "UTC", "utc": "UTC"}
