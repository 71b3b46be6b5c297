"""A map as a picture: every place and way has its position, columns go onward, and large maps are quick."""

from __future__ import annotations

import random
import time
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.layout import layout
from tests.domain.maps.drawn import drawn, node

BUDGET_SECONDS = 0.2


def tangle(size: int, seed: int, ways: int = 3) -> CallMap:
    """Places that lead anywhere, circles and islands among them."""
    dice = random.Random(seed)
    nodes: list[dict[str, Any]] = [
        node(f"n{number}", *(f"n{dice.randrange(size)}" for _ in range(dice.randint(0, ways))))
        for number in range(size)
    ]
    return drawn(*nodes, node("lost"))


def test_a11_a_straight_call_goes_from_left_to_right_in_one_row() -> None:
    found = layout(drawn(node("a", "b"), node("b", "lost"), node("lost")))
    assert [(place.node, place.column, place.row) for place in found.places] == [
        ("a", 0, 0),
        ("b", 1, 0),
        ("lost", 2, 0),
    ]
    assert (found.columns, found.rows) == (3, 1)


def test_a_long_way_passes_a_stop_in_every_column_and_a_way_back_is_marked() -> None:
    found = layout(drawn(node("a", "b", "lost"), node("b", "c"), node("c", "lost", "a"), node("lost")))
    ways = {(way.node, way.edge): way for way in found.edges}
    assert [column for column, _ in ways["a", 2].points] == [0, 1, 2, 3]
    assert [way.back for way in (ways["a", 1], ways["c", 2])] == [False, True]
    assert [column for column, _ in ways["c", 2].points] == [2, 0]


@given(st.integers(1, 30), st.integers(0, 10_000))
def test_no_two_places_overlap_and_every_way_leads_onward_or_is_marked_back(size: int, seed: int) -> None:
    drawing = tangle(size, seed)
    found = layout(drawing)
    assert [place.node for place in found.places] == [each.id for each in drawing.nodes]
    assert len(found.edges) == sum(len(each.edges) for each in drawing.nodes)
    by_column: dict[int, list[float]] = {}
    for place in found.places:
        by_column.setdefault(place.column, []).append(place.row)
    for rows in by_column.values():
        ordered = sorted(rows)
        assert all(after - before >= 0.999 for before, after in pairwise(ordered))
    assert all(way.back or way.points[0][0] < way.points[-1][0] for way in found.edges)


def test_two_hundred_places_are_laid_out_in_a_fifth_of_a_second() -> None:
    """With more ways a place than any built-in map has, and leading anywhere: far more crossings than a call has."""
    drawing = tangle(200, seed=7, ways=5)
    assert sum(len(each.edges) for each in drawing.nodes) > 2.25 * len(drawing.nodes)
    taken = []
    for _ in range(3):
        began = time.process_time()
        layout(drawing)
        taken.append(time.process_time() - began)
    assert min(taken) <= BUDGET_SECONDS
