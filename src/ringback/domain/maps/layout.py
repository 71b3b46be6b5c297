"""A map as a picture: columns from left to right, as few crossings as cheaply possible, every place and edge placed.

The usual four steps of layered drawing: ways back are turned round, each place gets the column behind all that lead to
it, long edges get a stop in every column they pass, and each column is sorted by where its neighbours stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from ringback.domain.maps.graph import CallMap

SWEEPS, LEAST_SWEEPS = 6, 2
# Of places and stops in all sweeps of one kind: a tangle of hundreds of ways is not worth more.
MOST_LOOKS = 60_000


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a place stands: its column, and its height in rows (a fraction between its neighbours)."""

    node: str
    column: int
    row: float


@dataclass(frozen=True, slots=True)
class Routed:
    """An edge by its number at its node: the (column, row) points it passes. `back` runs against the columns."""

    node: str
    edge: int
    to: str
    points: tuple[tuple[int, float], ...]
    back: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    places: tuple[Placed, ...]
    edges: tuple[Routed, ...]
    columns: int
    rows: float


@dataclass(slots=True)
class _Draft:
    """Places and the stops of long edges, by name; `after` and `before` are neighbours one column on and back."""

    column: dict[str, int]
    after: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)

    def link(self, left: str, right: str) -> None:
        self.after.setdefault(left, []).append(right)
        self.before.setdefault(right, []).append(left)


def layout(call_map: CallMap) -> Layout:
    """Every place and edge of the map with its position; takes any map, cyclic ones and unreachable places too."""
    backwards = _ways_back(call_map)
    draft = _Draft(_columns(call_map, backwards))
    chains = _chains(call_map, backwards, draft)
    rows = _rows(draft)
    top = min(rows.values(), default=0.0)
    at = {name: (draft.column[name], round(row - top, 3)) for name, row in rows.items()}
    return Layout(
        places=tuple(Placed(node.id, *at[node.id]) for node in call_map.nodes),
        edges=tuple(
            Routed(node, edge, chain[-1], tuple(at[name] for name in chain), (node, edge) in backwards)
            for (node, edge), chain in chains.items()
        ),
        columns=max(draft.column.values(), default=0) + 1,
        rows=max((row for _, row in at.values()), default=0.0) + 1,
    )


def _ways_back(call_map: CallMap) -> set[tuple[str, int]]:
    """The edges that close a circle, found by walking in depth from the start; without them no circle is left."""
    backwards, done, open_ = set[tuple[str, int]](), set[str](), set[str]()
    for root in (call_map.start, *(node.id for node in call_map.nodes)):
        if root in done:
            continue
        waiting = [(root, iter(enumerate(call_map.node(root).edges, start=1)))]
        open_.add(root)
        while waiting:
            here, edges = waiting[-1]
            number, edge = next(edges, (0, None))
            if edge is None:
                waiting.pop()
                open_.discard(here)
                done.add(here)
            elif edge.to in open_:
                backwards.add((here, number))
            elif edge.to not in done:
                open_.add(edge.to)
                waiting.append((edge.to, iter(enumerate(call_map.node(edge.to).edges, start=1))))
    return backwards


def _columns(call_map: CallMap, backwards: set[tuple[str, int]]) -> dict[str, int]:
    """Each place stands behind everything that leads to it."""
    column = {node.id: 0 for node in call_map.nodes}
    waits_for = dict.fromkeys(column, 0)
    onward: dict[str, list[str]] = {name: [] for name in column}
    for node in call_map.nodes:
        for number, edge in enumerate(node.edges, start=1):
            if (node.id, number) not in backwards:
                onward[node.id].append(edge.to)
                waits_for[edge.to] += 1
    ready = [name for name, count in waits_for.items() if count == 0]
    while ready:
        here = ready.pop()
        for name in onward[here]:
            column[name] = max(column[name], column[here] + 1)
            waits_for[name] -= 1
            if waits_for[name] == 0:
                ready.append(name)
    return column


def _chains(call_map: CallMap, backwards: set[tuple[str, int]], draft: _Draft) -> dict[tuple[str, int], list[str]]:
    """What each edge passes: its place, a stop in every column between, its goal. Ways back pass nothing."""
    chains: dict[tuple[str, int], list[str]] = {}
    for node in call_map.nodes:
        for number, edge in enumerate(node.edges, start=1):
            if (node.id, number) in backwards:
                chains[node.id, number] = [node.id, edge.to]
                continue
            between = range(draft.column[node.id] + 1, draft.column[edge.to])
            stops = [f"{node.id}\0{number}\0{column}" for column in between]
            draft.column.update(zip(stops, between, strict=True))
            chain = [node.id, *stops, edge.to]
            for left, right in pairwise(chain):
                draft.link(left, right)
            chains[node.id, number] = chain
    return chains


def _rows(draft: _Draft) -> dict[str, float]:
    """Sort every column by its neighbours, to and fro; then let each pull level with them as far as there is room."""
    names = list(draft.column)
    number = {name: at for at, name in enumerate(names)}
    before, after = (
        [[number[each] for each in near.get(name, ())] for name in names] for near in (draft.before, draft.after)
    )
    columns: list[list[int]] = [[] for _ in range(max(draft.column.values(), default=-1) + 1)]
    rows = [0.0] * len(names)
    for at, its_column in enumerate(draft.column.values()):
        rows[at] = float(len(columns[its_column]))
        columns[its_column].append(at)
    sweeps = max(LEAST_SWEEPS, min(SWEEPS, MOST_LOOKS // max(len(names), 1)))
    for settle in (_sorted, _apart):
        for sweep in range(sweeps):
            onward = sweep % 2 == 0
            for column in columns if onward else reversed(columns):
                settle(column, _wanted(column, before if onward else after, rows), rows)
    return dict(zip(names, rows, strict=True))


def _wanted(places: list[int], neighbours: list[list[int]], rows: list[float]) -> list[float]:
    """Where each place would like to stand: in the middle of its neighbours, or where it is if it has none."""
    return [
        rows[near[0]] if len(near) == 1 else sum([rows[each] for each in near]) / len(near) if near else rows[at]
        for at in places
        for near in (neighbours[at],)
    ]


def _sorted(places: list[int], wanted: list[float], rows: list[float]) -> None:
    """In the order in which they would like to stand, a row each."""
    order = sorted(range(len(places)), key=wanted.__getitem__)
    places[:] = [places[each] for each in order]
    for row, at in enumerate(places):
        rows[at] = float(row)


def _apart(places: list[int], wanted: list[float], rows: list[float]) -> None:
    """In the same order, at least one row apart, as near to the wanted ones as can be (least squares).

    Without the unit steps this is fitting a rising line of values: neighbours that clash share their mean.
    """
    blocks: list[tuple[float, int]] = []
    for number, value in enumerate(wanted):
        mean, count = value - number, 1
        while blocks and blocks[-1][0] > mean:
            earlier, size = blocks.pop()
            mean, count = (earlier * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    level = [mean for mean, count in blocks for _ in range(count)]
    for number, (at, mean) in enumerate(zip(places, level, strict=True)):
        rows[at] = mean + number
