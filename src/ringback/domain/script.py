"""Texts with variables: filled with what is known, gaps shown as gaps, and how long they take to say (A10, B7)."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}")

# A voicemail. An opening may take a little longer: it also gives the prospect's needs and the agenda (B2).
TOO_LONG_SECONDS = 30
LONG_OPENING_SECONDS = 40

# Words a minute when speaking to somebody. English: about 150, the usual figure for conversation. The other languages
# keep the proportions found by the International Reading Speed Texts (Trauzettel-Klosinski and Dietz, 2012: the same
# text read aloud, e.g. English 228, German 179, French 195 words a minute), because a German word is simply longer.
WORDS_PER_MINUTE = {
    "en": 150,
    "de": 118,
    "es": 143,
    "fi": 106,
    "fr": 128,
    "it": 124,
    "nl": 133,
    "pl": 109,
    "pt": 119,
    "sv": 131,
    "tr": 109,
}
# A figure is said digit by digit, near enough; two digits take about as long as a word.
DIGITS_PER_WORD = 2

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its variables replaced; `missing` names those without a value, each once, in order of appearance."""

    text: str
    missing: tuple[str, ...] = ()


def variables_of(text: str) -> tuple[str, ...]:
    """The names between double braces, each once, in order of appearance."""
    return tuple(dict.fromkeys(VARIABLE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with `{{ name }}` replaced; a name without a value shows as “[first name?]”, never as nothing.

    Values are put in as they are and never read for variables themselves.
    """
    known = {name: value for name in variables_of(text) if (value := values.get(name, "").strip())}
    filled = VARIABLE.sub(lambda found: known.get(found[1]) or gap(found[1]), text)
    return Filled(filled, tuple(name for name in variables_of(text) if name not in known))


def gap(name: str) -> str:
    """How a missing value is shown, so that nobody reads out an empty phrase."""
    return f"[{name.replace('_', ' ')}?]"


def speaking_seconds(text: str, language: str = "en") -> int:
    """How long the text takes to say, in whole seconds rounded up; an unknown language counts as English."""
    rate = WORDS_PER_MINUTE.get(language.split("-")[0].lower(), WORDS_PER_MINUTE["en"])
    return math.ceil(sum(_weight(word) for word in _WORD.findall(text)) * 60 / rate)


def _weight(word: str) -> float:
    return max(1.0, len(_DIGITS.findall(word)) / DIGITS_PER_WORD)
