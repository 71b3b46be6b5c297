"""The reads behind `standing`: one prospect's rows, asked for together, because every wrap-up waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from ringback.domain.vocabulary import AppointmentState, EnrollmentState, MachineResult, TouchKind, TouchState
from ringback.models import Appointment, Call, ContactPoint, Enrollment, Suppression, Touch, Workspace
from ringback.queries.driver import at_once
from ringback.queries.library import published
from ringback.queries.prepared import Asked, Prepared

WEEK = timedelta(days=7)
RANG = [MachineResult.ANSWERED, MachineResult.NO_ANSWER, MachineResult.VOICEMAIL]

workspace = Prepared(lambda: Workspace.objects.filter(pk=1))


@dataclass(frozen=True, slots=True)
class Answers:
    """Each is read once."""

    workspace: Asked[Workspace]
    open_touches: Asked[Touch]
    enrollment: Asked[Enrollment]
    appointment: Asked[Appointment]
    contact_points: Asked[ContactPoint]
    suppressions: Asked[tuple[str, str, int | None]]
    dials: Asked[tuple[datetime, bool]]
    thanks: Asked[tuple[int]] | None
    cadences: Asked[tuple[int, str]]


def ask(whose: int, now: datetime, *, talked: bool) -> Answers:
    """`talked`: nobody is thanked for a conversation that never was, so that nothing is asked about it."""
    with at_once():
        return Answers(
            workspace=workspace.ask(),
            open_touches=_open_touches.ask(whose),
            enrollment=_open_enrollment.ask(whose),
            appointment=_agreed_appointment.ask(whose),
            contact_points=_contact_points.ask(whose),
            suppressions=_suppressions.ask(whose, whose),
            dials=_dials_since.ask(whose, now - WEEK),
            thanks=_thanks.ask(whose) if talked else None,
            cadences=published.ask(),
        )


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
    return ContactPoint.objects.filter(prospect_id=whose)


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
