"""Rows whose column holds one of many values, asked for with a single parameter.

Compiling a queryset with a thousand values and preparing its thousand marks takes longer than finding the rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection


def rows_among(statement: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    """`statement` says `{among}` behind the column that is to hold one of the values; it has no other parameter."""
    postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if postgresql else "IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        cursor.execute(statement.format(among=among), [list(values) if postgresql else json.dumps(values)])
        return list(cursor.fetchall())
