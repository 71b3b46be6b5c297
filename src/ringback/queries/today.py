"""The day of one rep: the next appointment, the one queue, and how far the day has come.

The database narrows a million open touches down to the first few of each lane, by an index over (owner, lane, due);
`domain.ranking` puts those in order. So the cost does not grow with the number of prospects.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from django.db import connection
from django.db.models import F, Min, OuterRef, Subquery

from ringback.domain.call_hours import NoWorkingMoment, first_open
from ringback.domain.local_time import local, resolve_local
from ringback.domain.ranking import Entry, Lane, Ranked, Ranking, rank
from ringback.domain.vocabulary import AppointmentState, Channel, MachineResult, TouchKind, TouchState
from ringback.models import Appointment, Call, ContactPoint, Prospect, Touch, User, Workspace
from ringback.queries.calendars import calendar_of
from ringback.queries.standing import workspace_now

MOST_COUNTED = 1000
GET_READY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One line of the queue, ready to be shown. `held` lines may not be started now."""

    touch_id: int
    prospect_id: int
    name: str
    company: str
    phone: str
    channel: Channel
    kind: TouchKind
    title: str
    attempt: int
    value: int
    zone: str
    local_time: str
    due_at: datetime
    latest_at: datetime | None
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class NextAppointment:
    appointment_id: int
    touch_id: int | None
    prospect_id: int
    name: str
    company: str
    reason: str
    starts_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Calls are counted since midnight in the rep's zone; `due_count` stops at a thousand."""

    calls_done: int
    conversations: int
    appointments_made: int
    goal: int
    due_count: int
    due_is_more: bool


@dataclass(frozen=True, slots=True)
class Today:
    entries: tuple[QueueEntry, ...]
    held: tuple[QueueEntry, ...]
    next_appointment: NextAppointment | None
    progress: Progress
    currency: str
    next_due_at: datetime | None

    @property
    def held_because(self) -> str:
        return self.held[0].why if self.held else ""


def today(rep: User, *, now: datetime, limit: int = 50) -> Today:
    """Whom the rep calls now, and why. Five queries (seven when nothing is due), however many prospects there are."""
    workspace = workspace_now()
    ahead = _next_appointment(rep, now)
    ids = _walk_lanes(rep.pk, "<=", now + GET_READY, limit)
    rows = {touch.pk: touch for touch in _rows(ids)}
    ranking = _ranked(rows.values(), rep, now, ahead, workspace)
    return Today(
        entries=tuple(_shown(ranked, rows, now) for ranked in ranking.offered[:limit]),
        held=tuple(_shown(ranked, rows, now) for ranked in ranking.held[:limit]),
        next_appointment=ahead,
        progress=_progress(rep, now),
        currency=workspace.currency,
        next_due_at=None if ids else _next_due(rep.pk, now),
    )


def _ranked(
    touches: Iterable[Touch], rep: User, now: datetime, ahead: NextAppointment | None, workspace: Workspace
) -> Ranking:
    entries = [_entry(touch, workspace, now) for touch in touches]
    starts_at = ahead.starts_at if ahead else None
    return rank(entries, now=now, next_appointment_at=starts_at, policy=workspace.as_value(), rep_zone=rep.zone)


def _walk_lanes(owner_id: int, side: Literal["<=", ">"], of: datetime, limit: int) -> list[int]:
    """One short walk along the queue's index for each lane, all in one statement.

    In SQL because the ORM cannot unite queries that each have a limit on SQLite.
    """
    one = (
        f"SELECT * FROM (SELECT id FROM {Touch._meta.db_table} WHERE state = 'open' AND owner_id = %s"  # noqa: S608
        f" AND lane = %s AND due_at {side} %s ORDER BY due_at LIMIT %s) AS one_lane"
    )
    at = _stored(of)
    parameters = [value for lane in Lane for value in (owner_id, lane.value, at, limit)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(Lane)), parameters)
        return [row[0] for row in cursor.fetchall()]


def _rows(ids: list[int]) -> Iterable[Touch]:
    phone = ContactPoint.objects.filter(
        prospect=OuterRef("prospect_id"), kind=ContactPoint.PHONE, failed_at=None
    ).order_by("position", "id")
    last_try = Call.objects.filter(prospect=OuterRef("prospect_id")).order_by("-at")
    return (
        Touch.objects.filter(pk__in=ids)
        .annotate(
            name=F("prospect__shown_name"),
            company=F("prospect__company_name"),
            came_in_at=F("prospect__created_at"),
            own_zone=F("prospect__zone"),
            possible_zones=F("prospect__possible_zones"),
            region=F("prospect__region"),
            country=F("prospect__country"),
            phone=Subquery(phone.values("shown")[:1]),
            phone_value=Subquery(phone.values("value")[:1]),
            last_try_at=Subquery(last_try.values("at")[:1]),
        )
        .defer("because_text")
    )


def _entry(touch: Touch, workspace: Workspace, now: datetime) -> Entry:
    return Entry(
        touch_id=touch.pk,
        kind=TouchKind(touch.kind),
        channel=Channel(touch.channel),
        lane=Lane(touch.lane),
        due_at=touch.due_at,
        zone=touch.zone,
        value=touch.value,
        latest_at=touch.latest_at,
        attempt=touch.attempt,
        came_in_at=touch.came_in_at,  # type: ignore[attr-defined]
        last_try_at=touch.last_try_at,  # type: ignore[attr-defined]
        opens_at=_opens_at(touch, workspace, now) if touch.channel == Channel.CALL else None,
    )


def _opens_at(touch: Any, workspace: Workspace, now: datetime) -> datetime | None:
    """When they can be called next; None if they can be called now."""
    zones = (touch.own_zone,) if touch.own_zone else tuple(touch.possible_zones)
    calendar = calendar_of(zones, touch.region or touch.country, workspace, now).calendar
    if calendar.is_open(now):
        return None
    try:
        return first_open(now, calendar)
    except NoWorkingMoment:
        return None


def _shown(ranked: Ranked, rows: dict[int, Touch], now: datetime) -> QueueEntry:
    touch = rows[ranked.entry.touch_id]
    return QueueEntry(
        touch_id=touch.pk,
        prospect_id=touch.prospect_id,
        name=touch.name,  # type: ignore[attr-defined]
        company=touch.company,  # type: ignore[attr-defined]
        phone=touch.phone or touch.phone_value or "",  # type: ignore[attr-defined]
        channel=ranked.entry.channel,
        kind=ranked.entry.kind,
        title=touch.title,
        attempt=touch.attempt,
        value=touch.value,
        zone=touch.zone,
        local_time=f"{local(now, touch.zone):%H:%M}",
        due_at=touch.due_at,
        latest_at=touch.latest_at,
        why=ranked.why,
        rule=ranked.rule,
    )


def _next_appointment(rep: User, now: datetime) -> NextAppointment | None:
    """The nearest one ahead, or one that began within the last half hour and was not called yet."""
    row = (
        Appointment.objects.filter(rep=rep, state=AppointmentState.AGREED, starts_at__gt=now - timedelta(minutes=30))
        .select_related("prospect")
        .order_by("starts_at")
        .annotate(
            touch_id=Subquery(
                Touch.objects.filter(
                    appointment=OuterRef("pk"), kind=TouchKind.APPOINTMENT, state=TouchState.OPEN
                ).values("pk")[:1]
            )
        )
        .first()
    )
    if row is None:
        return None
    prospect: Prospect = row.prospect
    return NextAppointment(
        row.pk,
        row.touch_id,
        prospect.pk,
        prospect.shown_name,
        prospect.company_name,
        row.reason,
        row.starts_at,
        row.zone,
    )


def _next_due(owner_id: int, now: datetime) -> datetime | None:
    """When the next touch falls due, for a queue that is empty now."""
    first: datetime | None = Touch.objects.filter(pk__in=_walk_lanes(owner_id, ">", now, 1)).aggregate(
        first=Min("due_at")
    )["first"]
    return first


def _progress(rep: User, now: datetime) -> Progress:
    """Four counts in one statement, each along an index; the due ones of a lane no further than one over a thousand."""
    midnight = resolve_local(datetime.combine(local(now, rep.zone).date(), time()), rep.zone)
    of_today = (rep.pk, _stored(midnight))
    # The same short walks as the queue itself, so that no plan can read all that the owner has open.
    one = (
        "SELECT * FROM (SELECT 1 FROM ringback_touch WHERE state = 'open' AND owner_id = %s AND lane = %s"
        " AND due_at <= %s ORDER BY due_at LIMIT %s) AS one_lane"
    )
    sql = (
        "SELECT (SELECT COUNT(*) FROM ringback_call WHERE rep_id = %s AND at >= %s),"  # noqa: S608
        " (SELECT COUNT(*) FROM ringback_call WHERE rep_id = %s AND at >= %s AND machine = %s),"
        " (SELECT COUNT(*) FROM ringback_appointment WHERE rep_id = %s AND agreed_at >= %s),"
        f" (SELECT COUNT(*) FROM ({' UNION ALL '.join([one] * len(Lane))}) AS due)"
    )
    answered = MachineResult.ANSWERED.value
    counted = [value for lane in Lane for value in (rep.pk, lane.value, _stored(now), MOST_COUNTED + 1)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*of_today, *of_today, answered, *of_today, *counted])
        calls, conversations, appointments, due = cursor.fetchone()
    return Progress(
        calls_done=calls,
        conversations=conversations,
        appointments_made=appointments,
        goal=rep.daily_goal,
        due_count=min(due, MOST_COUNTED),
        due_is_more=due > MOST_COUNTED,
    )


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
