"""ringback demo"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from ringback.demo.company import NotEmpty, make_company
from ringback.demo.team import COLLEAGUES, keep_logins, logins_text, new_password
from ringback.management.ours import OurCommand, Trouble
from ringback.management.progress import ProgressBar
from ringback.management.said_moments import NotAMoment, moment_said

FULL = (
    "This database has people in it, and invented ones must not be mixed up with them. "
    "Choose another data folder: RINGBACK_DATA=/some/new/folder ringback serve --migrate --demo"
)


class Command(OurCommand):
    help = "Fill an empty database with a believable company: weeks of calls, and a lively day for Rosa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another number gives other people (default 1)")
        parser.add_argument("--at", metavar="ISO", help="as if it were this moment (UTC without an offset)")
        parser.add_argument("--json", action="store_true", help="{people, companies, users, logins_file}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        now, password = moment_of(options["at"]), new_password()
        bar = ProgressBar(sys.stderr, "Making the demo company")
        try:
            made = make_company(
                now=now,
                seed=options["seed"],
                password=password,
                say=lambda done, all_: bar.show(done / all_, f"{done} of {all_} stories"),
            )
        except NotEmpty:
            raise Trouble(FULL) from None
        finally:
            bar.close()
        path = keep_logins(settings.DATA, password)
        if options["json"]:
            users = [each.username for each in COLLEAGUES]
            data = {"people": made.people, "companies": made.companies, "users": users, "logins_file": str(path)}
            self.stdout.write(json.dumps(data, indent=2))
        else:
            self.stdout.write(f"{made.people} people at {made.companies} companies.\n\n{logins_text(password)}")


def moment_of(text: str | None) -> datetime:
    if not text:
        return timezone.now().astimezone(UTC)
    try:
        return moment_said(text, "UTC")[0]
    except NotAMoment as problem:
        raise Trouble(f"--at: {problem}", 2) from problem
