"""Moves what an import has committed from SQLite's log into the database, beside the import.

A checkpoint waits for the disk twice, a tenth of an import's time. Nobody needs to wait for that: a passive one holds
no writer up. Once so many rows are in the log it is due after each commit, until it has caught up and the log begins
anew; SQLite's own, at the end of a commit, is left for where that never happens.
"""

from __future__ import annotations

import logging
from threading import Condition, Thread
from typing import Self

from django.db import DatabaseError, connection

log = logging.getLogger("ringback.import")

WORTH_ROWS = 12_000


class Checkpoints:
    """A thread with a connection of its own, from the moment on that there is something to do."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._rows = 0
        self._due = self._ended = False
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def committed(self, rows: int) -> None:
        """So many rows more are in the log."""
        with self._changed:
            self._rows += rows
            self._due = self._rows >= WORTH_ROWS
            self._changed.notify()
        if self._due and not self._thread:
            self._begin()

    def _begin(self) -> None:
        thread = Thread(target=self._work, name="checkpoints")
        try:
            thread.start()
        except RuntimeError:
            self._rows = 0  # asked again after as many more
            log.warning("no thread can be begun: SQLite's log is moved within the import, not beside it")
        else:
            self._thread = thread

    def _work(self) -> None:
        try:
            while self._is_due():
                if _all_moved():
                    with self._changed:
                        self._rows = 0
        except DatabaseError:
            log.warning("SQLite's log is moved within the import, not beside it", exc_info=True)
        finally:
            connection.close()

    def _is_due(self) -> bool:
        """Waits until it is, or until there is nothing more to wait for."""
        with self._changed:
            self._changed.wait_for(lambda: self._due or self._ended)
            self._due = False
            return not self._ended


def _all_moved() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        _busy, in_log, moved = cursor.fetchone()
    return bool(in_log == moved)
