"""A map while it is edited: what the form's fields hold, as the plain mapping that they describe, and back.

Nothing typed is lost on the way: whatever is no map yet is told by the reader of maps, at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from ringback.domain.maps.reading import MOST_EDGES, MOST_NODES, truth_of

PLAIN = ("name", "language", "title", "occasion", "rule", "description", "start")
NODE_FIELDS = ("id", "kind", "title", "text", "hint", "fills", "card", "borrows", "result")


def document_in(posted: QueryDict) -> dict[str, Any]:
    """The mapping that the fields describe; empty fields are left out."""
    document: dict[str, Any] = {name: posted.get(name, "").strip() for name in PLAIN}
    document["place"] = number(posted.get("place", ""))
    document["fallbacks"] = dict(_pairs(posted.get("fallbacks", "")))
    document["points"] = [{"id": name, "text": text} for name, text in _pairs(posted.get("points", ""))]
    count = min(number(posted.get("nodes", "")), MOST_NODES + 1)
    document["nodes"] = [_node(posted, f"n{place}") for place in range(count)]
    return _filled(document)


def _node(posted: QueryDict, prefix: str) -> dict[str, Any]:
    node: dict[str, Any] = {name: _lines(posted.get(f"{prefix}-{name}", "")) for name in NODE_FIELDS}
    node["opening"] = f"{prefix}-opening" in posted
    node["covers"] = [each.strip() for each in posted.get(f"{prefix}-covers", "").split(",") if each.strip()]
    ways = min(number(posted.get(f"{prefix}-ways", "")), MOST_EDGES + 1)
    node["edges"] = [_edge(posted, f"{prefix}-w{place}") for place in range(ways)]
    return _filled(node)


def _edge(posted: QueryDict, prefix: str) -> dict[str, Any]:
    edge: dict[str, Any] = {name: posted.get(f"{prefix}-{name}", "").strip() for name in ("to", "label")}
    edge["case"] = {name: truth_of(text) for name, text in _pairs(posted.get(f"{prefix}-case", "").replace(",", "\n"))}
    edge["says"] = [line.strip() for line in posted.get(f"{prefix}-says", "").splitlines() if line.strip()]
    return _filled(edge)


def fields_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping as the form shows it; what has the wrong shape shows as nothing rather than breaking the page."""
    nodes = [node for node in _list(document.get("nodes")) if isinstance(node, Mapping)]
    return {
        **{name: _text(document.get(name)) for name in PLAIN},
        "place": _text(document.get("place")),
        "fallbacks": "\n".join(f"{name}: {text}" for name, text in _table(document.get("fallbacks")).items()),
        "points": "\n".join(
            f"{_text(point.get('id'))}: {_text(point.get('text'))}"
            for point in _list(document.get("points"))
            if isinstance(point, Mapping)
        ),
        "nodes": [_node_fields(node) for node in nodes],
    }


def _node_fields(node: Mapping[str, Any]) -> dict[str, Any]:
    covers = node.get("covers")
    return {
        **{name: _text(node.get(name)) for name in NODE_FIELDS},
        "opening": truth_of(node.get("opening")) is True,
        "covers": covers if isinstance(covers, str) else ", ".join(map(str, _list(covers))),
        "edges": [_edge_fields(edge) for edge in _list(node.get("edges")) if isinstance(edge, Mapping)],
    }


def _edge_fields(edge: Mapping[str, Any]) -> dict[str, str]:
    says, case = edge.get("says"), _table(edge.get("case"))
    return {
        "to": _text(edge.get("to")),
        "label": _text(edge.get("label")),
        "case": ", ".join(f"{name}: {_said(truth_of(wanted))}" for name, wanted in case.items()),
        "says": says if isinstance(says, str) else "\n".join(map(str, _list(says))),
    }


def size_of(document: Mapping[str, Any]) -> tuple[int, int]:
    """How many places and ways it has, whatever they hold."""
    nodes = _list(document.get("nodes"))
    return len(nodes), sum(len(_list(node.get("edges"))) for node in nodes if isinstance(node, Mapping))


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """“id: text” lines; a line without a colon is a name without text, which the reader will ask for."""
    for line in text.splitlines():
        if line.strip():
            name, _, rest = line.partition(":")
            yield name.strip(), rest.strip()


def _said(wanted: object) -> str:
    return {True: "yes", False: "no"}[wanted] if isinstance(wanted, bool) else str(wanted)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], {}, 0, False)}
