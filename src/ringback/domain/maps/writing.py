"""A call map as the plain mapping that it can be read from again: what is usual is left out."""

from __future__ import annotations

from typing import Any

from ringback.domain.maps.graph import CallMap, Edge, Node


def as_mapping(call_map: CallMap) -> dict[str, Any]:
    """Fields in the order in which people read them; `read_map` makes the same map of it."""
    return _filled(
        name=call_map.name,
        language=call_map.language,
        title=call_map.title,
        occasion=call_map.occasion.value,
        place=call_map.place,
        rule=call_map.rule,
        description=call_map.description,
        start=call_map.start,
        fallbacks=dict(call_map.fallbacks),
        points=[{"id": point.id, "text": point.text} for point in call_map.points],
        nodes=[_node(node) for node in call_map.nodes],
    )


def _node(node: Node) -> dict[str, Any]:
    return _filled(
        id=node.id,
        kind=node.kind.value,
        title=node.title,
        text=node.text,
        hint=node.hint,
        opening=node.opening,
        fills=node.fills and node.fills.value,
        covers=list(node.covers),
        card=node.card,
        borrows=node.borrows and node.borrows.value,
        result=node.result and node.result.value,
        edges=[_edge(edge) for edge in node.edges],
    )


def _edge(edge: Edge) -> dict[str, Any]:
    case = {trait.value: wanted for trait, wanted in edge.case}
    return _filled(to=edge.to, label=edge.label, case=case, says=list(edge.says))


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
