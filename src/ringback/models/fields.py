"""Column kinds that several rows share."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.db import models


def word(words: type[StrEnum], default: StrEnum | None = None, **options: Any) -> models.CharField[Any, Any]:
    """A column that holds one word of a closed set; blank is allowed only when asked for."""
    if default is not None:
        options["default"] = default.value
    return models.CharField(
        max_length=24, choices=[(each.value, each.value.replace("_", " ")) for each in words], **options
    )


def one_of(column: str, words: type[StrEnum], *, or_blank: bool = False) -> models.Q:
    """The check that the database itself holds the column to its closed set."""
    allowed = [each.value for each in words]
    return models.Q(**{f"{column}__in": [*allowed, ""] if or_blank else allowed})


def zone_column() -> models.CharField[Any, Any]:
    """The IANA name that an instant was planned in, beside its UTC value."""
    return models.CharField(max_length=64)
