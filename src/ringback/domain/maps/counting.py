"""Which ways through a map were taken how often, and how those calls ended: what words work (A11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from ringback.domain.interval import Share, share
from ringback.domain.maps.graph import CallMap, Edge
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

# By what two versions of a way are told to be the same, the surest first.
_ALIKE: tuple[Callable[[Edge], Hashable], ...] = (
    lambda edge: (edge.to, edge.label),
    lambda edge: edge.to,
    lambda edge: edge.label,
)


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


def carried_over(old: CallMap, new: CallMap) -> dict[Way, Way]:
    """The ways of one version that another still has, whatever their number is there now.

    A way is the same if it leads from the same place to the same goal under the same label; failing that, if it is the
    only one left there with its goal, or with its label. What was taken away, or can be told from nothing, is left out.
    """
    found: dict[Way, Way] = {}
    for node in old.nodes:
        if node.id in new.by_id:
            pairs = _same_ways(node.edges, new.node(node.id).edges)
            found.update({(node.id, before): (node.id, after) for before, after in pairs.items()})
    return found


def _same_ways(old: tuple[Edge, ...], new: tuple[Edge, ...]) -> dict[int, int]:
    """Numbers counted from 1, each at most once."""
    pairs: dict[int, int] = {}
    for alike in _ALIKE:
        before, after = _left(old, pairs, alike), _left(new, pairs.values(), alike)
        pairs |= {
            numbers[0]: after[word][0]
            for word, numbers in before.items()
            if len(numbers) == 1 and len(after.get(word, ())) == 1
        }
    return pairs


def _left(
    edges: tuple[Edge, ...], taken: Iterable[int], alike: Callable[[Edge], Hashable]
) -> dict[Hashable, list[int]]:
    """Those that have no partner yet, by what they are compared by."""
    gone, left = set(taken), dict[Hashable, list[int]]()
    for number, edge in enumerate(edges, start=1):
        if number not in gone:
            left.setdefault(alike(edge), []).append(number)
    return left


def _branch(results: Counter[str]) -> Branch:
    return Branch(share(sum(results[each] for each in WENT_ON), results.total()), dict(results.most_common()))
