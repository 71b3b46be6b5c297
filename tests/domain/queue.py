"""A Wednesday morning in Berlin, and touches that are open on it."""

from datetime import datetime, timedelta

from ringback.domain.policy import Policy
from ringback.domain.ranking import Entry, Ranking, lane_for, rank
from ringback.domain.vocabulary import Channel, TouchKind
from tests.domain.clock import BERLIN, instant

NOW = instant("2025-03-05 10:03")
POLICY = Policy(talk_minutes=10)


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


JUST_NOW = ago(minutes=3)


def entry(
    touch_id: int = 1,
    kind: TouchKind = TouchKind.CADENCE,
    channel: Channel = Channel.CALL,
    *,
    value: int = 0,
    due_at: datetime = JUST_NOW,
    zone: str = BERLIN,
    latest_at: datetime | None = None,
    attempt: int = 1,
    came_in_at: datetime | None = None,
    last_try_at: datetime | None = None,
) -> Entry:
    lane = lane_for(kind, channel, value)
    return Entry(touch_id, kind, channel, lane, due_at, zone, value, latest_at, attempt, came_in_at, last_try_at)


def ranked(*entries: Entry, next_appointment_at: datetime | None = None) -> Ranking:
    return rank(entries, now=NOW, next_appointment_at=next_appointment_at, policy=POLICY, rep_zone=BERLIN)
