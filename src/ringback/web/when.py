"""Moments as finished strings, in the zone of whoever the moment is about."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ringback.domain.local_time import local


def clock(at: datetime, zone: str) -> str:
    return f"{local(at, zone):%H:%M}"


def day(on: date, today: date) -> str:
    """“Today”, “Tomorrow”, “Mon 6 Jul”; the year only where it is another one."""
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}.get((on - today).days)
    return near or date_format(on, "D j M" if on.year == today.year else "D j M Y")


def moment(at: datetime, zone: str, now: datetime) -> str:
    """“Tomorrow 14:05”, read in `zone`."""
    there = local(at, zone)
    return f"{day(there.date(), local(now, zone).date())} {there:%H:%M}"


def full(at: datetime, zone: str) -> str:
    """For tooltips and tables: weekday, date, time and zone."""
    there = local(at, zone)
    return f"{date_format(there, 'l j F Y')}, {there:%H:%M} ({zone})"


def in_field(at: datetime, zone: str) -> str:
    """The value of a datetime-local field."""
    return f"{local(at, zone):%Y-%m-%dT%H:%M}"
