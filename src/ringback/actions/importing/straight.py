"""The straight way of an import into SQLite: people nobody knows go from the judge's tables into the database's.

No row of them is seen by Python, which makes it half the work. Whatever needs a look at a single row (somebody known or
barred, an owner the list names, a mark not to call) takes the usual way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ringback.actions.importing.adding import Writers
from ringback.actions.importing.bulk import Writer, reserve_ids
from ringback.adapters.judging import PERSON_COLUMNS, POINT_COLUMNS, Tables
from ringback.models import Company, ContactPoint, Prospect, Suppression
from ringback.queries.known_points import anything_barred

Expression = tuple[str, list[Any]]
_NAME = "judged"
_PEOPLE, _POINTS = f"{_NAME}.person", f"{_NAME}.point"
_COMPANY = Company._meta.db_table


@contextmanager
def attached() -> Iterator[None]:
    """A database beside the connection's own, in memory, for one chunk's tables after the other.

    It goes with the connection, if that is closed meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ATTACH ':memory:' AS {_NAME}")
    attached_to = connection.connection
    try:
        yield
    finally:
        if connection.connection is attached_to:
            with connection.cursor() as cursor:
                cursor.execute(f"DETACH {_NAME}")


@dataclass(frozen=True, slots=True)
class Straight:
    """One run's way. `owner` is whose the people become."""

    file_name: str
    to: Writers
    owner: int | None

    def fits(self, people: Tables) -> bool:
        """Whether all of them can go it. Reads only, outside of a transaction; their tables are at hand then."""
        if not people.plain or not people:
            return False
        connection.ensure_connection()
        connection.connection.deserialize(people.content, name=_NAME)
        return not _any_known(people) and not _any_barred(people)

    def add(self, people: Tables) -> None:
        """Insert those that were looked at last, inside the caller's transaction."""
        before = [reserve_ids(Prospect, len(people))[0] - 1]
        number = ("person.place + %s", before)
        self._add_companies(people)
        company = _filled(
            f"(SELECT MIN(id) FROM {_COMPANY} WHERE match_name = {{}} AND match_name <> '')",  # noqa: S608
            people.of_person("match_name"),
        )
        person = [people.of_person(column) for column in PERSON_COLUMNS]
        _insert(self.to.prospects, [number, *person, company, ("%s", [self.owner])], _PEOPLE)
        point = [people.of_point(column) for column in POINT_COLUMNS]
        _insert(self.to.points, [("point.place + %s", before), *point], _POINTS)
        text = ("%s || person.line || '.'", [f"Imported from {self.file_name}, line "])
        _insert(self.to.activities, [number, text], _PEOPLE)

    def _add_companies(self, people: Tables) -> None:
        """Those that are not there yet, named as the last of their people writes them."""
        name, match_name = people.of_person("company_name"), people.of_person("match_name")
        missing = _filled(
            f"{_PEOPLE} WHERE person.place IN (SELECT MAX(person.place) FROM {_PEOPLE} GROUP BY {{}}) AND {{}} <> ''"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM {_COMPANY} WHERE {_COMPANY}.match_name = {{}})",
            *[match_name] * 3,
        )
        _insert(self.to.companies, [("NULL", []), name, match_name], *missing)


def _any_known(people: Tables) -> bool:
    return _any(
        f"{ContactPoint._meta.db_table} AS other ON other.value = {{}}"
        f" WHERE other.kind <> '{ContactPoint.WEBSITE}' AND {{}} <> '{ContactPoint.WEBSITE}'",
        people,
    )


def _any_barred(people: Tables) -> bool:
    if not anything_barred():
        return False
    return _any(
        f"{Suppression._meta.db_table} AS other ON other.value = {{}}"
        f" WHERE other.lifted_at IS NULL AND {{}} <> '{ContactPoint.WEBSITE}'",
        people,
    )


def _any(others: str, people: Tables) -> bool:
    """Whether a number or address of theirs is among the others; each is looked up in the others' index."""
    condition, parameters = _filled(others, people.of_point("value"), people.of_point("kind"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_POINTS} CROSS JOIN {condition} LIMIT 1", parameters)  # noqa: S608  names are ours
        return cursor.fetchone() is not None


def _insert(writer: Writer, picked: Sequence[Expression], source: str, parameters: Sequence[Any] = ()) -> None:
    values = ", ".join([*(words for words, _ in picked), *["%s"] * len(writer.tail)])
    given = [value for _, each in picked for value in each]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {writer.into} SELECT {values} FROM {source}",  # noqa: S608  names are ours
            [*given, *writer.tail, *parameters],
        )


def _filled(words: str, *expressions: Expression) -> Expression:
    """The words with each expression in its place."""
    return words.format(*(each for each, _ in expressions)), [value for _, each in expressions for value in each]
