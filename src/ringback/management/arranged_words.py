"""An arrangement's summary as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any


def arranged_words(data: dict[str, Any]) -> str:
    return "\n".join(_lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['because']['text']} ({data['because']['rule']})"
    if data["ends"]:
        yield f"  Ended: {data['ends']}"
    for touch in data["touches"]:
        at = datetime.fromisoformat(touch["local"])
        yield f"  {at:%a} {at.day:>2} {at:%b %Y, %H:%M}  {touch['channel']:<6} {touch['title']}"
        yield f"{'':<28}{touch['because']['text']} ({touch['because']['rule']})"
    if data["cancelled"]:
        yield f"  No longer planned: {'; '.join(data['cancelled'])}"
    for gap in data["gaps"]:
        yield f"  ! {gap}"
    yield f"Take it back with: ringback undo {data['arrangement']}"
