"""The process and SQLite set up for a long import; everything is as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ringback.actions.importing.checkpoints import Checkpoints
from ringback.actions.importing.straight import attached
from ringback.adapters.judging import TABLES_POSSIBLE

_SELDOM = 50_000  # new containers between two collections; a chunk of 3,000 rows has some 30,000
_SETTINGS = {"synchronous": 1, "cache_size": -48_000, "wal_autocheckpoint": 24_000, "temp_store": 2}


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


class ManyRows:
    """What a long import tells its database; most databases need not be told."""

    takes_tables = False

    def committed(self, rows: int) -> None:
        """So many rows more."""

    def make_durable(self) -> None:
        """The next commit, and with it everything before, has to survive a power cut."""


class _InSqlite(ManyRows):
    takes_tables = TABLES_POSSIBLE

    def __init__(self, checkpoints: Checkpoints, synchronous: int) -> None:
        self._checkpoints = checkpoints
        self._synchronous = synchronous

    def committed(self, rows: int) -> None:
        self._checkpoints.committed(rows)

    def make_durable(self) -> None:
        _pragma("synchronous", self._synchronous)


@contextmanager
def for_many_rows() -> Iterator[ManyRows]:
    """SQLite set up for a long import.

    Between chunks nothing waits for the disk: a power cut then loses whole chunks together with the run's own tally of
    them, and the run goes on from there. The last commit waits for the disk as every other one does. A larger cache
    keeps the inner pages of the indexes at hand; it is the same for every size of list. Temporary tables are in memory;
    they go when that setting goes back.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield ManyRows()
        return
    before = {name: _pragma(name) for name in _SETTINGS}
    try:
        for name, value in _SETTINGS.items():
            _pragma(name, min(value, before[name]) if name == "synchronous" else value)
        with attached(), Checkpoints() as checkpoints:
            yield _InSqlite(checkpoints, before["synchronous"])
    finally:
        for name, value in before.items():
            _pragma(name, value)


def _pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
