"""Writes the people nobody knows yet, with their contact points, companies and first timeline entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from ringback.actions.importing.bulk import Writer, instant, reserve_ids
from ringback.adapters.judging import PERSON_COLUMNS, POINT_COLUMNS, Entry
from ringback.domain.vocabulary import Channel
from ringback.models import Activity, Company, ContactPoint, Prospect, Suppression, User
from ringback.queries.known_points import company_ids

People = Sequence[tuple[Entry, int | None]]
DO_NOT_CALL = "The list says: do not call."
_COMPANIES_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Writers:
    """Where one run's new people go."""

    prospects: Writer
    points: Writer
    companies: Writer
    activities: Writer

    @classmethod
    def of(cls, by: User, now: datetime) -> Self:
        created, imported = {"created_at": instant(now)}, {"at": instant(now), "by_id": by.pk, "verb": "imported"}
        return cls(
            prospects=Writer(Prospect, ("id", *PERSON_COLUMNS, "company_id", "owner_id"), created),
            points=Writer(ContactPoint, ("prospect_id", *POINT_COLUMNS)),
            companies=Writer(Company, ("id", "name", "match_name")),
            activities=Writer(Activity, ("prospect_id", "text"), imported),
        )


@dataclass(slots=True)
class Adder:
    """One run's writer. Remembers companies it has met, within bounds."""

    by: User
    now: datetime
    file_name: str
    to: Writers
    companies: dict[str, int | None] = field(default_factory=lambda: {"": None})
    _staged: People = ()
    _new_companies: dict[str, int] = field(default_factory=dict)
    _barred: Sequence[tuple[int, Entry]] = ()

    def find_companies(self, entries: Sequence[Entry]) -> None:
        """Remember those of the entries' companies that are there. Reads only."""
        if len(self.companies) > _COMPANIES_REMEMBERED:
            self.forget()
        self.companies.update(company_ids([*self._unmet(entries)]))

    def forget(self) -> None:
        """What was remembered may have been taken back."""
        self.companies = {"": None}

    def stage(self, people: People) -> None:
        """Make rows of people whose companies have been looked for; `add` only has to insert them then.

        On SQLite before the lock is taken: their ids hold for as long as nobody else commits.
        """
        self._staged = people
        entries = [entry for entry, _ in people]
        new = self._stage_companies(entries)
        ids = reserve_ids(Prospect, len(people))
        self.to.prospects.stage(
            [
                (number, *entry.person, new.get(entry.match_name) or self.companies[entry.match_name], owner)
                for number, (entry, owner) in zip(ids, people, strict=True)
            ]
        )
        numbered = list(zip(ids, entries, strict=True))
        self.to.points.stage([(number, *point) for number, entry in numbered for point in entry.points])
        start = f"Imported from {self.file_name}, line "
        self.to.activities.stage([(number, f"{start}{entry.line}.") for number, entry in numbered])
        self._barred = [(number, entry) for number, entry in numbered if entry.do_not_call]

    def add(self, people: People) -> None:
        """Insert them inside the caller's transaction; staged by now, if these very people have not been."""
        if not people:
            return
        if self._staged is not people:
            self.stage(people)
        self._staged = []
        for writer in (self.to.companies, self.to.prospects, self.to.points, self.to.activities):
            writer.write_staged()
        self.companies.update(self._new_companies)
        self._suppress(self._barred)

    def _stage_companies(self, entries: Sequence[Entry]) -> dict[str, int]:
        missing = self._unmet(entries)
        ids = reserve_ids(Company, len(missing))
        self.to.companies.stage(
            [(number, name, match_name) for number, (match_name, name) in zip(ids, missing.items(), strict=True)]
        )
        self._new_companies = dict(zip(missing, ids, strict=True))
        return self._new_companies

    def _unmet(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Case-folded name → name as the last entry writes it."""
        unmet = {entry.match_name for entry in entries} - self.companies.keys()
        if not unmet:
            return {}
        return {entry.match_name: entry.company_name for entry in entries if entry.match_name in unmet}

    def _suppress(self, barred: Iterable[tuple[int, Entry]]) -> None:
        """A mark in the list holds like a word on the telephone (C6)."""
        Suppression.objects.bulk_create(
            Suppression(
                prospect_id=number,
                channel=Channel.CALL.value,
                reason=DO_NOT_CALL,
                proof=f"{self.file_name}, line {entry.line}",
                by=self.by,
                by_list=True,
                at=self.now,
            )
            for number, entry in barred
        )
