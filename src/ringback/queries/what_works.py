"""What came of objections and of shut gates: counts with their denominators and intervals (B5, B6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from ringback.domain.folding import folded
from ringback.domain.interval import Share, share
from ringback.domain.vocabulary import GateChoice, ObjectionState, ProspectState
from ringback.models import GateDecision, Objection, User
from ringback.queries.access import visible_gate_decisions, visible_prospects


@dataclass(frozen=True, slots=True)
class ObjectionCount:
    """One kind of objection: those that a card was open for, or, without one (`card` empty), those in the same words.

    `words` are the most frequent ones. `by_state` says what they turned out to be until now.
    """

    card: str
    words: str
    by_state: dict[ObjectionState, int]

    @property
    def n(self) -> int:
        return sum(self.by_state.values())

    @property
    def pretexts(self) -> Share:
        """Of those that were looked into: an open one has not been."""
        return share(self.by_state.get(ObjectionState.FALSE, 0), self.n - self.by_state.get(ObjectionState.OPEN, 0))


@dataclass(frozen=True, slots=True)
class GateCount:
    """What one rep did at a shut gate, and how those leads stand today; without a rep, what all did.

    `decided` is the share of `choice` in that rep's decisions. `won` and `closed` are shares of the leads, each of
    which counts once however often its gate was shut; the others are still open.
    """

    rep_id: int | None
    rep: str
    choice: GateChoice
    decided: Share
    won: Share
    closed: Share

    @property
    def leads(self) -> int:
        return self.won.n

    @property
    def still_open(self) -> int:
        return self.leads - self.won.hits - self.closed.hits


def objection_counts(user: User, *, since: datetime | None = None) -> list[ObjectionCount]:
    """B5: by card or words, the most frequent first; raised since then by prospects that this user sees."""
    rows: QuerySet[Objection] = Objection.objects.filter(prospect__in=visible_prospects(user))
    if since is not None:
        rows = rows.filter(raised_at__gte=since)
    grouped: dict[tuple[str, str], list[tuple[str, ObjectionState, int]]] = {}
    for card, text, state, n in rows.values_list("card", "text", "state").annotate(n=Count("id")).order_by("text"):
        kind = card, "" if card else " ".join(folded(text).split())
        grouped.setdefault(kind, []).append((text, ObjectionState(state), n))
    counts = [_objection(card, found) for (card, _), found in grouped.items()]
    return sorted(counts, key=lambda each: (-each.n, each.card, each.words))


def _objection(card: str, found: Iterable[tuple[str, ObjectionState, int]]) -> ObjectionCount:
    words: Counter[str] = Counter()
    states: Counter[ObjectionState] = Counter()
    for text, state, n in found:
        words[text] += n
        states[state] += n
    return ObjectionCount(card, words.most_common(1)[0][0], dict(states))


def gate_counts(user: User, *, since: datetime | None = None) -> list[GateCount]:
    """B6: all together first, then rep by rep; each heeded and overridden. Reps who met no shut gate are left out."""
    rows = visible_gate_decisions(user)
    if since is not None:
        rows = rows.filter(at__gte=since)
    together = {choice: _Counts(*numbers) for choice, *numbers in _numbers(rows, "choice")}
    by_rep: dict[int, dict[str, _Counts]] = {}
    for rep, choice, *numbers in _numbers(rows, "by", "choice"):
        by_rep.setdefault(rep, {})[choice] = _Counts(*numbers)
    reps = User.objects.filter(pk__in=by_rep).order_by("first_name", "last_name", "pk")
    each = [count for rep in reps for count in _of_rep(rep.pk, rep.shown_name, by_rep[rep.pk])]
    return [*_of_rep(None, "", together), *each]


@dataclass(frozen=True, slots=True)
class _Counts:
    decisions: int = 0
    leads: int = 0
    won: int = 0
    closed: int = 0


def _numbers(rows: QuerySet[GateDecision], *by: str) -> QuerySet[GateDecision, tuple[Any, ...]]:
    """The groups, each with what `_Counts` holds."""
    counted = rows.values_list(*by).annotate(
        n=Count("id"),
        leads=Count("prospect", distinct=True),
        won_leads=Count("prospect", distinct=True, filter=Q(prospect__state=ProspectState.WON)),
        closed_leads=Count("prospect", distinct=True, filter=Q(prospect__state=ProspectState.CLOSED)),
    )
    return counted.order_by()


def _of_rep(rep_id: int | None, rep: str, counts: Mapping[str, _Counts]) -> list[GateCount]:
    decisions = sum(count.decisions for count in counts.values())
    return [_gate(rep_id, rep, choice, counts.get(choice.value, _Counts()), decisions) for choice in GateChoice]


def _gate(rep_id: int | None, rep: str, choice: GateChoice, count: _Counts, decisions: int) -> GateCount:
    won, closed = share(count.won, count.leads), share(count.closed, count.leads)
    return GateCount(rep_id, rep, choice, share(count.decisions, decisions), won, closed)
