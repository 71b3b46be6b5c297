"""What every rule of the engine has at hand, and the moves they share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ringback.domain.arrangement import Arrangement, Ending, Hang, PlannedTouch, touch_of
from ringback.domain.because import Because
from ringback.domain.cadence import Cadence, End, EndKind, Purpose
from ringback.domain.call_hours import WorkCalendar, on_clock
from ringback.domain.contact_policy import Dial
from ringback.domain.ladder import Climb, Position, Rung, next_rung, same_rung
from ringback.domain.local_time import local
from ringback.domain.policy import Policy
from ringback.domain.values import ProspectFacts, Standing
from ringback.domain.vocabulary import Channel, FinishReason, FirstContact, ProspectState, TouchKind
from ringback.domain.working_time import Moment

LADDER = frozenset({Hang.ENROLLMENT})
LADDER_AND_APPOINTMENT = frozenset({Hang.ENROLLMENT, Hang.APPOINTMENT})
ALL_AGREEMENTS = LADDER_AND_APPOINTMENT | {Hang.CALL_BACK}
EVERYTHING = frozenset(Hang)
DEFAULT_RELEASE = "Nobody answered to the end of the ladder"


@dataclass(frozen=True, slots=True)
class Case:
    """A prospect and where it stands, when something happens to it at `now` (UTC)."""

    prospect: ProspectFacts
    standing: Standing
    policy: Policy
    calendar: WorkCalendar
    now: datetime

    @property
    def climb(self) -> Climb:
        return self._climb_with(self.prospect.dials)

    def after_dial(self, *, agreed: bool) -> Climb:
        """The climb once this moment's own dial counts among the limits too."""
        return self._climb_with((*self.prospect.dials, Dial(self.now, agreed)))

    def _climb_with(self, dials: tuple[Dial, ...]) -> Climb:
        return Climb(self.calendar, self.policy, dials, self.prospect.channels)

    @property
    def ends_ladder(self) -> FinishReason | None:
        """How a running ladder ends when another one takes its place."""
        return FinishReason.MOVED if self.standing.cadence is not None else None

    @property
    def cadence(self) -> Cadence:
        assert self.standing.cadence is not None
        return self.standing.cadence

    @property
    def position(self) -> Position:
        assert self.standing.position is not None
        return self.standing.position


def kind_of(rung: Rung, cadence: Cadence, prospect: ProspectFacts) -> TouchKind:
    """What a rung is to the queue: a new warm lead, a due retry, or a cadence's call."""
    if rung.step.purpose is Purpose.LAST_WORD:
        return TouchKind.LAST_WORD
    if rung.step.purpose is Purpose.REVIEW:
        return TouchKind.REVIEW
    untouched = prospect.first_contact is FirstContact.NONE and rung.step.id == cadence.steps[0].id
    if cadence.urgent and untouched and rung.step.channel is Channel.CALL:
        return TouchKind.NEW_LEAD
    return TouchKind.RETRY if cadence.agreed or cadence.urgent else TouchKind.CADENCE


def advance(case: Case, because: Because, climb: Climb) -> Arrangement:
    """The open rung is done: on to the next one, or to what the cadence says comes after its last."""
    rung = next_rung(case.cadence, case.position, case.now, climb)
    if rung is None:
        return finish_ladder(case, because, climb)
    return stand_on(rung, case, because)


def stand_on(rung: Rung, case: Case, because: Because) -> Arrangement:
    touch = touch_of(rung, kind_of(rung, case.cadence, case.prospect))
    return Arrangement(because, touches=(touch,), cancels=LADDER, position=rung.position)


def begin(cadence: Cadence, rung: Rung, case: Case, because: Because) -> Arrangement:
    """Enter a cadence at a rung; one that was running ends."""
    touch = touch_of(rung, kind_of(rung, cadence, case.prospect))
    return Arrangement(
        because, (touch,), cancels=LADDER, finish=case.ends_ladder, begin=cadence.name, position=rung.position
    )


def once_more(case: Case, at: datetime, why: str) -> Arrangement:
    """The open rung again from `at` on; the next one if its channel does not reach them any more."""
    if case.cadence.step(case.position.step_id).channel not in case.prospect.channels:
        return advance(
            case, Because(case.cadence.rule, "That channel does not reach them now: on to the next step."), case.climb
        )
    rung = same_rung(case.cadence, case.position, at, case.climb, why)
    return stand_on(rung, case, rung.because)


def begin_after_first(name: str, started_at: datetime, case: Case, because: Because, climb: Climb) -> Arrangement:
    """Enter a cadence whose first step has just happened: `started_at` is the moment that step stood for."""
    cadence = case.standing.cadences.get(name)
    if cadence is None:
        return _nothing_begins(case, because, f"The cadence “{name}” is missing: plan the next step by hand.")
    day_one = started_at if cadence.agreed else _within_hours(started_at, case.calendar)
    first = Position(cadence.steps[0].id, Moment(day_one, day_one))
    rung = next_rung(cadence, first, case.now, climb)
    if rung is None:
        gap = f"No step of “{cadence.title}” can reach them: plan the next one by hand."
        return _nothing_begins(case, because, gap)
    return begin(cadence, rung, case, because)


def _nothing_begins(case: Case, because: Because, gap: str) -> Arrangement:
    return Arrangement(because, cancels=LADDER, finish=case.ends_ladder, gaps=(gap,))


def _within_hours(at: datetime, calendar: WorkCalendar) -> datetime:
    """Days count from the local day of the first step; a clock outside the hours would make each slip by one."""
    return at if calendar.is_open(at) else on_clock(local(at, calendar.zone).date(), calendar.window.open, calendar)


def finish_ladder(case: Case, because: Because, climb: Climb) -> Arrangement:
    end = case.cadence.end
    if end.kind is EndKind.HAND_OVER and end.to in case.standing.cadences:
        why = Because(case.cadence.rule, end.why or f"“{case.cadence.title}” is over; the general rhythm goes on.")
        handed = begin_after_first(end.to, case.now, case, why, climb)
        return replace(handed, finish=FinishReason.HANDED_OVER)
    if end.kind is EndKind.REPEAT:
        gap = f"No further step of “{case.cadence.title}” can reach them: plan the next one by hand, or close the lead."
        return Arrangement(because, cancels=LADDER, finish=FinishReason.EXHAUSTED, gaps=(gap,))
    return _release(end, case, because)


def _release(end: End, case: Case, because: Because) -> Arrangement:
    reason = end.why or DEFAULT_RELEASE
    return Arrangement(
        Because(case.cadence.rule, reason) if end.why else because,
        cancels=LADDER,
        finish=FinishReason.EXHAUSTED,
        ending=Ending(ProspectState.CLOSED, reason[:300]),
    )


def loose_task(
    kind: TouchKind, channel: Channel, title: str, due_at: datetime, because: Because, hang: Hang = Hang.NOTHING
) -> PlannedTouch:
    return PlannedTouch(kind, channel, title, due_at, because, hang)
