"""Queries that are written with the ORM and compiled once.

Turning a queryset into SQL costs the ORM ten times what the database needs to answer a read by key: for a wrap-up with
its reads that was three quarters of the time (bench/wrap_up.py). A prepared query keeps the SQL that the ORM
made, constants written into it, and the order of its arguments; each call binds them and makes rows or tuples as the
queryset would.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import JSONField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import Col
from django.db.models.query import ModelIterable

from ringback.queries import driver
from ringback.queries.driver import read_clock, read_day, read_instant

Made = TypeVar("Made")

# What SQLite's converters do with what is not NULL, by their names at Django.
_READERS: dict[str, Callable[[Any], Any]] = {
    "convert_datetimefield_value": read_instant,
    "convert_datefield_value": read_day,
    "convert_timefield_value": read_clock,
    "convert_booleanfield_value": bool,
}
Argument = int | str | datetime


class Prepared(Generic[Made]):
    """Call it like `build`, and get the list of what that queryset holds.

    `build` must put each argument into the query as it is, and its SQL must not depend on their values: no None, no
    lists. Whole rows and `values_list` are understood, related rows are not.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Made]]) -> None:
        self._build = build
        self._plans: dict[str, Plan] = {}

    def __call__(self, *arguments: Argument) -> list[Made]:
        return self.ask(*arguments).all()

    def first(self, *arguments: Argument) -> Made | None:
        return self.ask(*arguments).first()

    def ask(self, *arguments: Argument) -> Asked[Made]:
        """Send the question; the answer is read later (see `at_once`)."""
        database = connections[DEFAULT_DB_ALIAS]
        plan = self.plan(database.vendor, arguments)
        return Asked(plan, driver.send(plan.sql, plan.bound(arguments), database))

    def plan(self, vendor: str, arguments: Sequence[Argument]) -> Plan:
        """For the database in use, whose `vendor` the caller knows already; made with the first arguments."""
        plan = self._plans.get(vendor)
        if plan is None:
            plan = self._plans[vendor] = _plan(self._build, arguments)
        return plan


@dataclass(frozen=True, slots=True)
class Asked(Generic[Made]):
    """A question on its way; read it once."""

    plan: Plan
    cursor: driver.Sent

    def all(self) -> list[Made]:
        return self.plan.made_of(driver.rows_of(self.cursor))

    def first(self) -> Made | None:
        return only(self.all())


def only(rows: Sequence[Made] | None) -> Made | None:
    """The one row of what holds at most one, or was not asked for."""
    return rows[0] if rows else None


@dataclass(frozen=True, slots=True)
class Plan:
    """SQL, and for each of its marks the number of the argument that stands there.

    `kinds`: of each column, the name of its field's class. `columns`: their names, where whole rows are made.
    """

    sql: str
    order: tuple[int, ...]
    kinds: tuple[str, ...]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]
    model: type[Model] | None
    columns: tuple[str, ...]

    def bound(self, arguments: Sequence[Argument]) -> list[Argument]:
        return [arguments[number] for number in self.order]

    def made_of(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        values = map(self._converted, rows) if self.converters else rows
        if self.model is None:
            return [tuple(row) for row in values]
        return [_row(self.model, self.columns, row) for row in values]

    def _converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, convert in self.converters:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values


def _row(model: type[Model], columns: tuple[str, ...], values: Sequence[Any]) -> Model:
    """The row as `Model.from_db` makes it, without its walk over the fields and its signals, of which we have none."""
    row = model.__new__(model)
    row._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    row.__dict__.update(zip(columns, values, strict=True))
    return row


def _plan(build: Callable[..., QuerySet[Any, Any]], arguments: Sequence[Argument]) -> Plan:
    found = build(*arguments)
    compiler = found.query.get_compiler(connection=connection)
    usual_sql, usual = compiler.as_sql()
    sql, order = _with_constants(usual_sql, usual, build, arguments)
    columns = [each[0] for each in compiler.select]
    whole = found._iterable_class is ModelIterable
    return Plan(
        sql=sql,
        order=order,
        kinds=tuple(each[0].output_field.get_internal_type() for each in compiler.select),
        converters=tuple((place, _convert(*how)) for place, how in compiler.get_converters(columns).items()),
        model=found.model if whole else None,
        columns=tuple(each.target.attname for each in columns) if whole else (),
    )


def _convert(converters: Sequence[Callable[..., Any]], expression: Any) -> Callable[[Any], Any]:
    """As Django's converters do; for the usual kinds of column by one function, which does not ask what it is given."""
    database = connections[DEFAULT_DB_ALIAS]
    if list(converters) == [getattr(expression.output_field, "from_db_value", None)] and _is_plain_json(expression):
        return json.loads
    for name, read in _READERS.items():
        if list(converters) == [getattr(database.ops, name, None)]:
            return read

    def convert(value: Any) -> Any:
        for each in converters:
            value = each(value, expression, database)
        return value

    return convert


def _is_plain_json(expression: Any) -> bool:
    """A column of its own, not what lies inside of one; read without a decoder of its own."""
    field = expression.output_field
    return isinstance(expression, Col) and type(field) is JSONField and field.decoder is None


def _with_constants(
    sql: str, usual: Sequence[Any], build: Callable[..., QuerySet[Any, Any]], arguments: Sequence[Argument]
) -> tuple[str, tuple[int, ...]]:
    """The SQL with marks for the arguments only, and which argument stands at which."""
    at = {place: number for number in range(len(arguments)) for place in _places(build, arguments, number, sql, usual)}
    between = sql.split("%s")
    if len(between) != len(usual) + 1 or "%" in "".join(between):
        raise TypeError(f"A percent sign of its own cannot stand in a prepared query: {sql}")
    marks = ["%s" if place in at else _literal(value) for place, value in enumerate(usual)]
    text = "".join(part for pair in zip(between, [*marks, ""], strict=True) for part in pair)
    return text, tuple(at[place] for place in sorted(at))


def _literal(value: Any) -> str:
    if isinstance(value, str) and "%" not in value:
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, int):
        return str(value)
    raise TypeError(f"{value!r} cannot stand in a prepared query")


def _places(
    build: Callable[..., QuerySet[Any, Any]], arguments: Sequence[Argument], number: int, sql: str, usual: Sequence[Any]
) -> tuple[int, ...]:
    """Where an argument stands: the parameters that differ when it alone differs."""
    other = [*arguments[:number], _another(arguments[number]), *arguments[number + 1 :]]
    other_sql, parameters = build(*other).query.get_compiler(connection=connection).as_sql()
    places = tuple(place for place, value in enumerate(usual) if value != parameters[place])
    if other_sql != sql or not places or any(usual[place] != _adapted(arguments[number]) for place in places):
        raise TypeError(f"Argument {number + 1} does not stand in the query as it is: {sql}")
    return places


def _another(argument: Argument) -> Argument:
    if isinstance(argument, datetime):
        return argument + timedelta(days=1)
    return argument + 1 if isinstance(argument, int) else f"{argument}x"


def _adapted(argument: Argument) -> Any:
    return connection.ops.adapt_datetimefield_value(argument) if isinstance(argument, datetime) else argument
