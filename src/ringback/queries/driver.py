"""Statements straight to the database's driver, for what every wrap-up waits for.

Why: around each statement Django's cursor resolves the connection, rewrites the marks, copies itself and looks at the
time zone, its general converters read and write instants, and PostgreSQL parses and plans the text anew. That cost a
wrap-up with its many statements more than the work itself (bench/README.md has the figures). The connection, its
transaction and its errors are Django's: whoever logs or intercepts statements still sees them, because then Django's
own cursor is used.

PostgreSQL keeps these statements prepared. Constants must stand in their text, not among the values: a plan for any
value would not use the partial indexes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ringback.domain.local_time import iso_utc

_MARK = re.compile(r"(?<!%)%s")
_ONE_BY_ONE = nullcontext()
# Django's `queries_logged` asks the settings at every statement; they stay what they are while a process runs.
_LOGGED = settings.DEBUG


class Sent(Protocol):
    """The cursor of a statement that was sent. `lastrowid`: on SQLite alone."""

    @property
    def rowcount(self) -> int: ...
    @property
    def lastrowid(self) -> int: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


def send(sql: str, values: Sequence[Any], database: BaseDatabaseWrapper | None = None) -> Sent:
    """Run a statement with `%s` marks; `rows_of` and `changed_by` read what the cursor brings.

    Whoever has looked up the thread's `database` already gives it: finding it takes as long as a small read.
    """
    database = database or connections[DEFAULT_DB_ALIAS]
    on_sqlite = database.vendor == "sqlite"
    stored = _in_sqlite(values) if on_sqlite else [*map(_in_postgresql, values)]
    if _LOGGED or database.force_debug_cursor or database.execute_wrappers:
        cursor = database.cursor()
        cursor.execute(sql, stored)
        return cursor
    if database.connection is None:
        database.ensure_connection()
    database.validate_no_broken_transaction()
    sent: Sent
    try:
        if on_sqlite:
            sent = database.connection.execute(_with_question_marks(sql), stored)
        else:
            sent = _prepared_cursor(database.connection).execute(sql, stored, prepare=True)
    except Exception:
        with database.wrap_database_errors:
            raise
    return sent


def rows_of(cursor: Sent) -> list[tuple[Any, ...]]:
    try:
        return cursor.fetchall()
    except Exception:
        with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
            raise


def changed_by(cursor: Sent) -> int:
    """How many rows the statement changed."""
    try:
        return cursor.rowcount
    except Exception:
        with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
            raise


def at_once(database: BaseDatabaseWrapper | None = None) -> AbstractContextManager[None]:
    """Whatever is sent inside travels to a PostgreSQL server together and is answered in that order.

    Each statement still sees what was committed when it began, so what is asked after a lock is read under the lock.
    """
    database = database or connections[DEFAULT_DB_ALIAS]
    return _pipeline(database) if database.vendor == "postgresql" else _ONE_BY_ONE


@contextmanager
def _pipeline(database: BaseDatabaseWrapper) -> Iterator[None]:
    database.ensure_connection()
    with database.wrap_database_errors, database.connection.pipeline():
        yield


def plan_once() -> None:
    """Let this thread's connection plan each of these statements once, for any value; nothing to do on SQLite.

    PostgreSQL plans the first five runs of a prepared statement one by one: for whoever connects for a few dozen mails
    that takes longer than the mails.
    """
    database = connections[DEFAULT_DB_ALIAS]
    prepares = database.settings_dict["OPTIONS"].get("prepare_threshold") is not None
    if database.vendor == "postgresql" and prepares:  # a pooler would give what is set to somebody else
        with database.cursor() as cursor:
            cursor.execute("SET plan_cache_mode TO force_generic_plan")


def read_instant(stored: datetime | str) -> datetime:
    """What SQLite kept of an instant: a UTC wall clock, still text where the driver was not told the column's type."""
    at = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return at.replace(tzinfo=UTC)


def read_day(stored: date | str) -> date:
    """What SQLite kept of a day, text or not like an instant."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def read_clock(stored: time | str) -> time:
    """The same of a clock time."""
    return time.fromisoformat(stored) if isinstance(stored, str) else stored


def _prepared_cursor(connection: Any) -> Any:
    from psycopg import Cursor  # only where PostgreSQL is used

    return Cursor(connection)


def _in_sqlite(values: Sequence[Any]) -> list[Any]:
    """Days and instants as text, everything else as it is. No call for each value: there are a hundred in a wrap-up."""
    return [_TEXTS[value.__class__](value) if value.__class__ in _TEXTS else value for value in values]


def _utc_clock(at: datetime) -> str:
    """SQLite keeps an instant as the text of its UTC wall clock."""
    return iso_utc(at).replace("T", " ").removesuffix("+00:00")


def _in_postgresql(value: Any) -> str | None:
    """As text, so that the column says what it is: one prepared statement instead of one for each width of integer."""
    if value is None or value.__class__ is str:
        return value
    if value.__class__ is datetime:
        return iso_utc(value)
    return str(value)


_TEXTS: dict[type, Callable[[Any], str]] = {datetime: _utc_clock, date: date.isoformat}


@lru_cache(maxsize=2048)
def _with_question_marks(sql: str) -> str:
    return _MARK.sub("?", sql).replace("%%", "%")
