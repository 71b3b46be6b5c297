"""What is said about a sender's records: the words that SPF, DKIM, DMARC and MX are judged with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    GOOD = "good"
    WEAK = "weak"  # works, and could be better
    BAD = "bad"  # missing or wrong: mail will be mistrusted
    UNKNOWN = "unknown"  # could not be read


@dataclass(frozen=True, slots=True)
class Judgement:
    """`name` is the record's own name in the DNS; `add` the record to publish there, if one is to be."""

    subject: str
    name: str
    grade: Grade
    found: str
    do: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of one name, or why they could not be read. Neither means that there is nothing under this name."""

    texts: tuple[str, ...] = ()
    trouble: str = ""


def unreadable(subject: str, name: str, reading: Reading) -> Judgement:
    return Judgement(subject, name, Grade.UNKNOWN, f"could not be read: {reading.trouble}", "Try again in a while.")


def tags_of(text: str) -> dict[str, str]:
    """The `tag=value; …` list that DKIM and DMARC share (RFC 6376, 3.2); a tag that comes twice counts once."""
    tags: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), re.sub(r"\s+", " ", value).strip())
    return tags
