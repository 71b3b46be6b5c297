"""Short ways to ask the engine: a prospect in Berlin, where it stands, what happens, and what follows in lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from ringback.domain.arrange import arrange
from ringback.domain.arrangement import Arrangement
from ringback.domain.cadence import read_cadence
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.contact_policy import Dial
from ringback.domain.events import CallEnded, Event
from ringback.domain.ladder import Position
from ringback.domain.policy import Policy
from ringback.domain.values import AppointmentFacts, ProspectFacts, Standing, TouchFacts
from ringback.domain.vocabulary import (
    Channel,
    FirstContact,
    MachineResult,
    Outcome,
    Qualification,
    Temperature,
    TouchKind,
)
from ringback.domain.working_time import Moment
from ringback.library import cadence_documents
from tests.domain.clock import BERLIN, instant, reading

LIBRARY = MappingProxyType({name: read_cadence(document) for name, document in cadence_documents().items()})
PATIENT, BRIEF = "missed-appointment-patient", "missed-appointment-brief"
WARM, COLD = "warm-first-voicemail", "cold-first-voicemail"
GENERAL, GENERAL_COLD = "general", "general-cold"

CHRISTMAS = MappingProxyType(
    {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Second Day of Christmas",
        date(2027, 1, 1): "New Year's Day",
    }
)
OFFICE = WorkCalendar((BERLIN,), holidays=CHRISTMAS)
EVERYWHERE = frozenset(Channel)
PHONE_ONLY = frozenset({Channel.CALL, Channel.CHAT})

SOFIA = ProspectFacts(
    first_name="Sofia",
    temperature=Temperature.WARM,
    first_contact=FirstContact.VOICEMAIL,
    qualification=Qualification.QUALIFIED,
)
FREE = Standing(cadences=LIBRARY)
MONDAY = "2026-07-06 10:00"


def on(name: str, step: str, at: str = MONDAY, *, due: str = "", **more: Any) -> Standing:
    """On a rung planned (and, unless said otherwise, due) at a reading, with its touch in question."""
    moment = Moment(instant(at), instant(due or at))
    channel = LIBRARY[name].step(step).channel
    kind = {Channel.CALL: TouchKind.CADENCE}.get(channel, TouchKind.CADENCE)
    touch = TouchFacts(kind, channel, moment.due_at, in_enrollment=True)
    return Standing(LIBRARY, LIBRARY[name], Position(step, moment, **more), touch=touch)


def without_touch(standing: Standing) -> Standing:
    """The same rung, but what happens is not about its touch."""
    return replace(standing, touch=None)


def agreed(at: str, *, asked: bool = True) -> Standing:
    """An appointment; with its call in question."""
    call = TouchFacts(TouchKind.APPOINTMENT, Channel.CALL, instant(at))
    return replace(FREE, appointment=AppointmentFacts(instant(at), "The figures"), touch=call if asked else None)


def call_back(at: str) -> Standing:
    return replace(FREE, touch=TouchFacts(TouchKind.CALL_BACK, Channel.CALL, instant(at)))


def dials(*readings: str, agreed: bool = False) -> tuple[Dial, ...]:
    return tuple(Dial(instant(each), agreed) for each in readings)


def unanswered(at: str, machine: MachineResult = MachineResult.NO_ANSWER) -> CallEnded:
    return CallEnded(instant(at), machine)


def talked(at: str, outcome: Outcome, next_at: str = "", **said: Any) -> CallEnded:
    moment = instant(next_at) if next_at else None
    said = {"reason": "The figures", "close_reason": "Bought elsewhere"} | said
    return CallEnded(instant(at), MachineResult.ANSWERED, outcome, next_at=moment, **said)


def follows(
    event: Event,
    standing: Standing = FREE,
    prospect: ProspectFacts = SOFIA,
    calendar: WorkCalendar = OFFICE,
    policy: Policy | None = None,
) -> Arrangement:
    return arrange(prospect, event, standing, policy or Policy(), calendar)


def lines(arranged: Arrangement) -> list[str]:
    """“appointment call 2026-07-13 14:00” for every touch, by its moment."""
    return [
        f"{touch.kind} {touch.channel} {reading(touch.due_at)}"
        for touch in sorted(arranged.touches, key=lambda t: t.due_at)
    ]


def rung(arranged: Arrangement) -> tuple[str, str, str]:
    """The step the ladder stands on, its planned and its due reading."""
    assert arranged.position is not None
    moment = arranged.position.moment
    return arranged.position.step_id, reading(moment.planned_at), reading(moment.due_at)


def calendar(holidays: Mapping[date, str] = CHRISTMAS, zone: str = BERLIN) -> WorkCalendar:
    return WorkCalendar((zone,), holidays=dict(holidays))


def reads(at: datetime) -> str:
    return reading(at)
