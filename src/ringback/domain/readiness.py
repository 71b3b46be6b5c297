"""How near to a decision a lead is by its own answers, and what that is worth in the queue (A15, D2).

What they said on the telephone counts: what they need, who decides, what it may cost, whom else they ask, and by when
they want it. Each thing known is a point; a wish that is near weighs more, and one that has passed weighs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntFlag

from ringback.domain.vocabulary import Learnable
from ringback.domain.when_wanted import wanted_by

VERY_NEAR, NEAR = timedelta(days=31), timedelta(days=92)
POINTS_VERY_NEAR, POINTS_NEAR = 4, 2
# A point raises the worth of a lead by a tenth of it.
TENTHS = 10


class Known(IntFlag):
    """What is known of a lead, as it is stored."""

    NOTHING = 0
    NEED = 1
    DECISION_MAKER = 2
    BUDGET = 4
    COMPETITOR = 8


_WORDS = {
    Known.NEED: "the need",
    Known.DECISION_MAKER: "who decides",
    Known.BUDGET: "the budget",
    Known.COMPETITOR: "whom else they ask",
}
_OF = {
    Learnable.NEED: Known.NEED,
    Learnable.DECISION_MAKER: Known.DECISION_MAKER,
    Learnable.BUDGET: Known.BUDGET,
    Learnable.COMPETITOR: Known.COMPETITOR,
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """`wanted_by` is the prospect's local day, None while they named none."""

    known: Known = Known.NOTHING
    wanted_by: date | None = None

    def points(self, today: date) -> int:
        return self.known.bit_count() + self._nearness(today)

    def _nearness(self, today: date) -> int:
        if self.wanted_by is None or self.wanted_by < today:
            return 0
        ahead = self.wanted_by - today
        return POINTS_VERY_NEAR if ahead <= VERY_NEAR else POINTS_NEAR if ahead <= NEAR else 0

    def words(self, today: date) -> str:
        """“wanted by 31 March, the need and the budget known”; empty where nothing speaks for it."""
        known = [words for each, words in _WORDS.items() if each in self.known]
        parts = [f"wanted by {_day(self.wanted_by)}"] if self.wanted_by and self._nearness(today) else []
        if known:
            parts.append(f"{_joined(known)} known")
        return ", ".join(parts)


# Of somebody who was never asked.
UNKNOWN = Readiness()


def expected(value: int, points: int) -> int:
    """The worth of a lead with these points, in tenths of the currency's unit: whole numbers sort alike everywhere."""
    return value * (TENTHS + points)


def learned(before: Readiness, answers: Iterable[tuple[Learnable, str]], said_on: date) -> Readiness:
    """After these answers: what is known stays known; the latest word on the time counts, also if it names no day."""
    known, wanted = before.known, before.wanted_by
    for kind, text in answers:
        known |= _OF.get(kind, Known.NOTHING)
        if kind is Learnable.TIMING:
            wanted = wanted_by(text, said_on)
    return Readiness(known, wanted)


def of_both(one: Readiness, other: Readiness, today: date) -> Readiness:
    """Two records of one person: what either knows, and the earliest day to come; the latest where both have passed."""
    days = [day for day in (one.wanted_by, other.wanted_by) if day is not None]
    coming = [day for day in days if day >= today]
    return Readiness(one.known | other.known, min(coming, default=max(days, default=None)))


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
