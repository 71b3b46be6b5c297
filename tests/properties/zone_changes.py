"""Every change of the clocks in every zone of the tzdata wheel, 2024–2034."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

# Shorter than the shortest stretch between two changes: Morocco's month of Ramadan.
STEP = timedelta(days=28)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


class ZoneChange(NamedTuple):
    zone: str
    at: datetime
    by: timedelta


@cache
def zone_changes() -> tuple[ZoneChange, ...]:
    probes = [FIRST + STEP * step for step in range((LAST - FIRST) // STEP + 1)] + [LAST]
    seen: dict[int, list[datetime]] = {}
    return tuple(change for name in sorted(available_timezones()) for change in _changes(name, probes, seen))


def _changes(name: str, probes: list[datetime], seen: dict[int, list[datetime]]) -> list[ZoneChange]:
    zone = ZoneInfo(name)
    offsets = [at.astimezone(zone).utcoffset() for at in probes]
    found = []
    for step, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            at = _known(seen.setdefault(step, []), zone)
            if at is None:
                at = _bisect(probes[step], probes[step + 1], zone)
                seen[step].append(at)
            found.append(ZoneChange(name, at, after - before))
    return found


def _known(changes: list[datetime], zone: ZoneInfo) -> datetime | None:
    """Most zones change with others; trying those instants first is what makes this quick."""
    for at in changes:
        if at.astimezone(zone).utcoffset() != (at - QUARTER).astimezone(zone).utcoffset():
            return at
    return None


def _bisect(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > QUARTER:
        middle = low + (high - low) // QUARTER // 2 * QUARTER
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high
