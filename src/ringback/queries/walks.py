"""What came of the ways through a map: counts with their intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ringback.domain.maps.counting import Branch, WalkFacts, Way, branches, carried_over
from ringback.models import CallMapVersion, User, Walk
from ringback.queries.access import visible_users
from ringback.queries.call_maps import map_value
from ringback.queries.call_script import ways_in

# Enough to tell branches apart; older walks say little more.
MOST_WALKS = 5000


@dataclass(frozen=True, slots=True)
class MapStatistics:
    """`walks` were counted; real ones or rehearsals, never both."""

    walks: int
    branches: dict[Way, Branch]


@dataclass(frozen=True, slots=True)
class WalkNumbers:
    """How many real calls were walked on one version and on all of them, and how often the map was practised."""

    version: int
    versions: int
    practice: int


def walk_numbers(user: User, row: CallMapVersion) -> WalkNumbers:
    """Of the people whose work this user may look at."""
    real = Q(rehearsal=False)
    return WalkNumbers(
        **_walks(user, row).aggregate(
            version=Count("id", filter=real & Q(map=row.pk)),
            versions=Count("id", filter=real),
            practice=Count("id", filter=~real),
        )
    )


def map_statistics(user: User, row: CallMapVersion) -> MapStatistics:
    """The ways through one version in real calls, as the people whose work this user may look at walked them."""
    return _counted(_walks(user, row).filter(map=row.pk, rehearsal=False), row)


def statistics_of_versions(user: User, row: CallMapVersion, *, rehearsals: bool = False) -> MapStatistics:
    """The ways of this version, counted in the walks on all versions as far as those had them (A11)."""
    return _counted(_walks(user, row).filter(rehearsal=rehearsals), row)


def _walks(user: User, row: CallMapVersion) -> QuerySet[Walk]:
    return Walk.objects.filter(map__name=row.name, map__language=row.language, rep__in=visible_users(user))


def _counted(walks: QuerySet[Walk], row: CallMapVersion) -> MapStatistics:
    newest = walks.order_by("-ended_at", "-id").values_list("map_id", "edges", "result")[:MOST_WALKS]
    same = {row.pk: None, **{old: _ways_now(old, row.pk) for old in {walk[0] for walk in newest} - {row.pk}}}
    facts = [WalkFacts(_here(edges, same[version]), result) for version, edges, result in newest]
    return MapStatistics(len(facts), branches(facts))


def _ways_now(old: int, now: int) -> dict[Way, Way]:
    return carried_over(map_value(old), map_value(now))


def _here(edges: Iterable[str], same: dict[Way, Way] | None) -> tuple[Way, ...]:
    ways = ways_in(edges)
    return tuple(ways) if same is None else tuple(same[way] for way in ways if way in same)
