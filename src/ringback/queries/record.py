"""What was learned and promised with one prospect, and what a call needs beside it, in one statement (A13, D2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from ringback.domain.vocabulary import AppointmentState, CommitmentState, MachineResult, ObjectionState, Party
from ringback.models import (
    Appointment,
    Call,
    Circumstance,
    Commitment,
    Interest,
    Need,
    Objection,
    ObjectionChange,
    Prospect,
    User,
    Walk,
)

# Nobody reads more before a dial; what is shown says how much more there is.
MOST = 100
MOST_COLLEAGUES = 30
MOST_TRIES = 100
TAKEN_AHEAD = timedelta(days=21)

Rows = QuerySet[Any, Any]


class Row(NamedTuple):
    """`word` is a state, a kind, a party or a job title; `on` is set for promises only."""

    what: str
    id: int
    text: str
    word: str
    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class LastWalk:
    map_id: int
    edges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    job_title: str


@dataclass(frozen=True, slots=True)
class Record:
    """Needs, interests and circumstances stand newest first, objections in the order in which they came up.

    `reason`: of their latest appointment, whatever became of it. `taken`: the rep's agreed moments (UTC), with anybody.
    `tries`: dials since somebody was last reached, however long ago that was.
    """

    needs: tuple[Need, ...] = ()
    interests: tuple[Interest, ...] = ()
    objections: tuple[Objection, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    ours: tuple[Commitment, ...] = ()
    theirs: tuple[Commitment, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    walk: LastWalk | None = None
    reason: str = ""
    taken: tuple[datetime, ...] = ()
    tries: int = 0


def record_of(prospect: Prospect, *, rep: User, now: datetime) -> Record:
    """All that is open or known; resolved objections are left out."""
    whose = prospect.pk
    rows: dict[str, list[Row]] = {}
    for row in map(Row._make, _rows(prospect, rep, now)):
        rows.setdefault(row.what, []).append(row)
    promises = [_promise(row, whose) for row in sorted(rows.get("promise", ()), key=lambda row: (row.on, row.id))]
    return Record(
        needs=tuple(_need(row, whose) for row in _newest(rows, "need")),
        interests=tuple(_interest(row, whose) for row in _newest(rows, "interest")),
        objections=tuple(_objection(row, whose) for row in _newest(rows, "objection")[::-1]),
        circumstances=tuple(_circumstance(row, whose) for row in _newest(rows, "circumstance")),
        ours=tuple(each for each in promises if each.party == Party.US),
        theirs=tuple(each for each in promises if each.party == Party.THEM),
        colleagues=tuple(
            Colleague(row.text, row.word) for row in sorted(rows.get("colleague", ()), key=lambda row: row.id)
        ),
        walk=next((LastWalk(row.id, tuple(json.loads(row.text))) for row in rows.get("walk", ())), None),
        reason=next((row.text for row in rows.get("reason", ())), ""),
        taken=tuple(row.at for row in rows.get("taken", ())),
        tries=len(rows.get("try", ())),
    )


def objections_of(prospect: Prospect) -> QuerySet[Objection]:
    """All, the newest first, each with the words that were noted last when it turned out to be something (`said`)."""
    noted = ObjectionChange.objects.filter(objection=OuterRef("pk")).exclude(words="").order_by("-at", "-pk")
    return prospect.objections.annotate(said=Subquery(noted.values("words")[:1])).order_by("-raised_at", "-pk")


def _rows(prospect: Prospect, rep: User, now: datetime) -> Rows:
    first, *more = (*_learned(prospect.pk), *_beside(prospect, rep, now))
    rows: Rows = first.union(*more, all=True)
    return rows


def _beside(prospect: Prospect, rep: User, now: datetime) -> tuple[Rows, ...]:
    appointments, walks = Appointment.objects.filter(prospect=prospect), Walk.objects.filter(prospect=prospect)
    taken = Appointment.objects.filter(
        rep=rep, state=AppointmentState.AGREED, starts_at__range=(now, now + TAKEN_AHEAD)
    )
    others = Prospect.objects.filter(company=prospect.company_id, company__isnull=False, merged_into=None).exclude(
        pk=prospect.pk
    )
    return (
        _columns(_first(appointments.order_by("-starts_at"), 1), "reason", text="reason", at="starts_at"),
        _columns(taken, "taken", text="reason", at="starts_at"),
        _columns(_first(walks.order_by("-ended_at", "-id"), 1), "walk", id="map_id", text="edges", at="ended_at"),
        _columns(
            _first(others.order_by("id"), MOST_COLLEAGUES),
            "colleague",
            text="shown_name",
            word="job_title",
            at="created_at",
        ),
        _columns(_first(_unanswered(prospect).order_by("-at"), MOST_TRIES), "try", text="machine", at="at"),
    )


def _unanswered(prospect: Prospect) -> Rows:
    reached = Call.objects.filter(prospect=OuterRef("prospect"), machine=MachineResult.ANSWERED)
    return Call.objects.filter(prospect=prospect).exclude(Exists(reached.filter(at__gte=OuterRef("at"))))


def _first(rows: Rows, most: int) -> Rows:
    """SQLite knows no limit within the parts of a union."""
    found: Rows = rows.model._default_manager.filter(pk__in=rows.values("pk")[:most])
    return found


def _learned(whose: int) -> tuple[Rows, ...]:
    objections = Objection.objects.filter(prospect=whose).exclude(state=ObjectionState.RESOLVED)
    promises = Commitment.objects.filter(prospect=whose, state=CommitmentState.OPEN)
    return (
        _columns(Need.objects.filter(prospect=whose), "need", at="learned_at"),
        _columns(Interest.objects.filter(prospect=whose), "interest", at="learned_at"),
        _columns(objections, "objection", word="state", at="raised_at"),
        _columns(Circumstance.objects.filter(prospect=whose), "circumstance", word="kind", at="learned_at"),
        _columns(promises, "promise", word="party", at="made_at", on="due_on"),
    )


def _columns(
    rows: Rows, what: str, *, at: str, id: str = "id", text: str = "text", word: str = "", on: str = ""
) -> Rows:
    """The columns of the union, each of one type in every part: a bare NULL would be a text to PostgreSQL."""
    nothing = Value("", output_field=CharField())
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        F(id),
        Cast(F(text), TextField()),
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
