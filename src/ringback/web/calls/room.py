"""How much of each part of the brief fits a screen of 1440×900: few things whole, of many the weightiest (A13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# The column's height below the header, in pixels.
ROOM = 790


@dataclass(frozen=True, slots=True)
class Part:
    """Heights in pixels: its heading, and one entry, each where there is room and where there is little."""

    most: int
    least: int
    head: int
    entry: int
    dense_head: int
    dense_entry: int


PARTS: Mapping[str, Part] = {
    "appointment": Part(1, 1, 12, 82, 12, 62),
    "things": Part(3, 3, 22, 46, 24, 23),
    "last": Part(1, 1, 30, 46, 22, 24),
    "objections": Part(2, 1, 30, 54, 22, 54),
    "needs": Part(2, 1, 34, 23, 22, 23),
    "promises": Part(3, 1, 34, 23, 22, 23),
    "interests": Part(1, 1, 34, 23, 22, 23),
    "people": Part(2, 1, 34, 23, 22, 23),
    "planned": Part(1, 1, 34, 23, 22, 23),
    "questions": Part(1, 1, 10, 22, 6, 22),
    "history": Part(3, 1, 36, 25, 26, 25),
    "facts": Part(9, 3, 12, 19, 8, 19),
}
# What grows first where there is room left.
BY_WEIGHT = (
    *("needs", "promises", "objections", "facts", "facts", "promises", "people", "history"),
    *("history", "facts", "facts", "facts", "facts"),
)


@dataclass(frozen=True, slots=True)
class Room:
    """`whole`: the things to know stand there in full, on two lines each, also where the rest is dense."""

    dense: bool
    shown: Mapping[str, int]
    whole: bool = True


def fitted(there: Mapping[str, int]) -> Room:
    """How many of each part are shown, of those that are `there`."""
    whole = {name: min(count, PARTS[name].most) for name, count in there.items()}
    if _height(whole, dense=False) <= ROOM:
        return Room(False, whole)
    shown = {name: min(count, PARTS[name].least) for name, count in there.items()}
    things = PARTS["things"]
    in_full = (things.entry - things.dense_entry) * shown.get("things", 0)
    can = _height(shown, dense=True) + in_full <= ROOM
    room = ROOM - in_full if can else ROOM
    for name in BY_WEIGHT:
        grown = {**shown, name: shown.get(name, 0) + 1}
        if grown[name] <= whole.get(name, 0) and _height(grown, dense=True) <= room:
            shown = grown
    return Room(True, shown, can)


def _height(shown: Mapping[str, int], *, dense: bool) -> int:
    return sum(_tall(PARTS[name], count, dense=dense) for name, count in shown.items() if count)


def _tall(part: Part, count: int, *, dense: bool) -> int:
    return part.dense_head + part.dense_entry * count if dense else part.head + part.entry * count
