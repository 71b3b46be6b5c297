"""Cadences as they stand, their versions, and how many people are in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields import IntegerField

from ringback.domain.cadence import Cadence
from ringback.domain.vocabulary import EnrollmentState
from ringback.models import CadenceVersion, Enrollment

COUNTED_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Version:
    """One published version. `inside` is counted up to 1,000 only; `is_more` says that there are more."""

    id: int
    name: str
    version: int
    title: str
    published_at: datetime
    published_by: str
    current: bool
    built_in: bool
    inside: int
    is_more: bool
    value: Cadence


def current_cadences() -> tuple[Version, ...]:
    rows = _counted(CadenceVersion.objects.filter(retired_at=None))
    return tuple(sorted(map(_version, rows), key=lambda each: (each.value.rule, each.title)))


def versions_of(name: str) -> tuple[Version, ...]:
    """All versions of one cadence, the newest first."""
    rows = _counted(CadenceVersion.objects.filter(name=name)).order_by("-version")
    return tuple(map(_version, rows))


def _counted(rows: QuerySet[CadenceVersion]) -> QuerySet[CadenceVersion]:
    inside = Enrollment.objects.filter(cadence=OuterRef("pk")).exclude(state=EnrollmentState.FINISHED)
    return rows.select_related("published_by").annotate(
        inside=Subquery(
            inside.order_by().values("pk")[: COUNTED_UP_TO + 1],
            template="(SELECT COUNT(*) FROM (%(subquery)s) counted)",
            output_field=IntegerField(),
        )
    )


def _version(row: CadenceVersion) -> Version:
    inside: int = getattr(row, "inside", 0)
    return Version(
        id=row.pk,
        name=row.name,
        version=row.version,
        title=row.title,
        published_at=row.published_at,
        published_by=row.published_by.shown_name if row.published_by else "",
        current=row.retired_at is None,
        built_in=row.built_in,
        inside=min(inside, COUNTED_UP_TO),
        is_more=inside > COUNTED_UP_TO,
        value=row.as_value(),
    )
