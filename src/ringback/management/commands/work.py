"""ringback work"""

from __future__ import annotations

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ringback.management.supervision import end_with_supervisor
from ringback.worker.heartbeat import FILE, Pulse
from ringback.worker.jobs import JOBS, SEND_MAIL, finish
from ringback.worker.loop import periodic


class Command(BaseCommand):
    help = "Run the worker: everything that happens by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only-mail",
            action="store_true",
            help="only send mail, beside the worker: on this or another machine (PostgreSQL)",
        )
        parser.add_argument("--json", action="store_true", help="one line when it begins: {data, only_mail, process}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        end_with_supervisor()
        if options["only_mail"]:
            only_with_postgres()
            self._begun(options)
            pulse = settings.DATA / f"mail-heartbeat-{os.getpid()}.json"
            periodic((SEND_MAIL,), timezone.now, stop, Pulse(pulse))
            pulse.unlink(missing_ok=True)
        else:
            with the_only_worker(settings.DATA / "worker.lock"):
                self._begun(options)
                periodic(JOBS, timezone.now, stop, Pulse(settings.DATA / FILE))
        finish()

    def _begun(self, options: dict[str, Any]) -> None:
        if options["json"]:
            told = {"data": str(settings.DATA), "only_mail": options["only_mail"], "process": os.getpid()}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            self.stdout.flush()


def only_with_postgres() -> None:
    """SQLite has one writer: a second process would only wait for it."""
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        raise CommandError("More hands for the mail need PostgreSQL; with SQLite the worker sends as fast as can be.")


@contextmanager
def the_only_worker(path: Path) -> Iterator[None]:
    """One worker a data folder: two would do the same work twice. The system frees the lock however the worker ends."""
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"A worker is already running on the data in {path.parent}.") from None
        yield
