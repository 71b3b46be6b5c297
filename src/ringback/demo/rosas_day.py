"""What waits for Rosa at whatever minute the demo is started: something in every lane of the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ringback.actions.touching import finish_touch
from ringback.actions.wrapping_up import WrapUp
from ringback.demo.cast import companies, places
from ringback.demo.hours import QUARTER, last_open, quarter
from ringback.demo.lives import Teller
from ringback.domain.call_hours import WorkCalendar, first_open
from ringback.domain.events import CallEnded, Promise
from ringback.domain.local_time import local
from ringback.domain.vocabulary import MachineResult, Mood, Outcome, Party, Temperature, TouchKind, TouchState
from ringback.models import Prospect, Touch, User

A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)
WARM = {"temperature": Temperature.WARM}
# One after the other round the globe, so that somebody is at work at any hour.
ROUND_THE_GLOBE = (
    "London", "Manchester", "Edinburgh", "Madrid", "New York", "Chicago", "Oakland", "Sydney", "Osaka", "Dubai"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """Rosa, the teller, and the present minute."""

    teller: Teller
    rosa: User

    @property
    def now(self) -> datetime:
        return self.teller.now

    def person(self, city: str, company: int, came: timedelta, **told: Any) -> Prospect:
        place = places()[city]
        firm = [name for at, name in companies() if at is place]
        address = {"street": f"{place.streets[0]} {company + 7}", "postal_code": place.postal.format(n=company)}
        fields = self.teller.casting.somebody(place, firm[company % len(firm)], **address, **told)
        return self.teller.arrive(fields, self.rosa, self.now - came)

    def awake(self, at: datetime, rather: str = "London") -> str:
        """A city where they may be called at that moment; the one we would rather have if nobody is, as on a Sunday."""
        awake = [city for city in ROUND_THE_GLOBE if self.teller.calendar_at(places()[city]).is_open(at)]
        return rather if rather in awake or not awake else self.teller.random.choice(awake)

    def open_before(self, prospect: Prospect, at: datetime) -> datetime:
        return last_open(at, self.teller.calendar(prospect))

    def talk(self, prospect: Prospect, outcome: Outcome, at: datetime, next_at: datetime | None, **told: Any) -> None:
        """A talk at that moment, and what it led to."""
        event = CallEnded(at, MachineResult.ANSWERED, outcome, Mood.GOOD, next_at, **told)
        invented = self.teller.answers.talked(outcome, prospect, self.teller.calendar(prospect), at, next_at)
        wrapped = WrapUp(
            event, at + 6 * A_MINUTE, notes=invented.notes, needs=invented.needs, interests=invented.interests
        )
        self.teller.call(prospect, wrapped)


def scenes(teller: Teller, team: dict[str, User]) -> Iterator[Callable[[], Any]]:
    stage = Stage(teller, team["rosa"])
    for scene in SCENES:
        yield partial(scene, stage)


def appointment_within_the_hour(stage: Stage) -> None:
    """Everything around it was done in time; only the call itself is left."""
    starts_at = quarter(stage.now + 40 * A_MINUTE)
    prospect = stage.person(stage.awake(starts_at), 1, 9 * A_DAY, value=38_000, job_title="Head of operations", **WARM)
    agreed = stage.open_before(prospect, stage.now - 5 * A_DAY)
    stage.talk(prospect, Outcome.APPOINTMENT, agreed, starts_at, reason="The trial in your own warehouse")
    stage.teller.live(prospect, stage.now)


def appointment_tomorrow(stage: Stage) -> None:
    prospect = stage.person("Berlin", 2, 6 * A_DAY, value=18_000, **WARM)
    calendar = stage.teller.calendar(prospect)
    starts_at = quarter(first_open(stage.now + 20 * timedelta(hours=1), calendar)) + 6 * QUARTER
    agreed = stage.open_before(prospect, stage.now - 2 * A_DAY)
    stage.talk(prospect, Outcome.APPOINTMENT, agreed, starts_at, reason="The proposal, line by line")
    stage.teller.live(prospect, stage.now)


def call_back_due(stage: Stage) -> None:
    """They said “not now, ring me then”, and then is now."""
    for city, company, minutes in (("Manchester", 0, 1), ("Madrid", 1, 34)):
        prospect = stage.person(stage.awake(stage.now, city), company, 4 * A_DAY, value=9_000)
        stage.talk(
            prospect,
            Outcome.CALL_BACK,
            stage.open_before(prospect, stage.now - 1 * A_DAY),
            quarter(stage.now - minutes * A_MINUTE),
            reason="What the warehouse team says",
        )


def they_wanted_to_call(stage: Stage) -> None:
    prospect = stage.person(stage.awake(stage.now, "Edinburgh"), 1, 5 * A_DAY, value=4_200, **WARM)
    talked = stage.open_before(prospect, stage.now - 2 * A_DAY)
    stage.talk(prospect, Outcome.THEY_CALL, talked, quarter(stage.now - 50 * A_MINUTE))


def new_leads(stage: Stage) -> None:
    """They have just asked; minutes count."""
    for company, minutes, value in ((0, 6, 12_500), (1, 24, 61_000), (2, 55, 900)):
        came = stage.now - minutes * A_MINUTE
        asked = {"value": value, "source": "Website: asked for a price"}
        prospect = stage.person(stage.awake(stage.now), company, minutes * A_MINUTE, **asked, **WARM)
        stage.teller.enter(prospect, came + timedelta(seconds=40))
        if not Touch.objects.filter(prospect=prospect, due_at__lte=stage.now).exists():
            _was_waiting_since_hours_ended(stage, company)


def _was_waiting_since_hours_ended(stage: Stage, company: int) -> None:
    """At night and on Sundays a fresh lead is not due yet; one that came in before closing time is."""
    city = ("London", "Oakland", "Chicago")[company]
    place = places()[city]
    at = last_open(stage.now, stage.teller.calendar_at(place))
    prospect = stage.person(city, company, stage.now - at + 2 * A_MINUTE, source="Webinar on cycle counting", **WARM)
    stage.teller.enter(prospect, at)


def second_try(stage: Stage) -> None:
    """A voicemail yesterday, the mail after it, and now the other half of the day (C3)."""
    for city, company in (("London", 3), ("New York", 2)):
        prospect = stage.person(stage.awake(stage.now, city), company, 3 * A_DAY, value=6_500, **WARM)
        first = stage.open_before(prospect, stage.open_before(prospect, stage.now) - 22 * timedelta(hours=1))
        stage.teller.enter(prospect, first)
        stage.teller.call(prospect, WrapUp(CallEnded(first + A_MINUTE, MachineResult.VOICEMAIL), first + 2 * A_MINUTE))
        mail = Touch.objects.get(prospect=prospect, state=TouchState.OPEN)
        finish_touch(by=stage.rosa, touch=mail, key=stage.teller.key(), now=first + 13 * A_MINUTE)


def missed_appointment(stage: Stage) -> None:
    """Called to the minute, nobody there: the patient ladder for a warm lead, the brief one for a cold one (C1, C2)."""
    for city, temperature in (("London", Temperature.WARM), ("Madrid", Temperature.COLD)):
        prospect = stage.person(stage.awake(stage.now, city), 0, 12 * A_DAY, value=24_000, temperature=temperature)
        starts_at = stage.open_before(prospect, stage.now - 20 * A_MINUTE)
        agreed = stage.open_before(prospect, starts_at - 6 * A_DAY)
        stage.talk(prospect, Outcome.APPOINTMENT, agreed, starts_at, reason="How a count works without closing")
        stage.teller.live(prospect, starts_at - A_MINUTE, kept_until=starts_at - A_MINUTE)
        touch = Touch.objects.get(prospect=prospect, state=TouchState.OPEN, kind=TouchKind.APPOINTMENT)
        missed = CallEnded(starts_at + timedelta(seconds=8), MachineResult.VOICEMAIL)
        stage.teller.call(prospect, WrapUp(missed, starts_at + A_MINUTE), touch)


def general_rhythm(stage: Stage) -> None:
    """“Not now” nine days ago: the call of day 7, most valuable first (C4)."""
    for city, company, value in (
        ("London", 1, 140_000), ("Edinburgh", 0, 24_000), ("Chicago", 1, 6_500), ("Manchester", 2, 900),
    ):  # fmt: skip
        prospect = stage.person(stage.awake(stage.now, city), company, 16 * A_DAY, value=value, **WARM)
        talked = stage.open_before(prospect, stage.now - 9 * A_DAY)
        stage.talk(prospect, Outcome.NOT_NOW, talked, None)
        mail = Touch.objects.get(prospect=prospect, state=TouchState.OPEN)
        finish_touch(by=stage.rosa, touch=mail, key=stage.teller.key(), now=mail.due_at + 9 * A_MINUTE)


def promises_due(stage: Stage) -> None:
    """One that we owe since this morning, one that they owe us."""
    for party, text, days in (
        (Party.US, "the price list for twelve scanners", 0),
        (Party.THEM, "the figures of the last count", 4),
    ):
        prospect = stage.person("London", 4, 8 * A_DAY, value=12_500, **WARM)
        calendar = stage.teller.calendar(prospect)
        day = local(stage.open_before(prospect, stage.now), calendar.zone).date() - timedelta(days=days)
        talked = stage.open_before(prospect, stage.now - 6 * A_DAY)
        starts_at = stage.teller.answers.diary.agree(stage.rosa.pk, stage.now + 2 * A_DAY, calendar)
        stage.talk(
            prospect, Outcome.APPOINTMENT, talked, starts_at, reason="Dates for the pilot",
            promises=(Promise(party, text, day),),
        )  # fmt: skip
        _everything_but_promises(stage, prospect)


def _everything_but_promises(stage: Stage, prospect: Prospect) -> None:
    for touch in Touch.objects.filter(prospect=prospect, state=TouchState.OPEN, due_at__lt=stage.now):
        if touch.kind not in (TouchKind.COMMITMENT, TouchKind.APPOINTMENT):
            at = max(touch.due_at, touch.planned_at) + 5 * A_MINUTE
            finish_touch(by=stage.rosa, touch=touch, key=stage.teller.key(), now=at)


def just_hung_up(stage: Stage) -> None:
    """Good talks a little while ago: cards to write, confirmations and summaries still to be sent (A4, A5, D1)."""
    for city, company, days in (("Manchester", 1, 12), ("London", 2, 16)):
        prospect = stage.person(city, company, 2 * A_DAY, value=18_000, **WARM)
        calendar: WorkCalendar = stage.teller.calendar(prospect)
        talked = last_open(stage.now - (20 + days) * A_MINUTE, calendar)
        starts_at = stage.teller.answers.diary.agree(stage.rosa.pk, talked + days * A_DAY, calendar)
        stage.talk(prospect, Outcome.APPOINTMENT, talked, starts_at, reason="What the warehouse team says")


SCENES: tuple[Callable[[Stage], None], ...] = (
    appointment_within_the_hour,
    appointment_tomorrow,
    call_back_due,
    they_wanted_to_call,
    new_leads,
    second_try,
    missed_appointment,
    general_rhythm,
    promises_due,
    just_hung_up,
)
