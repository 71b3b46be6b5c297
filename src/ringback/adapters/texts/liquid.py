"""Liquid as far as a mail needs it: variables, conditions and loops over short lists, nothing that reads or grows."""

from __future__ import annotations

import re
from collections.abc import Callable, ItemsView, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from liquid import BoundTemplate, DictLoader, Environment, Undefined
from liquid.exceptions import LiquidError

from ringback.domain.script import gap

Value = str | tuple[str, ...]

LONGEST_TEXT = 20_000
LONGEST_OUTPUT = 30_000
MOST_ROUNDS = 200
# The parser's time grows with the square of these: 9,000 open brackets took it a minute.
MOST_BRACKETS = 500

_TAGS = frozenset({"#", "break", "case", "comment", "content", "continue", "for", "if", "illegal", "output", "unless"})
# Nothing that could make a long text of a short one.
_FILTERS = frozenset({"capitalize", "default", "downcase", "first", "join", "last", "size", "strip", "upcase"})
_UNCLOSED = re.compile(r"\{[{%][^{}]{600}")
_RANGE = re.compile(r"\{[{%][^}]*\([^)}]*\.\.")

_missing: ContextVar[list[str]] = ContextVar("missing")


class TextTrouble(ValueError):
    """The text is no template that can be filled; says where and why. `line` counts from 1; 0 if it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Filled:
    """`missing` names the variables that were asked for and have no value, each once, in order of appearance."""

    text: str
    missing: tuple[str, ...] = ()


class _Gap(Undefined):
    """A variable without a value: false in a condition, noted and visible as a gap where it should be written."""

    __slots__ = ()

    def __str__(self) -> str:
        return self._noted()

    def __iter__(self) -> Iterator[Any]:
        self._noted()
        return iter(())

    def items(self) -> ItemsView[Any, object]:
        self._noted()
        return {}.items()

    def _noted(self) -> str:
        if (found := _missing.get(None)) is not None:
            found.append(self.name)
        return gap(self.name)


class _Limited(Environment):
    output_stream_limit = LONGEST_OUTPUT
    loop_iteration_limit = MOST_ROUNDS
    local_namespace_limit = LONGEST_OUTPUT
    block_nesting_limit = 12

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in _TAGS}
        self.filters = {name: made for name, made in self.filters.items() if name in _FILTERS}


_liquid = _Limited(undefined=_Gap, loader=DictLoader({}))


def fill_text(template: str, values: Mapping[str, Value], *, escaped: Callable[[str], str] = str) -> Filled:
    """The template with its values; a blank value counts as missing. Raises TextTrouble if it cannot be filled.

    `escaped` makes a value safe for where it is put; a list's values one by one.
    """
    known = {name: _safe(value, escaped) for name, value in values.items() if _is_known(value)}
    found: list[str] = []
    token = _missing.set(found)
    try:
        text = _parsed(template).render(known)
    except LiquidError as trouble:
        raise _in_words(trouble) from trouble
    except RecursionError:
        raise TextTrouble("This is nested too deeply.") from None
    finally:
        _missing.reset(token)
    return Filled(text, tuple(dict.fromkeys(found)))


def names_in(template: str) -> frozenset[str]:
    """The variables that a template asks for or tests. Raises TextTrouble like `fill_text`."""
    parsed = _parsed(template)
    # Filters are looked up when a text is filled: an unknown one should be told on saving already.
    analysis = parsed.analyze()
    for name, places in analysis.filters.items():
        if name not in _FILTERS:
            line = template.count("\n", 0, places[0].index) + 1
            raise TextTrouble(f"There is no filter “{name}” here. There are: {', '.join(sorted(_FILTERS))}.", line)
    return frozenset(str(name) for name in analysis.globals)


def _parsed(template: str) -> BoundTemplate:
    if len(template) > LONGEST_TEXT:
        raise TextTrouble(f"A text has at most {LONGEST_TEXT:,} characters; this one has {len(template):,}.")
    if template.count("{{") + template.count("{%") > MOST_BRACKETS:
        raise TextTrouble(f"A text has at most {MOST_BRACKETS} variables and conditions.")
    if found := _UNCLOSED.search(template):
        raise TextTrouble("A bracket is opened here and never closed.", template.count("\n", 0, found.start()) + 1)
    if found := _RANGE.search(template):
        raise TextTrouble("Ranges such as (1..5) are not possible here.", template.count("\n", 0, found.start()) + 1)
    try:
        return _liquid.from_string(template)
    except LiquidError as trouble:
        raise _in_words(trouble) from trouble
    except RecursionError:
        raise TextTrouble("This is nested too deeply.") from None


def _in_words(trouble: LiquidError) -> TextTrouble:
    token = trouble.token
    line = token.source.count("\n", 0, token.start_index) + 1 if token is not None and token.start_index >= 0 else 0
    message = str(trouble.args[0]) if trouble.args else str(trouble)
    return TextTrouble(f"{message[:1].upper()}{message[1:].rstrip('.')}.", line)


def _is_known(value: Value) -> bool:
    return bool(value.strip() if isinstance(value, str) else any(each.strip() for each in value))


def _safe(value: Value, escaped: Callable[[str], str]) -> str | list[str]:
    if isinstance(value, str):
        return escaped(_one_line(value))
    return [escaped(_one_line(each)) for each in value if each.strip()][:MOST_ROUNDS]


def _one_line(value: str) -> str:
    return " ".join(value.split())
