"""How an import shares SQLite's one write lock with the pages.

The lock is unfair: whoever waits for it asks again from time to time, and may find it taken by the next transaction.
So an import looks everything up before it takes the lock, holds it briefly, and then leaves it alone for a while. The
fewer rows a transaction has, the more pages of the database each row costs; so it is only when somebody else writes
that transactions are really short.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from ringback.actions.carrying_out import once
from ringback.adapters.judging import TABLE_ROWS

_REMEMBERED_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Manners:
    """How many rows a transaction has, and for what part of its time the lock is left alone afterwards."""

    rows: int
    left_alone: float


_AMONG_OTHERS = _Manners(rows=200, left_alone=1.0)
_BY_ITSELF = _Manners(rows=TABLE_ROWS, left_alone=0.2)


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
    """One transaction after another, with time for the others between them; reading and judging count as such."""

    def __init__(self) -> None:
        self._seen = commits_of_others()
        self._others_wrote_at = float("-inf")
        self._next = 0.0

    def rows(self) -> int:
        """How many rows the next transaction should have."""
        return self._manners().rows

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One durable transaction."""
        time.sleep(max(0.0, self._next - time.monotonic()))
        with once():
            begun = time.monotonic()
            yield
        if self._seen is not None:
            now = time.monotonic()
            self._next = now + (now - begun) * self._manners().left_alone

    def _manners(self) -> _Manners:
        now, seen = time.monotonic(), commits_of_others()
        if seen != self._seen:
            self._seen, self._others_wrote_at = seen, now
        return _AMONG_OTHERS if now - self._others_wrote_at < _REMEMBERED_SECONDS else _BY_ITSELF
