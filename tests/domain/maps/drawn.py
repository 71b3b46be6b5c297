"""Small maps for the tests: places by name, ways as “label → goal”."""

from __future__ import annotations

from typing import Any

from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.reading import read_map

LEAF = {"appointment", "lost", "voicemail", "not_now", "call_back"}


def node(node_id: str, *goals: str, **fields: Any) -> dict[str, Any]:
    """A place that says its own name; a goal is the id of another place."""
    if node_id in LEAF:
        return {"id": node_id.replace("_", "-"), "kind": "outcome", "result": node_id}
    edges = [{"to": goal, "label": f"to {goal}"} for goal in goals]
    return {"id": node_id, "kind": "say", "text": f"This is {node_id}.", "edges": edges, **fields}


def document(*nodes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    usual = {"name": "drawn", "language": "en", "title": "Drawn", "occasion": "first_warm", "start": nodes[0]["id"]}
    return {**usual, "nodes": list(nodes), **fields}


def drawn(*nodes: dict[str, Any], **fields: Any) -> CallMap:
    return read_map(document(*nodes, **fields))


def case(goal: str, **traits: bool) -> dict[str, Any]:
    return {"to": goal, "label": f"to {goal}", "case": traits}
