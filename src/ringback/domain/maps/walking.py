"""One way through a map: steps, back, jumps, what was answered, and what is covered by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ringback.domain.maps.graph import CallMap, Node, Point, Result
from ringback.domain.vocabulary import Learnable, NodeKind, ObjectionState

MOST_VISITS, MOST_ANSWERS, LONGEST_ANSWER = 500, 100, 500


@dataclass(frozen=True, slots=True)
class Visit:
    """A place, and the number of the edge that led away from it; None where one still stands, or jumped away."""

    node: str
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What they said at a place, in their words; `state` says what it turned out to be, if it was an objection (B5)."""

    node: str
    text: str
    state: ObjectionState = ObjectionState.OPEN


@dataclass(frozen=True, slots=True)
class Learned:
    """What an answer becomes; of an objection, `card` is the one that was open, `state` what it turned out to be."""

    kind: Learnable
    text: str
    card: str = ""
    state: ObjectionState = ObjectionState.OPEN


@dataclass(frozen=True, slots=True)
class Path:
    visits: tuple[Visit, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def here(self) -> str:
        return self.visits[-1].node


class NoWay(ValueError):
    """There is no such edge or place on this map."""


def begin(call_map: CallMap) -> Path:
    return Path((Visit(call_map.start),))


def step(call_map: CallMap, path: Path, edge: int) -> Path:
    """On along the edge with this number, counted from 1 as on the keys."""
    edges = call_map.node(path.here).edges
    if not 1 <= edge <= len(edges):
        raise NoWay(f"“{path.here}” has no way {edge}.")
    return _arrive(path, Visit(path.here, edge), edges[edge - 1].to)


def jump(call_map: CallMap, path: Path, node_id: str) -> Path:
    """To any place, without having gone along an edge."""
    if node_id not in call_map.by_id:
        raise NoWay(f"There is no place “{node_id}”.")
    return path if node_id == path.here else _arrive(path, Visit(path.here), node_id)


def back(path: Path) -> Path:
    """One place back; at the start nothing happens. What was answered there stays answered."""
    if len(path.visits) == 1:
        return path
    return replace(path, visits=(*path.visits[:-2], Visit(path.visits[-2].node)))


def answered(path: Path, text: str) -> Path:
    """What they said here; saying it anew replaces it, an empty text takes it back."""
    others = tuple(each for each in path.answers if each.node != path.here)
    plain = " ".join(text.split())[:LONGEST_ANSWER]
    return replace(path, answers=(*others, Answer(path.here, plain)) if plain else others)


def covered(call_map: CallMap, path: Path) -> tuple[str, ...]:
    """The points that the places on the way cover, in the map's order (A10)."""
    seen = {point for visit in path.visits for point in call_map.node(visit.node).covers}
    return tuple(point.id for point in call_map.points if point.id in seen)


def still_open(call_map: CallMap, path: Path) -> tuple[Point, ...]:
    done = covered(call_map, path)
    return tuple(point for point in call_map.points if point.id not in done)


def result_of(call_map: CallMap, path: Path) -> Result | None:
    return call_map.node(path.here).result


def learned(call_map: CallMap, path: Path) -> tuple[Learned, ...]:
    """What the answers become records of (D2); an answer at a place that fills nothing stays with the walk."""
    found = ((call_map.node(each.node), each) for each in path.answers)
    kinds = ((_fills(node), node.card, answer) for node, answer in found)
    return tuple(dict.fromkeys(_learned(kind, card, answer) for kind, card, answer in kinds if kind is not None))


def _learned(kind: Learnable, card: str, answer: Answer) -> Learned:
    state = answer.state if kind is Learnable.OBJECTION else ObjectionState.OPEN
    return Learned(kind, answer.text, card, state)


def as_document(path: Path) -> dict[str, Any]:
    """The path as plain JSON; `read_path` reads it back."""
    return {
        "visits": [{"node": visit.node, "edge": visit.edge} for visit in path.visits],
        "answers": [{"node": each.node, "text": each.text, "state": each.state.value} for each in path.answers],
    }


def read_path(call_map: CallMap, document: Any) -> Path:
    """The path that a page sent; NoWay if it does not lie on this map.

    Two visits in a row need no edge between them: that was a jump or a step back.
    """
    try:
        visits = tuple(_visit(call_map, each) for each in document["visits"][:MOST_VISITS])
        answers = tuple(_answer(call_map, each) for each in document.get("answers", [])[:MOST_ANSWERS])
    except (AttributeError, KeyError, TypeError) as error:
        raise NoWay("This is no path through a call map.") from error
    if not visits:
        raise NoWay("A path begins somewhere.")
    return Path(visits, tuple(answer for answer in answers if answer.text))


def _arrive(path: Path, left: Visit, node_id: str) -> Path:
    return replace(path, visits=(*path.visits[:-1], left, Visit(node_id))[-MOST_VISITS:])


def _fills(node: Node) -> Learnable | None:
    return Learnable.OBJECTION if node.kind is NodeKind.OBJECTION else node.fills


def _visit(call_map: CallMap, given: Mapping[str, Any]) -> Visit:
    node, edge = given["node"], given.get("edge")
    if node not in call_map.by_id:
        raise NoWay(f"There is no place “{node}”.")
    if edge is not None and not (type(edge) is int and 1 <= edge <= len(call_map.node(node).edges)):
        raise NoWay(f"“{node}” has no way {edge}.")
    return Visit(node, edge)


def _answer(call_map: CallMap, given: Mapping[str, Any]) -> Answer:
    node, text = given["node"], given["text"]
    if node not in call_map.by_id:
        raise NoWay(f"There is no place “{node}”.")
    state = next((each for each in ObjectionState if each == given.get("state")), ObjectionState.OPEN)
    return Answer(node, " ".join(str(text).split())[:LONGEST_ANSWER], state)
