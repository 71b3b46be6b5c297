"""The walk as the page tells it: one hidden field of JSON. A call is worth more than the record of its way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django import forms

from ringback.actions.walking import Walked

# A map of 200 places walked for an hour stays far below this.
LONGEST_WALK = 200_000
HIGHEST_ID = 2**31 - 1


class WalkField(forms.CharField):
    """Reads what js/walk.js wrote; rubbish counts as no walk at all."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput())

    def clean(self, value: Any) -> Walked | None:
        text = str(value or "")
        if not text or len(text) > LONGEST_WALK:
            return None
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return _walked(told) if isinstance(told, dict) else None


def _walked(told: dict[str, Any]) -> Walked | None:
    map_id = told.get("map")
    if type(map_id) is not int or not 0 < map_id <= HIGHEST_ID:
        return None
    return Walked(map_id, told, _instant(told.get("started_at")))


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
