"""The statements of every action's writes, made once per table instead of once per row.

Why: the ORM builds each INSERT and UPDATE anew, which cost a wrap-up more than the database did (bench/README.md has
the figures). The rows, the columns, the checks and the transaction are those of the ORM: only the text of the
statement is kept. There are no signals in this house, and these send none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, JSONField, Model

# Reads what the database answered; a row's id or the success of a change is known only after it.
Receive = Callable[[], bool]

# Values that every column but JSON stores as they are.
_PLAIN = (str, int, bool, type(None))


def insert(row: Model) -> None:
    """Write a new row and give it its id."""
    send_new([row])()


def put(row: Model, **values: Any) -> None:
    """Write these columns of a row that this transaction has made itself, so that nobody else can have changed it."""
    _execute(_update_statement(type(row), tuple(values), ()), [*_stored_values(type(row), values), row.pk]).close()
    for name, value in values.items():
        setattr(row, name, value)


def send_new(rows: Sequence[Model]) -> Receive:
    """Several new rows of one kind in one statement; receiving gives them their ids."""
    model = type(rows[0])
    for row in rows:
        # Refuses a reference to a row that is itself not written yet, like saving does.
        row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    values = [_stored(field, field.pre_save(row, True)) for row in rows for field in _written(model)]
    cursor = _execute(_insert_statement(model, len(rows)), values)

    def receive() -> bool:
        with cursor:
            ids = cursor.fetchall()
        for row, (row_id,) in zip(rows, ids, strict=True):
            row.pk = row_id
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return True

    return receive


def send_change(row: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> Receive:
    """Compare-and-set: write `after` if the row still holds `before`; receiving says whether it did.

    Not for columns of JSON: databases compare it each in their own way.
    """
    model = type(row)
    assert not any(isinstance(_field(model, name), JSONField) for name in after), "JSON cannot be compared"
    held = tuple((name, value is None) for name, value in before.items())
    given = {name: value for name, value in before.items() if value is not None}
    values = [*_stored_values(model, after), row.pk, *_stored_values(model, given)]
    cursor = _execute(_update_statement(model, tuple(after), held), values)

    def receive() -> bool:
        with cursor:
            return bool(cursor.rowcount == 1)

    return receive


def _execute(sql: str, values: Sequence[Any]) -> Any:
    cursor = connections[DEFAULT_DB_ALIAS].cursor()
    cursor.execute(sql, values)
    return cursor


def _stored_values(model: type[Model], values: Mapping[str, Any]) -> list[Any]:
    return [_stored(_field(model, name), value) for name, value in values.items()]


def _stored(field: Field[Any, Any], value: Any) -> Any:
    if value.__class__ in _PLAIN and not isinstance(field, JSONField):
        return value
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


@lru_cache(maxsize=64)
def _written(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=1024)
def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


@lru_cache(maxsize=256)
def _insert_statement(model: type[Model], count: int) -> str:
    fields = _written(model)
    names = ", ".join(map(_column, fields))
    rows = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {rows} RETURNING "id"'  # noqa: S608


@lru_cache(maxsize=1024)
def _update_statement(model: type[Model], columns: tuple[str, ...], held: tuple[tuple[str, bool], ...]) -> str:
    sets = ", ".join(f"{_column(_field(model, name))} = %s" for name in columns)
    still = [f"{_column(_field(model, name))} {'IS NULL' if is_null else '= %s'}" for name, is_null in held]
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {" AND ".join(["id = %s", *still])}'  # noqa: S608


def _column(field: Field[Any, Any]) -> str:
    return f'"{field.column}"'
