"""What a cadence would do for given answers, from the rules alone (`ringback plan`, the Rehearse page)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ringback.domain.arranging.after_unanswered import DEAD_NUMBER, FIND_NUMBER
from ringback.domain.because import Because
from ringback.domain.cadence import Cadence, EndKind
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.contact_policy import Dial
from ringback.domain.ladder import Climb, Rung, busy_rung, first_rung, next_rung, same_rung
from ringback.domain.policy import Policy
from ringback.domain.vocabulary import Channel, MachineResult
from ringback.domain.working_time import Moment

MOST_TOUCHES = 18
RINGS = frozenset({MachineResult.NO_ANSWER, MachineResult.VOICEMAIL})


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One touch as it would be planned, and how it was said to end."""

    step_id: str
    repetition: int
    channel: Channel
    title: str
    moment: Moment
    because: Because
    answer: MachineResult | None = None

    @property
    def due_at(self) -> datetime:
        return self.moment.due_at


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The touches in order, and what would come after the last of them."""

    touches: tuple[Rehearsed, ...]
    ending: str


def rehearse(
    cadence: Cadence,
    *,
    start: datetime,
    calendar: WorkCalendar,
    policy: Policy | None = None,
    answers: Iterable[MachineResult] = (),
    channels: frozenset[Channel] = frozenset(Channel),
    library: Mapping[str, Cadence] | None = None,
    most: int = MOST_TOUCHES,
) -> Rehearsal:
    """Every touch done at its due moment; each answer is how one call ended, and no answer from there on.

    `start` (UTC) is the agreed moment, or the first touch. A cadence that goes round is shown for `most` touches.
    """
    climb = Climb(calendar, policy or Policy(), channels=channels)
    walk = _Walk(cadence, iter(answers))
    rung = first_rung(cadence, start, climb)
    while rung is not None and len(walk.touches) < most:
        rung, climb = walk.past(rung, climb)
        if walk.answered:
            return Rehearsal(tuple(walk.touches), "Answered: the ladder stops, and the outcome decides (C5).")
    return Rehearsal(tuple(walk.touches), _ending(cadence, library or {}))


class _Walk:
    """The touches so far and the answers still to come."""

    def __init__(self, cadence: Cadence, answers: Iterator[MachineResult]) -> None:
        self.cadence, self.answers = cadence, answers
        self.touches: list[Rehearsed] = []
        self.answered = False

    def past(self, rung: Rung, climb: Climb) -> tuple[Rung | None, Climb]:
        """Note the rung, let it end as told, and give the next one."""
        answer = next(self.answers, MachineResult.NO_ANSWER) if rung.step.channel is Channel.CALL else None
        self.touches.append(_noted(rung, answer))
        self.answered = answer is MachineResult.ANSWERED
        if answer in RINGS:
            climb = replace(climb, dials=(*climb.dials, Dial(rung.due_at, self.cadence.agreed)))
        if answer is MachineResult.FAILED:
            self.touches.append(_number_wanted(rung))
            return same_rung(self.cadence, rung.position, rung.due_at, climb, "A working number is known now."), climb
        if answer is MachineResult.BUSY and rung.position.attempt <= climb.policy.busy_retries:
            return busy_rung(self.cadence, rung.position, rung.due_at, climb), climb
        return next_rung(self.cadence, rung.position, rung.due_at, climb), climb


def _number_wanted(rung: Rung) -> Rehearsed:
    """What a dead number leads to; shown as if one was found at once, so that the same call follows."""
    because = Because("C6", DEAD_NUMBER)
    position = rung.position
    return Rehearsed(rung.step.id, position.repetition, Channel.TASK, FIND_NUMBER, position.moment, because)


def _noted(rung: Rung, answer: MachineResult | None) -> Rehearsed:
    position = rung.position
    title = rung.step.title or rung.step.id
    return Rehearsed(rung.step.id, position.repetition, rung.step.channel, title, position.moment, rung.because, answer)


def _ending(cadence: Cadence, library: Mapping[str, Cadence]) -> str:
    end = cadence.end
    if end.kind is EndKind.HAND_OVER:
        title = library[end.to].title if end.to in library else end.to
        return f"Then handed over to “{title}”. {end.why}".strip()
    if end.kind is EndKind.REPEAT:
        return f"And so on from “{cadence.step(end.to).title or end.to}”. {end.why}".strip()
    return f"Then released. {end.why}".strip()
