"""Moments as they are typed on a command line, turned into instants (UTC) or refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ringback.domain.local_time import exists_locally, local, resolve_local, zone_named

FIRST_YEAR, LAST_YEAR = 1990, 2150
A_DAY = timedelta(days=1)


class NotAMoment(ValueError):
    """The words say what was probably meant."""


def moment_said(text: str, zone: str) -> tuple[datetime, str]:
    """The instant (UTC) and, where the reading was not clear, a remark on how it was understood.

    With an offset or Z it is an instant; without, a reading of the wall clock in `zone` (UnknownZone if there is no
    such zone). NotAMoment for anything else, and for a reading that the clocks in `zone` skip.
    """
    zone_named(zone)
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NotAMoment(f"“{text}” is not a moment; write it like 2026-07-06T10:00 or 2026-07-06T17:00Z") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise NotAMoment(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if read.tzinfo is not None:
        return read.astimezone(UTC), ""
    if not exists_locally(read, zone):
        raise NotAMoment(_skipped(read, zone))
    return resolve_local(read, zone), _repeated(read, zone)


def _skipped(read: datetime, zone: str) -> str:
    meant = local(resolve_local(read, zone), zone)
    before = local(resolve_local(read, zone) - A_DAY, zone)
    gap = (meant.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
    earlier = read - gap
    return (
        f"{read:%Y-%m-%d %H:%M} does not exist in {zone}: the clocks are set forward then; "
        f"did you mean {meant:%H:%M} (or {earlier:%H:%M})?"
    )


def _repeated(read: datetime, zone: str) -> str:
    rules = zone_named(zone)
    first, second = (read.replace(tzinfo=rules, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return ""
    return (
        f"{read:%Y-%m-%d %H:%M} comes twice in {zone}, because the clocks are set back then; the first one is taken "
        f"({first.isoformat(timespec='minutes')}). For the second write {second.isoformat(timespec='minutes')}."
    )


def utc_said(at: datetime) -> str:
    """“2026-07-06T17:00:00Z”."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
