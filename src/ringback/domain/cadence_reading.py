"""Reading fields of a plain mapping with messages that a person can act on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from ringback.domain.storable import UNSTORABLE
from ringback.domain.waits import Wait, parse_wait

Word = TypeVar("Word", bound=StrEnum)
Default = TypeVar("Default")

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
AT_ONCE = "at once"


@dataclass(frozen=True, slots=True)
class CadenceProblem:
    file: str
    field: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.field, self.message) if part)


class Reader:
    """One table of the document. Problems are collected, never raised, so that all are told at once."""

    thing = "a cadence"
    parts = "step"

    def __init__(
        self, table: Any, *, file: str = "", path: str = "", problems: list[CadenceProblem] | None = None
    ) -> None:
        self.file, self.path = file, path
        self.problems: list[CadenceProblem] = [] if problems is None else problems
        self._known: set[str] = set()
        if not isinstance(table, Mapping):
            self.problem("", "should be a table of fields")
            table = {}
        self.data: Mapping[str, Any] = table

    def problem(self, field: str, message: str) -> None:
        where = f"{self.path}.{field}" if self.path and field else self.path or field
        self.problems.append(CadenceProblem(self.file, where, message))

    def text(self, field: str, *, required: bool = False, at_most: int = 5000) -> str:
        value = self._take(field, "")
        if not isinstance(value, str):
            self.problem(field, f"should be text, not {value!r}")
            return ""
        if found := UNSTORABLE.search(value):
            self.problem(field, f"holds a character (U+{ord(found[0]):04X}) that cannot be stored; type it anew")
        if required and not value.strip():
            self.problem(field, "is missing")
        if len(value) > at_most:
            self.problem(field, f"is {len(value)} characters long; at most {at_most} fit")
        return value.strip()

    def identifier(self, field: str) -> str:
        value = self.text(field, required=True, at_most=60)
        if value and not IDENTIFIER.match(value):
            self.problem(field, f"“{value}” should be small letters, digits and single hyphens")
        return value

    def number(self, field: str, *, default: int, least: int, most: int) -> int:
        value = self._take(field, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.problem(field, f"should be a whole number from {least} to {most}, not {value!r}")
            return default
        return value

    def flag(self, field: str) -> bool:
        value = self._take(field, False)
        if not isinstance(value, bool):
            self.problem(field, f"should be true or false, not {value!r}")
            return False
        return value

    def word(self, field: str, words: type[Word], default: Default, *, required: bool = False) -> Word | Default:
        value = self._take(field, None)
        if value is None:
            if required:
                self.problem(field, f"is missing; one of: {', '.join(words)}")
            return default
        try:
            return words(value)
        except ValueError:
            self.problem(field, f"“{value}” is none of: {', '.join(words)}{self.meant(str(value), list(words))}")
            return default

    def wait(self, field: str) -> Wait:
        value = self.text(field) or AT_ONCE
        try:
            return parse_wait(value)
        except ValueError as error:
            self.problem(field, str(error))
            return parse_wait(AT_ONCE)

    def table(self, field: str) -> Reader:
        return self._below(field, self._take(field, {}))

    def tables(self, field: str) -> list[Reader]:
        value = self._take(field, [])
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            self.problem(field, f"is missing; {self.thing} has at least one {self.parts}")
            return []
        return [self._below(f"{field}[{number}]", each) for number, each in enumerate(value, start=1)]

    def nothing_else(self) -> None:
        for field in self.data:
            if field not in self._known:
                self.problem(str(field), f"is no field of {self.thing}{self.meant(str(field), sorted(self._known))}")

    @staticmethod
    def meant(value: str, choices: Sequence[str]) -> str:
        close = difflib.get_close_matches(value, choices, n=1)
        return f" (did you mean “{close[0]}”?)" if close else ""

    def _take(self, field: str, default: Any) -> Any:
        self._known.add(field)
        return self.data.get(field, default)

    def _below(self, field: str, table: Any) -> Reader:
        path = f"{self.path}.{field}" if self.path else field
        return type(self)(table, file=self.file, path=path, problems=self.problems)
