"""The order of the queue: who is called now, who later, and why (DESIGN §4, B1, A15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from ringback.domain.lanes import Entry, Lane, lane_for
from ringback.domain.local_time import require_instant, zone_named
from ringback.domain.policy import Policy
from ringback.domain.queue_words import SPEED_MATTERS, Clock, rule_of, why
from ringback.domain.readiness import expected
from ringback.domain.vocabulary import Channel

__all__ = ["Entry", "Lane", "Ranked", "Ranking", "Sifted", "lane_for", "rank", "sift"]

# An appointment shows up early enough to read the brief, not so early that it is called before its minute.
GET_READY = timedelta(minutes=2)
# Between hanging up and the next dial: log the outcome, read the next name.
MARGIN = timedelta(minutes=2)
# An appointment that nobody has worked for this long no longer holds other calls back; it still stands first.
APPOINTMENT_WAITS = timedelta(minutes=30)
RISES_EVERY = timedelta(hours=48)
AGREED_MOMENT_LASTS = timedelta(hours=1)

_OCCUPIES_THE_REP = frozenset({Channel.CALL, Channel.VISIT})
_FAR = float("inf")
_Place = tuple[int, int, float, float, float, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    entry: Entry
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """`offered` in the order to work in; `held` may not be started now, each with the reason."""

    offered: tuple[Ranked, ...]
    held: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Sifted:
    """As Ranking, without the words."""

    offered: tuple[Entry, ...]
    held: tuple[Entry, ...]


def sift(
    entries: Iterable[Entry], *, now: datetime, next_appointment_at: datetime | None, policy: Policy, rep_zone: str
) -> Sifted:
    """The order of `rank` for many, of whom only the first few will be shown: `last_try_at` may still be unknown."""
    clock = Clock(require_instant(now), zone_named(rep_zone))
    guard = _guard(clock, next_appointment_at, policy)
    offered: list[Entry] = []
    held: list[Entry] = []
    for _, entry in _in_order(entries, now):
        (held if _hold(entry, clock, guard) else offered).append(entry)
    return Sifted(tuple(offered), tuple(held))


def rank(
    entries: Iterable[Entry], *, now: datetime, next_appointment_at: datetime | None, policy: Policy, rep_zone: str
) -> Ranking:
    """The queue at `now` (UTC) for a rep whose clock is in `rep_zone`; the touch id decides last.

    Old work rises one lane for every 48 hours it is overdue, up to the end of the promised call-backs.
    """
    clock = Clock(require_instant(now), zone_named(rep_zone))
    guard = _guard(clock, next_appointment_at, policy)
    offered, held = [], []
    for place, entry in _in_order(entries, now):
        if hold := _hold(entry, clock, guard):
            held.append(Ranked(entry, *hold))
        else:
            offered.append(Ranked(entry, why(entry, clock, risen=place[0] < entry.lane), rule_of(entry)))
    return Ranking(tuple(offered), tuple(held))


def _in_order(entries: Iterable[Entry], now: datetime) -> list[tuple[_Place, Entry]]:
    return sorted(((_place(entry, now), entry) for entry in entries), key=itemgetter(0))


def _hold(entry: Entry, clock: Clock, guard: str) -> tuple[str, str] | None:
    """Why it may not be started now, and the rule that says so."""
    if entry.opens_at is not None and not _was_agreed(entry, clock.now):
        return f"Outside their call hours until {clock.time(entry.opens_at)}", "C6"
    if reason := _out_of_time(entry, clock):
        return reason, rule_of(entry)
    return (guard, "B1") if guard and _could_make_late(entry) else None


def _guard(clock: Clock, next_appointment_at: datetime | None, policy: Policy) -> str:
    """Why no call may be started now, or nothing (B1)."""
    if next_appointment_at is None or clock.now > next_appointment_at + APPOINTMENT_WAITS:
        return ""
    if clock.now >= next_appointment_at:
        return f"Held: your {clock.time(next_appointment_at)} appointment is waiting for your call"
    if clock.now + timedelta(minutes=policy.talk_minutes) + MARGIN > next_appointment_at:
        return f"Held until after your {clock.time(next_appointment_at)} appointment: a call now could make you late"
    return ""


def _could_make_late(entry: Entry) -> bool:
    return entry.lane is not Lane.APPOINTMENT and entry.channel in _OCCUPIES_THE_REP


def _out_of_time(entry: Entry, clock: Clock) -> str:
    if entry.latest_at is not None and clock.now > entry.latest_at:
        return f"Too late: this made sense until {clock.time(entry.latest_at)}"
    early = GET_READY if entry.lane is Lane.APPOINTMENT else timedelta(0)
    return f"Not due before {clock.time(entry.due_at)}" if clock.now < entry.due_at - early else ""


def _was_agreed(entry: Entry, now: datetime) -> bool:
    """They named this moment themselves, so it is kept whatever the hour; an hour later their call hours hold again."""
    return entry.lane <= Lane.CALL_BACK and now < entry.due_at + AGREED_MOMENT_LASTS


def _place(entry: Entry, now: datetime) -> _Place:
    """Risen entries stand behind those that belong to the lane by right."""
    return (_effective_lane(entry, now), entry.lane, *_within_lane(entry, now), entry.touch_id)


def _effective_lane(entry: Entry, now: datetime) -> int:
    if entry.lane <= Lane.CALL_BACK or now < entry.due_at:
        return entry.lane
    return max(Lane.CALL_BACK, entry.lane - (now - entry.due_at) // RISES_EVERY)


def _within_lane(entry: Entry, now: datetime) -> tuple[float, float, float]:
    due = entry.due_at.timestamp()
    if Lane.CADENCE_5 <= entry.lane <= Lane.CADENCE_1:
        return _by_worth(entry, now)
    if entry.lane is Lane.NEW_LEAD:
        return (*_by_age(entry, now), 0.0)
    if entry.lane is Lane.CARD:
        return (entry.latest_at.timestamp() if entry.latest_at else _FAR, due, 0.0)
    return (due, 0.0, 0.0)


def _by_worth(entry: Entry, now: datetime) -> tuple[float, float, float]:
    """A15, D2: what they are worth, more for all that they have said which brings a decision nearer."""
    points = entry.readiness.points(now.date())
    return (-expected(entry.value, points), -points, entry.due_at.timestamp())


def _by_age(entry: Entry, now: datetime) -> tuple[float, float]:
    """A14: in its first hour the youngest lead goes first, because minutes decide whether it is reached at all.

    Older leads have lost that advantage anyway and are taken in the order in which they came.
    """
    came_in = entry.came_in_at or entry.due_at
    fresh = now - came_in < SPEED_MATTERS
    return (0.0, -came_in.timestamp()) if fresh else (1.0, came_in.timestamp())
