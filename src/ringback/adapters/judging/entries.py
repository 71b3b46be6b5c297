"""A judged person as the rows to be, in plain values: they travel between processes cheaply, and the side that writes,
which sets the pace of an import, has nothing left to work out.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from ringback.domain.folding import folded
from ringback.domain.importing import POINT_LENGTH, Candidate, Point, PointKind
from ringback.domain.vocabulary import Qualification, Temperature

PERSON_COLUMNS = (
    "first_name", "last_name", "shown_name", "job_title", "company_name", "zone",
    "language", "street", "city", "postal_code", "state_name", "country", "region",
    "source", "external_id", "notes", "possible_zones", "tags", "custom",
    "temperature", "qualification", "value", "search_text",
)  # fmt: skip
POINT_COLUMNS = (*Point._fields, "position")

_TEXTS = PERSON_COLUMNS[:16]
_ZONES, _TAGS, _CUSTOM = (PERSON_COLUMNS.index(name) for name in ("possible_zones", "tags", "custom"))
_SHOWN_NAME, _COMPANY_NAME = PERSON_COLUMNS.index("shown_name"), PERSON_COLUMNS.index("company_name")
_IDENTIFYING = frozenset({PointKind.PHONE.value, PointKind.EMAIL.value, PointKind.PROFILE.value})
_COLD, _UNKNOWN = Temperature.COLD.value, Qualification.UNKNOWN.value
# What an enum's `value` gives, without its detour: a million rows ask four times each.
_WORDS = {word: word.value for words in (Temperature, Qualification, PointKind) for word in words}
# A character that no database takes, escaped; behind an even number of backslashes, which are text.
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_LONGEST_SEARCH_TEXT = 520
_LONGEST_MATCH_NAME = 200


class Entry(NamedTuple):
    """`person` goes with PERSON_COLUMNS, each of `points` with POINT_COLUMNS; lists and tables in them are JSON.

    `keys` are the normalised numbers and addresses that make two rows the same person, `match_name` is what the
    company is found again by. `said` is temperature, qualification and value as far as the row speaks of them: a new
    person gets the usual ones instead of None, a known one keeps theirs.
    """

    line: int
    keys: tuple[str, ...]
    person: tuple[Any, ...]
    points: tuple[tuple[Any, ...], ...]
    match_name: str
    owner: str
    do_not_call: bool
    said: tuple[str | None, str | None, int | None]

    @property
    def shown_name(self) -> str:
        return str(self.person[_SHOWN_NAME])

    @property
    def company_name(self) -> str:
        return str(self.person[_COMPANY_NAME])


def entry_of(it: Candidate) -> Entry:
    points = tuple([_point(place, *point) for place, point in enumerate(it.points)])
    temperature = _WORDS[it.temperature] if it.temperature else None
    qualification = _WORDS[it.qualification] if it.qualification else None
    return Entry(
        it.line,
        keys_of(points),
        _person(it, temperature, qualification),
        points,
        it.company_name.casefold()[:_LONGEST_MATCH_NAME],
        it.owner,
        it.do_not_call,
        (temperature, qualification, it.value),
    )


def keys_of(points: tuple[tuple[Any, ...], ...]) -> tuple[str, ...]:
    """What makes two rows the same person, of points as POINT_COLUMNS has them."""
    return tuple([point[1] for point in points if point[0] in _IDENTIFYING])


def candidate_of(entry: Entry) -> Candidate:
    """What `entry_of` was given, but for what a database could not hold anyway."""
    person = entry.person
    temperature, qualification, value = entry.said
    return Candidate(
        **dict(zip(_TEXTS, person, strict=False)),
        line=entry.line,
        possible_zones=tuple(json.loads(person[_ZONES])),
        temperature=Temperature(temperature) if temperature else None,
        qualification=Qualification(qualification) if qualification else None,
        value=value,
        owner=entry.owner,
        tags=tuple(json.loads(person[_TAGS])),
        do_not_call=entry.do_not_call,
        custom=json.loads(person[_CUSTOM]),
        points=tuple(Point(PointKind(kind), *rest) for kind, *rest, _ in entry.points),
    )


def _person(it: Candidate, temperature: str | None, qualification: str | None) -> tuple[Any, ...]:
    return (
        it.first_name,
        it.last_name,
        it.shown_name,
        it.job_title,
        it.company_name,
        it.zone,
        it.language,
        it.street,
        it.city,
        it.postal_code,
        it.state_name,
        it.country,
        it.region,
        it.source,
        it.external_id,
        it.notes,
        _as_json(it.possible_zones) if it.possible_zones else "[]",
        _as_json(it.tags) if it.tags else "[]",
        _as_json(it.custom) if it.custom else "{}",
        temperature or _COLD,
        qualification or _UNKNOWN,
        it.value or 0,
        folded(f"{it.shown_name} {it.company_name}")[:_LONGEST_SEARCH_TEXT],
    )


def _point(place: int, kind: PointKind, value: str, shown: str, extension: str, label: str) -> tuple[Any, ...]:
    return _WORDS[kind], value, shown[:POINT_LENGTH], extension, label, place


def _as_json(value: Any) -> str:
    return _NUL.sub(r"\1", json.dumps(value, ensure_ascii=False))
