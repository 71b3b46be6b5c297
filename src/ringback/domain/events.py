"""What can happen to a prospect. Every instant is UTC."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from ringback.domain.vocabulary import CalendarAnswer, Channel, MachineResult, Mood, Outcome, Party


@dataclass(frozen=True, slots=True)
class Gate:
    """B6: the four answers without which no conversation ends with “I'll send you something”."""

    several_calls: bool = False
    need_uncovered: bool = False
    will_value_it: bool = False
    recipient_decides: bool = False

    @property
    def open(self) -> bool:
        return all(getattr(self, field.name) for field in fields(self))

    @property
    def closed_by(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self) if not getattr(self, field.name))


@dataclass(frozen=True, slots=True)
class Promise:
    """Who owes what by which day (A3); the day is local to the prospect."""

    party: Party
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A dial and how it ended. `at` is when it was dialled; `next_at` the agreed moment, if the outcome has one.

    `gate_override` says why information is sent although the gate is shut (B6).
    """

    at: datetime
    machine: MachineResult
    outcome: Outcome | None = None
    mood: Mood | None = None
    next_at: datetime | None = None
    reason: str = ""
    close_reason: str = ""
    gate: Gate | None = None
    gate_override: str = ""
    promises: tuple[Promise, ...] = ()
    inbound: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody chose a cadence for the prospect; the first touch is wanted from `at` on."""

    at: datetime
    cadence: str


@dataclass(frozen=True, slots=True)
class TouchDone:
    """A touch other than a call was carried out, or skipped on purpose.

    `confirmed`: what it sent was confirmed before anybody knew for sure that it had left.
    """

    at: datetime
    skipped: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentMade:
    """Agreed outside a call: by mail, on a fair, or booked by the prospect."""

    at: datetime
    starts_at: datetime
    reason: str
    booked: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentMoved:
    at: datetime
    starts_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    """`by_them`: they called it off, and know it."""

    at: datetime
    reason: str = ""
    by_them: bool = False


@dataclass(frozen=True, slots=True)
class MissedTalkWritten:
    """The rep wants to write that they missed each other at `missed_at`, with an easy way to a new time."""

    at: datetime
    missed_at: datetime


@dataclass(frozen=True, slots=True)
class Replied:
    """They wrote or called without being answered; a person has to look at it (C5)."""

    at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True)
class OutOfOffice:
    """Away up to and including the day `until` (local to the prospect)."""

    at: datetime
    until: date


@dataclass(frozen=True, slots=True)
class Bounced:
    """Mail to the address came back for good; `last` if no other address of theirs works."""

    at: datetime
    address: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class LeftCompany:
    """They no longer work there; `successor` is the address that was named instead, if one was."""

    at: datetime
    successor: str = ""


@dataclass(frozen=True, slots=True)
class InvitationAnswered:
    """Their calendar's answer about the standing appointment; `starts_at` is the moment that a counter proposes."""

    at: datetime
    answer: CalendarAnswer
    starts_at: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class OptedOut:
    at: datetime
    proof: str
    channels: frozenset[Channel] = frozenset(Channel)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody stopped the cadence by hand."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """An explicit end without a call (A1)."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """A paused enrollment goes on."""

    at: datetime


Event = (
    CallEnded
    | Enrolled
    | TouchDone
    | AppointmentMade
    | AppointmentMoved
    | AppointmentCancelled
    | MissedTalkWritten
    | Replied
    | OutOfOffice
    | Bounced
    | LeftCompany
    | InvitationAnswered
    | OptedOut
    | Stopped
    | Closed
    | Resumed
)
