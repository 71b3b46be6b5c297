"""The statements of every action's writes, made once per table instead of once per row.

Why: the ORM builds each INSERT and UPDATE anew, which cost a wrap-up more than the database did (bench/README.md has
the figures). The rows, the columns, the checks and the transaction are those of the ORM: only the text of the
statement is kept. There are no signals in this house, and these send none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, JSONField, Model

from ringback.queries.driver import changed_by, rows_of, send, stored_instant

# Reads what the database answered; a row's id or the success of a change is known only after it.
Receive = Callable[[], bool]

# Values that every column but JSON stores as they are.
_PLAIN = (str, int, bool, type(None))


def insert(row: Model) -> None:
    """Write a new row and give it its id."""
    send_new([row])()


def put(row: Model, **values: Any) -> None:
    """Write these columns of a row that this transaction has made itself, so that nobody else can have changed it."""
    send(_update_statement(type(row), tuple(values), ()), [*_stored_values(type(row), values), row.pk])
    for name, value in values.items():
        setattr(row, name, value)


def send_new(rows: Sequence[Model]) -> Receive:
    """Several new rows of one kind in one statement; receiving gives them their ids."""
    model = type(rows[0])
    values = [_held(row, column) for row in rows for column in _written(model)]
    cursor = send(_insert_statement(model, len(rows)), values)

    def receive() -> bool:
        for row, (row_id,) in zip(rows, rows_of(cursor), strict=True):
            row.pk = row_id
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    return receive


def send_change(row: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> Receive:
    """Compare-and-set: write `after` if the row still holds `before`; receiving says whether it did.

    Not for columns of JSON: databases compare it each in their own way.
    """
    model = type(row)
    assert not any(_column(model, name).is_json for name in after), "JSON cannot be compared"
    held = tuple((name, value is None) for name, value in before.items())
    given = {name: value for name, value in before.items() if value is not None}
    values = [*_stored_values(model, after), row.pk, *_stored_values(model, given)]
    cursor = send(_update_statement(model, tuple(after), held), values)
    return lambda: changed_by(cursor) == 1


def _stored_values(model: type[Model], values: Mapping[str, Any]) -> list[Any]:
    return [_stored(_column(model, name), value) for name, value in values.items()]


def _held(row: Model, column: _Column) -> Any:
    value = getattr(row, column.attname)
    if value is None and column.refers and row._state.fields_cache.get(column.field.name) is not None:
        raise ValueError(f"{column.field} refers to a row that is not written yet")
    return _stored(column, value)


def _stored(column: _Column, value: Any) -> Any:
    if value.__class__ in _PLAIN and not column.is_json:
        return value
    if value.__class__ is datetime:
        return stored_instant(value)
    return column.field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


@dataclass(frozen=True, slots=True)
class _Column:
    """What writing needs to know of a field, found out once."""

    field: Field[Any, Any]
    attname: str
    quoted: str
    refers: bool
    is_json: bool


@lru_cache(maxsize=64)
def _written(model: type[Model]) -> tuple[_Column, ...]:
    return tuple(_column(model, field.name) for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=1024)
def _column(model: type[Model], name: str) -> _Column:
    """By the name of the field or of its attribute (`owner`, `owner_id`)."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    assert not getattr(field, "auto_now", False) and not getattr(field, "auto_now_add", False), "nothing sets a clock"
    return _Column(field, field.attname, f'"{field.column}"', field.is_relation, isinstance(field, JSONField))


@lru_cache(maxsize=256)
def _insert_statement(model: type[Model], count: int) -> str:
    columns = _written(model)
    names = ", ".join(each.quoted for each in columns)
    rows = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * count)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {rows} RETURNING "id"'  # noqa: S608


@lru_cache(maxsize=1024)
def _update_statement(model: type[Model], names: tuple[str, ...], held: tuple[tuple[str, bool], ...]) -> str:
    sets = ", ".join(f"{_column(model, name).quoted} = %s" for name in names)
    still = [f"{_column(model, name).quoted} {'IS NULL' if is_null else '= %s'}" for name, is_null in held]
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {" AND ".join(["id = %s", *still])}'  # noqa: S608
