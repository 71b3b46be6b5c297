"""What the buttons of the map editor do to a draft, and where the keyboard stands afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

NEW_NODE = {"id": "", "kind": "say", "edges": [{"to": "", "label": ""}]}
NEW_WAY = {"to": "", "label": ""}
# “move-node-3-2”: the fourth place becomes the third; “move-way-3-1-0”: at the fourth place, its second way the first.
_OPERATION = re.compile(r"(add|remove|move)-(node|way)((?:-\d{1,3})*)\Z")


@dataclass(frozen=True, slots=True)
class Focus:
    """The control to stand on, by its name or the operation on it, and the place that is open for it (-1: none)."""

    control: str = ""
    place: int = -1


@dataclass(frozen=True, slots=True)
class Order:
    """Where an entry stands among its siblings, counted from 1, and the operations that move it; empty at an end."""

    place: int
    up: str
    down: str
    up_words: str
    down_words: str


def with_orders(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of the form, each place and each way with its order."""
    nodes = [
        {
            **node,
            "order": _order("move-node", at, len(fields["nodes"]), node["title"] or node["id"]),
            "edges": [
                {**edge, "order": _order(f"move-way-{at}", way, len(node["edges"]), edge["label"])}
                for way, edge in enumerate(node["edges"])
            ],
        }
        for at, node in enumerate(fields["nodes"])
    ]
    return {**fields, "nodes": nodes}


def _order(name: str, at: int, count: int, title: str) -> Order:
    up = f"{name}-{at}-{at - 1}" if at else ""
    down = f"{name}-{at}-{at + 1}" if at + 1 < count else ""
    facts = {"title": title, "place": at + 1, "count": count}
    up_words = _("Move up: %(title)s, %(place)s of %(count)s") % facts
    return Order(at + 1, up, down, up_words, _("Move down: %(title)s, %(place)s of %(count)s") % facts)


def changed(document: dict[str, Any], operation: str) -> tuple[dict[str, Any], Focus]:
    """The draft after the operation; one that is unknown, or speaks of what is not there, changes nothing."""
    found = _OPERATION.match(operation)
    nodes: list[Any] = document.get("nodes", [])
    if not found:
        return document, Focus()
    doing, numbers = found[1], [int(each) for each in found[3].split("-")[1:]]
    if found[2] == "node":
        made, focus = _changed_places(nodes, doing, numbers)
    else:
        made, focus = _changed_ways(nodes, doing, numbers)
    return ({**document, "nodes": made} if made != nodes else document), focus


def _changed_places(nodes: list[Any], doing: str, numbers: list[int]) -> tuple[list[Any], Focus]:
    if doing == "add":
        return [*nodes, dict(NEW_NODE)], Focus(f"n{len(nodes)}-id", len(nodes))
    made = _moved_or_without(nodes, doing, numbers)
    if doing == "move" and made != nodes:
        return made, Focus(_same_button("move-node", len(made), *numbers))
    return made, Focus("add-node")


def _changed_ways(nodes: list[Any], doing: str, numbers: list[int]) -> tuple[list[Any], Focus]:
    if not numbers or numbers[0] >= len(nodes):
        return nodes, Focus()
    place, *rest = numbers
    edges: list[Any] = nodes[place].get("edges", [])
    if doing == "add":
        made, control = [*edges, dict(NEW_WAY)], f"n{place}-w{len(edges)}-label"
    else:
        made, control = _moved_or_without(edges, doing, rest), f"add-way-{place}"
        if made == edges:
            return nodes, Focus(control, place)
        if doing == "move":
            control = _same_button(f"move-way-{place}", len(made), *rest)
    return [*nodes[:place], {**nodes[place], "edges": made}, *nodes[place + 1 :]], Focus(control, place)


def _moved_or_without(entries: list[Any], doing: str, numbers: list[int]) -> list[Any]:
    """One entry moved from its number to another, or taken away."""
    if len(numbers) != (2 if doing == "move" else 1) or max(numbers) >= len(entries):
        return entries
    others = [each for number, each in enumerate(entries) if number != numbers[0]]
    return [*others[: numbers[1]], entries[numbers[0]], *others[numbers[1] :]] if doing == "move" else others


def _same_button(name: str, count: int, before: int, now: int) -> str:
    """The button that was pressed, at its new place; the opposite one where it goes no further."""
    onward = now + (1 if now > before else -1)
    back = now + (1 if onward < 0 else -1)
    return f"{name}-{now}-{onward if 0 <= onward < count else back}"
