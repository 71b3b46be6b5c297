"""Rows by the hundred, written without building model instances: the measured hot path of an import.

`bulk_create` of a prospect with its points and its timeline entry costs more than reading, normalising and judging the
row it comes from. Column names and types still come from the models; nothing here knows a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from ringback.adapters.judging import told_apart

# OFFSET 0 keeps PostgreSQL from asking for the sequence's name again at each row, which takes six times as long.
_RESERVE = (
    "SELECT nextval(its.sequence) FROM"
    " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS its, generate_series(1, %s)"
)


def instant(moment: datetime) -> Any:
    """The moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(moment)


class Writer:
    """Inserts rows of one model. `columns` are the fields that differ from row to row, `fixed` those that do not;
    every other field gets its default, and the row its id unless the columns name it.
    """

    def __init__(self, model: type[Model], columns: Sequence[str], fixed: dict[str, Any] | None = None) -> None:
        self.model = model
        fixed = fixed or {}
        attributes = {field.attname: field for field in model._meta.concrete_fields}
        rest = [field for name, field in attributes.items() if name not in columns and not field.primary_key]
        self.tail = tuple(fixed[f.attname] if f.attname in fixed else _default(f) for f in rest)
        ordered = [*(attributes[name] for name in columns), *rest]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in ordered)
        self.into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
        self._lot: _Lot | _Copied = _Copied() if connection.vendor == "postgresql" else _Lot(model, len(columns))

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows of the columns inside the caller's transaction."""
        self.stage(rows)
        self.write_staged()

    def stage(self, rows: list[tuple[Any, ...]]) -> None:
        """Put rows where they can be inserted from, in place of those before; needs no lock."""
        self._lot.take(rows)

    def write_staged(self) -> None:
        """Insert what is staged, inside the caller's transaction, once."""
        self._lot.insert(self.into, self.tail)


class _Copied:
    """PostgreSQL takes rows as they come."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []

    def take(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows

    def insert(self, into: str, tail: tuple[Any, ...]) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            cursor.copy(f"COPY {into} FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row + tail)


class _Lot:
    """A temporary table without rules, from which all rows go into the real one in one statement.

    SQLite makes every statement on a table with a trigger a small transaction of its own, and its index of words writes
    itself out at each: row by row that takes three times as long. A column that is the same in every row of a lot, as
    most are in most lists, is said once instead.
    """

    def __init__(self, model: type[Model], width: int) -> None:
        self._table = f"staged_{model._meta.db_table}"
        self._all = ", ".join(f"c{place}" for place in range(width))
        self._picked: list[str] = []
        self._alike: list[Any] = []

    def take(self, rows: list[tuple[Any, ...]]) -> None:
        self._picked, self._alike = [], []
        if not rows:
            return
        columns, differ = told_apart(rows)
        self._picked = [f"c{place}" if place in differ else "%s" for place in range(len(columns))]
        self._alike = [column[0] for place, column in enumerate(columns) if place not in differ]
        names, marks = ", ".join(f"c{place}" for place in differ), ", ".join(["%s"] * len(differ))
        with _unlocked(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {self._table} ({self._all})")
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608  names are ours
            cursor.executemany(
                f"INSERT INTO {self._table} ({names}) VALUES ({marks})",  # noqa: S608
                list(zip(*(columns[place] for place in differ), strict=True)),
            )

    def insert(self, into: str, tail: tuple[Any, ...]) -> None:
        picked, self._picked = self._picked, []
        if not picked:
            return
        values = ", ".join([*picked, *["%s"] * len(tail)])
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {into} SELECT {values} FROM {self._table}", [*self._alike, *tail])  # noqa: S608
            cursor.execute(f"DELETE FROM {self._table}")  # noqa: S608


@contextmanager
def _unlocked() -> Iterator[None]:
    """One transaction for many rows of temporary tables, which asks for no lock of the database's."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
            cursor.execute("COMMIT")
        finally:
            if connection.connection.in_transaction:
                cursor.execute("ROLLBACK")


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """Ids for new rows. On PostgreSQL nobody else gets them; on SQLite as long as nobody else commits before the rows
    are written: inside a transaction that holds its write lock, or where `commits_of_others` is compared then.
    """
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_RESERVE, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
    return range(first, first + count)


def _default(field: Field[Any, Any]) -> Any:
    value = field.get_default()
    if isinstance(field, JSONField):
        return json.dumps(value)
    return field.get_db_prep_save(value, connection)
