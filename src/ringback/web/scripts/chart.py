"""A call map as a picture: one box a place, one line a way, from the dial on the left to the outcomes on the right.

Everything is worked out here; the template only writes it down. Numbers are units of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from textwrap import wrap

from ringback.domain.maps.counting import Branch, Way
from ringback.domain.maps.graph import CallMap, Node
from ringback.domain.maps.layout import Layout, Routed, layout
from ringback.domain.vocabulary import NodeKind
from ringback.web.scripts.showing import in_full, percent, title_of
from ringback.web.scripts.words import KINDS

BOX_WIDTH, BOX_HEIGHT, COLUMN, ROW, MARGIN = 172, 50, 256, 66, 28
LINE_LETTERS, MOST_LINES = 25, 2
# Where many ways leave a place their keys stand in two columns, further apart where counts stand beside them.
STAGGER, STAGGER_COUNTED, MOST_STACKED = 12, 42, 4
THICKEST = 4
SWING = 34


@dataclass(frozen=True, slots=True)
class Box:
    """A place; `lines` are its title, cut to fit, `kind_name` stands above it."""

    id: str
    kind: str
    kind_name: str
    title: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def text_x(self) -> float:
        return self.x + 10

    @property
    def kind_y(self) -> float:
        return self.y + 14

    @property
    def text_lines(self) -> list[tuple[float, str]]:
        return [(self.y + 28 + 14 * number, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Line:
    """A way, with its key beside its start. `counted` says how often it was taken and, where there is room, how many
    went on; empty if never. `weight` is its share of all walks in four steps, 0 if it was never taken."""

    path: str
    key: int
    key_x: int
    key_y: float
    title: str
    counted: str
    weight: int
    crowded: bool
    leaf: bool
    back: bool
    node: str
    to: str

    @property
    def shown(self) -> str:
        return " · ".join(filter(None, (str(self.key), self.counted)))

    @property
    def plate_height(self) -> int:
        return 10 if self.crowded else 13

    @property
    def plate_y(self) -> float:
        """A count is written on a plate of its own, or the lines would strike it out."""
        return round(self.key_y - self.plate_height * 0.78, 1)

    @property
    def plate_width(self) -> int:
        return round(len(self.shown) * (5 if self.crowded else 5.5)) + 5


@dataclass(frozen=True, slots=True)
class MapChart:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    start_y: int
    label: str
    start: str


def map_chart(call_map: CallMap, branches: Mapping[Way, Branch] | None = None, *, label: str = "") -> MapChart:
    found = layout(call_map)
    width, height = MARGIN * 2 + found.columns * COLUMN - (COLUMN - BOX_WIDTH), MARGIN * 2 + found.rows * ROW
    return MapChart(
        boxes=tuple(_box(call_map.node(place.node), *_corner(place.column, place.row)) for place in found.places),
        lines=tuple(_lines(call_map, found, branches or {})),
        width=width,
        height=height,
        start_y=round(next(row for place, row in _rows(found) if place == call_map.start)),
        label=label or call_map.title,
        start=call_map.start,
    )


def _rows(found: Layout) -> list[tuple[str, float]]:
    return [(place.node, _corner(place.column, place.row)[1]) for place in found.places]


def _corner(column: int, row: float) -> tuple[float, float]:
    return MARGIN + column * COLUMN, round(MARGIN + row * ROW, 1)


def _box(node: Node, x: float, y: float) -> Box:
    title = title_of(node)
    lines = wrap(title, LINE_LETTERS) or [node.id]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: LINE_LETTERS - 1]}…"]
    return Box(node.id, node.kind.value, str(KINDS[node.kind]), title, tuple(lines), x, y)


def _lines(call_map: CallMap, found: Layout, branches: Mapping[Way, Branch]) -> list[Line]:
    most = max((branch.walked for branch in branches.values()), default=0)
    counted = {node for node, _key in branches}
    return [
        _line(call_map, way, branches.get((way.node, way.edge)), most=most, beside=way.node in counted)
        for way in found.edges
    ]


def _line(call_map: CallMap, way: Routed, branch: Branch | None, *, most: int, beside: bool) -> Line:
    """`most` is how often the way that was taken most was; `beside`: counts stand beside the keys of this place."""
    edge = call_map.node(way.node).edges[way.edge - 1]
    ways = len(call_map.node(way.node).edges)
    offset = BOX_HEIGHT / (ways + 1) * way.edge
    stops = [_corner(column, row) for column, row in way.points]
    start = (stops[0][0] + BOX_WIDTH, stops[0][1] + offset)
    middle = [(x + BOX_WIDTH / 2, y + BOX_HEIGHT / 2) for x, y in stops[1:-1]]
    end = (stops[-1][0], stops[-1][1] + BOX_HEIGHT / 2)
    leaf = call_map.node(edge.to).kind is NodeKind.OUTCOME
    crowded = ways > MOST_STACKED
    aside = (STAGGER_COUNTED if beside else STAGGER) if crowded and way.edge % 2 == 0 else 0
    title = ": ".join(filter(None, (f"{way.edge}. {edge.label}", in_full(branch))))
    weight = ceil(branch.walked / most * THICKEST) if branch else 0
    return Line(
        _back(start, end) if way.back else _curve([start, *middle, end]),
        way.edge, round(start[0] + 4 + aside), round(start[1] + 3, 1), title, _counted(branch, crowded=crowded), weight,
        crowded, leaf, way.back, way.node, edge.to,
    )  # fmt: skip


def _counted(branch: Branch | None, *, crowded: bool) -> str:
    """“12× 58 %”: taken in twelve calls, of which so many went on."""
    if branch is None:
        return ""
    times = f"{branch.walked}×"
    return times if crowded else f"{times} {percent(branch.went_on.value or 0)} %"


def _curve(points: list[tuple[float, float]]) -> str:
    """From point to point, each stretch leaving and arriving level."""
    path = f"M{points[0][0]:.0f} {points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (to_x - x) / 2
        path += f" C{x + half:.0f} {y:.1f} {to_x - half:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
    return path


def _back(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A way back swings out to the right, runs between the rows under both, and comes in from the left."""
    (x, y), (to_x, to_y) = start, end
    under = max(y, to_y) + BOX_HEIGHT / 2 + (ROW - BOX_HEIGHT) / 2
    out = f"M{x:.0f} {y:.1f} C{x + SWING} {y:.1f} {x + SWING} {under:.1f} {x:.0f} {under:.1f}"
    return f"{out} H{to_x:.0f} C{to_x - SWING} {under:.1f} {to_x - SWING} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
