"""What our commands share: what the product refuses is told in its own words, and remarks stay out of the output."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ringback.actions.errors import Refused


class Trouble(CommandError):
    """The command could not do it; the words say why. `code`: 1 the product says no, 2 the command line is wrong."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words, returncode=code)


class OurCommand(BaseCommand):
    """A command that calls actions; a refusal ends it with 1 and a sentence."""

    requires_system_checks = ()

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Refused as refused:
            raise Trouble(_all_that_is_missing(refused)) from refused

    def remark(self, words: str) -> None:
        """Something worth knowing, on stderr: what a script reads stays clean."""
        if words:
            self.stderr.write(f"({words})", style_func=str)


def _all_that_is_missing(refused: Refused) -> str:
    """Every field that stands in the way, so that nobody has to find them one by one."""
    return " ".join(dict.fromkeys([refused.message, *(each.message for each in refused.missing)]))
