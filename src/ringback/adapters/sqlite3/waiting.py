"""The sign of somebody who waits: a shared lock on an empty file beside the database.

SQLite's own lock is silent: whoever waits asks again from time to time, up to 100 ms apart, and whoever gives it back
does not hear of them. The sign costs two calls of the system, which takes it back from a process that dies. Where no
such file can be kept, nobody is seen to wait and nothing else changes.
"""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_SUFFIX = "-waiting"
_TRIES = 3
_MOMENT_SECONDS = 0.001


class Sign:
    """One connection's. `with sign:` is for as long as its owner waits."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._file: int | None = None
        self._forget: weakref.finalize[[int], Sign] | None = None

    def __enter__(self) -> None:
        """Waits for nobody: who only looks, does so for a moment; who was stopped while looking, perhaps for ever."""
        for _ in range(_TRIES):
            try:
                self._lock(fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_MOMENT_SECONDS)
            except OSError:
                return
            else:
                return

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._lock(fcntl.LOCK_UN)

    def is_raised_by_others(self) -> bool:
        """Whether somebody else waits at this moment."""
        try:
            self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        with suppress(OSError):
            self._lock(fcntl.LOCK_UN)
        return False

    def close(self) -> None:
        """It can be raised again afterwards. Without this, the file is closed when nobody knows the sign any more."""
        if self._forget is not None:
            self._forget()
        self._file = self._forget = None

    def _lock(self, how: int) -> None:
        if self._file is None:
            self._file = _opened(self._database)
            self._forget = weakref.finalize(self, os.close, self._file)
        fcntl.flock(self._file, how)


def _opened(database: Path) -> int:
    """The file, for all who may open the database, whoever makes it."""
    like = database.stat()
    file = os.open(database.with_name(database.name + _SUFFIX), os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(OSError):
        os.fchmod(file, like.st_mode & 0o666)
        if os.geteuid() == 0:
            os.fchown(file, like.st_uid, like.st_gid)
    return file
