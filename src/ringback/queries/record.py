"""What was learned and promised with one prospect, in one statement: the call screen waits for it (A13, D2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from ringback.domain.vocabulary import CommitmentState, ObjectionState, Party
from ringback.models import Circumstance, Commitment, Interest, Need, Objection

MOST = 10


class Row(NamedTuple):
    """`word` is a state, a kind or a party; `on` is set for promises only."""

    what: str
    id: int
    text: str
    word: str
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """Needs, interests and circumstances stand newest first, objections in the order in which they came up."""

    needs: tuple[Need, ...] = ()
    interests: tuple[Interest, ...] = ()
    objections: tuple[Objection, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    ours: tuple[Commitment, ...] = ()
    theirs: tuple[Commitment, ...] = ()


def record_of(whose: int) -> Record:
    """All that is open or known; resolved objections are left out."""
    rows: dict[str, list[Row]] = {}
    for row in map(Row._make, _rows(whose)):
        rows.setdefault(row.what, []).append(row)
    promises = [_promise(row, whose) for row in sorted(rows.get("promise", ()), key=lambda row: (row.on, row.id))]
    return Record(
        needs=tuple(_need(row, whose) for row in _newest(rows, "need")),
        interests=tuple(_interest(row, whose) for row in _newest(rows, "interest")),
        objections=tuple(_objection(row, whose) for row in _newest(rows, "objection")[::-1]),
        circumstances=tuple(_circumstance(row, whose) for row in _newest(rows, "circumstance")),
        ours=tuple(each for each in promises if each.party == Party.US),
        theirs=tuple(each for each in promises if each.party == Party.THEM),
    )


def _rows(whose: int) -> QuerySet:  # type: ignore[type-arg]
    needs = _columns(Need.objects.filter(prospect=whose), "need", at="learned_at")
    return needs.union(
        _columns(Interest.objects.filter(prospect=whose), "interest", at="learned_at"),
        _columns(
            Objection.objects.filter(prospect=whose).exclude(state=ObjectionState.RESOLVED),
            "objection",
            word="state",
            at="raised_at",
        ),
        _columns(Circumstance.objects.filter(prospect=whose), "circumstance", word="kind", at="learned_at"),
        _columns(
            Commitment.objects.filter(prospect=whose, state=CommitmentState.OPEN),
            "promise",
            word="party",
            at="made_at",
            on="due_on",
        ),
        all=True,
    )


def _columns(rows: QuerySet, what: str, *, at: str, word: str = "", on: str = "") -> QuerySet:  # type: ignore[type-arg]
    """The columns of the union, each of one type in every part: a bare NULL would be a text to PostgreSQL."""
    nothing = Value("", output_field=CharField())
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        "id",
        "text",
        F(word) if word else nothing,
        Cast(F(at), DateTimeField()),
        F(on) if on else Cast(Value(None), DateField()),
    )


def _newest(rows: dict[str, list[Row]], what: str) -> list[Row]:
    return sorted(rows.get(what, ()), key=lambda row: (row.at, row.id), reverse=True)[:MOST]


def _need(row: Row, whose: int) -> Need:
    return Need(id=row.id, prospect_id=whose, text=row.text, learned_at=row.at)


def _interest(row: Row, whose: int) -> Interest:
    return Interest(id=row.id, prospect_id=whose, text=row.text, learned_at=row.at)


def _objection(row: Row, whose: int) -> Objection:
    return Objection(id=row.id, prospect_id=whose, text=row.text, state=row.word, raised_at=row.at)


def _circumstance(row: Row, whose: int) -> Circumstance:
    return Circumstance(id=row.id, prospect_id=whose, text=row.text, kind=row.word, learned_at=row.at)


def _promise(row: Row, whose: int) -> Commitment:
    return Commitment(id=row.id, prospect_id=whose, text=row.text, party=row.word, made_at=row.at, due_on=row.on)
