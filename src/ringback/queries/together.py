"""Several prepared queries as one statement, for what every wrap-up and every call screen waits for.

Why: a small read by its key takes a database some 20 µs, and asking for it three times as long (bench/README.md). What
the parts hold comes as one JSON text: a list for each part, and in it one for each row. In a union every row would be
as wide as the widest, and the driver takes longer to carry those NULLs over than the database needs to find the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from ringback.queries import driver
from ringback.queries.prepared import Argument, Plan, Prepared

# How a column of each kind is read back from JSON; None: as it came.
_READ: dict[str, Callable[[Any], Any] | None] = {
    "BooleanField": bool,  # SQLite has numbers instead
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    **dict.fromkeys(("BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField")),
    **dict.fromkeys(("PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField")),
    **dict.fromkeys(("ForeignKey", "OneToOneField", "CharField", "TextField", "JSONField")),
}
# SQLite keeps instants as UTC wall clocks and JSON as a text; PostgreSQL knows either for what it is.
_TOLD_TO_SQLITE = {"DateTimeField": "{} || '+00:00'", "JSONField": "json({})"}


class Together:
    """Call it with the arguments of each part that is wanted; it gives what these parts hold, in no stated order."""

    def __init__(self, **parts: Prepared[Any]) -> None:
        self._parts = parts
        self._statements: dict[tuple[str, ...], _Statement] = {}

    def __call__(self, **arguments: Sequence[Argument]) -> dict[str, list[Any]]:
        database = connections[DEFAULT_DB_ALIAS]
        wanted = (database.vendor, *arguments)
        statement = self._statements.get(wanted)
        if statement is None:
            plans = [self._parts[name].plan(database.vendor, given) for name, given in arguments.items()]
            statement = self._statements[wanted] = _statement(plans, _PARTS[database.vendor])
        [[found]] = driver.rows_of(driver.send(statement.sql, statement.bound(tuple(arguments.values())), database))
        return dict(zip(arguments, statement.told_apart(json.loads(found)), strict=True))


@dataclass(frozen=True, slots=True)
class _Statement:
    """`order`: for each mark of the text, the number of the part and that of its argument."""

    sql: str
    plans: tuple[Plan, ...]
    order: tuple[tuple[int, int], ...]

    def bound(self, arguments: Sequence[Sequence[Argument]]) -> list[Argument]:
        return [arguments[part][number] for part, number in self.order]

    def told_apart(self, parts: Iterable[list[list[Any]]]) -> list[list[Any]]:
        return [plan.made_of(rows) if rows else [] for plan, rows in zip(self.plans, parts, strict=True)]


def _statement(plans: Sequence[Plan], part_of: Callable[[Plan], str]) -> _Statement:
    order = tuple((part, number) for part, plan in enumerate(plans) for number in plan.order)
    parts = " || ',' || ".join(map(part_of, plans))
    return _Statement(f"SELECT '[' || {parts} || ']'", tuple(map(_from_json, plans)), order)


def _from_json(plan: Plan) -> Plan:
    """KeyError: nobody said how a column of such a kind is read."""
    readers = ((place, _READ[kind]) for place, kind in enumerate(plan.kinds))
    return replace(plan, converters=tuple((place, read) for place, read in readers if read is not None))


def _part_in_sqlite(plan: Plan) -> str:
    values = [_TOLD_TO_SQLITE.get(kind, "{}").format(name) for kind, name in zip(plan.kinds, _names(plan), strict=True)]
    return _part(plan, f"json_group_array(json_array({', '.join(values)}))")


def _part_in_postgresql(plan: Plan) -> str:
    return _part(plan, f"coalesce(json_agg(json_build_array({', '.join(_names(plan))})), '[]')::text")


def _part(plan: Plan, rows: str) -> str:
    return f"(WITH part({', '.join(_names(plan))}) AS ({plan.sql}) SELECT {rows} FROM part)"  # noqa: S608


def _names(plan: Plan) -> list[str]:
    return [f"c{place}" for place in range(len(plan.kinds))]


_PARTS = {"sqlite": _part_in_sqlite, "postgresql": _part_in_postgresql}
