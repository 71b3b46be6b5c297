"""The objection cards, by language (B5)."""

from __future__ import annotations

from functools import cache

from ringback.domain.maps.cards import Card, read_cards
from ringback.library.scripts import card_documents


@cache
def cards_in(language: str) -> tuple[Card, ...]:
    """Those of the language, else of its base language, else the English ones."""
    documents = card_documents()
    base = language.split("-")[0].lower()
    found = next((each for each in (language, base) if each in documents), "en")
    return read_cards(documents[found], file=f"{found}.yaml")
