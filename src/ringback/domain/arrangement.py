"""A decision as a value: everything that follows from one event, each thing with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ringback.domain.because import Because, shortened
from ringback.domain.events import Promise
from ringback.domain.ladder import Position, Rung
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    FirstContact,
    ProspectState,
    TouchKind,
)

LONGEST_TITLE = 300


class Hang(StrEnum):
    """What a touch hangs on, and falls with. A promised call falls with the next talk: that agrees on something new."""

    ENROLLMENT = "enrollment"
    CALL_BACK = "call_back"
    APPOINTMENT = "appointment"
    COMMITMENT = "commitment"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    """A touch to be written. Instants are UTC; `promise` is the index of the promise that it hangs on.

    A title has at most 300 characters; a longer one, made of what somebody wrote, is cut visibly.
    """

    kind: TouchKind
    channel: Channel
    title: str
    due_at: datetime
    because: Because
    hang: Hang = Hang.NOTHING
    planned_at: datetime | None = None
    latest_at: datetime | None = None
    step_id: str = ""
    repetition: int = 1
    attempt: int = 1
    promise: int | None = None

    def __post_init__(self) -> None:
        if len(self.title) > LONGEST_TITLE:
            object.__setattr__(self, "title", shortened(self.title, LONGEST_TITLE))

    @property
    def counted_from(self) -> datetime:
        return self.planned_at or self.due_at


@dataclass(frozen=True, slots=True)
class AgreedMoment:
    """An appointment to write: a new one, or the standing one moved (same calendar entry, next sequence number)."""

    starts_at: datetime
    reason: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """The prospect's own state changes: an explicit end (A1)."""

    state: ProspectState
    reason: str


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What one event plants, ends and changes.

    Open touches hanging on `cancels` are cancelled first; then the enrollment finishes, begins or stands at `position`.
    `by_list`: an imported list said so, not the person. `gaps` says what could not be arranged, and why.
    """

    because: Because
    touches: tuple[PlannedTouch, ...] = ()
    cancels: frozenset[Hang] = frozenset()
    finish: FinishReason | None = None
    begin: str = ""
    position: Position | None = None
    settles: AppointmentState | None = None
    agrees: AgreedMoment | None = None
    promises: tuple[Promise, ...] = ()
    ending: Ending | None = None
    suppress: frozenset[Channel] = frozenset()
    proof: str = ""
    by_list: bool = False
    first_contact: FirstContact | None = None
    talked: bool = False
    reopens: bool = False
    gaps: tuple[str, ...] = field(default=())


def touch_of(rung: Rung, kind: TouchKind) -> PlannedTouch:
    """The rung of a cadence as a touch."""
    position = rung.position
    return PlannedTouch(
        kind=kind,
        channel=rung.step.channel,
        title=rung.step.title or rung.step.id.replace("-", " ").capitalize(),
        due_at=position.moment.due_at,
        planned_at=position.moment.planned_at,
        because=rung.because,
        hang=Hang.ENROLLMENT,
        step_id=rung.step.id,
        repetition=position.repetition,
        attempt=position.attempt,
    )
