"""A cadence: a ladder or long-run rhythm of steps, as a value read from a plain mapping.

The file is read at the edge; here only its content is judged. A refusal names the field and what was probably meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ringback.domain.cadence_reading import CadenceProblem, Reader
from ringback.domain.vocabulary import Channel, Temperature
from ringback.domain.waits import Part, Wait

__all__ = ["Cadence", "CadenceError", "CadenceProblem", "End", "EndKind", "Purpose", "Start", "Step", "read_cadence"]


class Start(StrEnum):
    """What the first touch hangs on: an agreed moment is kept to the minute, any other first touch fits the window."""

    AGREED = "agreed moment"
    FIRST_TOUCH = "first touch"


class EndKind(StrEnum):
    RELEASE = "release"
    HAND_OVER = "hand over"
    REPEAT = "repeat"


class Purpose(StrEnum):
    """What a step is for, where that is more than one more try."""

    TRY = "try"
    LAST_WORD = "last word"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung. `wait` counts from the rung before; `repeat` times in all; `voicemail` is left on a machine."""

    id: str
    channel: Channel
    wait: Wait
    why: str
    repeat: int = 1
    title: str = ""
    say: str = ""
    voicemail: str = ""
    subject: str = ""
    purpose: Purpose = Purpose.TRY


@dataclass(frozen=True, slots=True)
class End:
    """What comes after the last rung: a polite release, another cadence (`to`), or a step to go round from (`to`)."""

    kind: EndKind
    to: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Cadence:
    name: str
    rule: str
    title: str
    source: str
    start: Start
    temperature: Temperature | None
    urgent: bool
    steps: tuple[Step, ...]
    end: End
    description: str = ""

    @property
    def agreed(self) -> bool:
        """Whether it follows an agreed moment, which frees its calls from the weekly limits."""
        return self.start is Start.AGREED

    @property
    def has_calls(self) -> bool:
        return any(step.channel is Channel.CALL for step in self.steps)

    def step(self, step_id: str) -> Step:
        return self.steps[self.index(step_id)]

    def index(self, step_id: str) -> int:
        for index, step in enumerate(self.steps):
            if step.id == step_id:
                return index
        raise KeyError(f"Cadence “{self.name}” has no step “{step_id}”.")


class CadenceError(ValueError):
    """The mapping is no cadence; `problems` lists every field that is wrong."""

    def __init__(self, problems: tuple[CadenceProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_cadence(document: Mapping[str, Any], *, file: str = "") -> Cadence:
    """The cadence a mapping describes; raises CadenceError with all problems at once."""
    reader = Reader(document, file=file)
    steps = tuple(_read_step(each) for each in reader.tables("steps"))
    end = _read_end(reader.table("end"))
    cadence = Cadence(
        name=reader.identifier("name"),
        rule=reader.text("rule", required=True, at_most=8),
        title=reader.text("title", required=True, at_most=160),
        source=reader.text("source"),
        start=reader.word("start", Start, Start.FIRST_TOUCH),
        temperature=reader.word("temperature", Temperature, None),
        urgent=reader.flag("urgent"),
        steps=steps,
        end=end,
        description=reader.text("description"),
    )
    reader.nothing_else()
    if not reader.problems:
        _check_whole(cadence, reader)
    if reader.problems:
        raise CadenceError(tuple(reader.problems))
    return cadence


def _read_step(reader: Reader) -> Step:
    step = Step(
        id=reader.identifier("id"),
        channel=reader.word("channel", Channel, Channel.CALL, required=True),
        wait=reader.wait("wait"),
        why=reader.text("why", required=True, at_most=300),
        repeat=reader.number("repeat", default=1, least=1, most=100),
        title=reader.text("title", at_most=200),
        say=reader.text("say"),
        voicemail=reader.text("voicemail"),
        subject=reader.text("subject"),
        purpose=reader.word("purpose", Purpose, Purpose.TRY),
    )
    reader.nothing_else()
    return step


def _read_end(reader: Reader) -> End:
    end = End(
        kind=reader.word("kind", EndKind, EndKind.RELEASE, required=True),
        to=reader.text("to"),
        why=reader.text("why", at_most=300),
    )
    reader.nothing_else()
    return end


def _check_whole(cadence: Cadence, reader: Reader) -> None:
    ids = [step.id for step in cadence.steps]
    for step_id in {each for each in ids if ids.count(each) > 1}:
        reader.problem("steps", f"two steps have the id “{step_id}”; each step needs its own")
    if cadence.end.kind is EndKind.REPEAT:
        _check_round(cadence, reader, ids)
    elif cadence.end.kind is EndKind.HAND_OVER and not cadence.end.to:
        reader.problem("end.to", "name the cadence to hand over to")
    if cadence.start is Start.AGREED and cadence.steps[0].channel is not Channel.CALL:
        reader.problem("steps[1].channel", "a ladder for an agreed moment begins with the call itself")


def _check_round(cadence: Cadence, reader: Reader, ids: list[str]) -> None:
    if cadence.end.to not in ids:
        reader.problem(
            "end.to", f"there is no step “{cadence.end.to}” to repeat from{reader.meant(cadence.end.to, ids)}"
        )
    elif all(step.wait.part is Part.NOW for step in cadence.steps[ids.index(cadence.end.to) :]):
        reader.problem("end.to", "the steps that repeat for ever all wait for nothing; give one of them a wait")
