"""Everything the engine reads about one prospect: rows, and the values made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ringback.domain.arrangement import Hang
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.contact_policy import Dial
from ringback.domain.policy import Policy
from ringback.domain.values import AppointmentFacts, ProspectFacts, Standing, TouchFacts
from ringback.domain.vocabulary import (
    Channel,
    EnrollmentState,
    FirstContact,
    ProspectState,
    Qualification,
    Temperature,
    TouchKind,
)
from ringback.models import (
    Appointment,
    Arrangement,
    ContactPoint,
    Enrollment,
    Prospect,
    Touch,
    Workspace,
)
from ringback.queries import standing_reads
from ringback.queries.calendars import calendar_for
from ringback.queries.library import cadence_value, cadences_by_name
from ringback.queries.prepared import only
from ringback.queries.standing_reads import Answers

NEAR_APPOINTMENT = timedelta(minutes=30)
NEAR_CALL = timedelta(days=1)
WITH_PHONE = frozenset({Channel.CALL, Channel.CHAT})


@dataclass(frozen=True, slots=True)
class Stand:
    """A prospect's rows as they stand, and the values that the rules read. `earlier`: what the same request made."""

    prospect: Prospect
    workspace: Workspace
    enrollment: Enrollment | None
    appointment: Appointment | None
    open_touches: tuple[Touch, ...]
    touch: Touch | None
    contact_points: tuple[ContactPoint, ...]
    facts: ProspectFacts
    standing: Standing
    policy: Policy
    calendar: WorkCalendar
    doubt: str = ""
    earlier: Arrangement | None = None

    @property
    def working_phones(self) -> tuple[ContactPoint, ...]:
        return working(self.contact_points, ContactPoint.PHONE)


def hang_of(touch: Touch) -> Hang:
    if touch.enrollment_id is not None:
        return Hang.ENROLLMENT
    if touch.appointment_id is not None:
        return Hang.APPOINTMENT
    if touch.commitment_id is not None:
        return Hang.COMMITMENT
    return Hang.CALL_BACK if touch.kind == TouchKind.CALL_BACK else Hang.NOTHING


def working(points: tuple[ContactPoint, ...], kind: str) -> tuple[ContactPoint, ...]:
    return tuple(point for point in points if point.kind == kind and point.failed_at is None)


def workspace_now() -> Workspace:
    """The settings; those of a new house while nothing is saved."""
    return standing_reads.workspace.first() or Workspace(pk=1)


def stand_of(
    prospect: Prospect, *, now: datetime, touch_id: int | None = None, for_call: bool = False, key: str = ""
) -> Stand:
    """Where the prospect stands at `now`. With `for_call`, the planned call that a dial stands for is in question.

    `key`: of the request that asks, so that it learns what it arranged before.
    """
    asked = standing_reads.ask(prospect.id, now, talked=prospect.conversations > 0, key=key)
    return stand_made_of(prospect, asked, now, touch_id, for_call=for_call)


def held_stand(
    prospect_id: int, *, now: datetime, touch_id: int | None = None, for_call: bool = False, key: str = ""
) -> Stand | None:
    """The same for a prospect whose row is held until the transaction ends; None if there is no such prospect."""
    asked = standing_reads.ask_holding(prospect_id, now, key=key)
    prospect = only(asked.prospect)
    return stand_made_of(prospect, asked, now, touch_id, for_call=for_call) if prospect else None


def stand_made_of(
    prospect: Prospect, asked: Answers, now: datetime, touch_id: int | None, *, for_call: bool = False
) -> Stand:
    """The same from rows that were read already."""
    workspace = only(asked.workspace) or Workspace(pk=1)
    open_touches, points = tuple(asked.open_touches), tuple(sorted(asked.contact_points, key=_in_their_order))
    enrollment, appointment = only(asked.enrollment), only(asked.appointment)
    touch = _touch_in_question(open_touches, touch_id, now if for_call else None)
    hours = calendar_for(prospect, workspace, now)
    return Stand(
        prospect=prospect,
        workspace=workspace,
        enrollment=enrollment,
        appointment=appointment,
        open_touches=open_touches,
        touch=touch,
        contact_points=points,
        facts=_facts(prospect, points, open_touches, asked),
        standing=_standing(enrollment, touch, appointment, open_touches, asked),
        policy=workspace.as_value(),
        calendar=hours.calendar,
        doubt=hours.doubt,
        earlier=only(asked.arranged),
    )


def _in_their_order(point: ContactPoint) -> tuple[int, int]:
    return point.position, point.id


def _touch_in_question(touches: tuple[Touch, ...], touch_id: int | None, now: datetime | None) -> Touch | None:
    """The touch with this id; without one, the call that a dial at `now` stands for."""
    if touch_id is not None:
        return next((touch for touch in touches if touch.id == touch_id), None)
    if now is None:
        return None
    calls = [touch for touch in touches if touch.channel == Channel.CALL and touch.due_at <= now + _reach(touch)]
    return min(calls, key=lambda touch: touch.due_at, default=None)


def _reach(touch: Touch) -> timedelta:
    """How long before its moment a dial still stands for a planned call."""
    return NEAR_APPOINTMENT if touch.kind == TouchKind.APPOINTMENT else NEAR_CALL


def _facts(
    prospect: Prospect, points: tuple[ContactPoint, ...], touches: tuple[Touch, ...], asked: Answers
) -> ProspectFacts:
    return ProspectFacts(
        first_name=prospect.first_name,
        temperature=Temperature(prospect.temperature),
        first_contact=FirstContact(prospect.first_contact),
        qualification=Qualification(prospect.qualification),
        state=ProspectState(prospect.state),
        reachable=reachable(prospect, points),
        suppressed=suppressed_channels(prospect, points, asked.suppressions),
        has_other_phone=len(working(points, ContactPoint.PHONE)) > 1,
        conversations=prospect.conversations,
        thanked=prospect.conversations > 0 and bool(asked.thanks),
        thanks_planned=any(touch.kind == TouchKind.THANK_YOU for touch in touches),
        dials=tuple(Dial(at, agreed) for at, agreed in asked.dials),
    )


def reachable(prospect: Prospect, points: tuple[ContactPoint, ...]) -> frozenset[Channel]:
    """The channels on which the prospect can be reached at all."""
    found = {Channel.TASK, *((Channel.CARD, Channel.VISIT) if prospect.has_address else ())}
    if working(points, ContactPoint.PHONE):
        found |= WITH_PHONE
    if working(points, ContactPoint.EMAIL):
        found.add(Channel.EMAIL)
    if prospect.company_name or working(points, ContactPoint.PROFILE):
        found.add(Channel.SOCIAL)
    return frozenset(found)


def suppressed_channels(
    prospect: Prospect, points: tuple[ContactPoint, ...], rows: Sequence[tuple[str, str, int | None]]
) -> frozenset[Channel]:
    """The channels that are forbidden, for the person or because every number or address of that kind is."""
    if not rows:
        return frozenset()
    forbidden: set[Channel] = set()
    blocked_values = {value for _, value, owner in rows if value and owner != prospect.id}
    for channel, _, owner in rows:
        if owner == prospect.id:
            forbidden |= {Channel(channel)} if channel else set(Channel) - {Channel.TASK}
    return frozenset(forbidden | _all_blocked(points, blocked_values))


def _all_blocked(points: tuple[ContactPoint, ...], blocked: set[str]) -> set[Channel]:
    found: set[Channel] = set()
    for kind, channels in ((ContactPoint.PHONE, WITH_PHONE), (ContactPoint.EMAIL, {Channel.EMAIL})):
        values = {point.value for point in working(points, kind)}
        if values and values <= blocked:
            found |= channels
    return found


def _standing(
    enrollment: Enrollment | None,
    touch: Touch | None,
    appointment: Appointment | None,
    touches: tuple[Touch, ...],
    asked: Answers,
) -> Standing:
    return Standing(
        cadences=cadences_by_name(asked.cadences),
        cadence=cadence_value(enrollment.cadence_id) if enrollment else None,
        position=enrollment.as_value() if enrollment else None,
        paused=enrollment is not None and enrollment.state == EnrollmentState.PAUSED,
        touch=_touch_facts(touch) if touch else None,
        appointment=_appointment_facts(appointment, touches) if appointment else None,
        call_back=any(each.kind == TouchKind.CALL_BACK and each is not touch for each in touches),
    )


def _touch_facts(touch: Touch) -> TouchFacts:
    return TouchFacts(
        kind=TouchKind(touch.kind),
        channel=Channel(touch.channel),
        due_at=touch.due_at,
        in_enrollment=touch.enrollment_id is not None,
        attempt=touch.attempt,
    )


def _appointment_facts(appointment: Appointment, touches: tuple[Touch, ...]) -> AppointmentFacts:
    unconfirmed = any(touch.kind == TouchKind.CONFIRMATION for touch in touches)
    return AppointmentFacts(appointment.starts_at, appointment.reason, confirmed=not unconfirmed)
