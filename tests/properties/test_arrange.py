"""Whatever happens, in whatever order, from wherever a prospect stands: what the engine must never do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain import events
from ringback.domain.arrange import arrange
from ringback.domain.arrangement import Arrangement, Hang, PlannedTouch
from ringback.domain.cadence import Cadence
from ringback.domain.call_hours import NoWorkingMoment, Window, WorkCalendar
from ringback.domain.contact_policy import Dial
from ringback.domain.enrolling import obstacle_to
from ringback.domain.ladder import Position
from ringback.domain.policy import Policy
from ringback.domain.rehearse import rehearse
from ringback.domain.values import AppointmentFacts, ProspectFacts, Standing, TouchFacts
from ringback.domain.vocabulary import (
    Channel,
    FirstContact,
    MachineResult,
    Outcome,
    Party,
    ProspectState,
    Qualification,
    Temperature,
    TouchKind,
)
from tests.domain.engine import CHRISTMAS, LIBRARY

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
AGREED = (TouchKind.APPOINTMENT, TouchKind.CALL_BACK)
HOURS = (
    Window(time(9), time(18)),
    Window(time(8), time(20)),
    Window(time(10), time(11, 30)),
    Window(time(13), time(15)),
)
ZONES = (("Europe/Berlin",), ("America/New_York", "America/Los_Angeles"), ("Australia/Lord_Howe",), ("Asia/Kathmandu",))
WORKWEEKS = (frozenset(range(5)), frozenset({6, 0, 1, 2, 3}), frozenset({2}))
LONG = "because they said so and would not say why, " * 20

calendars = st.builds(
    lambda zones, window, days, holidays: WorkCalendar(zones, window, days, holidays),
    st.sampled_from(ZONES),
    st.sampled_from(HOURS),
    st.sampled_from(WORKWEEKS),
    st.sampled_from(({}, CHRISTMAS, {START.date() + timedelta(days=day): "Fair" for day in range(25)})),
)
policies = st.builds(
    Policy,
    calls_per_week=st.integers(1, 4),
    calls_per_day_part=st.integers(1, 2),
    card_transit_days=st.integers(1, 6),
    busy_retries=st.integers(0, 2),
)
channels = st.frozensets(st.sampled_from(sorted(set(Channel) - {Channel.TASK})))
prospects = st.builds(
    ProspectFacts,
    temperature=st.sampled_from(Temperature),
    first_contact=st.sampled_from(FirstContact),
    qualification=st.sampled_from(Qualification),
    state=st.sampled_from(ProspectState),
    reachable=channels,
    suppressed=st.one_of(st.just(frozenset()), channels),
    has_other_phone=st.booleans(),
    conversations=st.integers(0, 3),
    thanked=st.booleans(),
)
later = st.one_of(st.integers(0, 90), st.integers(0, 60 * 24 * 40)).map(lambda minutes: timedelta(minutes=minutes))
calls = st.builds(
    lambda machine, outcome, ahead, inbound, promises: (machine, outcome, ahead, inbound, promises),
    st.sampled_from(MachineResult),
    st.sampled_from(Outcome),
    st.one_of(st.none(), later),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(Party), st.integers(-5, 30)), max_size=2),
)
happenings = st.one_of(
    st.tuples(st.just("call"), calls),
    st.tuples(st.just("call"), calls),
    st.tuples(st.just("enroll"), st.sampled_from(sorted(LIBRARY))),
    st.tuples(st.just("done"), st.booleans()),
    st.tuples(st.just("made"), later),
    st.tuples(st.just("moved"), later),
    st.tuples(st.just("away"), st.integers(0, 60)),
    st.tuples(st.just("replied"), st.sampled_from((Channel.CALL, Channel.EMAIL))),
    st.tuples(st.just("opted-out"), channels),
    st.tuples(st.sampled_from(("cancelled", "bounced", "stopped", "closed", "resumed", "pause")), st.none()),
)


@dataclass
class World:
    """One prospect and all that is open, as an action would hold it in rows."""

    prospect: ProspectFacts
    calendar: WorkCalendar
    policy: Policy
    now: datetime = START
    cadence: Cadence | None = None
    position: Position | None = None
    paused: bool = False
    appointment: AppointmentFacts | None = None
    touches: list[PlannedTouch] = field(default_factory=list)

    def standing(self, about: PlannedTouch | None) -> Standing:
        facts = about and TouchFacts(
            about.kind, about.channel, about.due_at, in_enrollment=about.hang is Hang.ENROLLMENT, attempt=about.attempt
        )
        others = [touch for touch in self.touches if touch is not about]
        return Standing(
            LIBRARY,
            self.cadence,
            self.position,
            paused=self.paused,
            touch=facts,
            appointment=self.appointment,
            call_back=any(touch.kind is TouchKind.CALL_BACK for touch in others),
        )

    def write(self, arranged: Arrangement, about: PlannedTouch | None) -> None:
        self.touches = [each for each in self.touches if each is not about and each.hang not in arranged.cancels]
        if arranged.settles is not None:
            self.appointment = None
        if arranged.agrees is not None:
            self.appointment = AppointmentFacts(arranged.agrees.starts_at, arranged.agrees.reason)
        if arranged.finish is not None:
            self.cadence, self.position, self.paused = None, None, False
        if arranged.begin:
            assert self.cadence is None, "a second enrollment beside the first"
            self.cadence = LIBRARY[arranged.begin]
        if arranged.position is not None:
            self.position, self.paused = arranged.position, False
        if arranged.ending is not None:
            self.prospect = replace(self.prospect, state=arranged.ending.state)
        if arranged.reopens:
            self.prospect = replace(self.prospect, state=ProspectState.OPEN)
        self.touches += arranged.touches


def event_of(world: World, kind: str, said: object) -> events.Event | None:
    """The event as an action would let it happen; None where it would refuse."""
    if kind == "call":
        return call_of(world.now, *said)
    if kind == "enroll":
        return None if obstacle(world, said) else events.Enrolled(world.now, said)
    needs = {"moved": world.appointment, "cancelled": world.appointment, "resumed": world.paused}
    return MAKING[kind](world.now, said) if needs.get(kind, True) and kind in MAKING else None


def obstacle(world: World, name: str) -> object:
    running = world.cadence.title if world.cadence else ""
    return obstacle_to(LIBRARY[name], world.prospect, running=running, has_appointment=world.appointment is not None)


MINUTE = timedelta(minutes=1)
MAKING = {
    "made": lambda at, ahead: events.AppointmentMade(at, at + ahead + MINUTE, LONG),
    "moved": lambda at, ahead: events.AppointmentMoved(at, at + ahead + MINUTE, LONG),
    "cancelled": lambda at, _: events.AppointmentCancelled(at, LONG),
    "away": lambda at, days: events.OutOfOffice(at, at.date() + timedelta(days=days)),
    "replied": events.Replied,
    "opted-out": lambda at, said: events.OptedOut(at, "said so", said or frozenset(Channel)),
    "bounced": lambda at, _: events.Bounced(at, "someone@example.com"),
    "stopped": lambda at, _: events.Stopped(at, LONG),
    "closed": lambda at, _: events.Closed(at, LONG),
    "resumed": lambda at, _: events.Resumed(at),
}


def call_of(
    at: datetime, machine: MachineResult, outcome: Outcome, ahead: timedelta | None, inbound: bool, owed
) -> object:
    reached = machine is MachineResult.ANSWERED
    needs_moment = outcome not in (Outcome.NOT_NOW, Outcome.WON, Outcome.LOST, Outcome.OPT_OUT)
    moment = at + (ahead or timedelta()) + timedelta(minutes=1) if needs_moment or ahead else None
    promises = tuple(events.Promise(party, LONG, at.date() + timedelta(days=days)) for party, days in owed)
    return events.CallEnded(
        at, machine, outcome if reached else None, next_at=moment, reason=LONG, close_reason=LONG, promises=promises,
        inbound=inbound,
    )  # fmt: skip


def touch_for(world: World, kind: str, pick: int) -> PlannedTouch | None:
    if kind not in ("call", "done"):
        return None
    fitting = [touch for touch in world.touches if (touch.channel is Channel.CALL) == (kind == "call")]
    return fitting[pick % len(fitting)] if fitting and pick else None


@settings(max_examples=400, deadline=None)
@given(
    prospects, calendars, policies, st.lists(st.tuples(later, happenings, st.integers(0, 3)), min_size=1, max_size=12)
)
def test_no_sequence_of_events_breaks_the_rules(prospect, calendar, policy, story) -> None:
    world = World(prospect, calendar, policy)
    for passed, (kind, said), pick in story:
        world.now += passed
        about = touch_for(world, kind, pick)
        if kind == "pause" and world.cadence is not None:
            world.touches = [touch for touch in world.touches if touch.hang is not Hang.ENROLLMENT]
            world.paused = True
            continue
        event = events.TouchDone(world.now, said) if kind == "done" and about else event_of(world, kind, said)
        if event is None:
            continue
        standing = world.standing(about)
        try:
            arranged = arrange(world.prospect, event, standing, policy, calendar)
        except NoWorkingMoment:
            continue
        check_each_touch(world, arranged, about)
        check_the_ladder(standing, arranged, about)
        check_the_talk(event, arranged)
        world.write(arranged, about)
        if isinstance(event, events.CallEnded) and not event.inbound:
            recent = [dial for dial in world.prospect.dials if dial.at > world.now - timedelta(days=7)]
            world.prospect = replace(world.prospect, dials=(*recent, Dial(world.now)))
        assert sum(touch.hang is Hang.ENROLLMENT for touch in world.touches) <= 1


def check_each_touch(world: World, arranged: Arrangement, about: PlannedTouch | None) -> None:
    for because in (arranged.because, *(touch.because for touch in arranged.touches)):
        assert because.rule
        assert 0 < len(because.text) <= 500
    for touch in arranged.touches:
        is_same_call = about is not None and touch.due_at == about.due_at and touch.kind in AGREED
        assert touch.due_at >= world.now or is_same_call
        assert touch.due_at.tzinfo is not None
        assert touch.due_at < world.now + timedelta(days=3 * 366)
        assert 0 < len(touch.title) <= 300
        if touch.channel is Channel.CALL and touch.kind not in AGREED:
            assert world.calendar.is_open(touch.due_at)
        if touch.kind not in AGREED:
            assert touch.channel in world.prospect.channels


def check_the_ladder(standing: Standing, arranged: Arrangement, about: PlannedTouch | None) -> None:
    hung = [touch for touch in arranged.touches if touch.hang is Hang.ENROLLMENT]
    assert len(hung) <= 1
    assert bool(hung) == (arranged.position is not None)
    if arranged.begin:
        assert hung
        assert standing.cadence is None or arranged.finish is not None
    if standing.cadence is not None and arranged.finish is None and not standing.paused:
        was_about_it = about is not None and about.hang is Hang.ENROLLMENT
        # A ladder that goes on always has its next step: whatever takes the open one away plants another.
        assert bool(hung) or not (was_about_it or Hang.ENROLLMENT in arranged.cancels)


def check_the_talk(event: events.Event, arranged: Arrangement) -> None:
    """A1: an exact next step, an explicit end, or a plain word that nothing is planned."""
    if arranged.talked:
        assert arranged.touches or arranged.ending or arranged.gaps


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(LIBRARY)), calendars, st.dates(date(2025, 1, 1), date(2032, 1, 1)), st.integers(0, 1439))
def test_a_rehearsal_plans_forward_and_calls_in_the_hours(
    name: str, calendar: WorkCalendar, day: date, minute: int
) -> None:
    start = datetime.combine(day, time(*divmod(minute, 60)), UTC)
    try:
        found = rehearse(LIBRARY[name], start=start, calendar=calendar, most=25)
    except NoWorkingMoment:
        return
    moments = [touch.due_at for touch in found.touches]
    assert moments == sorted(moments)
    first = 1 if LIBRARY[name].agreed else 0
    assert all(calendar.is_open(at) for at in moments[first:])
