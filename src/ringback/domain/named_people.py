"""Who is meant when somebody says who else decides: “my boss, Ms Ines Calder (purchasing)” (B5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ringback.domain.folding import folded

# What stands before a name and belongs to none, in English and German; folded.
_BEFORE = frozenset((
    "a", "an", "the", "and", "also", "with", "her", "his", "their", "my", "our", "your", "ihr", "ihre", "ihren",
    "ihrem", "sein", "seine", "seinen", "seinem", "mein", "meine", "meinen", "unser", "unsere", "unseren",
    "der", "die", "das", "den", "dem", "und", "auch", "mit", "mr", "mrs", "ms", "miss", "dr", "prof",
    "professor", "herr", "herrn", "frau", "partner", "partnerin", "boss", "chef", "chefin", "colleague",
    "kollege", "kollegin", "husband", "wife", "mann", "manager", "managerin", "director", "direktor",
    "direktorin", "owner", "inhaber", "inhaberin", "brother", "sister", "son", "daughter", "father", "mother",
    "bruder", "schwester", "sohn", "tochter", "vater", "mutter", "ceo", "cfo", "cto", "coo",
))  # fmt: skip
_FORMAL = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "herr", "herrn", "frau",
))  # fmt: skip
_PARTICLES = frozenset((
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "zu", "zum", "al", "el", "la", "le",
    "bin",
))  # fmt: skip
_END = re.compile(r"\s*[,;:(–—/]\s*|\s+-\s+")
_WORD = re.compile(r"[^\s“”\"„‚‘]+")
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """`first` or `last` may be empty; `role` is what was said around the name. Without a name, `role` is all of it."""

    first: str
    last: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()


def person_named(text: str) -> NamedPerson:
    """The name in `text`: the first stretch of capitalised words that are no title and no family tie.

    A word alone is a first name, except after “Ms” and its like. What is no name is kept as the role, never lost.
    """
    said = " ".join(text.split())
    for part in filter(None, _END.split(said)):
        words, formal = _name_in(part)
        if words:
            role = _around(said, " ".join(words))
            alone = len(words) == 1
            first = "" if alone and formal else words[0]
            last = words[0] if alone and formal else " ".join(words[1:])
            return NamedPerson(first, last, role)
    return NamedPerson("", "", said)


def _around(said: str, name: str) -> str:
    rest = " ".join(said.replace(name, "", 1).strip(" ,;:–—-/.").split())
    return rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest


def _name_in(part: str) -> tuple[list[str], bool]:
    found: list[str] = []
    formal = False
    for word in _WORD.findall(part):
        plain = folded(word).rstrip(".")
        if plain in _BEFORE or not _like_a_name(word):
            if found and plain not in _PARTICLES:
                break
            formal = formal or plain in _FORMAL
            if found:
                found.append(word)
            continue
        found.append(word.rstrip(".!?"))
    while found and folded(found[-1]) in _PARTICLES:
        found.pop()
    return (found, formal) if len(found) <= MOST_WORDS else ([], False)


def _like_a_name(word: str) -> bool:
    """A capital, or a letter of a script that has none."""
    return word[0].isalpha() and not word[0].islower()


def same_person(name: str, known: str) -> bool:
    """Whether every word of `name` is part of the `known` one: “Enzo” may be Enzo Marchetti, Enzo Rossi is not."""
    words, all_words = folded(name).split(), folded(known).split()
    return bool(words) and set(words) <= set(all_words)
