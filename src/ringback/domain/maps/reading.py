"""A call map and objection cards read from plain mappings: everything that is wrong is told at once, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ringback.domain.cadence_reading import CadenceProblem, Reader
from ringback.domain.maps.graph import CallMap, Edge, Node, Point, Result
from ringback.domain.vocabulary import Learnable, MachineResult, NodeKind, Occasion, Outcome, Trait

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?\Z")
RESULTS: dict[str, Result] = {
    **{each.value: each for each in Outcome},
    **{each.value: each for each in MachineResult if each is not MachineResult.ANSWERED},
}
# One number key each.
MOST_EDGES = 9
MOST_NODES, MOST_POINTS, MOST_SAYS, MOST_FALLBACKS = 400, 20, 8, 40
LAST_PLACE = 3
_TRUTH = {"yes": True, "true": True, "ja": True, "no": False, "false": False, "nein": False}
_NODE_PATH = re.compile(r"nodes\[(\d+)\]\.?")


@dataclass(frozen=True, slots=True)
class MapProblem:
    """What is wrong, in which file, at which node (its id, or its number where it has none), in which field."""

    file: str
    node: str
    field: str
    message: str

    def __str__(self) -> str:
        node = f"node “{self.node}”" if self.node else ""
        return ": ".join(part for part in (self.file, node, self.field, self.message) if part)


class MapError(ValueError):
    """The mapping is no call map; `problems` lists every field that is wrong."""

    def __init__(self, problems: tuple[MapProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class MapReader(Reader):
    thing = "a call map"
    parts = "node"

    def list_of(self, field: str, *, most: int) -> list[Self]:
        """The tables of a list that may be missing."""
        value = self._take(field, [])
        if not isinstance(value, list):
            self.problem(field, "should be a list")
            return []
        if len(value) > most:
            self.problem(field, f"has {len(value)} entries; at most {most} fit")
        return [self._entry(field, number, each) for number, each in enumerate(value[:most], start=1)]

    def flag(self, field: str) -> bool:
        value = truth_of(self._take(field, False))
        if not isinstance(value, bool):
            self.problem(field, f"should be yes or no, not {value!r}")
        return value is True

    def words(self, field: str, *, most: int, at_most: int = 300) -> tuple[str, ...]:
        """Short texts: a list of them, or one alone."""
        value = self._take(field, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self.problem(field, "should be a list of texts")
            return ()
        if len(texts) > most or any(len(text) > at_most for text in texts):
            self.problem(field, f"should be at most {most} texts of at most {at_most} characters")
        return tuple(text.strip() for text in texts[:most] if text.strip())

    def pairs(self, field: str) -> dict[str, Any]:
        value = self._take(field, {})
        if not isinstance(value, Mapping):
            self.problem(field, "should be a table of fields")
            return {}
        return {str(name): each for name, each in value.items()}

    def _entry(self, field: str, number: int, table: Any) -> Self:
        path = f"{self.path}.{field}[{number}]" if self.path else f"{field}[{number}]"
        return type(self)(table, file=self.file, path=path, problems=self.problems)


def truth_of(value: Any) -> Any:
    """True or false for the words that people write for it; whatever else it is stays as it is."""
    return _TRUTH.get(value.casefold(), value) if isinstance(value, str) else value


def read_map(document: Any, *, file: str = "") -> CallMap:
    """The call map that a mapping describes; MapError with all problems at once."""
    reader = MapReader(document, file=file)
    if reader.problems:
        raise MapError(tuple(_placed(problem, {}) for problem in reader.problems))
    call_map = _read_whole(reader)
    reader.nothing_else()
    if not reader.problems:
        _check_whole(call_map, reader)
    if reader.problems:
        raise MapError(tuple(_placed(problem, reader.data) for problem in reader.problems))
    return call_map


def _read_whole(reader: MapReader) -> CallMap:
    nodes = reader.list_of("nodes", most=MOST_NODES)
    if not nodes:
        reader.problem("nodes", "is missing; a call map has at least one node")
    return CallMap(
        name=reader.identifier("name"),
        language=_language(reader),
        title=reader.text("title", required=True, at_most=160),
        occasion=reader.word("occasion", Occasion, Occasion.FIRST_WARM, required=True),
        start=reader.identifier("start"),
        nodes=tuple(_read_node(each) for each in nodes),
        rule=reader.text("rule", at_most=8) or "A11",
        description=reader.text("description", at_most=1000),
        place=reader.number("place", default=0, least=0, most=LAST_PLACE),
        points=tuple(_read_point(each) for each in reader.list_of("points", most=MOST_POINTS)),
        fallbacks=_fallbacks(reader),
    )


def _language(reader: MapReader) -> str:
    value = reader.text("language", required=True, at_most=10)
    if value and not LANGUAGE.match(value):
        reader.problem("language", f"“{value}” should be a language code such as en, de or pt-BR")
    return value


def _read_point(reader: MapReader) -> Point:
    point = Point(reader.identifier("id"), reader.text("text", required=True, at_most=200))
    reader.nothing_else()
    return point


def _fallbacks(reader: MapReader) -> dict[str, str]:
    found = reader.pairs("fallbacks")
    if len(found) > MOST_FALLBACKS:
        reader.problem("fallbacks", f"has {len(found)} entries; at most {MOST_FALLBACKS} fit")
    for name, text in found.items():
        if not isinstance(text, str) or not text.strip() or len(text) > 200 or "{{" in text:
            reader.problem(f"fallbacks.{name}", "should be a plain text of at most 200 characters")
    return {name: str(text).strip() for name, text in found.items()}


def _read_node(reader: MapReader) -> Node:
    node = Node(
        id=reader.identifier("id"),
        kind=reader.word("kind", NodeKind, NodeKind.SAY, required=True),
        title=reader.text("title", at_most=80),
        text=reader.text("text", at_most=2000),
        hint=reader.text("hint", at_most=500),
        opening=reader.flag("opening"),
        fills=reader.word("fills", Learnable, None),
        covers=reader.words("covers", most=MOST_POINTS, at_most=60),
        card=reader.text("card", at_most=60),
        borrows=reader.word("borrows", Occasion, None),
        result=_result(reader),
        edges=tuple(_read_edge(each) for each in reader.list_of("edges", most=MOST_EDGES)),
    )
    reader.nothing_else()
    _check_node(node, reader)
    return node


def _result(reader: MapReader) -> Result | None:
    value = reader.text("result")
    if value and value not in RESULTS:
        reader.problem("result", f"“{value}” is none of: {', '.join(RESULTS)}{reader.meant(value, list(RESULTS))}")
    return RESULTS.get(value)


def _read_edge(reader: MapReader) -> Edge:
    edge = Edge(
        to=reader.identifier("to"),
        label=reader.text("label", required=True, at_most=120),
        says=reader.words("says", most=MOST_SAYS),
        case=_case(reader),
    )
    reader.nothing_else()
    return edge


def _case(reader: MapReader) -> tuple[tuple[Trait, bool], ...]:
    found, known = reader.pairs("case"), [trait.value for trait in Trait]
    found = {name: truth_of(wanted) for name, wanted in found.items()}
    for name, wanted in found.items():
        if name not in known:
            reader.problem(f"case.{name}", f"is none of: {', '.join(known)}{reader.meant(name, known)}")
        elif not isinstance(wanted, bool):
            reader.problem(f"case.{name}", f"should be yes or no, not {wanted!r}")
    return tuple((trait, found[trait]) for trait in Trait if isinstance(found.get(trait), bool))


def _check_node(node: Node, reader: MapReader) -> None:
    """What a kind must have, and what it may not."""
    outcome = node.kind is NodeKind.OUTCOME
    if outcome and node.result is None and "result" not in reader.data:
        reader.problem("result", f"is missing; one of: {', '.join(RESULTS)}")
    if outcome and node.edges:
        reader.problem("edges", "an outcome ends the call, so nothing leads on from it")
    if not outcome and node.result is not None:
        reader.problem("result", "only an outcome has one")
    if node.kind is NodeKind.OBJECTION and not node.card:
        reader.problem("card", "is missing; an objection names the card that it shows")
    if node.borrows is not None and node.kind is not NodeKind.LEAVE_MESSAGE:
        reader.problem("borrows", "only a message takes its words from another map")
    speaks = node.kind in (NodeKind.SAY, NodeKind.ASK, NodeKind.LEAVE_MESSAGE)
    if speaks and not node.text and node.borrows is None:
        reader.problem("text", "is missing; say what to say here")


def _check_whole(call_map: CallMap, reader: MapReader) -> None:
    ids = [node.id for node in call_map.nodes]
    for twice in [each for each, times in Counter(ids).items() if times > 1]:
        reader.problem("nodes", f"two nodes have the id “{twice}”; each needs its own")
    if call_map.start not in ids:
        reader.problem("start", f"there is no node “{call_map.start}” to begin with{reader.meant(call_map.start, ids)}")
    for number, node in enumerate(call_map.nodes, start=1):
        _check_references(node, f"nodes[{number}]", call_map, reader)
    if (call_map.occasion is Occasion.VOICEMAIL) != bool(call_map.place):
        reader.problem("place", "a voicemail has its number in the ladder, from 1 to 3, and no other map has one")


def _check_references(node: Node, where: str, call_map: CallMap, reader: MapReader) -> None:
    ids, points = [each.id for each in call_map.nodes], [point.id for point in call_map.points]
    for place, edge in enumerate(node.edges, start=1):
        if edge.to not in call_map.by_id:
            missing = f"there is no node “{edge.to}” to lead to{reader.meant(edge.to, ids)}"
            reader.problem(f"{where}.edges[{place}].to", missing)
    for point in node.covers:
        if point not in points:
            reader.problem(f"{where}.covers", f"there is no point “{point}”{reader.meant(point, points)}")


def _placed(problem: CadenceProblem, document: Mapping[str, Any]) -> MapProblem:
    found = _NODE_PATH.match(problem.field)
    if not found:
        return MapProblem(problem.file, "", problem.field, problem.message)
    entry = document["nodes"][int(found[1]) - 1]
    node_id = entry.get("id") if isinstance(entry, Mapping) else None
    name = node_id if isinstance(node_id, str) and node_id else found[1]
    return MapProblem(problem.file, name, problem.field[found.end() :], problem.message)
