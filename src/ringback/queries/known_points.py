"""Who is reached by given numbers and addresses already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models.functions import Coalesce

from ringback.models import ContactPoint, Prospect, Suppression, User
from ringback.queries.access import visible_prospects


@dataclass(frozen=True, slots=True)
class Known:
    """A prospect with one of the numbers. `visible`: for the person who asks; others are never named to them."""

    prospect_id: int
    visible: bool


def known_points(user: User, values: Sequence[str]) -> dict[str, list[Known]]:
    """Number or address → whom it reaches. A merged prospect stands for the one it was merged into."""
    found = _reached_by(values)
    if not found:
        return {}
    ids = {prospect for _, prospect in found}
    targets = dict(Prospect.objects.filter(pk__in=ids).values_list("pk", Coalesce("merged_into", "pk")))
    visible = set(visible_prospects(user).filter(pk__in=set(targets.values())).values_list("pk", flat=True))
    known: dict[str, list[Known]] = {}
    for value, prospect in found:
        target = targets[prospect]
        known.setdefault(value, []).append(Known(target, target in visible))
    return known


def _reached_by(values: Sequence[str]) -> list[tuple[str, int]]:
    """One statement with one parameter: preparing a thousand parameters would take longer than finding them."""
    postgresql = connection.vendor == "postgresql"
    among = "= ANY(%s)" if postgresql else "IN (SELECT value FROM json_each(%s))"
    statement = (
        f"SELECT value, prospect_id FROM {ContactPoint._meta.db_table} "  # noqa: S608  the table's name is ours
        f"WHERE value {among} AND kind <> %s"
    )
    wanted = list(values) if postgresql else json.dumps(values)
    with connection.cursor() as cursor:
        cursor.execute(statement, [wanted, ContactPoint.WEBSITE])
        return list(cursor.fetchall())


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """What lists call these prospects."""
    return dict(Prospect.objects.filter(pk__in=list(ids)).values_list("pk", "shown_name"))


def suppressed_values(values: Sequence[str]) -> set[str]:
    """Those of the numbers and addresses that must not be contacted any more."""
    barred = Suppression.objects.filter(lifted_at=None).exclude(value="")
    if not barred.exists():
        return set()
    return set(barred.filter(value__in=values).values_list("value", flat=True))
