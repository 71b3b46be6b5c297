"""Days and times as somebody of a language and country writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location

# A day without its year, because it is near; CLDR has no skeleton that spells the weekday out in every language.
_DAYS = {"de": "EEEE, d. MMMM", "en": "EEEE d MMMM", "en_US": "EEEE, MMMM d"}


@lru_cache(maxsize=256)
def locale_for(language: str, country: str) -> Locale:
    """The locale of both; without a known country British English, whose clock has 24 hours, and English at last."""
    base = re.split(r"[-_]", language)[0].lower() or "en"
    for name in (f"{base}_{country.upper()}" if country else "", "en_GB" if base == "en" else base):
        try:
            if name:
                return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def day_in_words(day: date, locale: Locale) -> str:
    """“Friday 14 November”, “Friday, November 14”, “Freitag, 14. November”."""
    if pattern := _DAYS.get(str(locale)) or _DAYS.get(locale.language):
        return format_date(day, pattern, locale=locale)
    return f"{format_date(day, 'EEEE', locale=locale)}, {format_skeleton('MMMMd', day, locale=locale)}"


def time_in_words(at: datetime, locale: Locale) -> str:
    """The wall clock of a local moment: “15:00”, “3:00 PM”; without the odd spaces that some mail programs show."""
    return format_time(at, "short", locale=locale).replace("\u202f", " ").replace("\xa0", " ")


def city_of(zone: str, locale: Locale) -> str:
    """The city that a zone is named after, in the language of the locale; “UTC” where there is none."""
    if "/" not in zone or zone.startswith("Etc/"):
        return "UTC"
    return get_timezone_location(zone, locale=locale, return_city=True) or zone.rpartition("/")[2].replace("_", " ")
