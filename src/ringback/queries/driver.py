"""Statements straight to the database's driver, for what every wrap-up waits for.

Why: around each statement Django's cursor resolves the connection, rewrites the marks, copies itself and looks at the
time zone; with instants read and written by its general converters, that cost a wrap-up with its seventeen statements
more than the database did (bench/README.md has the figures). The connection, its transaction and its errors are
Django's: whoever logs or intercepts statements still sees them, because then Django's own cursor is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_MARK = re.compile(r"(?<!%)%s")


def send(sql: str, values: Sequence[Any]) -> Any:
    """Run a statement with `%s` marks; `rows_of` and `changed_by` read what the cursor brings."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(sql, values)
        return cursor
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            return database.connection.execute(_in_sqlite(sql), values)
        cursor = database.create_cursor()
        cursor.execute(sql, values)
        return cursor


def rows_of(cursor: Any) -> list[tuple[Any, ...]]:
    with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
        return cursor.fetchall()  # type: ignore[no-any-return]


def changed_by(cursor: Any) -> int:
    """How many rows the statement changed."""
    with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
        return cursor.rowcount  # type: ignore[no-any-return]


@contextmanager
def at_once() -> Iterator[None]:
    """Whatever is sent inside travels to a PostgreSQL server together and is answered in that order.

    Each statement still sees what was committed when it began, so what is asked after a lock is read under the lock.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        yield
        return
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield


def stored_instant(at: datetime) -> Any:
    """An aware instant as the database takes it: SQLite keeps the UTC wall clock as text."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no zone")
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        return at
    return str(at.astimezone(UTC).replace(tzinfo=None))


def read_instant(stored: datetime | str | None) -> datetime | None:
    """What SQLite kept of an instant: a UTC wall clock, still text where the driver was not told the column's type."""
    at = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return at.replace(tzinfo=UTC) if at is not None else None


@lru_cache(maxsize=2048)
def _in_sqlite(sql: str) -> str:
    return _MARK.sub("?", sql).replace("%%", "%")
