"""A map filled in for one prospect, as plain values that a page can walk alone: texts, gaps, keys, seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from ringback.domain.maps.cards import Card
from ringback.domain.maps.graph import CallMap, Edge, Node, Traits, resolve
from ringback.domain.maps.variables import how_to_ask, spoken
from ringback.domain.script import TOO_LONG_SECONDS, speaking_seconds
from ringback.domain.vocabulary import NodeKind, Occasion


class ShownGap(TypedDict):
    name: str
    ask: str


class ShownPoint(TypedDict):
    id: str
    text: str


class ShownEdge(TypedDict):
    """`key` is the number to press."""

    key: int
    to: str
    label: str
    says: list[str]


class ShownNode(TypedDict):
    """`text` is what to say here, filled in; `own` marks the rep's own words; `seconds` is how long it takes to say."""

    id: str
    kind: str
    title: str
    text: str
    hint: str
    own: bool
    seconds: int
    too_long: bool
    gaps: list[ShownGap]
    fills: str
    covers: list[str]
    card: str
    result: str
    edges: list[ShownEdge]


class ShownMap(TypedDict):
    """`entry` is where the record leads at once; it is `start` unless the map begins by asking which case this is."""

    id: int
    name: str
    title: str
    language: str
    occasion: str
    start: str
    entry: str
    points: list[ShownPoint]
    nodes: dict[str, ShownNode]


class ShownCard(TypedDict):
    id: str
    title: str
    answer: str
    questions: list[str]
    hint: str
    gate: bool


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a map in: values and the rep's own texts by node, the known traits, words borrowed from other maps.

    `fallbacks` come with borrowed words and stand in where the map has none of its own.
    """

    values: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    traits: Traits = field(default_factory=dict)
    borrowed: Mapping[Occasion, str] = field(default_factory=dict)
    fallbacks: Mapping[str, str] = field(default_factory=dict)


def show_map(call_map: CallMap, version_id: int, filling: Filling) -> ShownMap:
    start = call_map.start
    known = resolve(call_map, filling.traits) if call_map.occasion is Occasion.VOICEMAIL else None
    return ShownMap(
        id=version_id,
        name=call_map.name,
        title=call_map.title,
        language=call_map.language,
        occasion=call_map.occasion.value,
        start=start,
        entry=known.id if known else start,
        points=[ShownPoint(id=point.id, text=point.text) for point in call_map.points],
        nodes={node.id: _shown(node, call_map, filling) for node in call_map.nodes},
    )


def words_at(node: Node, filling: Filling) -> str:
    """The unfilled words of a place: the rep's own, else those borrowed, else the team's."""
    borrowed = filling.borrowed.get(node.borrows, "") if node.borrows else ""
    return filling.own.get(node.id, "") or borrowed or node.text


def show_cards(cards: tuple[Card, ...]) -> list[ShownCard]:
    return [
        ShownCard(
            id=card.id,
            title=card.title,
            answer=card.answer,
            questions=list(card.questions),
            hint=card.hint,
            gate=card.gate,
        )
        for card in cards
    ]


def _shown(node: Node, call_map: CallMap, filling: Filling) -> ShownNode:
    said = spoken(words_at(node, filling), filling.values, {**filling.fallbacks, **call_map.fallbacks})
    seconds = speaking_seconds(said.text, call_map.language)
    short = node.opening or node.kind is NodeKind.LEAVE_MESSAGE
    return ShownNode(
        id=node.id,
        kind=node.kind.value,
        title=node.title,
        text=said.text,
        hint=node.hint,
        own=node.id in filling.own,
        seconds=seconds,
        too_long=short and seconds > TOO_LONG_SECONDS,
        gaps=[ShownGap(name=name, ask=how_to_ask(name, call_map.language)) for name in said.gaps],
        fills=node.fills.value if node.fills else "",
        covers=list(node.covers),
        card=node.card,
        result=node.result.value if node.result else "",
        edges=[_edge(key, edge) for key, edge in enumerate(node.edges, start=1)],
    )


def _edge(key: int, edge: Edge) -> ShownEdge:
    return ShownEdge(key=key, to=edge.to, label=edge.label, says=list(edge.says))
