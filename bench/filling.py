"""Rows by the million, straight into the tables: COPY on PostgreSQL, many values per statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

AT_ONCE = 50_000
ON_POSTGRES = connection.vendor == "postgresql"


def fill(model: type[Model], rows: Iterable[dict[str, Any]], like: Model | None = None) -> None:
    """One row for each mapping of columns; what a mapping leaves out is as in `like`, else the column's default."""
    fields = model._meta.concrete_fields
    blank = like or model()
    usual = {each.column: each.get_db_prep_save(getattr(blank, each.attname), connection) for each in fields}
    columns = [each.column for each in fields if each.column != "id"] + ["id"]
    values = (tuple({**usual, **row}[column] for column in columns) for row in rows)
    load = _copy if ON_POSTGRES else _insert
    with transaction.atomic(), unchecked():
        load(model._meta.db_table, columns, values)
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            connection.cursor().execute(statement)


def unchecked() -> Any:
    """References are known to hold: checking each of a million would take most of the time."""
    if ON_POSTGRES:
        connection.cursor().execute("SET LOCAL session_replication_role = replica")
    return transaction.atomic()


def _copy(table: str, columns: list[str], values: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{each}"' for each in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _insert(table: str, columns: list[str], values: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{each}"' for each in columns)
    marks = ", ".join("?" * len(columns))
    connection.ensure_connection()
    raw = connection.connection.cursor()
    while several := list(islice(values, AT_ONCE)):
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", several)


def instant(value: Any) -> Any:
    """An instant as the database stores it."""
    return connection.ops.adapt_datetimefield_value(value)


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if ON_POSTGRES else "ANALYZE")
        if not ON_POSTGRES:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
