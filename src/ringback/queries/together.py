"""Several prepared queries as one statement, for what every wrap-up and every call screen waits for.

Why: a small read by its key takes a database some 20 µs, and asking for it three times as long (bench/README.md). Each
part keeps its own columns; before them stands the number of the part, and NULLs fill its rows to the widest.
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

# How a column is read back from the text that PostgreSQL makes of it.
_READ: dict[str, Callable[[str], Any] | None] = {
    "BooleanField": "true".__eq__,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "JSONField": json.loads,
    **dict.fromkeys(("BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField"), int),
    **dict.fromkeys(("PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"), int),
    **dict.fromkeys(("ForeignKey", "OneToOneField"), int),
    **dict.fromkeys(("CharField", "TextField")),
}


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
            statement = self._statements[wanted] = _STATEMENTS[database.vendor](plans)
        rows = driver.rows_of(driver.send(statement.sql, statement.bound(tuple(arguments.values())), database))
        return dict(zip(arguments, statement.told_apart(rows), strict=True))


@dataclass(frozen=True, slots=True)
class _Statement:
    """`order`: for each mark of the text, the number of the part and that of its argument."""

    sql: str
    plans: tuple[Plan, ...]
    order: tuple[tuple[int, int], ...]

    def bound(self, arguments: Sequence[Sequence[Argument]]) -> list[Argument]:
        return [arguments[part][number] for part, number in self.order]

    def told_apart(self, rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
        found: list[list[Sequence[Any]]] = [[] for _ in self.plans]
        for row in rows:
            part = row[0]
            found[part].append(row[1 : len(self.plans[part].kinds) + 1])
        return [plan.made_of(part) if part else [] for plan, part in zip(self.plans, found, strict=True)]


def _for_sqlite(plans: Sequence[Plan]) -> _Statement:
    """The driver reads a column by the type that the first SELECT declares for it: hence one that declares none."""
    widest = max(len(plan.kinds) for plan in plans)
    parts = [f"SELECT {', '.join(['NULL'] * (widest + 1))} WHERE 0"]
    for number, plan in enumerate(plans):
        parts.append(f"SELECT {number}, part.*{_nulls(widest, plan)} FROM ({plan.sql}) part")  # noqa: S608
    return _statement(parts, plans)


def _for_postgresql(plans: Sequence[Plan]) -> _Statement:
    """Every column travels as a text, since the parts of a union must agree on its type."""
    widest = max(len(plan.kinds) for plan in plans)
    parts = []
    for number, plan in enumerate(plans):
        names = [f"c{place}" for place in range(len(plan.kinds))]
        texts = ", ".join(f"{name}::text" for name in names) + _nulls(widest, plan)
        parts.append(f"SELECT {number}, {texts} FROM ({plan.sql}) part({', '.join(names)})")  # noqa: S608
    return _statement(parts, [*map(_from_texts, plans)])


def _statement(parts: Sequence[str], plans: Sequence[Plan]) -> _Statement:
    order = tuple((part, number) for part, plan in enumerate(plans) for number in plan.order)
    return _Statement(" UNION ALL ".join(parts), tuple(plans), order)


def _nulls(widest: int, plan: Plan) -> str:
    return ", NULL" * (widest - len(plan.kinds))


def _from_texts(plan: Plan) -> Plan:
    """KeyError: nobody said how a column of such a kind is read."""
    readers = ((place, _READ[kind]) for place, kind in enumerate(plan.kinds))
    return replace(plan, converters=tuple((place, _unless_null(read)) for place, read in readers if read is not None))


def _unless_null(read: Callable[[str], Any]) -> Callable[[str | None], Any]:
    return lambda text: None if text is None else read(text)


_STATEMENTS = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
