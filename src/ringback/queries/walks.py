"""What came of the ways through a map: counts with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.domain.maps.counting import Branch, WalkFacts, Way, branches
from ringback.models import User, Walk
from ringback.queries.access import visible_users
from ringback.queries.call_script import ways_in

# Enough to tell branches apart; older walks of the same version say little more.
MOST_WALKS = 5000


@dataclass(frozen=True, slots=True)
class MapStatistics:
    """`walks` were counted; real ones or rehearsals, never both."""

    walks: int
    branches: dict[Way, Branch]


def map_statistics(user: User, map_id: int, *, rehearsals: bool = False) -> MapStatistics:
    """The ways through one version, as the people whose work this user may look at walked them."""
    rows = Walk.objects.filter(map=map_id, rehearsal=rehearsals, rep__in=visible_users(user))
    facts = [
        WalkFacts(tuple(ways_in(edges)), result)
        for edges, result in rows.order_by("-ended_at", "-id").values_list("edges", "result")[:MOST_WALKS]
    ]
    return MapStatistics(len(facts), branches(facts))
