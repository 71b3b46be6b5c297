"""ringback undo"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from ringback.actions.undoing import undo
from ringback.management.naming import user_named
from ringback.management.ours import OurCommand, Trouble
from ringback.models import Arrangement
from ringback.queries.access import NotVisible, arrangement_for


class Command(OurCommand):
    help = "Take an arrangement back: everything is as it was before, and the timeline keeps both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arrangement", type=int, metavar="ARRANGEMENT", help="the number that wrap-up printed")
        parser.add_argument("--as", dest="user", metavar="USER", help="who takes it back (default: who arranged it)")
        parser.add_argument("--json", action="store_true", help="{arrangement, undone}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        arrangement = found(options["arrangement"], options["user"])
        by = user_named(options["user"]) if options["user"] else arrangement.by or arrangement.prospect.owner
        if by is None:
            raise Trouble("Say who takes it back: --as USER", 2)
        was_undone = arrangement.undone_at is not None
        undo(by=by, arrangement=arrangement, now=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"arrangement": arrangement.pk, "undone": True}))
        elif was_undone:
            self.stdout.write("It was taken back already; nothing was changed.")
        else:
            self.stdout.write(f"Taken back: {arrangement.because_text}")


def found(number: int, user: str | None) -> Arrangement:
    if user:
        try:
            return arrangement_for(user_named(user), number)
        except NotVisible as refused:
            raise Trouble(str(refused), 2) from refused
    row = Arrangement.objects.select_related("by", "prospect__owner").filter(pk=number).first()
    if row is None:
        raise Trouble(f"There is no arrangement {number}.", 2)
    return row
