"""The statements of every action's writes, made once per table instead of once per row.

Why: the ORM builds each INSERT and UPDATE anew and walks over every field of a row, which cost a wrap-up more than the
database did (bench/README.md has the figures). The rows, the columns, the checks and the transaction are those of the
ORM: only the text of the statement is kept. There are no signals in this house, and these send none. Whoever has looked
up the thread's `database` already gives it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model
from django.db.models.base import ModelState

from ringback.queries.driver import changed_by, rows_of, send

Row = TypeVar("Row", bound=Model)

# Reads what the database answered; a row's id or the success of a change is known only after it.
Receive = Callable[[], bool]

# Values that the driver stores as they are.
_PLAIN = frozenset({str, int, bool, type(None), datetime, date})


def insert(row: Model, database: BaseDatabaseWrapper | None = None) -> None:
    """Write a new row and give it its id."""
    send_new([row], database)()


def new(model: type[Row], **values: Any) -> Row:
    """A row that is not written yet, as `model(**values)` makes it; references are given by their ids (`owner_id`)."""
    plan = _plan(model)
    held = plan.defaults | values
    if len(held) > len(plan.defaults):
        raise TypeError(f"{model.__name__} has no columns {sorted(values.keys() - plan.defaults.keys())}")
    for name, make in plan.made:
        if name not in values:
            held[name] = make()
    row = model.__new__(model)
    row.__dict__ = held
    row._state = ModelState()
    return row


def reserved_id(model: type[Model], database: BaseDatabaseWrapper | None = None) -> int:
    """The id of a row that will be written at the end of this transaction, so that other rows can refer to it before.

    Nobody else gets it: a sequence hands out each number once; SQLite's counter is changed under its one write lock.
    """
    database = database or connections[DEFAULT_DB_ALIAS]
    table = [model._meta.db_table]
    if database.vendor == "postgresql":
        return int(rows_of(send("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", table, database))[0][0])
    counted = rows_of(send("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = %s RETURNING seq", table, database))
    if not counted:
        send("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 1)", table, database)
    return int(counted[0][0]) if counted else 1


def insert_reserved(row: Model, database: BaseDatabaseWrapper | None = None) -> None:
    """Write a new row under the id that was reserved for it."""
    plan = _plan(type(row))
    send(plan.insert_reserved, [row.pk, *_held(row, plan)], database)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def send_new(rows: Sequence[Model], database: BaseDatabaseWrapper | None = None) -> Receive:
    """Several new rows of one kind in one statement; receiving gives them their ids."""
    database = database or connections[DEFAULT_DB_ALIAS]
    model, on_sqlite = type(rows[0]), database.vendor == "sqlite"
    plan = _plan(model)
    values = [value for row in rows for value in _held(row, plan)]
    cursor = send(_insert_statement(model, len(rows), returning=not on_sqlite), values, database)

    def receive() -> bool:
        ids = _counted_up(cursor.lastrowid, len(rows)) if on_sqlite else [row_id for (row_id,) in rows_of(cursor)]
        for row, row_id in zip(rows, ids, strict=True):
            row.pk = row_id
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    return receive


def _counted_up(last: int, count: int) -> range:
    """SQLite counts up by one for each row of a statement; having it return the ids would double an insert's cost."""
    return range(last - count + 1, last + 1)


def send_change(
    row: Model, before: Mapping[str, Any], after: Mapping[str, Any], database: BaseDatabaseWrapper | None = None
) -> Receive:
    """Compare-and-set: write `after` if the row still holds `before`; receiving says whether it did.

    Not for columns of JSON: databases compare it each in their own way.
    """
    model = type(row)
    held = tuple([(name, value is None) for name, value in before.items()])
    given = {name: value for name, value in before.items() if value is not None}
    values = [*_stored_values(model, after), row.pk, *_stored_values(model, given)]
    cursor = send(_update_statement(model, tuple(after), held), values, database)
    return lambda: changed_by(cursor) == 1


def _stored_values(model: type[Model], values: Mapping[str, Any]) -> list[Any]:
    return [
        value if value.__class__ in _PLAIN else _stored(_column(model, name), value) for name, value in values.items()
    ]


def _held(row: Model, plan: _Plan) -> list[Any]:
    held = row.__dict__
    for name, related in row._state.fields_cache.items():
        if related is not None and held.get(f"{name}_id", 0) is None:
            raise ValueError(f"{name} refers to a row that is not written yet")
    values = [*plan.read(held)]
    for place in plan.json_places:
        values[place] = json.dumps(values[place])
    if _PLAIN.issuperset(map(type, values)):
        return values
    return [
        value if value.__class__ in _PLAIN else _stored(column, value)
        for column, value in zip(plan.written, values, strict=True)
    ]


def _stored(column: _Column, value: Any) -> Any:
    return column.field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


@dataclass(frozen=True, slots=True)
class _Column:
    """What writing needs to know of a field, found out once."""

    field: Field[Any, Any]
    attname: str
    quoted: str
    is_json: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """What writing needs to know of a table, found out once.

    `read` takes the values to be written out of a row, `json_places` are those that are written as JSON. `defaults`
    names every column; those of `made` are made anew for each row.
    """

    written: tuple[_Column, ...]
    read: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    json_places: tuple[int, ...]
    defaults: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]
    insert_reserved: str


@lru_cache(maxsize=64)
def _plan(model: type[Model]) -> _Plan:
    fields = model._meta.concrete_fields
    written = tuple(_column(model, field.name) for field in fields if not field.primary_key)
    made = {field.attname: field.default for field in fields if field.has_default() and callable(field.default)}
    return _Plan(
        written=written,
        read=itemgetter(*(each.attname for each in written)),
        json_places=tuple(place for place, each in enumerate(written) if each.is_json),
        defaults={field.attname: None if field.attname in made else field.get_default() for field in fields},
        made=tuple(made.items()),
        insert_reserved=_insert(model, ['"id"', *(each.quoted for each in written)], 1),
    )


@lru_cache(maxsize=1024)
def _column(model: type[Model], name: str) -> _Column:
    """By the name of the field or of its attribute (`owner`, `owner_id`)."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise TypeError(f"{field} sets itself when it is saved; here `now` is given")
    return _Column(field, field.attname, f'"{field.column}"', isinstance(field, JSONField))


@lru_cache(maxsize=256)
def _insert_statement(model: type[Model], count: int, *, returning: bool) -> str:
    statement = _insert(model, [each.quoted for each in _plan(model).written], count)
    return f'{statement} RETURNING "id"' if returning else statement


def _insert(model: type[Model], columns: Sequence[str], count: int) -> str:
    rows = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * count)
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES {rows}'  # noqa: S608


@lru_cache(maxsize=1024)
def _update_statement(model: type[Model], names: tuple[str, ...], held: tuple[tuple[str, bool], ...]) -> str:
    assert not any(_column(model, name).is_json for name in (*names, *dict(held))), "JSON cannot be compared"
    sets = ", ".join(f"{_column(model, name).quoted} = %s" for name in names)
    still = [f"{_column(model, name).quoted} {'IS NULL' if is_null else '= %s'}" for name, is_null in held]
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {" AND ".join(["id = %s", *still])}'  # noqa: S608
