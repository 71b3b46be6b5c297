"""What the database knows already of a list: whom a number reaches, what is barred, which companies there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from ringback.models import Company, ContactPoint, Prospect, Suppression, User
from ringback.queries.access import visible_prospects
from ringback.queries.among import rows_among
from ringback.queries.prepared import Prepared


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


def _reached_by(values: Sequence[str]) -> list[tuple[Any, ...]]:
    return rows_among(
        f"SELECT value, prospect_id FROM {ContactPoint._meta.db_table} "  # noqa: S608  the table's name is ours
        f"WHERE value {{among}} AND kind <> '{ContactPoint.WEBSITE}'",
        values,
    )


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """What lists call these prospects."""
    return dict(Prospect.objects.filter(pk__in=list(ids)).values_list("pk", "shown_name"))


def company_ids(match_names: Sequence[str]) -> dict[str, int]:
    """Case-folded name → the oldest company of that name."""
    found = rows_among(
        f"SELECT match_name, id FROM {Company._meta.db_table} "  # noqa: S608  the table's name is ours
        "WHERE match_name {among} ORDER BY id DESC",
        match_names,
    )
    return dict(found)


def suppressed_values(values: Sequence[str]) -> set[str]:
    """Those of the numbers and addresses that must not be contacted any more."""
    if not anything_barred():
        return set()
    barred = rows_among(
        f"SELECT value FROM {Suppression._meta.db_table} "  # noqa: S608  the table's name is ours
        "WHERE lifted_at IS NULL AND value <> '' AND value {among}",
        values,
    )
    return {value for (value,) in barred}


@Prepared
def anything_barred() -> QuerySet[Suppression, tuple[int]]:
    return Suppression.objects.filter(lifted_at=None).exclude(value="").values_list("id")[:1]
