"""Objection cards: what people say, and questions that find out what is behind it, never an argument (B5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringback.domain.maps.reading import MapError, MapProblem, MapReader

MOST_CARDS, MOST_QUESTIONS = 60, 6


@dataclass(frozen=True, slots=True)
class Card:
    """`says` is the objection as people say it; `gate` marks the wish to be sent something, which leads to B6."""

    id: str
    title: str
    says: tuple[str, ...]
    answer: str
    questions: tuple[str, ...]
    hint: str = ""
    gate: bool = False


class CardReader(MapReader):
    thing = "an objection card"
    parts = "card"


def read_cards(document: Any, *, file: str = "") -> tuple[Card, ...]:
    """The cards of one language; MapError with all problems at once."""
    reader = CardReader(document, file=file)
    cards = tuple(_read_card(each) for each in reader.list_of("cards", most=MOST_CARDS))
    reader.text("language", at_most=10)
    reader.nothing_else()
    if not cards:
        reader.problem("cards", "is missing; at least one card is needed")
    ids = [card.id for card in cards]
    if len(set(ids)) != len(ids):
        reader.problem("cards", "two cards have the same id; each needs its own")
    if reader.problems:
        raise MapError(tuple(MapProblem(each.file, "", each.field, each.message) for each in reader.problems))
    return cards


def by_id(cards: tuple[Card, ...]) -> Mapping[str, Card]:
    return {card.id: card for card in cards}


def _read_card(reader: MapReader) -> Card:
    card = Card(
        id=reader.identifier("id"),
        title=reader.text("title", required=True, at_most=120),
        says=reader.words("says", most=8),
        answer=reader.text("answer", required=True, at_most=600),
        questions=reader.words("questions", most=MOST_QUESTIONS),
        hint=reader.text("hint", at_most=500),
        gate=reader.flag("gate"),
    )
    if len(card.questions) < 2:
        reader.problem("questions", "should be at least two: a card asks, it does not argue")
    reader.nothing_else()
    return card
