"""A prospect to practise with: a seeded random walk that answers as people do, and comes to an end."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ringback.domain.maps.graph import CallMap, Edge, Node, Point, Traits, steps_to_an_end
from ringback.domain.maps.walking import Path, Visit, begin, step, still_open
from ringback.domain.vocabulary import NodeKind, Trait

# After so many steps the prospect wants to come to an end and takes the shortest way there.
PATIENCE = 14
# How often a case comes up in the played calls: most people have time, few are unavailable.
LIKELY = {
    Trait.REMEMBERS: 0.55,
    Trait.HAS_TIME: 0.65,
    Trait.DISTRACTED: 0.25,
    Trait.AVAILABLE: 0.85,
    Trait.AGREED: 0.5,
    Trait.ASKED: 0.5,
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the played prospect does at a place: the number of the edge, and the words."""

    edge: int
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One exchange of a rehearsed call."""

    node: str
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    lines: tuple[Line, ...]
    path: Path


def played_traits(seed: int) -> dict[Trait, bool]:
    """Who picks up in the rehearsal with this seed; the same every time."""
    dice = random.Random(f"{seed}/who")  # noqa: S311 - a practice partner, not a secret
    return {trait: dice.random() < LIKELY[trait] for trait in Trait}


def reply(call_map: CallMap, node_id: str, *, seed: int, steps: int) -> Reply | None:
    """What they do at this place after `steps` steps; None at an outcome, or where nothing leads on."""
    node = call_map.node(node_id)
    edges = _possible(call_map, node, played_traits(seed), hurried=steps >= PATIENCE)
    if not edges:
        return None
    dice = random.Random(f"{seed}/{steps}/{node_id}")  # noqa: S311
    number, edge = dice.choice(edges)
    return Reply(number, dice.choice(edge.says) if edge.says else edge.label)


def rehearse(call_map: CallMap, *, seed: int) -> Rehearsal:
    """A whole call with the played prospect, from the start to an outcome (or to where nothing leads on)."""
    path, lines = begin(call_map), list[Line]()
    most = PATIENCE + len(call_map.nodes)
    for steps in range(most):
        said = reply(call_map, path.here, seed=seed, steps=steps)
        lines.append(Line(path.here, said))
        if said is None:
            break
        path = step(call_map, path, said.edge)
    return Rehearsal(tuple(lines), path)


@dataclass(frozen=True, slots=True)
class Missed:
    """Another way was taken than the one that the words meant; both by their labels."""

    node: str
    words: str
    taken: str
    meant: str


@dataclass(frozen=True, slots=True)
class Score:
    """How a practice walk went: replies that were recognised, of all, those that were not, and points left open."""

    right: int
    replies: int
    missed: tuple[Missed, ...]
    left_open: tuple[Point, ...]


def score(call_map: CallMap, path: Path, *, seed: int) -> Score:
    """Judged anew from the seed and the way: what is kept of a practice walk is enough."""
    found = [_judged(call_map, visit, reply(call_map, visit.node, seed=seed, steps=steps))
             for steps, visit in enumerate(path.visits) if visit.edge is not None]  # fmt: skip
    missed = tuple(each for each in found if each is not None)
    return Score(len(found) - len(missed), len(found), missed, still_open(call_map, path))


def _judged(call_map: CallMap, visit: Visit, said: Reply | None) -> Missed | None:
    if said is None or visit.edge is None or said.edge == visit.edge:
        return None
    edges = call_map.node(visit.node).edges
    return Missed(visit.node, said.words, edges[visit.edge - 1].label, edges[said.edge - 1].label)


def _possible(call_map: CallMap, node: Node, traits: Traits, *, hurried: bool) -> list[tuple[int, Edge]]:
    """The edges that fit who this is; somebody out of patience takes one that leads to an end soonest."""
    numbered = list(enumerate(node.edges, start=1))
    if node.kind is NodeKind.OUTCOME or not numbered:
        return []
    fitting = [(number, edge) for number, edge in numbered if edge.fits(traits)] or numbered
    if not hurried:
        return fitting
    far = steps_to_an_end(call_map)
    nearest = min(far.get(edge.to, len(far)) for _, edge in numbered)
    return [(number, edge) for number, edge in numbered if far.get(edge.to, len(far)) == nearest]
