"""ringback doctor"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ringback.management.health import State, examine

MARKS = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}


class Command(BaseCommand):
    help = "Is this installation healthy? Ends with 1 if a check fails; warnings alone end with 0."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="a list of {check, state, found, do}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        findings = list(examine(timezone.now()))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
        else:
            for finding in findings:
                self.stdout.write(f"{MARKS[finding.state]} {finding.check:<13} {finding.found}")
                if finding.do:
                    self.stdout.write(f"{'':<16}→ {finding.do}")
        if any(finding.state is State.FAIL for finding in findings):
            raise SystemExit(1)
