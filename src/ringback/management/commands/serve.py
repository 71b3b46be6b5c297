"""ringback serve"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from socket import create_connection
from threading import Thread
from time import sleep
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ringback.actions.mail_texts import install_mail_texts
from ringback.actions.publishing import install_library
from ringback.actions.publishing_maps import install_maps
from ringback.library import cadence_documents, mail_documents
from ringback.library.scripts import map_documents
from ringback.management.commands.web import add_address_arguments, check_port
from ringback.management.static_files import collect_if_changed
from ringback.management.supervision import run_together, start
from ringback.web.setup_link import issue_setup_token

DEMO_LOGINS = "demo-logins.txt"
OPENS_EVERY, OPENS_LOOKS = 0.5, 120


class Command(BaseCommand):
    help = "Serve the web pages and run the worker, together, until Ctrl-C."
    as_json = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_address_arguments(parser)
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date first")
        parser.add_argument("--demo", action="store_true", help="fill the database with a demo company if it is empty")
        parser.add_argument(
            "--json", action="store_true", help="one line once it answers: {address, data, setup_link, logins_file}"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        self.as_json = options["json"]
        check_port(options["host"], options["port"])
        address = address_for(options["host"], options["port"])
        self.prepare_database(options["migrate"])
        if options["demo"] and is_empty():
            self.say("Making the demo company …")
            call_command("demo", stdout=StringIO())  # its logins are said once, below the address
        collect_if_changed()
        found = entrance_at(address)
        Thread(target=self.greet_when_open, args=(found, options["host"], options["port"]), daemon=True).start()
        raise SystemExit(self.run(options))

    def run(self, options: dict[str, Any]) -> int:
        web = ["--host", options["host"], "--port", str(options["port"])]
        if options["workers"]:
            web += ["--workers", str(options["workers"])]
        # Links in mails lead to where this server really listens, whatever its port.
        os.environ.setdefault("RINGBACK_URL", address_for(options["host"], options["port"]))
        connections.close_all()
        return run_together([lambda: start("web", web), lambda: start("work", [])], self.say)

    def prepare_database(self, migrate: bool) -> None:
        waiting = waiting_migrations()
        if waiting and not migrate:
            raise CommandError(
                f"The database lacks {waiting} change(s) of this version. Make a backup, then add --migrate."
            )
        if waiting:
            self.say("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
        install_library(documents=cadence_documents(), now=timezone.now())
        install_mail_texts(texts=mail_documents(), now=timezone.now())
        install_maps(documents=map_documents(), now=timezone.now())

    def greet_when_open(self, found: Entrance, host: str, port: int) -> None:
        """An address that is not answered yet sends a newcomer away with an error page."""
        for _ in range(OPENS_LOOKS):
            with suppress(OSError), create_connection((host, port), timeout=1):
                break
            sleep(OPENS_EVERY)
        if self.as_json:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
            self.stdout.flush()
        else:
            self.say(greeting(found))

    def say(self, line: str) -> None:
        """What a script reads on the output stays clean."""
        out = self.stderr if self.as_json else self.stdout
        out.write(line, style_func=str)
        out.flush()


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where it is, and how to get in: the one-time link while nobody can, the demo's logins if there are some."""

    address: str
    data: str
    setup_link: str | None = None
    logins_file: str | None = None


def entrance_at(address: str) -> Entrance:
    logins, data = settings.DATA / DEMO_LOGINS, str(settings.DATA)
    if not get_user_model().objects.exists():
        return Entrance(address, data, setup_link=f"{address}/setup/{issue_setup_token()}/")
    return Entrance(address, data, logins_file=str(logins) if logins.is_file() else None)


def greeting(found: Entrance) -> str:
    lines = [f"\nRingback is at {found.address}   (Ctrl-C stops it; its data is in {found.data})"]
    if found.setup_link:
        lines.append(f"Nobody can log in yet. Open this link once to make the first account:\n\n  {found.setup_link}\n")
    if found.logins_file:
        lines.append(f"\n{Path(found.logins_file).read_text(encoding='utf-8').rstrip()}\n")
    return "\n".join(lines)


def address_for(host: str, port: int) -> str:
    """What people type: the stated public address, else where the server listens."""
    if "RINGBACK_URL" in os.environ:
        return str(settings.PUBLIC_URL)
    if host not in settings.ALLOWED_HOSTS:
        raise CommandError(
            f"To be reached at other addresses than this machine's own ({host}), say which one people type:\n"
            f"  RINGBACK_URL=https://ringback.example ringback serve --host {host}"
        )
    return f"http://{host}:{port}"


def waiting_migrations() -> int:
    """How many migrations this version has that the database does not."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    except OperationalError as trouble:
        raise CommandError(f"The database cannot be reached: {trouble}".strip()) from None
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_empty() -> bool:
    """Nobody to log in and nobody to call: nothing that a demo company could get mixed up with."""
    prospects = apps.get_model("ringback", "Prospect")
    return not get_user_model().objects.exists() and not prospects._default_manager.exists()
