"""Which ways through a map were taken how often, and how those calls ended: what words work (A11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ringback.domain.interval import Share, share
from ringback.domain.vocabulary import Outcome

# The call led to an exact next talk, or to a sale (A1).
WENT_ON = frozenset(
    {
        Outcome.APPOINTMENT.value,
        Outcome.CALL_BACK.value,
        Outcome.THINKING.value,
        Outcome.SEND_INFORMATION.value,
        Outcome.WON.value,
    }
)

Way = tuple[str, int]


@dataclass(frozen=True, slots=True)
class WalkFacts:
    """One walk: the ways it took, and its result (empty if it came to none)."""

    ways: tuple[Way, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Branch:
    """How a way fared. `walked` counts calls, each once however often it came past; `results` says how they ended."""

    went_on: Share
    results: Mapping[str, int] = field(default_factory=dict)

    @property
    def walked(self) -> int:
        return self.went_on.n


def branches(walks: Iterable[WalkFacts]) -> dict[Way, Branch]:
    """Every way that was taken at least once."""
    results: dict[Way, Counter[str]] = {}
    for walk in walks:
        for way in set(walk.ways):
            results.setdefault(way, Counter())[walk.result] += 1
    return {way: _branch(found) for way, found in results.items()}


def _branch(results: Counter[str]) -> Branch:
    return Branch(share(sum(results[each] for each in WENT_ON), results.total()), dict(results.most_common()))
