"""Which article goes with a reminder: a personal topic before a need, a need before the industry, none twice (A8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ringback.domain.folding import folded

_LEAST_STEM, _SURE_STEM, _ENDING = 4, 6, 3


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """A blank `language` fits everybody; so does an article without topics, where nothing fits better."""

    id: int
    title: str
    topics: tuple[str, ...]
    language: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom an article is looked for; `language` is that of the mail."""

    language: str
    interests: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    article_id: int
    because: str


def choose_article(articles: Iterable[ArticleFacts], reader: Reader, had: frozenset[int]) -> Choice | None:
    """The best match that they have not had, with the reason; of equals the newest. None if nothing fits."""
    fitting = [each for each in articles if each.id not in had and speaks(each.language, reader.language)]
    matched = [(match, each) for each in fitting if (match := _match(each, reader))]
    if not matched:
        return None
    (_, because), best = min(matched, key=lambda pair: (pair[0][0], -pair[1].added_at.timestamp(), pair[1].id))
    return Choice(best.id, because)


def speaks(article_language: str, language: str) -> bool:
    return not article_language or _base(article_language) == _base(language)


def _base(language: str) -> str:
    return re.split(r"[-_]", language.lower())[0]


def _match(article: ArticleFacts, reader: Reader) -> tuple[int, str] | None:
    """Lower ranks are better. A need is what they want to be helped with, so it stands before their industry."""
    for rank, texts, words in (
        (0, reader.interests, "They like to talk about “{text}”, and a personal topic is read first."),
        (1, reader.needs, "It speaks to what matters to them: “{text}”."),
        (2, (reader.industry,), "It is about their industry, “{text}”."),
    ):
        for text in texts:
            if any(_about(topic, text) for topic in article.topics):
                return rank, words.format(text=text)
    return None if article.topics else (3, "Nothing fits their interests better, and this one fits anybody.")


def _about(topic: str, text: str) -> bool:
    """Every word of the topic stands in the text, up to its ending: “sailing” fits “a sail to the north”."""
    wanted, found = _words(topic), _words(text)
    return bool(wanted) and all(any(_alike(word, other) for other in found) for word in wanted)


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if short == long:
        return True
    if len(short) < _LEAST_STEM or not long.startswith(short):
        return False
    return len(short) >= _SURE_STEM or len(long) - len(short) <= _ENDING


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
