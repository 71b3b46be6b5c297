"""What our commands share: trouble is told in a sentence, never in a stack trace, and nothing is checked twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError

from ringback.actions.errors import Refused

NO_TABLES = "The database cannot be used as it is ({trouble}). If it is new, run: ringback manage migrate"


class Trouble(Exception):
    """The command could not do it; the words say why and what to do. `code` is what the process ends with."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words)
        self.code = code


class OurCommand(BaseCommand):
    """A command whose refusals are sentences on stderr: 1 if the product says no, 2 if the command line is wrong."""

    requires_system_checks = ()

    @property
    def own_name(self) -> str:
        return type(self).__module__.rpartition(".")[2].replace("_", "-").rstrip("-")

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Refused as refused:
            self.end(_all_that_is_missing(refused), 1)
        except Trouble as trouble:
            self.end(str(trouble), trouble.code)
        except (OperationalError, ProgrammingError) as trouble:
            self.end(NO_TABLES.format(trouble=str(trouble).strip().partition("\n")[0]), 1)
        return None

    def end(self, words: str, code: int) -> None:
        self.stderr.write(f"ringback {self.own_name}: {words}")
        raise SystemExit(code)

    def remark(self, words: str) -> None:
        if words:
            self.stderr.write(f"ringback {self.own_name}: {words}")


def _all_that_is_missing(refused: Refused) -> str:
    """Every field that stands in the way, so that nobody has to find them one by one."""
    return " ".join(dict.fromkeys([refused.message, *(each.message for each in refused.missing)]))
