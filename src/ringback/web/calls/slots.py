"""Quick free moments for the next talk, a row for each day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ringback.domain.local_time import local
from ringback.web import when


@dataclass(frozen=True, slots=True)
class Slot:
    """`value` is the reading in the prospect's zone; `yours` the rep's own where it differs."""

    value: str
    time: str
    yours: str


@dataclass(frozen=True, slots=True)
class SlotDay:
    day: str
    slots: list[Slot] = field(default_factory=list)


def by_day(moments: Iterable[datetime], *, zone: str, own_zone: str, now: datetime) -> list[SlotDay]:
    days: dict[str, SlotDay] = {}
    for at in moments:
        name = when.day(local(at, zone).date(), local(now, zone).date())
        days.setdefault(name, SlotDay(name)).slots.append(_slot(at, zone, own_zone))
    return list(days.values())


def _slot(at: datetime, zone: str, own_zone: str) -> Slot:
    differs = local(at, zone).utcoffset() != local(at, own_zone).utcoffset()
    return Slot(when.in_field(at, zone), when.clock(at, zone), when.clock(at, own_zone) if differs else "")
