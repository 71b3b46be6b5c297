"""A8: which article goes with a reminder, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ringback.domain.mail.article import ArticleFacts, Reader, choose_article

ADDED = datetime(2026, 1, 5, tzinfo=UTC)


def an(number: int, *topics: str, language: str = "", days: int = 0) -> ArticleFacts:
    return ArticleFacts(number, f"Article {number}", topics, language, ADDED + timedelta(days=days))


SAILING, DEPOTS, LOGISTICS, ANYBODY = an(1, "sailing"), an(2, "small depots", "stock"), an(3, "logistics"), an(4)
READER = Reader("en", ("his boat; sailing to Sweden",), ("less stock in the depot",), "Logistics")


@pytest.mark.parametrize(
    ("articles", "reader", "had", "expected"),
    [
        pytest.param([LOGISTICS, DEPOTS, SAILING, ANYBODY], READER, set(), 1, id="A8-personal-topic-first"),
        pytest.param([LOGISTICS, DEPOTS, SAILING, ANYBODY], READER, {1}, 2, id="A8-then-the-need"),
        pytest.param([LOGISTICS, DEPOTS, SAILING, ANYBODY], READER, {1, 2}, 3, id="A8-then-the-industry"),
        pytest.param([LOGISTICS, DEPOTS, SAILING, ANYBODY], READER, {1, 2, 3}, 4, id="A8-then-what-fits-anybody"),
        pytest.param([LOGISTICS, DEPOTS, SAILING, ANYBODY], READER, {1, 2, 3, 4}, None, id="A8-never-twice"),
        pytest.param([an(1, "sailing", language="de"), DEPOTS], READER, set(), 2, id="A8-not-in-their-language"),
        pytest.param([an(1, "sailing", language="en-GB")], READER, set(), 1, id="A8-language-of-a-country"),
        pytest.param([an(1, "golf")], READER, set(), None, id="A8-topics-that-do-not-fit"),
        pytest.param([an(1, "sailing"), an(2, "sailing", days=1)], READER, set(), 2, id="A8-the-newest-of-equals"),
        pytest.param([an(2, "sailing"), an(1, "sailing")], READER, set(), 1, id="A8-the-same-whatever-the-order"),
        pytest.param([an(1, "small depots")], READER, set(), None, id="A8-every-word-of-a-topic"),
        pytest.param([an(1, "Depots")], READER, set(), 1, id="A8-another-ending"),
        pytest.param([an(1, "art")], Reader("en", ("an article",)), set(), None, id="A8-short-words-exactly"),
        pytest.param([an(1, "Öl")], Reader("de", ("öl",)), set(), 1, id="A8-accents-and-capitals"),
        pytest.param([an(1, "Lager")], Reader("de", (), ("Lagerhaltung",)), set(), None, id="A8-five-letters-are-few"),
        pytest.param([an(1, "Logistik")], Reader("de", (), ("Logistikkosten",)), set(), 1, id="A8-german-compound"),
        pytest.param([an(1, "", " ")], READER, set(), None, id="A8-empty-topics-fit-nobody"),
        pytest.param([], READER, set(), None, id="A8-empty-library"),
    ],
)
def test_A8_choice(articles: list[ArticleFacts], reader: Reader, had: set[int], expected: int | None) -> None:
    choice = choose_article(articles, reader, frozenset(had))
    assert (choice.article_id if choice else None) == expected


@pytest.mark.parametrize(
    ("had", "because"),
    [
        (set(), "They like to talk about “his boat; sailing to Sweden”, and a personal topic is read first."),
        ({1}, "It speaks to what matters to them: “less stock in the depot”."),
        ({1, 2}, "It is about their industry, “Logistics”."),
        ({1, 2, 3}, "Nothing fits their interests better, and this one fits anybody."),
    ],
)
def test_A8_the_reason_is_a_sentence_for_the_rep(had: set[int], because: str) -> None:
    choice = choose_article([SAILING, DEPOTS, LOGISTICS, ANYBODY], READER, frozenset(had))
    assert choice is not None
    assert choice.because == because
