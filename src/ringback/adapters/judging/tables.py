"""A chunk's people as tables of SQLite: a database that is SQLite too copies them without Python seeing a row.

What is alike in every row, as most columns are in most lists, is not in the tables but said once, beside them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, overload

from ringback.adapters.judging.entries import PERSON_COLUMNS, POINT_COLUMNS, Entry, keys_of

TABLE_ROWS = 3_000
POSSIBLE = hasattr(sqlite3.Connection, "serialize")  # a build of SQLite may be without it

_SAID = ("temperature_said", "qualification_said", "value_said")
_PERSON = ("line", "match_name", "owner", "do_not_call", *_SAID, *PERSON_COLUMNS)
_POINT = ("place", *POINT_COLUMNS)


@dataclass(slots=True)
class Tables(Sequence[Entry]):
    """Entries that are made of the tables only if somebody looks at them.

    `content` is a whole database. Its table `person` has a `place` from 1 on, `line`, `match_name` and the columns of
    PERSON_COLUMNS; its table `point` the `place` of whom it reaches, and POINT_COLUMNS. `plain`: nobody is in it twice,
    has an owner, or must not be called.
    """

    content: bytes
    size: int
    plain: bool
    person_alike: dict[str, Any]
    point_alike: dict[str, Any]
    _entries: list[Entry] = field(default_factory=list)

    def parts(self) -> tuple[bytes, int, bool, dict[str, Any], dict[str, Any]]:
        """What they are made of again, in another process."""
        return self.content, self.size, self.plain, self.person_alike, self.point_alike

    def of_person(self, column: str) -> tuple[str, list[Any]]:
        """The column in a statement about `person`, and its parameter if it has one."""
        return _said("person", column, self.person_alike)

    def of_point(self, column: str) -> tuple[str, list[Any]]:
        """The same about `point`."""
        return _said("point", column, self.point_alike)

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._made())

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        return self._made()[at]

    def _made(self) -> list[Entry]:
        if self.size and not self._entries:
            database = sqlite3.connect(":memory:")
            database.deserialize(self.content)
            points = _rows(database, "point", _POINT, self.point_alike)
            reached = {place: tuple(row[1:] for row in rows) for place, rows in groupby(points, itemgetter(0))}
            people = _rows(database, "person", _PERSON, self.person_alike)
            self._entries = [_entry(row, reached.get(place, ())) for place, row in enumerate(people, 1)]
            database.close()
        return self._entries


class TableMaker:
    """Makes tables of one chunk after the other."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None)
        for name, columns in (("person", ("place INTEGER PRIMARY KEY", *_PERSON)), ("point", _POINT)):
            self._database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")

    def tables(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Them as tables; as they are where SQLite refuses what is in them."""
        people = [(it.line, it.match_name, it.owner, it.do_not_call, *it.said, *it.person) for it in entries]
        points = [(place, *point) for place, it in enumerate(entries, 1) for point in it.points]
        keys = [key for it in entries for key in it.keys]
        self._database.execute("BEGIN")
        try:
            person_alike = self._fill("person", _PERSON, people)
            point_alike = self._fill("point", _POINT, points)
        except (sqlite3.Error, OverflowError, UnicodeError):
            self._database.execute("ROLLBACK")
            return entries
        self._database.execute("COMMIT")
        plain = len(set(keys)) == len(keys) and not any(it.owner or it.do_not_call for it in entries)
        return Tables(self._database.serialize(), len(entries), plain, person_alike, point_alike)

    def _fill(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> dict[str, Any]:
        """What is alike in all rows; the rest, and the first column in any case, is in the table."""
        self._database.execute(f"DELETE FROM {table}")  # noqa: S608  names are ours
        if not rows:
            return dict.fromkeys(columns[1:])
        contents, differ = told_apart(rows)
        names, marks = ", ".join(columns[at] for at in differ), ", ".join("?" * len(differ))
        self._database.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
            zip(*(contents[at] for at in differ), strict=True),
        )
        return {columns[at]: contents[at][0] for at in range(len(columns)) if at not in differ}


def told_apart(rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[int]]:
    """What each column holds, and the places of those that are not alike in every row; the first always counts."""
    contents = list(zip(*rows, strict=True))
    return contents, [at for at, held in enumerate(contents) if at == 0 or held.count(held[0]) < len(rows)]


def _said(table: str, column: str, alike: dict[str, Any]) -> tuple[str, list[Any]]:
    return ("%s", [alike[column]]) if column in alike else (f"{table}.{column}", [])


def _rows(
    database: sqlite3.Connection, table: str, columns: Sequence[str], alike: dict[str, Any]
) -> list[tuple[Any, ...]]:
    picked = ", ".join("?" if column in alike else column for column in columns)
    said = [alike[column] for column in columns if column in alike]
    return database.execute(f"SELECT {picked} FROM {table} ORDER BY rowid", said).fetchall()  # noqa: S608


def _entry(row: tuple[Any, ...], points: tuple[tuple[Any, ...], ...]) -> Entry:
    line, match_name, owner, do_not_call, temperature, qualification, value, *person = row
    said = (temperature, qualification, value)
    return Entry(line, keys_of(points), tuple(person), points, match_name, owner, bool(do_not_call), said)
