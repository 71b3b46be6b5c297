"""What changed between two versions of a map, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.maps.graph import CallMap, Edge, Node


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """`node` is empty for what belongs to the whole map; `before` and `after` are the field's readings."""

    change: Change
    node: str
    field: str = ""
    before: str = ""
    after: str = ""


def differences(old: CallMap, new: CallMap) -> tuple[Difference, ...]:
    """In the order of the new map; what was taken away comes last."""
    return (
        *_of_whole(old, new),
        *(difference for node in new.nodes for difference in _of_node(old.by_id.get(node.id), node)),
        *(
            Difference(Change.REMOVED, node.id, before=node.text or node.title)
            for node in old.nodes
            if node.id not in new.by_id
        ),
    )


def _of_whole(old: CallMap, new: CallMap) -> Iterator[Difference]:
    for field in ("title", "description", "start", "occasion", "place"):
        before, after = str(getattr(old, field)), str(getattr(new, field))
        if before != after:
            yield Difference(Change.CHANGED, "", field, before, after)
    points = tuple(" · ".join(f"{point.id}: {point.text}" for point in each.points) for each in (old, new))
    fallbacks = tuple(" · ".join(f"{k}: {v}" for k, v in sorted(each.fallbacks.items())) for each in (old, new))
    for field, (before, after) in (("points", points), ("fallbacks", fallbacks)):
        if before != after:
            yield Difference(Change.CHANGED, "", field, before, after)


def _of_node(old: Node | None, new: Node) -> Iterator[Difference]:
    if old is None:
        yield Difference(Change.ADDED, new.id, after=new.text or new.title)
        return
    for field in ("kind", "title", "text", "hint", "opening", "fills", "covers", "card", "borrows", "result"):
        before, after = _reading(getattr(old, field)), _reading(getattr(new, field))
        if before != after:
            yield Difference(Change.CHANGED, new.id, field, before, after)
    for number in range(max(len(old.edges), len(new.edges))):
        before, after = _edge(old.edges, number), _edge(new.edges, number)
        if before != after:
            yield Difference(Change.CHANGED, new.id, f"edge {number + 1}", before, after)


def _edge(edges: tuple[Edge, ...], number: int) -> str:
    if number >= len(edges):
        return ""
    edge = edges[number]
    case = ", ".join(f"{trait} {'yes' if wanted else 'no'}" for trait, wanted in edge.case)
    return " · ".join(filter(None, (f"{edge.label} → {edge.to}", case, " / ".join(edge.says))))


def _reading(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
