"""Work that waits for others, beside the loop: a server that stalls must not hold up the other jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Thread

from django.db import close_old_connections, connections

log = logging.getLogger("ringback.worker")


class Beside:
    """Runs a job in a thread of its own, and not again before it has ended."""

    def __init__(self, run: Callable[[datetime], object]) -> None:
        self._run = run
        self._thread: Thread | None = None

    def look(self, now: datetime) -> bool:
        """Start it unless it still runs; whether it was started."""
        if self._thread is not None and self._thread.is_alive():
            return False
        self._thread = Thread(target=self._safely, args=(now,), name=self._run.__name__, daemon=True)
        self._thread.start()
        return True

    def wait(self, seconds: float | None = None) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _safely(self, now: datetime) -> None:
        close_old_connections()
        try:
            self._run(now)
        except Exception:
            log.exception("“%s” failed; it will be tried again in its turn", self._run.__name__)
        finally:
            connections.close_all()
