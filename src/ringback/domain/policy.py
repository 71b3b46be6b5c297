"""The house's limits and habits as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

# A calendar entry shorter than this is hard to see, and to hit.
SHORTEST_TALK = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the workspace has set. Times are local to the prospect; transit is in business days."""

    calls_per_week: int = 3
    calls_per_day_part: int = 1
    talk_minutes: int = 10
    card_transit_days: int = 3
    card_cutoff: time = time(16)
    reminder_at: time = time(10)
    reminder_again_at: time = time(16)
    busy_retries: int = 1

    @property
    def talk_length(self) -> timedelta:
        """How long an agreed talk stands in calendars, and keeps the rep from another one."""
        return max(SHORTEST_TALK, timedelta(minutes=self.talk_minutes))
