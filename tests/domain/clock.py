"""Readings of a wall clock as instants, worked out without the code under test."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BERLIN = "Europe/Berlin"


def instant(reading: str, zone: str = BERLIN, *, fold: int = 0) -> datetime:
    """instant("2025-03-28 09:05") is that reading in Berlin, as UTC."""
    return datetime.fromisoformat(reading).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def reading(at: datetime, zone: str = BERLIN) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
