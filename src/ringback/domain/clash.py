"""Two talks of one rep that cannot both begin on their minute (B1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class AgreedTalk:
    """A moment (UTC) that somebody was promised: an appointment, or a call-back."""

    at: datetime
    name: str


def clashing(at: datetime, talks: Iterable[AgreedTalk], length: timedelta) -> AgreedTalk | None:
    """The talk that one at `at` (UTC) would overlap if each takes `length`; the nearest, of two the earlier."""
    near = [talk for talk in talks if abs(talk.at - at) < length]
    return min(near, key=lambda talk: (abs(talk.at - at), talk.at), default=None)
