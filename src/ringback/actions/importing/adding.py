"""Writes the people nobody knows yet, with their contact points, companies and first timeline entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ringback.actions.importing.bulk import (
    JSON_EMPTY_LIST,
    JSON_EMPTY_OBJECT,
    Writer,
    as_json,
    instant,
    reserve_ids,
)
from ringback.domain.folding import folded
from ringback.domain.importing import Candidate, PointKind
from ringback.domain.vocabulary import Channel, Qualification, Temperature
from ringback.models import Activity, Company, ContactPoint, Prospect, Suppression, User
from ringback.queries.known_points import company_ids

# In the order of Candidate's fields as far as they go, so that a row is made of slices of it.
_COLUMNS = (
    "first_name", "last_name", "shown_name", "job_title", "company_name", "zone", "possible_zones",
    "language", "street", "city", "postal_code", "state_name", "country", "region",
    "temperature", "qualification", "value", "source", "external_id",
    "tags", "custom", "notes", "search_text", "company_id", "owner_id",
)  # fmt: skip
_NAMES = slice(Candidate._fields.index("first_name"), Candidate._fields.index("zone") + 1)
_PLACE = slice(Candidate._fields.index("language"), Candidate._fields.index("region") + 1)
assert (*Candidate._fields[_NAMES], "possible_zones", *Candidate._fields[_PLACE]) == _COLUMNS[:14]
# What an enum's `value` gives, without its detour: a million rows ask four times each.
_WORDS = {word.value: word.value for words in (Temperature, Qualification, PointKind) for word in words}
_COMPANIES_REMEMBERED = 20_000
_COLD, _UNKNOWN = Temperature.COLD.value, Qualification.UNKNOWN.value
DO_NOT_CALL = "The list says: do not call."


@dataclass(slots=True)
class Adder:
    """One run's writer. Remembers companies it has met, within bounds."""

    by: User
    now: datetime
    file_name: str
    companies: dict[str, int] = field(default_factory=dict)
    _prospects: Writer = field(init=False)
    _points: Writer = field(init=False)
    _activities: Writer = field(init=False)
    _companies: Writer = field(init=False)

    def __post_init__(self) -> None:
        self._prospects = Writer(Prospect, _COLUMNS, {"created_at": instant(self.now)})
        self._points = Writer(ContactPoint, ("prospect_id", "kind", "value", "shown", "extension", "label", "position"))
        self._companies = Writer(Company, ("name", "match_name"))
        fixed = {"at": instant(self.now), "by_id": self.by.pk, "verb": "imported"}
        self._activities = Writer(Activity, ("prospect_id", "text"), fixed)

    def add(self, people: Sequence[tuple[Candidate, int | None]]) -> None:
        """Insert (candidate, owner's id) pairs inside the caller's transaction."""
        if not people:
            return
        companies = self._know_companies({candidate.company_name for candidate, _ in people})
        ids = list(reserve_ids(Prospect, len(people)))
        self._prospects.write(
            [
                _row(number, candidate, companies.get(candidate.company_name), owner)
                for number, (candidate, owner) in zip(ids, people, strict=True)
            ]
        )
        points = [
            (number, _WORDS[point[0]], point.value, point.shown[:320], point.extension, point.label, place)
            for number, (candidate, _) in zip(ids, people, strict=True)
            for place, point in enumerate(candidate.points)
        ]
        self._points.write(
            [(number, *point) for number, point in zip(reserve_ids(ContactPoint, len(points)), points, strict=True)]
        )
        start = f"Imported from {self.file_name}, line "
        entries = zip(reserve_ids(Activity, len(people)), ids, people, strict=True)
        self._activities.write(
            [(entry, number, f"{start}{candidate.line}.") for entry, number, (candidate, _) in entries]
        )
        self._suppress([(number, each) for number, (each, _) in zip(ids, people, strict=True) if each.do_not_call])

    def _know_companies(self, names: set[str]) -> dict[str, int]:
        """Name → id of every company of the chunk, found or added, in at most two queries."""
        if len(self.companies) > _COMPANIES_REMEMBERED:
            self.companies.clear()
        matched = {name: name.casefold()[:200] for name in names if name}
        wanted = {match_name: name for name, match_name in matched.items() if match_name not in self.companies}
        if wanted:
            self._find_or_add(wanted)
        return {name: self.companies[match_name] for name, match_name in matched.items()}

    def _find_or_add(self, wanted: dict[str, str]) -> None:
        self.companies.update(company_ids(list(wanted)))
        missing = [(match_name, name) for match_name, name in wanted.items() if match_name not in self.companies]
        fresh = [
            (number, name, match_name)
            for number, (match_name, name) in zip(reserve_ids(Company, len(missing)), missing, strict=True)
        ]
        self._companies.write(fresh)
        self.companies.update((match_name, number) for number, _, match_name in fresh)

    def _suppress(self, barred: list[tuple[int, Candidate]]) -> None:
        """A mark in the list holds like a word on the telephone (C6)."""
        Suppression.objects.bulk_create(
            Suppression(
                prospect_id=number,
                channel=Channel.CALL.value,
                reason=DO_NOT_CALL,
                proof=f"{self.file_name}, line {candidate.line}",
                by=self.by,
                by_list=True,
                at=self.now,
            )
            for number, candidate in barred
        )


def _row(number: int, it: Candidate, company: int | None, owner: int | None) -> tuple[object, ...]:
    plain: tuple[object, ...] = it
    return (
        number,
        *plain[_NAMES],
        as_json(it.possible_zones) if it.possible_zones else JSON_EMPTY_LIST,
        *plain[_PLACE],
        _WORDS[it.temperature] if it.temperature else _COLD,
        _WORDS[it.qualification] if it.qualification else _UNKNOWN,
        it.value or 0,
        it.source,
        it.external_id,
        as_json(it.tags) if it.tags else JSON_EMPTY_LIST,
        as_json(it.custom) if it.custom else JSON_EMPTY_OBJECT,
        it.notes,
        folded(f"{it.shown_name} {it.company_name}")[:520],
        company,
        owner,
    )
