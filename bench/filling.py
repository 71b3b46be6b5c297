"""Rows by the million, straight into the tables: COPY on PostgreSQL, many values per statement on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


def multiply(model: type[Model], base: int, times: int, computed: dict[str, str]) -> None:
    """The rows 1 to `base` again and again, until there are `times` as many: a million by SQL alone, in seconds.

    `computed` gives SQL for columns that differ; {id} stands for the new row's id.
    """
    columns = [each.column for each in model._meta.concrete_fields]
    new_id = f"(t.id + k.n * {base})"
    given = {"id": "{id}", **computed}
    values = ", ".join(given[each].replace("{id}", new_id) if each in given else f't."{each}"' for each in columns)
    names, table = ", ".join(f'"{each}"' for each in columns), model._meta.db_table
    numbers = f"WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {times - 1})"
    with transaction.atomic(), unchecked(), connection.cursor() as cursor:
        chosen = f"{numbers} SELECT {values} FROM k CROSS JOIN {table} AS t WHERE t.id <= {base}"
        cursor.execute(f"INSERT INTO {table} ({names}) {chosen}")


@contextmanager
def in_haste() -> Iterator[None]:
    """Loading need not survive a power cut; what is measured afterwards does."""
    if ON_POSTGRES:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-400000")
        yield
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-2000")


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
