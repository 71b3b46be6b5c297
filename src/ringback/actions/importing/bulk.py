"""Rows by the hundred, written without building model instances: the measured hot path of an import.

`bulk_create` of a prospect with its points and its timeline entry costs more than reading, normalising and judging the
row it comes from. Column names and types still come from the models; nothing here knows a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

JSON_EMPTY_LIST = "[]"
JSON_EMPTY_OBJECT = "{}"


def instant(moment: datetime) -> Any:
    """The moment as this database stores it."""
    return connection.ops.adapt_datetimefield_value(moment)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "")


class Writer:
    """Inserts rows of one model. `columns` are the fields that differ from row to row, `fixed` those that do not;
    every other field gets its default. The id comes first in every row.
    """

    def __init__(self, model: type[Model], columns: Sequence[str], fixed: dict[str, Any] | None = None) -> None:
        self.model = model
        fixed = fixed or {}
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        rest = [field for field in fields if field.attname not in columns]
        self._tail = tuple(fixed[f.attname] if f.attname in fixed else _default(f) for f in rest)
        quote = connection.ops.quote_name
        primary = model._meta.pk
        assert primary is not None
        attributes = {field.attname: field for field in fields}
        ordered = [primary, *(attributes[name] for name in columns), *rest]
        self._names = ", ".join(quote(str(field.column)) for field in ordered)
        self._table = quote(model._meta.db_table)
        self._marks = ", ".join(["%s"] * len(ordered))

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert (id, *columns) rows inside the caller's transaction."""
        tail = self._tail
        complete = [(*row, *tail) for row in rows]
        if not complete:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                statement = f"COPY {self._table} ({self._names}) FROM STDIN"
                with cursor.copy(statement) as copy:
                    for row in complete:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {self._table} ({self._names}) VALUES ({self._marks})", complete)  # noqa: S608  names come from the models


def reserve_ids(model: type[Model], count: int) -> Iterable[int]:
    """Ids for new rows that nobody else will get; inside a transaction that holds SQLite's write lock."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
    return range(first, first + count)


def _default(field: Field[Any, Any]) -> Any:
    value = field.get_default()
    if isinstance(field, JSONField):
        return as_json(value)
    return field.get_db_prep_save(value, connection)


@cache
def needs_pause() -> bool:
    """SQLite's lock is unfair: pages only get their turn if a bulk writer waits between its chunks."""
    return connection.vendor == "sqlite"
