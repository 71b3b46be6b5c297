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
from ringback.domain.importing import Candidate
from ringback.domain.vocabulary import Channel, Qualification, Temperature
from ringback.models import Activity, Company, ContactPoint, Prospect, Suppression, User

_COLUMNS = (
    "first_name", "last_name", "shown_name", "search_text", "job_title", "company_id", "company_name", "owner_id",
    "zone", "possible_zones", "region", "language", "street", "city", "postal_code", "state_name", "country",
    "temperature", "qualification", "value", "source", "external_id", "notes", "tags", "custom",
)  # fmt: skip
_COMPANIES_REMEMBERED = 20_000
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
        self._know_companies({candidate.company_name for candidate, _ in people if candidate.company_name})
        ids = list(reserve_ids(Prospect, len(people)))
        self._prospects.write(
            self._row(number, candidate, owner) for number, (candidate, owner) in zip(ids, people, strict=True)
        )
        points = [
            (number, point.kind.value, point.value, point.shown[:320], point.extension, point.label, place)
            for number, (candidate, _) in zip(ids, people, strict=True)
            for place, point in enumerate(candidate.points)
        ]
        self._points.write(
            (number, *point) for number, point in zip(reserve_ids(ContactPoint, len(points)), points, strict=True)
        )
        entries = zip(reserve_ids(Activity, len(people)), ids, people, strict=True)
        self._activities.write(
            (entry, number, f"Imported from {self.file_name}, line {candidate.line}.")
            for entry, number, (candidate, _) in entries
        )
        self._suppress([(number, each) for number, (each, _) in zip(ids, people, strict=True) if each.do_not_call])

    def _row(self, number: int, it: Candidate, owner: int | None) -> tuple[object, ...]:
        return (
            number,
            it.first_name,
            it.last_name,
            it.shown_name,
            f"{it.shown_name} {it.company_name}".casefold()[:520],
            it.job_title,
            self.companies[_match_name(it.company_name)] if it.company_name else None,
            it.company_name,
            owner,
            it.zone,
            as_json(it.possible_zones) if it.possible_zones else JSON_EMPTY_LIST,
            it.region,
            it.language,
            it.street,
            it.city,
            it.postal_code,
            it.state_name,
            it.country,
            it.temperature.value if it.temperature else Temperature.COLD.value,
            it.qualification.value if it.qualification else Qualification.UNKNOWN.value,
            it.value or 0,
            it.source,
            it.external_id,
            it.notes,
            as_json(it.tags) if it.tags else JSON_EMPTY_LIST,
            as_json(it.custom) if it.custom else JSON_EMPTY_OBJECT,
        )

    def _know_companies(self, names: set[str]) -> None:
        """Find or add every company of the chunk, in at most two queries."""
        if len(self.companies) > _COMPANIES_REMEMBERED:
            self.companies.clear()
        wanted = {_match_name(name): name for name in names if _match_name(name) not in self.companies}
        if not wanted:
            return
        known = Company.objects.filter(match_name__in=list(wanted)).order_by("-id").values_list("match_name", "pk")
        self.companies.update(known)
        missing = [name for match_name, name in wanted.items() if match_name not in self.companies]
        fresh = [
            (number, name, _match_name(name))
            for number, name in zip(reserve_ids(Company, len(missing)), missing, strict=True)
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
                at=self.now,
            )
            for number, candidate in barred
        )


def _match_name(name: str) -> str:
    return name.casefold()[:200]
