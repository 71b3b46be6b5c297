"""Plain values that rules read: a prospect, where it stands, and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ringback.domain.cadence import Cadence
from ringback.domain.contact_policy import Dial
from ringback.domain.ladder import Position
from ringback.domain.vocabulary import (
    Channel,
    FirstContact,
    ProspectState,
    Qualification,
    Temperature,
    TouchKind,
)


@dataclass(frozen=True, slots=True)
class ProspectFacts:
    """What the rules need to know about a prospect. `dials` are those of the last seven days."""

    first_name: str = ""
    temperature: Temperature = Temperature.COLD
    first_contact: FirstContact = FirstContact.NONE
    qualification: Qualification = Qualification.UNKNOWN
    state: ProspectState = ProspectState.OPEN
    reachable: frozenset[Channel] = frozenset(Channel)
    suppressed: frozenset[Channel] = frozenset()
    has_other_phone: bool = False
    conversations: int = 0
    thanked: bool = False
    thanks_planned: bool = False
    dials: tuple[Dial, ...] = ()

    @property
    def channels(self) -> frozenset[Channel]:
        """Those that exist and are not forbidden; a task reaches nobody and is always possible."""
        return (self.reachable | {Channel.TASK}) - self.suppressed


@dataclass(frozen=True, slots=True)
class TouchFacts:
    """The touch an event is about."""

    kind: TouchKind
    channel: Channel
    due_at: datetime
    in_enrollment: bool = False
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    starts_at: datetime
    reason: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a prospect stands: its open enrollment, its appointment, and the touch in question.

    `call_back` says whether a call is promised besides the touch in question.
    """

    cadences: Mapping[str, Cadence] = field(default_factory=dict)
    cadence: Cadence | None = None
    position: Position | None = None
    paused: bool = False
    touch: TouchFacts | None = None
    appointment: AppointmentFacts | None = None
    call_back: bool = False
