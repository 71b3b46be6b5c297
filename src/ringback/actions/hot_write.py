"""The statements of every action's writes, made once per table instead of once per row.

Why: the ORM builds each INSERT and UPDATE anew, which cost a wrap-up more than the database did (bench/wrap_up.py; the
README there has the figures). The rows, the columns, the checks and the transaction are those of the ORM: only the
text of the statement is kept. There are no signals in this house, and these send none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model


def insert(row: Model) -> None:
    """Write a new row and give it its id."""
    insert_all([row])


def insert_all(rows: Sequence[Model]) -> None:
    """Several new rows of one kind in one statement; they get their ids in the same order."""
    sql = _insert_statement(type(rows[0]), len(rows))
    for row in rows:
        # Refuses a reference to a row that is itself not written yet, like saving does.
        row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    values = [_stored(field, field.pre_save(row, True)) for row in rows for field in _written(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ids = cursor.fetchall()
    for row, (row_id,) in zip(rows, ids, strict=True):
        row.pk = row_id
        row._state.adding, row._state.db = False, connection.alias


def compare_and_set(row: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Write `after` if the row still holds `before`, column by column; whether it did."""
    model, columns = type(row), tuple(after)
    if any(isinstance(_field(model, name), JSONField) for name in columns):
        # Databases compare JSON each in their own way, and the ORM knows how.
        return bool(model._default_manager.filter(pk=row.pk, **before).update(**after) == 1)
    held = tuple((name, before[name] is None) for name in before)
    values = [_stored(_field(model, name), after[name]) for name in columns]
    values += [row.pk, *(_stored(_field(model, name), before[name]) for name, is_null in held if not is_null)]
    with connection.cursor() as cursor:
        cursor.execute(_update_statement(model, columns, held), values)
        return bool(cursor.rowcount == 1)


def put(row: Model, **values: Any) -> None:
    """Write these columns of a row that this transaction has made itself, so that nobody else can have changed it."""
    model, columns = type(row), tuple(values)
    stored = [_stored(_field(model, name), value) for name, value in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(_update_statement(model, columns, ()), [*stored, row.pk])
    for name, value in values.items():
        setattr(row, name, value)


def _stored(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


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
