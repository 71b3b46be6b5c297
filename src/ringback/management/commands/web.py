"""ringback web"""

from __future__ import annotations

import errno
import json
import socket
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian import Granian  # type: ignore[attr-defined]
from granian.constants import Interfaces
from granian.log import LogLevels

from ringback.management.static_files import collect_if_changed
from ringback.management.supervision import end_with_supervisor

HOST = "127.0.0.1"
PORT = 8000
THREADS = 4


def add_address_arguments(parser: CommandParser) -> None:
    parser.add_argument("--host", default=HOST, help=f"address to listen on (default {HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on (default {PORT})")
    parser.add_argument("--workers", type=int, help="server processes (default 1 with SQLite, 2 with PostgreSQL)")


class Command(BaseCommand):
    help = "Run only the web pages."

    def add_arguments(self, parser: CommandParser) -> None:
        add_address_arguments(parser)
        parser.add_argument("--json", action="store_true", help="one line before it begins: {address, workers}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        check_port(options["host"], options["port"])
        collect_if_changed()
        end_with_supervisor()
        sqlite = "sqlite3" in settings.DATABASES["default"]["ENGINE"]
        workers = options["workers"] or (1 if sqlite else 2)
        if options["json"]:
            self.stdout.write(json.dumps({"address": address(options["host"], options["port"]), "workers": workers}))
            self.stdout.flush()
        Granian(
            "ringback.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            # Each thread keeps its own database connection; ending idle ones would throw those away.
            blocking_threads_idle_timeout=600,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
        ).serve()


def address(host: str, port: int) -> str:
    """Where it listens."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def check_port(host: str, port: int) -> None:
    """Fail in words before the server fails in a stack trace."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            taken = trouble.errno == errno.EADDRINUSE
            why = "another program uses it" if taken else trouble.strerror
            raise CommandError(f"Cannot listen on {host}:{port}: {why}. Choose another with --port.") from None
