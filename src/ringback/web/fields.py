"""Fields that several areas ask for: a wall-clock moment, a time zone, a holiday region."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringback.adapters.holidays import UnknownRegion, calendar_facts
from ringback.domain.local_time import UnknownZone, zone_named


class LocalMoment(forms.DateTimeField):
    """A wall-clock reading without a zone; Django must not put the server's own on it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            return datetime.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError:
            raise ValidationError(gettext("Give a date and a time, such as 2027-03-14 10:30.")) from None


class ZoneField(forms.CharField):
    """An IANA zone; a misspelt one is answered with the nearest real ones."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "zones", "autocomplete": "off"})
        super().__init__(max_length=64, label=_("Time zone"), widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return zone_named(super().clean(value).strip()).key
        except UnknownZone as unknown:
            raise ValidationError(str(unknown)) from None


class RegionField(forms.CharField):
    """A holiday region; empty knows no holidays."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "regions", "autocomplete": "off"})
        super().__init__(max_length=64, required=False, label=_("Holiday region"), widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return calendar_facts(super().clean(value), ()).region
        except UnknownRegion as unknown:
            raise ValidationError(str(unknown)) from None


def zone_names() -> list[str]:
    return sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    )
