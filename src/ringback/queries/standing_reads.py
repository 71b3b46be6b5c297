"""The reads behind `standing`: one prospect's rows, asked for together, because every wrap-up waits for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Q, QuerySet

from ringback.domain.vocabulary import AppointmentState, EnrollmentState, MachineResult, TouchKind, TouchState
from ringback.models import (
    Appointment,
    Arrangement,
    Call,
    ContactPoint,
    Enrollment,
    Prospect,
    Suppression,
    Touch,
    Workspace,
)
from ringback.queries.driver import at_once
from ringback.queries.library import published
from ringback.queries.prepared import Argument, Prepared
from ringback.queries.together import Together

WEEK = timedelta(days=7)
RANG = [MachineResult.ANSWERED, MachineResult.NO_ANSWER, MachineResult.VOICEMAIL]

workspace = Prepared(lambda: Workspace.objects.filter(pk=1))


@dataclass(slots=True)
class Answers:
    """`suppressions`: channel, value, and whose; `dials`: when, and whether in an agreed ladder; `thanks`: its id.

    `arranged`: what the request in question made before. `prospect`: the row itself, where it was held first.
    """

    workspace: list[Workspace]
    open_touches: list[Touch]
    enrollment: list[Enrollment]
    appointment: list[Appointment]
    contact_points: list[ContactPoint]
    suppressions: list[tuple[str, str, int | None]]
    dials: list[tuple[datetime, bool]]
    cadences: list[tuple[int, str]]
    thanks: list[tuple[int]] = field(default_factory=list)
    arranged: list[Arrangement] = field(default_factory=list)
    prospect: list[Prospect] = field(default_factory=list)


def ask_holding(whose: int, now: datetime, *, key: str) -> Answers:
    """Hold the prospect's row until the transaction ends, and read it with the rest; no row if there is none.

    On SQLite the transaction holds its one lock already. PostgreSQL gets both statements at once, and reads the second
    one's rows when the first has been answered.
    """
    database = connections[DEFAULT_DB_ALIAS]
    with at_once(database):
        if database.vendor == "postgresql":
            _hold.ask(whose)
        return ask(whose, now, talked=True, key=key, prospect=(whose,))


def ask(whose: int, now: datetime, *, talked: bool, key: str, **more: tuple[int]) -> Answers:
    return Answers(**_reads(**wanted(whose, now, talked=talked, key=key), **more))


def wanted(whose: int, now: datetime, *, talked: bool, key: str) -> dict[str, tuple[Argument, ...]]:
    """The arguments of each of the `PARTS` that is wanted. `talked`: nobody is thanked for a conversation that never
    was, so that nothing is asked about it.
    """
    where_it_applies: dict[str, tuple[Argument, ...]] = {"thanks": (whose,)} if talked else {}
    if key:
        where_it_applies["arranged"] = (key,)
    return {
        "workspace": (),
        "open_touches": (whose,),
        "enrollment": (whose,),
        "appointment": (whose,),
        "contact_points": (whose,),
        "suppressions": (whose, whose),
        "dials": (whose, now - WEEK),
        "cadences": (),
        **where_it_applies,
    }


@Prepared
def _hold(whose: int) -> QuerySet[Prospect, tuple[int]]:
    return Prospect.objects.select_for_update().filter(pk=whose).values_list("pk")


@Prepared
def _prospect(whose: int) -> QuerySet[Prospect]:
    return Prospect.objects.filter(pk=whose)


@Prepared
def _open_touches(whose: int) -> QuerySet[Touch]:
    return Touch.objects.filter(prospect_id=whose, state=TouchState.OPEN)


@Prepared
def _open_enrollment(whose: int) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(prospect_id=whose).exclude(state=EnrollmentState.FINISHED)


@Prepared
def _agreed_appointment(whose: int) -> QuerySet[Appointment]:
    return Appointment.objects.filter(prospect_id=whose, state=AppointmentState.AGREED)


@Prepared
def _contact_points(whose: int) -> QuerySet[ContactPoint]:
    return ContactPoint.objects.filter(prospect_id=whose).order_by()


@Prepared
def _suppressions(whose: int, points_of: int) -> QuerySet[Suppression, tuple[str, str, int | None]]:
    """Those of the person, and those of any number or address the person has.

    Two walks along indexes: with OR between them SQLite reads the whole table.
    """
    standing = Suppression.objects.filter(lifted_at=None).values_list("channel", "value", "prospect_id")
    values = ContactPoint.objects.filter(prospect_id=points_of).order_by().values("value")
    return standing.filter(prospect_id=whose).union(standing.filter(~Q(value=""), value__in=values), all=True)


@Prepared
def _dials_since(whose: int, since: datetime) -> QuerySet[Call, tuple[datetime, bool]]:
    rang = Call.objects.filter(prospect_id=whose, at__gt=since, direction=Call.OUT, machine__in=RANG)
    return rang.values_list("at", "in_agreed_ladder")


@Prepared
def _thanks(whose: int) -> QuerySet[Touch, tuple[int]]:
    thanks = Touch.objects.filter(prospect_id=whose, kind=TouchKind.THANK_YOU, state=TouchState.DONE)
    return thanks.values_list("id")[:1]


@Prepared
def _arranged_by(key: str) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(key=key)


PARTS: dict[str, Prepared[Any]] = {
    "workspace": workspace,
    "open_touches": _open_touches,
    "enrollment": _open_enrollment,
    "appointment": _agreed_appointment,
    "contact_points": _contact_points,
    "suppressions": _suppressions,
    "dials": _dials_since,
    "cadences": published,
    "thanks": _thanks,
    "arranged": _arranged_by,
    "prospect": _prospect,
}
_reads = Together(**PARTS)
