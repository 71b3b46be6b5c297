"""A call map: places with words, edges with what the prospect does, leaves that the engine acts on (A11, A12)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from ringback.domain.vocabulary import Learnable, MachineResult, NodeKind, Occasion, Outcome, Trait

Result = Outcome | MachineResult
Traits = Mapping[Trait, bool]

# The four cases of the conversation tree (A12): every live map asks for all of them.
TREE_TRAITS = (Trait.REMEMBERS, Trait.HAS_TIME, Trait.DISTRACTED, Trait.AVAILABLE)


@dataclass(frozen=True, slots=True)
class Edge:
    """What the prospect does, and where that leads. Its number key is its place among its siblings.

    `says` are words in which they may do it; `case` are the traits that it stands for, empty where it stands for none.
    """

    to: str
    label: str
    says: tuple[str, ...] = ()
    case: tuple[tuple[Trait, bool], ...] = ()

    def fits(self, traits: Traits) -> bool:
        """Whether all that it stands for is so; an edge that stands for no case always fits."""
        return all(traits.get(trait) is wanted for trait, wanted in self.case)


@dataclass(frozen=True, slots=True)
class Node:
    """One place. `text` is spoken; `hint` is for the rep alone; `opening` marks words that must not take long (B7).

    `card` names an objection card, `borrows` the occasion whose map gives the words (a message fits the ladder then).
    """

    id: str
    kind: NodeKind
    title: str = ""
    text: str = ""
    hint: str = ""
    opening: bool = False
    fills: Learnable | None = None
    covers: tuple[str, ...] = ()
    card: str = ""
    borrows: Occasion | None = None
    result: Result | None = None
    edges: tuple[Edge, ...] = ()

    @property
    def branches(self) -> bool:
        """Whether it asks which case of the conversation tree this is."""
        return any(edge.case for edge in self.edges)


@dataclass(frozen=True, slots=True)
class Point:
    """Something that the call should cover (A10)."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class CallMap:
    """`place` is the message's number in its ladder (voicemails only); `fallbacks` stand in for unknown variables."""

    name: str
    language: str
    title: str
    occasion: Occasion
    start: str
    nodes: tuple[Node, ...]
    rule: str = "A11"
    description: str = ""
    place: int = 0
    points: tuple[Point, ...] = ()
    fallbacks: Mapping[str, str] = field(default_factory=dict)
    by_id: Mapping[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {node.id: node for node in self.nodes})

    def node(self, node_id: str) -> Node:
        return self.by_id[node_id]

    @property
    def traits(self) -> tuple[Trait, ...]:
        """Those that its edges ask for, in the order of the vocabulary."""
        asked = {trait for node in self.nodes for edge in node.edges for trait, _ in edge.case}
        return tuple(trait for trait in Trait if trait in asked)


def reached_from(call_map: CallMap, node_id: str) -> set[str]:
    """Every place that can be reached from there, itself included."""
    found, waiting = {node_id}, deque([node_id])
    while waiting:
        for edge in call_map.node(waiting.popleft()).edges:
            if edge.to not in found:
                found.add(edge.to)
                waiting.append(edge.to)
    return found


def steps_to_an_end(call_map: CallMap) -> dict[str, int]:
    """How many edges lie between a place and its nearest outcome; whoever is missing reaches none."""
    before: dict[str, list[str]] = {}
    for node in call_map.nodes:
        for edge in node.edges:
            before.setdefault(edge.to, []).append(node.id)
    steps = {node.id: 0 for node in call_map.nodes if node.kind is NodeKind.OUTCOME}
    waiting = deque(steps)
    while waiting:
        here = waiting.popleft()
        for earlier in before.get(here, ()):
            if earlier not in steps:
                steps[earlier] = steps[here] + 1
                waiting.append(earlier)
    return steps


def every_case(traits: tuple[Trait, ...]) -> Iterator[dict[Trait, bool]]:
    """Every combination of the traits."""
    for values in product((True, False), repeat=len(traits)):
        yield dict(zip(traits, values, strict=True))


def resolve(call_map: CallMap, traits: Traits, *, start: str = "") -> Node | None:
    """Where the known traits lead, through branching places only; None if one of them has no edge for this case.

    A map that goes round in circles ends the search at the place that comes up twice.
    """
    node, seen = call_map.node(start or call_map.start), set[str]()
    while node.branches and node.id not in seen:
        seen.add(node.id)
        edge = next((each for each in node.edges if each.case and each.fits(traits)), None)
        if edge is None:
            return None
        node = call_map.node(edge.to)
    return node
