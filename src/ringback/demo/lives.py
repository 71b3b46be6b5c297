"""The story of one prospect: whatever falls due is done at a believable moment, until the story reaches today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from ringback.actions.appointing import move_appointment
from ringback.actions.enrolling import enroll
from ringback.actions.learning import settle_objection
from ringback.actions.prospecting import ProspectFields, add_prospect, change_prospect
from ringback.actions.touching import finish_touch
from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.demo.answers import Answers
from ringback.demo.cast import Casting, Place, places
from ringback.demo.hours import last_open
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.chooser import cadence_for
from ringback.domain.vocabulary import (
    Channel,
    FirstContact,
    ObjectionState,
    ProspectState,
    Temperature,
    TouchKind,
    TouchState,
)
from ringback.models import Arrangement, Objection, Prospect, Touch, User
from ringback.queries.calendars import calendar_for, calendar_of
from ringback.queries.standing import workspace_now

# What was agreed is kept whatever the hour; everything else may wait for its rep.
KEPT = frozenset({TouchKind.APPOINTMENT, TouchKind.CALL_BACK})
MOST_EVENTS = 60
TURNED_OUT = (
    *(ObjectionState.REAL,) * 3,
    *(ObjectionState.RESOLVED,) * 3,
    *(ObjectionState.FALSE,) * 2,
    ObjectionState.OPEN,
)
TURNED_OUT_WORDS = {
    ObjectionState.REAL: ("It is the changeover that worries them", "The board looks at every sum", ""),
    ObjectionState.RESOLVED: ("The trial settled it", "Paying by quarter is fine", ""),
    ObjectionState.FALSE: ("It was about the colleague who was not asked", "They wanted to end the call", ""),
}
A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Teller:
    """Tells stories, up to `now` (UTC)."""

    random: Random
    casting: Casting
    answers: Answers
    now: datetime
    numbers: Iterator[int] = field(default_factory=count)

    def key(self) -> str:
        return f"demo-{next(self.numbers)}"

    def arrive(self, fields: ProspectFields, owner: User, at: datetime) -> Prospect:
        return add_prospect(by=owner, owner=owner, fields=fields, now=at)

    def enter(self, prospect: Prospect, at: datetime, cadence: str = "") -> Arrangement:
        """Into the cadence that fits, or the named one."""
        fits = cadence_for(Temperature(prospect.temperature), FirstContact(prospect.first_contact)).cadence
        return enroll(by=owner_of(prospect), prospect=prospect, cadence=cadence or fits, key=self.key(), now=at)

    def live(self, prospect: Prospect, until: datetime, kept_until: datetime | None = None) -> None:
        """Do what falls due, one after the other, up to `until`; what was agreed up to `kept_until`, else now."""
        last, kept_until = prospect.created_at, kept_until or self.now - 5 * A_MINUTE
        for _ in range(MOST_EVENTS):
            ready = self._next(prospect, last, until, kept_until)
            if ready is None:
                return
            prospect.refresh_from_db()
            last = self._do(ready[0], prospect, ready[1])

    def _next(
        self, prospect: Prospect, last: datetime, until: datetime, kept_until: datetime
    ) -> tuple[Touch, datetime] | None:
        """The touch that is done next, and when; nothing if all that is open waits for its rep, or for its day."""
        calendar = self.calendar(prospect)
        for touch in Touch.objects.filter(prospect=prospect, state=TouchState.OPEN).order_by("due_at", "id"):
            at = self._moment(touch, last, calendar)
            if at <= (kept_until if touch.kind in KEPT else until):
                return touch, at
        return None

    def calendar(self, prospect: Prospect) -> WorkCalendar:
        return calendar_for(prospect, workspace_now(), self.now).calendar

    def calendar_at(self, place: Place) -> WorkCalendar:
        return calendar_of((place.zone,), place.region, workspace_now(), self.now).calendar

    def open_until(self, prospect: Prospect) -> datetime:
        """Now, or the end of the last hours in which they could be called."""
        return last_open(self.now, self.calendar(prospect))

    def call(self, prospect: Prospect, told: WrapUp, touch: Touch | None = None) -> Arrangement:
        prospect.refresh_from_db()
        return wrap_up(
            by=owner_of(prospect),
            prospect=prospect,
            wrap_up=told,
            touch_id=touch.pk if touch else None,
            key=self.key(),
            now=told.ended_at or told.event.at,
        )

    def _moment(self, touch: Touch, last: datetime, calendar: WorkCalendar) -> datetime:
        """Punctual for what was agreed, else when the rep comes to it, as long as it is open there."""
        if touch.kind == TouchKind.APPOINTMENT:
            seconds = self.random.choice((2, 5, 9, 14, 20, 31, 45, 200))
            return max(touch.due_at + timedelta(seconds=seconds), last + A_MINUTE)
        delay = timedelta(minutes=self.random.choice((1, 2, 4, 7, 12, 25, 40, 75)), seconds=self.random.randint(0, 59))
        at = max(touch.due_at + delay, last + A_MINUTE)
        return at if calendar.is_open(at) else max(touch.due_at, last + A_MINUTE)

    def _do(self, touch: Touch, prospect: Prospect, at: datetime) -> datetime:
        if touch.channel == Channel.CALL:
            return self._call(touch, prospect, at)
        if touch.kind == TouchKind.FIND_NUMBER and touch.title == "Find a working number":
            number = self.casting.number(places()["London"])
            change_prospect(
                by=owner_of(prospect), prospect=prospect, fields=ProspectFields(contact_points=(number,)), now=at
            )
        skipped = touch.channel == Channel.VISIT and self.random.random() < 0.5
        finish_touch(by=owner_of(prospect), touch=touch, key=self.key(), now=at, skipped=skipped)
        return at

    def _call(self, touch: Touch, prospect: Prospect, at: datetime) -> datetime:
        told = self.answers.to(touch, prospect, self.calendar(prospect), at)
        self.call(prospect, told, touch)
        prospect.refresh_from_db()
        if told.event.outcome is not None:
            self._settle_objections(prospect, told.ended_at or at)
        if touch.kind == TouchKind.RETRY and self.random.random() < 0.05:
            self._move_what_was_agreed(prospect, at + 3 * A_MINUTE)
        return told.ended_at or at

    def _settle_objections(self, prospect: Prospect, at: datetime) -> None:
        """What was raised in an earlier talk turns out to be something in this one (B5)."""
        dice = self.answers.ways.random
        for objection in Objection.objects.filter(prospect=prospect, state=ObjectionState.OPEN, raised_at__lt=at):
            state = dice.choice(TURNED_OUT)
            if state is not ObjectionState.OPEN:
                words = dice.choice(TURNED_OUT_WORDS[state])
                settle_objection(by=owner_of(prospect), objection=objection, state=state, words=words, now=at)

    def _move_what_was_agreed(self, prospect: Prospect, at: datetime) -> None:
        agreed = prospect.appointments.filter(state="agreed", starts_at__gt=at + timedelta(hours=2)).first()
        if agreed is None or prospect.state != ProspectState.OPEN:
            return
        starts_at = self.answers.diary.agree(prospect.owner_id or 0, agreed.starts_at, self.calendar(prospect))
        move_appointment(
            by=owner_of(prospect), appointment=agreed, starts_at=starts_at, reason="", key=self.key(), now=at
        )


def owner_of(prospect: Prospect) -> User:
    assert prospect.owner is not None
    return prospect.owner
