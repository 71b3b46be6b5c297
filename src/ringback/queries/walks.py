"""What came of the ways through a map, of objections, and of gates that were passed by: counts with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ringback.domain.interval import Share, share
from ringback.domain.maps.counting import Branch, WalkFacts, Way, branches
from ringback.domain.vocabulary import GateChoice, ObjectionState, ProspectState
from ringback.models import GateDecision, Objection, User, Walk
from ringback.queries.access import visible_prospects, visible_users
from ringback.queries.call_script import ways_in

# Enough to tell branches apart; older walks of the same version say little more.
MOST_WALKS = 5000


@dataclass(frozen=True, slots=True)
class MapStatistics:
    """`walks` were counted; real ones or rehearsals, never both."""

    walks: int
    branches: dict[Way, Branch]


@dataclass(frozen=True, slots=True)
class ObjectionCount:
    """How often a kind of objection came up, and what it turned out to be. `card` is empty for those without one."""

    card: str
    n: int
    by_state: dict[ObjectionState, int]


@dataclass(frozen=True, slots=True)
class GateCount:
    """What was done at a shut gate, and what became of those leads until now."""

    choice: GateChoice
    n: int
    won: Share
    closed: Share


def map_statistics(user: User, map_id: int, *, rehearsals: bool = False) -> MapStatistics:
    """The ways through one version, as the people whose work this user may look at walked them."""
    rows = Walk.objects.filter(map=map_id, rehearsal=rehearsals, rep__in=visible_users(user))
    facts = [
        WalkFacts(tuple(ways_in(edges)), result)
        for edges, result in rows.order_by("-ended_at", "-id").values_list("edges", "result")[:MOST_WALKS]
    ]
    return MapStatistics(len(facts), branches(facts))


def objection_counts(user: User, *, since: datetime | None = None) -> list[ObjectionCount]:
    """B5: by card, the most frequent first; among the prospects that this user sees."""
    rows: QuerySet[Objection] = Objection.objects.filter(prospect__in=visible_prospects(user))
    if since is not None:
        rows = rows.filter(raised_at__gte=since)
    found: dict[str, dict[ObjectionState, int]] = {}
    for card, state, n in rows.values_list("card", "state").annotate(n=Count("id")).order_by():
        found.setdefault(card, {})[ObjectionState(state)] = n
    counts = [ObjectionCount(card, sum(states.values()), states) for card, states in found.items()]
    return sorted(counts, key=lambda each: (-each.n, each.card))


def gate_counts(user: User, *, since: datetime | None = None) -> list[GateCount]:
    """B6: how often the gate was overridden or heeded, and how those leads stand today."""
    rows = GateDecision.objects.filter(prospect__in=visible_prospects(user))
    if since is not None:
        rows = rows.filter(at__gte=since)
    people = rows.values_list("choice").annotate(
        n=Count("id"),
        leads=Count("prospect", distinct=True),
        won=Count("prospect", distinct=True, filter=Q(prospect__state=ProspectState.WON)),
        closed=Count("prospect", distinct=True, filter=Q(prospect__state=ProspectState.CLOSED)),
    )
    found = {choice: (n, leads, won, closed) for choice, n, leads, won, closed in people.order_by()}
    return [_gate(choice, *found.get(choice.value, (0, 0, 0, 0))) for choice in GateChoice]


def _gate(choice: GateChoice, n: int, leads: int, won: int, closed: int) -> GateCount:
    return GateCount(choice, n, share(won, leads), share(closed, leads))
