"""ringback work"""

from __future__ import annotations

import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ringback.management.supervision import end_with_supervisor
from ringback.worker.heartbeat import FILE, Pulse
from ringback.worker.jobs import JOBS
from ringback.worker.loop import periodic


class Command(BaseCommand):
    help = "Run the worker: everything that happens by itself."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        end_with_supervisor()
        with the_only_worker(settings.DATA / "worker.lock"):
            periodic(JOBS, timezone.now, stop, Pulse(settings.DATA / FILE))


@contextmanager
def the_only_worker(path: Path) -> Iterator[None]:
    """One worker a data folder: two would do the same work twice. The system frees the lock however the worker ends."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"A worker is already running on the data in {path.parent}.") from None
        yield
