"""The lanes of the queue: where a touch stands before its moment and its worth are looked at (DESIGN §4, B1, A15)."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from ringback.domain.readiness import UNKNOWN, Readiness
from ringback.domain.vocabulary import Channel, TouchKind


class Lane(IntEnum):
    """Lower goes first. Cadence calls have five lanes by expected value, so that an index alone can sort them."""

    APPOINTMENT = 0
    CALL_BACK = 1
    NEW_LEAD = 2
    RETRY = 3
    CADENCE_5 = 4
    CADENCE_4 = 5
    CADENCE_3 = 6
    CADENCE_2 = 7
    CADENCE_1 = 8
    COMMITMENT = 9
    WRITTEN = 10
    CARD = 11


# Two numbers that stand in no queue: what the worker does by itself when it is due, and what it has written already.
AUTOMATIC = 100
AT_THE_DOOR = 101

# The least value of each cadence lane, in whole units of the workspace's currency. Powers of ten: whether a lead is
# worth 20,000 or 30,000 should not decide who is called first for weeks, whether it is 2,000 or 200,000 should.
VALUE_LANES = (
    (100_000, Lane.CADENCE_5),
    (10_000, Lane.CADENCE_4),
    (1_000, Lane.CADENCE_3),
    (1, Lane.CADENCE_2),
)

_CALL_LANES = {
    TouchKind.CALL_BACK: Lane.CALL_BACK,
    TouchKind.NEW_LEAD: Lane.NEW_LEAD,
    TouchKind.RETRY: Lane.RETRY,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An open touch as the queue sees it. Instants are UTC; `zone` is the prospect's, for days promised to them.

    `came_in_at` is when a new lead arrived (its first touch's `due_at` if unknown), `last_try_at` when nobody answered.
    `opens_at` is when they can be called next, if it is outside their call hours now; `readiness` is what their answers
    say about how near they are to a decision.
    """

    touch_id: int
    kind: TouchKind
    channel: Channel
    lane: Lane
    due_at: datetime
    zone: str
    value: int = 0
    latest_at: datetime | None = None
    attempt: int = 1
    came_in_at: datetime | None = None
    last_try_at: datetime | None = None
    opens_at: datetime | None = None
    readiness: Readiness = UNKNOWN


def lane_for(kind: TouchKind, channel: Channel, value: int) -> Lane:
    """The lane of a touch that a person does; `value` in whole units of the workspace's currency (A15)."""
    if kind is TouchKind.APPOINTMENT:
        return Lane.APPOINTMENT
    if channel is Channel.CARD:
        return Lane.CARD
    if kind is TouchKind.COMMITMENT:
        return Lane.COMMITMENT
    if channel is not Channel.CALL:
        return Lane.WRITTEN
    return _CALL_LANES.get(kind) or _value_lane(value)


def standing_lane(kind: TouchKind, channel: Channel, value: int, *, by_itself: bool) -> int:
    """Where a touch stands: in no queue while the worker does it, else in the lane of whoever does.

    `by_itself`: its owner has a working mailbox, and nothing holds it for a person.
    """
    return AUTOMATIC if by_itself and goes_by_itself(kind, channel) else lane_for(kind, channel, value)


def goes_by_itself(kind: TouchKind, channel: Channel) -> bool:
    """Whether the worker can do it, given a mailbox: every mail but the summary, which the rep reads first (D1)."""
    return channel is Channel.EMAIL and kind is not TouchKind.SUMMARY


def _value_lane(value: int) -> Lane:
    return next((lane for least, lane in VALUE_LANES if value >= least), Lane.CADENCE_1)
