"""Local wall clocks and UTC instants: the one place that turns either into the other."""

from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


class UnknownZone(ValueError):
    """The name is not a zone of the IANA time zone database."""


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The zone's rules; UnknownZone names the closest real zones for a misspelt one."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # missing, malformed ("../x"), or a folder ("America")
        close = get_close_matches(name.replace(" ", "_"), sorted(available_timezones()), n=3, cutoff=0.6)
        meant = f"; did you mean {' or '.join(close)}?" if close else "; use a name such as Europe/Berlin"
        raise UnknownZone(f"“{name}” is not a time zone{meant}") from None


def local(at: datetime, zone: str) -> datetime:
    """The wall clock in `zone` at an instant (aware in, aware out)."""
    return require_instant(at).astimezone(zone_named(zone))


def resolve_local(naive: datetime, zone: str) -> datetime:
    """The UTC instant of a wall-clock reading.

    A reading that the spring change skips moves forward by the gap (02:30 becomes 03:30); one that the
    autumn change repeats is its first occurrence.
    """
    if naive.tzinfo is not None:
        raise ValueError(f"a wall-clock reading carries no zone of its own: {naive.isoformat()}")
    return naive.replace(tzinfo=zone_named(zone), fold=0).astimezone(UTC)


def exists_locally(naive: datetime, zone: str) -> bool:
    """Whether clocks in `zone` ever show this reading; false inside a spring gap."""
    return resolve_local(naive, zone).astimezone(zone_named(zone)).replace(tzinfo=None) == naive.replace(fold=0)


def iso_utc(at: datetime) -> str:
    """An instant as it is kept: “2026-07-08T09:30:00+00:00”."""
    return _iso(require_instant(at).astimezone(UTC))


@lru_cache(maxsize=1024)
def _iso(utc: datetime) -> str:
    """Kept, since whatever happens writes each of its few instants several times, and making the text takes longest.

    In other zones two readings may count as equal that are an hour apart (`fold`): hence those of UTC alone.
    """
    return utc.isoformat()


def require_instant(at: datetime) -> datetime:
    """The same moment, or ValueError: without a zone Python would silently read it in the server's own."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {at.isoformat()} has none")
    return at


def clock_change(after: datetime, until: datetime, zone: ZoneInfo) -> datetime:
    """The instant between the two (UTC, to the second) at which the offset that holds at `after` ends."""
    low, high = int(after.timestamp()), int(until.timestamp()) + 1
    offset = datetime.fromtimestamp(low, UTC).astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=high)
