"""ringback plan. The command line runs `planning` without Django; this is the same for `call_command`."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ringback.management import planning


class Command(BaseCommand):
    help = planning.HELP
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        planning.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        raise SystemExit(planning.run(Namespace(**options)))
