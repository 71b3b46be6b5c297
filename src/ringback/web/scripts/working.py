"""What works: what objections turned out to be (B5), and what came of leads whose gate was shut (B6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ringback.adapters.files.write import write_rows
from ringback.domain.interval import Share
from ringback.domain.vocabulary import GateChoice, ObjectionState
from ringback.queries.objection_cards import cards_in
from ringback.queries.what_works import GateCount, ObjectionCount, gate_counts, objection_counts
from ringback.web.presenting import number
from ringback.web.requests import MemberRequest
from ringback.web.scripts.showing import percent
from ringback.web.words import OBJECTIONS, Words

PERIODS: Words = {
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
    "365": gettext_lazy("A year"),
    "all": gettext_lazy("Always"),
}
USUAL_PERIOD = "90"
CHOICES: Words = {
    GateChoice.HEEDED: gettext_lazy("Offered a time instead"),
    GateChoice.OVERRIDDEN: gettext_lazy("Sent it all the same"),
}
STATES = (ObjectionState.OPEN, ObjectionState.REAL, ObjectionState.FALSE, ObjectionState.RESOLVED)
# The page; the table to download has them all.
MOST_LINES = 50
OBJECTION_COLUMNS = (
    "card", "said_most", "n", *(state.value for state in STATES), "settled",
    "pretext_share", "pretext_low", "pretext_high",
)  # fmt: skip
GATE_COLUMNS = (
    "rep", "choice", "times", "decisions", "share", "share_low", "share_high", "leads", "open",
    "won", "won_share", "won_low", "won_high", "closed", "closed_share", "closed_low", "closed_high",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownObjection:
    title: str
    words: str
    n: str
    states: tuple[str, ...]
    pretexts: str


@dataclass(frozen=True, slots=True)
class ShownGate:
    rep: str
    choice: str
    times: str
    decided: str
    leads: str
    still_open: str
    won: str
    closed: str
    together: bool


@require_safe
def what_works(request: MemberRequest) -> HttpResponse:
    period = period_of(request)
    since = since_of(period)
    objections, gates = objection_counts(request.user, since=since), gate_counts(request.user, since=since)
    titles = card_titles(request)
    context = {
        "area": "scripts",
        "periods": PERIODS.items(),
        "period": period,
        "objections": [shown_objection(each, titles) for each in objections[:MOST_LINES]],
        "raised": number(sum(each.n for each in objections)),
        "more": number(len(objections) - MOST_LINES) if len(objections) > MOST_LINES else "",
        "states": [OBJECTIONS[state] for state in STATES],
        "gates": [shown_gate(each) for each in gates] if gates[0].decided.n else [],
        "decisions": number(gates[0].decided.n),
    }
    return render(request, "scripts/what_works.html", context)


def period_of(request: MemberRequest) -> str:
    asked = request.GET.get("days", "")
    return asked if asked in PERIODS else USUAL_PERIOD


def since_of(period: str) -> datetime | None:
    return timezone.now() - timedelta(days=int(period)) if period.isdecimal() else None


def card_titles(request: MemberRequest) -> dict[str, str]:
    return {card.id: card.title for card in cards_in(getattr(request, "LANGUAGE_CODE", "en"))}


def shown_objection(count: ObjectionCount, titles: dict[str, str]) -> ShownObjection:
    """A card that is not there any more is called by its id."""
    return ShownObjection(
        title=titles.get(count.card, count.card) or count.words,
        words=count.words if count.card else "",
        n=number(count.n),
        states=tuple(number(count.by_state.get(state, 0)) for state in STATES),
        pretexts=share_words(count.pretexts),
    )


def shown_gate(count: GateCount) -> ShownGate:
    return ShownGate(
        rep=count.rep or _("All together"),
        choice=str(CHOICES[count.choice]),
        times=number(count.decided.hits),
        decided=share_words(count.decided),
        leads=number(count.leads),
        still_open=number(count.still_open),
        won=share_words(count.won),
        closed=share_words(count.closed),
        together=count.rep_id is None,
    )


def share_words(share: Share) -> str:
    """“1 of 4: 25 % (5–70 %)”; nothing for a share of nothing."""
    if share.value is None:
        return "–"
    facts = {"hits": number(share.hits), "n": number(share.n), "share": percent(share.value)}
    bounds = {"low": percent(share.low), "high": percent(share.high)}
    return _("%(hits)s of %(n)s: %(share)s %% (%(low)s–%(high)s %%)") % {**facts, **bounds}


@require_safe
def objections_csv(request: MemberRequest) -> HttpResponse:
    counts = objection_counts(request.user, since=since_of(period_of(request)))
    return csv_file("objections.csv", OBJECTION_COLUMNS, (objection_cells(each) for each in counts))


def objection_cells(count: ObjectionCount) -> list[Any]:
    states = (count.by_state.get(state, 0) for state in STATES)
    return [count.card, count.words, count.n, *states, count.pretexts.n, *bounds(count.pretexts)]


@require_safe
def gate_csv(request: MemberRequest) -> HttpResponse:
    counts = gate_counts(request.user, since=since_of(period_of(request)))
    return csv_file("gate.csv", GATE_COLUMNS, (gate_cells(each) for each in counts))


def gate_cells(count: GateCount) -> list[Any]:
    decided, won, closed = count.decided, count.won, count.closed
    done = [count.rep or "all", count.choice.value, decided.hits, decided.n, *bounds(decided)]
    return [*done, count.leads, count.still_open, won.hits, *bounds(won), closed.hits, *bounds(closed)]


def bounds(share: Share) -> tuple[float | str, ...]:
    """The share and its 95 % interval, empty where there is none."""
    if share.value is None:
        return "", "", ""
    return round(share.value, 4), round(share.low, 4), round(share.high, 4)


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    target = StringIO()
    write_rows(target, columns, rows)
    response = HttpResponse("\ufeff" + target.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
