"""How an import shares SQLite's one write lock with the pages.

An import looks everything up before it takes the lock, holds it briefly, and lets whoever waits go first. The fewer
rows a transaction has, the more pages of the database each row costs; so it is only when somebody else writes that
transactions are really short.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ringback.actions.carrying_out import once
from ringback.adapters.judging import TABLE_ROWS
from ringback.adapters.sqlite3 import others_wait

_REMEMBERED_SECONDS = 2.0
_ROWS_AMONG_OTHERS = 300
_ROWS_BY_ITSELF = TABLE_ROWS

# SQLite asks for its lock every 100 ms in the end; whoever has not come by then waits for somebody else.
_PATIENCE_SECONDS = 0.3
_GLANCE_SECONDS = 0.002


def commits_of_others() -> int | None:
    """A number that differs as soon as another connection has committed something; None where nothing tells.

    It is the same inside a transaction for as long as that holds the lock.
    """
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def one_import_at_a_time() -> None:
    """Two imports of the same people, at once, bring them once: the second looks when the first has committed.

    SQLite's lock sees to that; on PostgreSQL, inside a transaction, the other import waits here until its end.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ringback import'))")


class Turns:
    """One transaction after another; whoever waits for the lock goes first."""

    def __init__(self) -> None:
        self._seen = commits_of_others()
        self._others_wrote_at = float("-inf")

    def rows(self) -> int:
        """How many rows the next transaction should have."""
        now, seen = time.monotonic(), commits_of_others()
        if seen != self._seen:
            self._seen, self._others_wrote_at = seen, now
        return _ROWS_AMONG_OTHERS if now - self._others_wrote_at < _REMEMBERED_SECONDS else _ROWS_BY_ITSELF

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One durable transaction."""
        _let_others_go_first()
        with once():
            yield


def _let_others_go_first() -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while others_wait() and time.monotonic() < until:
        time.sleep(_GLANCE_SECONDS)
