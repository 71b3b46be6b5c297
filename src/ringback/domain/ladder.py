"""Climbing a cadence: which rung comes next, and when (C1–C4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ringback.domain.because import Because, shift_sentence
from ringback.domain.cadence import Cadence, EndKind, Step
from ringback.domain.call_hours import WorkCalendar, first_open
from ringback.domain.contact_policy import Dial, next_day_part, permitted_call
from ringback.domain.local_time import local
from ringback.domain.policy import Policy
from ringback.domain.vocabulary import Channel
from ringback.domain.working_time import Moment, WaitUnit, wait_from

BUSY_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Position:
    """A rung of a cadence. `repetition` counts how often this step has come; `attempt` the tries on this one rung.

    `anchor` is the planned moment that monthly rungs are counted from (UTC).
    """

    step_id: str
    moment: Moment
    repetition: int = 1
    attempt: int = 1
    anchor: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    step: Step
    position: Position
    because: Because

    @property
    def due_at(self) -> datetime:
        return self.position.moment.due_at


@dataclass(frozen=True, slots=True)
class Climb:
    """What climbing needs to know besides the cadence."""

    calendar: WorkCalendar
    policy: Policy
    dials: tuple[Dial, ...] = ()
    channels: frozenset[Channel] = frozenset(Channel)


def first_rung(cadence: Cadence, at: datetime, climb: Climb) -> Rung | None:
    """The first reachable rung from `at` on. An agreed moment is kept to the minute; any other one fits the window."""
    step = cadence.steps[0]
    if cadence.agreed:
        moment = Moment(at, at)
        return Rung(step, Position(step.id, moment), Because(cadence.rule, step.why))
    opened = first_open(at, climb.calendar)
    if step.channel in climb.channels:
        return _land(cadence, step, Position(step.id, Moment(opened, opened)), climb, is_first=True)
    return next_rung(cadence, Position(step.id, Moment(opened, opened)), opened, climb)


def next_rung(cadence: Cadence, position: Position, done_at: datetime, climb: Climb) -> Rung | None:
    """The next reachable rung after one done at `done_at`; None at the end of the cadence.

    A rung whose channel does not reach the prospect is passed over, its wait still counting.
    """
    for _ in range(2 * sum(step.repeat for step in cadence.steps)):
        following = _following(cadence, position)
        if following is None:
            return None
        step, repetition = following
        landed = _wait_for(step, repetition, position, done_at, climb)
        if step.channel in climb.channels:
            return _land(cadence, step, landed, climb)
        position, done_at = landed, max(done_at, landed.moment.due_at)
    return None


def same_rung(cadence: Cadence, position: Position, at: datetime, climb: Climb, why: str) -> Rung:
    """The rung once more, from `at` on: after a busy line, an absence or a pause."""
    step = cadence.step(position.step_id)
    moment = Moment(position.moment.planned_at, first_open(at, climb.calendar))
    landed = _within_limits(cadence, step, replace(position, moment=moment), climb)
    return Rung(step, landed[0], Because(cadence.rule, why).and_also(landed[1]))


def busy_rung(cadence: Cadence, position: Position, at: datetime, climb: Climb) -> Rung:
    """They are on the telephone: the same rung soon where a moment was agreed, else in the next part of the day."""
    later = at + BUSY_PAUSE if cadence.agreed else next_day_part(at, climb.calendar)
    again = replace(position, attempt=position.attempt + 1)
    return same_rung(cadence, again, later, climb, "The line was busy, so they are there: the same step once more.")


def _following(cadence: Cadence, position: Position) -> tuple[Step, int] | None:
    """The next step and how often it has come then; going round starts the count of each step anew for each round."""
    index = cadence.index(position.step_id)
    step = cadence.steps[index]
    rounds, within = divmod(position.repetition - 1, step.repeat)
    if within + 1 < step.repeat:
        return step, position.repetition + 1
    if index + 1 < len(cadence.steps):
        following = cadence.steps[index + 1]
        return following, rounds * following.repeat + 1
    if cadence.end.kind is not EndKind.REPEAT:
        return None
    following = cadence.step(cadence.end.to)
    return following, (rounds + 1) * following.repeat + 1


def _wait_for(step: Step, repetition: int, position: Position, done_at: datetime, climb: Climb) -> Position:
    if step.wait.unit is WaitUnit.MONTHS:
        return _wait_months(step, repetition, position, done_at, climb)
    moment = wait_from(position.moment, done_at, step.wait, climb.calendar)
    return Position(step.id, moment, repetition)


def _wait_months(step: Step, repetition: int, position: Position, done_at: datetime, climb: Climb) -> Position:
    """Months are counted from their anchor, so that a 31st comes back after February."""
    anchor = position.anchor or position.moment.planned_at
    passed = _months_between(anchor, position.moment.planned_at, climb.calendar.zone)
    if passed % step.wait.amount:
        anchor, passed = position.moment.planned_at, 0
    times = passed // step.wait.amount + 1
    moment = wait_from(position.moment, done_at, step.wait, climb.calendar, anchor=anchor, repetition=times)
    on_time = wait_from(
        position.moment, position.moment.due_at, step.wait, climb.calendar, anchor=anchor, repetition=times
    )
    kept = moment.planned_at == on_time.planned_at
    return Position(step.id, moment, repetition, anchor=anchor if kept else moment.planned_at)


def _months_between(earlier: datetime, later: datetime, zone: str) -> int:
    first, last = local(earlier, zone), local(later, zone)
    return (last.year - first.year) * 12 + last.month - first.month


def _land(cadence: Cadence, step: Step, position: Position, climb: Climb, *, is_first: bool = False) -> Rung:
    shifted = shift_sentence(position.moment, climb.calendar)
    position, held = _within_limits(cadence, step, position, climb)
    if is_first:
        moment = position.moment
        position = replace(position, moment=Moment(moment.due_at, moment.due_at))
    return Rung(step, position, Because(cadence.rule, step.why).and_also(shifted).and_also(held))


def _within_limits(cadence: Cadence, step: Step, position: Position, climb: Climb) -> tuple[Position, str]:
    if step.channel is not Channel.CALL or cadence.agreed:
        return position, ""
    permitted = permitted_call(position.moment.due_at, climb.dials, climb.policy, climb.calendar)
    if permitted.at == position.moment.due_at:
        return position, permitted.why
    moment = Moment(position.moment.planned_at, permitted.at)
    return replace(position, moment=moment), permitted.why
