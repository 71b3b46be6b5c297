"""Why a mail that is written has not left yet, for a person who looks at the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WaitsFor(StrEnum):
    BEING_SENT = "being_sent"  # it is being handed over at this moment
    MAILBOX = "mailbox"  # somebody paused its mailbox
    TROUBLE = "trouble"  # its mailbox could not be reached
    AGAIN = "again"  # the server said “not now”
    MOMENT = "moment"  # its moment has not come
    CAP = "cap"  # its mailbox has sent what it may
    TURN = "turn"  # nothing stands in its way: its turn comes with the worker's next round


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail in the outbox. Instants are UTC; `rests_until` is when its mailbox may send again, if it is full."""

    under_way: bool
    due_at: datetime
    attempts: int
    paused: bool
    retry_at: datetime | None
    rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class Reason:
    """`until` is the earliest moment at which it goes on, where one is known."""

    waits_for: WaitsFor
    until: datetime | None = None


def reason_to_wait(mail: Waiting, now: datetime) -> Reason:
    """The one reason that holds it back longest: while its mailbox is paused, its own moment says nothing."""
    if mail.under_way:
        return Reason(WaitsFor.BEING_SENT)
    if mail.paused:
        return Reason(WaitsFor.MAILBOX)
    if mail.due_at > now and (mail.retry_at is None or mail.retry_at <= mail.due_at):
        return Reason(WaitsFor.AGAIN if mail.attempts else WaitsFor.MOMENT, mail.due_at)
    if mail.retry_at is not None and mail.retry_at > now:
        return Reason(WaitsFor.TROUBLE, mail.retry_at)
    if mail.rests_until is not None and mail.rests_until > now:
        return Reason(WaitsFor.CAP, mail.rests_until)
    return Reason(WaitsFor.TURN)
