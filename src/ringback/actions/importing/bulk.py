"""Rows by the hundred, written without building model instances: the measured hot path of an import.

`bulk_create` of a prospect with its points and its timeline entry costs more than reading, normalising and judging the
row it comes from. Column names and types still come from the models; nothing here knows a table.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

_SELDOM = 50_000  # new containers between two collections; a chunk of 2,000 rows has some 20,000


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
        self._tail = tuple(fixed[f.attname] if f.attname in fixed else _default(f) for f in rest)
        ordered = [*(attributes[name] for name in columns), *rest]
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in ordered)
        self._into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
        self._stage = f"staged_{model._meta.db_table}"
        self._staged = ", ".join(f"c{place}" for place in range(len(columns)))

    def write(self, rows: list[tuple[Any, ...]]) -> None:
        """Insert rows of the columns inside the caller's transaction."""
        if not rows:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._copy(cursor, rows)
            else:
                self._insert(cursor, rows)

    def _insert(self, cursor: Any, rows: list[tuple[Any, ...]]) -> None:
        """By way of a temporary table without rules, so that all rows go into the real one in one statement.

        SQLite makes every statement on a table with a trigger a small transaction of its own, and its index of words
        writes itself out at each: row by row that takes three times as long.
        """
        marks = ", ".join(["%s"] * len(rows[0]))
        constants = "".join(f", {_literal(value)}" for value in self._tail)
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {self._stage} ({self._staged})")
        cursor.executemany(f"INSERT INTO {self._stage} VALUES ({marks})", rows)  # noqa: S608  names are ours
        cursor.execute(f"INSERT INTO {self._into} SELECT {self._staged}{constants} FROM {self._stage}")  # noqa: S608
        cursor.execute(f"DELETE FROM {self._stage}")  # noqa: S608

    def _copy(self, cursor: Any, rows: list[tuple[Any, ...]]) -> None:
        tail = self._tail
        with connection.wrap_database_errors, cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row + tail)


def _literal(value: Any) -> str:
    """A constant in a statement without parameters. Only defaults and the run's own values come here."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(int(value) if isinstance(value, bool) else value)
    return "'" + str(value).replace("'", "''") + "'"


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """Ids for new rows that nobody else will get; inside a transaction that holds SQLite's write lock."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
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


@contextmanager
def few_collections() -> Iterator[None]:
    """The garbage collector looks at what comes with the rows only, not at the whole program again and again; and not
    several times within a chunk, whose rows are all alive: rows make no circles.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def for_many_rows() -> Iterator[Callable[[], None]]:
    """SQLite set up for a long import; yields what makes everything before the next commit durable.

    Between chunks nothing waits for the disk: a power cut then loses whole chunks together with the run's own tally of
    them, and the run goes on from there. The last commit waits for the disk as every other one does. A larger cache
    keeps the inner pages of the indexes at hand; it is the same for every size of list. Temporary tables are in memory;
    they go when that setting goes back.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield lambda: None
        return
    before = {name: _pragma(name) for name in ("synchronous", "cache_size", "wal_autocheckpoint", "temp_store")}

    def durable() -> None:
        _pragma("synchronous", before["synchronous"])

    try:
        _pragma("synchronous", min(before["synchronous"], 1))
        _pragma("cache_size", -48_000)
        _pragma("wal_autocheckpoint", 8_000)
        _pragma("temp_store", 2)
        yield durable
    finally:
        for name, value in before.items():
            _pragma(name, value)


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
