"""The day of one rep: the next appointment, the one queue, and how far the day has come.

`queue_walk` narrows a million open touches down to the first few of each lane; `domain.ranking` puts those in order;
only those that are shown are read in full. So the cost does not grow with the number of prospects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, TypedDict

from django.db.models import F, IntegerField, OuterRef, Subquery
from django.db.models.expressions import RawSQL

from ringback.domain.call_hours import NoWorkingMoment, first_open
from ringback.domain.local_time import local, resolve_local
from ringback.domain.policy import Policy
from ringback.domain.ranking import GET_READY, Entry, Ranked, rank, sift
from ringback.domain.vocabulary import AppointmentState, Channel, MachineResult, TouchKind, TouchState
from ringback.models import Appointment, Call, ContactPoint, Prospect, Touch, User, Workspace
from ringback.queries.calendars import calendar_of
from ringback.queries.mail_state import MailState, asked_of_mail, mail_state
from ringback.queries.queue_walk import LightRow, Place, due_count, first_due_after, stored, walk

MOST_COUNTED = 1000
MOST_HELD = 20


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
    answer: str = ""


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
    """`held` are the first few of the `held_count` that wait among the touches that were read."""

    entries: tuple[QueueEntry, ...]
    held: tuple[QueueEntry, ...]
    held_count: int
    next_appointment: NextAppointment | None
    progress: Progress
    currency: str
    next_due_at: datetime | None
    mail: MailState

    @property
    def held_because(self) -> str:
        return self.held[0].why if self.held else ""


def today(rep: User, *, now: datetime, limit: int = 50) -> Today:
    """Whom the rep calls now, and why. Four queries, however many prospects there are.

    Five where whole lanes begin with people whose night it is (`queue_walk.walk`).
    """
    workspace, progress, mail = _house(rep, now)
    ahead = _next_appointment(rep, now)
    rows = walk(rep.pk, until=now + GET_READY, enough=limit, opens_at=lambda place: _opens_at(place, workspace, now))
    terms: _Terms = {
        "now": now,
        "next_appointment_at": ahead.starts_at if ahead else None,
        "policy": workspace.as_value(),
        "rep_zone": rep.zone,
    }
    sifted = sift(map(_entry, rows), **terms)
    touches, entries = _in_full([*sifted.offered[:limit], *sifted.held[:MOST_HELD]])
    ranking = rank(entries, **terms)
    return Today(
        entries=tuple(_offered(ranked, touches, now) for ranked in ranking.offered),
        held=tuple(_shown(ranked, touches, now) for ranked in ranking.held),
        held_count=len(sifted.held),
        next_appointment=ahead,
        progress=progress,
        currency=workspace.currency,
        next_due_at=None if rows else first_due_after(rep.pk, now),
        mail=mail,
    )


class _Terms(TypedDict):
    now: datetime
    next_appointment_at: datetime | None
    policy: Policy
    rep_zone: str


def _opens_at(place: Place, workspace: Workspace, now: datetime) -> datetime | None:
    """When somebody there can be called next; None if they can be called now."""
    calendar = calendar_of(place.zones, place.region or place.country, workspace, now).calendar
    if calendar.is_open(now):
        return None
    try:
        return first_open(now, calendar)
    except NoWorkingMoment:
        return None


def _entry(row: LightRow) -> Entry:
    return Entry(
        touch_id=row.id,
        kind=TouchKind(row.kind),
        channel=Channel(row.channel),
        lane=row.lane,
        due_at=row.due_at,
        zone=row.zone,
        value=row.value,
        latest_at=row.latest_at,
        attempt=row.attempt,
        came_in_at=row.came_in_at,
        opens_at=row.opens_at,
        readiness=row.readiness,
    )


def _in_full(entries: Sequence[Entry]) -> tuple[dict[int, Touch], list[Entry]]:
    """What is shown of the few that are shown."""
    if not entries:
        return {}, []
    touches = {touch.pk: touch for touch in _touches([entry.touch_id for entry in entries])}
    # A touch may have gone since the walk.
    there = [entry for entry in entries if entry.touch_id in touches]
    tried = [replace(entry, last_try_at=touches[entry.touch_id].last_try_at) for entry in there]  # type: ignore[attr-defined]
    return touches, tried


def _touches(ids: list[int]) -> Iterable[Touch]:
    phone = ContactPoint.objects.filter(
        prospect=OuterRef("prospect_id"), kind=ContactPoint.PHONE, failed_at=None
    ).order_by("position", "id")
    last_try = Call.objects.filter(prospect=OuterRef("prospect_id")).order_by("-at")
    return (
        Touch.objects.filter(pk__in=ids)
        .annotate(
            name=F("prospect__shown_name"),
            company=F("prospect__company_name"),
            phone=Subquery(phone.values("shown")[:1]),
            phone_value=Subquery(phone.values("value")[:1]),
            last_try_at=Subquery(last_try.values("at")[:1]),
        )
        .only("prospect_id", "title", "attempt", "value", "zone", "due_at", "latest_at", "held")
    )


def _offered(ranked: Ranked, rows: dict[int, Touch], now: datetime) -> QueueEntry:
    """What the worker could not do says why a person has to."""
    held = rows[ranked.entry.touch_id].held
    return _shown(replace(ranked, why=held) if held else ranked, rows, now)


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
        row.answer,
    )


def _house(rep: User, now: datetime) -> tuple[Workspace, Progress, MailState]:
    """The settings, how far the day has come and how the mail is, in one query: each part goes along an index."""
    asked = _counts(rep, now) | asked_of_mail(rep.pk, now)
    workspace = Workspace.objects.annotate(**asked).first()
    if workspace is None:
        found = User.objects.filter(pk=rep.pk).annotate(**asked).values(*asked).get()
        return Workspace(pk=1), _progress(rep, found), mail_state(found)
    found = {name: getattr(workspace, name) for name in asked}
    return workspace, _progress(rep, found), mail_state(found)


def _counts(rep: User, now: datetime) -> dict[str, RawSQL]:
    midnight = resolve_local(datetime.combine(local(now, rep.zone).date(), time()), rep.zone)
    of_today = (rep.pk, stored(midnight))
    calls = "SELECT COUNT(*) FROM ringback_call WHERE rep_id = %s AND at >= %s"
    agreed = "SELECT COUNT(*) FROM ringback_appointment WHERE rep_id = %s AND agreed_at >= %s"
    due, parameters = due_count(rep.pk, until=now, most=MOST_COUNTED + 1)
    asked = {
        "calls_done": (calls, of_today),
        "conversations": (f"{calls} AND machine = %s", (*of_today, MachineResult.ANSWERED.value)),
        "appointments_made": (agreed, of_today),
        "due": (due, parameters),
    }
    return {name: RawSQL(sql, values, IntegerField()) for name, (sql, values) in asked.items()}  # noqa: S611


def _progress(rep: User, counted: dict[str, Any]) -> Progress:
    return Progress(
        calls_done=counted["calls_done"],
        conversations=counted["conversations"],
        appointments_made=counted["appointments_made"],
        goal=rep.daily_goal,
        due_count=min(counted["due"], MOST_COUNTED),
        due_is_more=counted["due"] > MOST_COUNTED,
    )
