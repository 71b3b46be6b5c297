"""The sign of somebody who waits: a shared lock on an empty file beside the database.

SQLite's own lock is silent: whoever waits asks again from time to time, up to 100 ms apart, and whoever gives it back
does not hear of them. The sign costs two calls of the system, which takes it back from a process that dies. Where no
such file can be kept, nobody is seen to wait and nothing else changes.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

_SUFFIX = "-waiting"


class Sign:
    """One connection's. `with sign:` is for as long as its owner waits."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + _SUFFIX)
        self._file: int | None = None

    def __enter__(self) -> None:
        self._try(fcntl.LOCK_SH)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._try(fcntl.LOCK_UN)

    def is_raised_by_others(self) -> bool:
        """Whether somebody else waits at this moment."""
        try:
            self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._try(fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """It can be raised again afterwards."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _try(self, how: int) -> None:
        try:
            self._lock(how)
        except OSError:
            return

    def _lock(self, how: int) -> None:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, how)
