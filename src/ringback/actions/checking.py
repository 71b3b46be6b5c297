"""What people write, held against its column before it is written: refused in words, never cut off in silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from ringback.actions.errors import Refused
from ringback.domain.local_time import UnknownZone, zone_named
from ringback.domain.storable import UNSTORABLE

LONGEST_KEY = 80
CLOCKS_DIFFER = timedelta(minutes=5)


def writable(text: str, field: str, *, at_most: int, name: str = "") -> str:
    """The text as it came. Refused if it is too long, or holds a character that no database can store."""
    if found := UNSTORABLE.search(text):
        problem = f"a character in it (U+{ord(found[0]):04X}) cannot be stored. Type it anew."
    elif len(text) > at_most:
        problem = f"at most {at_most:,} characters fit, and this has {len(text):,}. Shorten it."
    else:
        return text
    raise Refused(f"{(name or field).replace('_', ' ').capitalize()}: {problem}", field)


def check_columns(row: Model, names: Iterable[str]) -> None:
    """Refuse what the columns cannot hold: too long, no such word, out of range, not storable."""
    for name in names:
        column = row._meta.get_field(name)
        if isinstance(column, Field) and not column.is_relation:
            setattr(row, name, _cleaned(row, column))


def _cleaned(row: Model, column: Field[Any, Any]) -> Any:
    value = getattr(row, column.name)
    label = str(column.verbose_name)
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            writable(text, column.name, at_most=column.max_length or 200_000, name=label)
    try:
        return column.clean(value, row)
    except ValidationError as error:
        raise Refused(f"{label.capitalize()}: {' '.join(error.messages)}", column.name) from error


def check_zone(zone: str, field: str = "zone") -> None:
    try:
        zone_named(zone)
    except UnknownZone as error:
        raise Refused(str(error), field) from error


def check_happened(at: datetime, now: datetime, field: str) -> None:
    """An instant in the past or at most a clock's error ahead."""
    if at.tzinfo is None:
        raise Refused("Say in which time zone that moment is meant.", field)
    if at > now + CLOCKS_DIFFER:
        raise Refused("That moment has not come yet.", field)


def check_key(key: str) -> None:
    if not key.strip() or len(key) > LONGEST_KEY:
        raise Refused("This request carries no usable key of its own. Reload the page and try again.", "key")
