"""Whether a mail may leave at this moment, and when it is tried again (A7, C5, C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ringback.domain.call_hours import NoWorkingMoment, WorkCalendar, add_business_days, first_open, on_clock
from ringback.domain.local_time import local
from ringback.domain.vocabulary import AppointmentState, ProspectState, Situation, TouchState

# What arranged a mail can be undone for half a minute; the mail waits that long.
UNDO_WAIT = timedelta(seconds=30)
# After this long without an answer a claim counts as broken off: longer than handing over the largest mail may take.
LEASE = timedelta(minutes=15)
# A reminder that comes in the last hour reminds nobody.
REMINDS_UNTIL = timedelta(hours=1)
# A late mail of a cadence keeps their hours; a punctual one stands inside them already.
LATE = timedelta(hours=1)

SHORTLY = timedelta(seconds=5)

_RETRIES = (1, 5, 15, 30, 60, 120, 240)
MOST_ATTEMPTS = 12

ABOUT_AN_APPOINTMENT = frozenset({Situation.CONFIRMATION, Situation.CHANGE, Situation.REMINDER, Situation.THANK_YOU})


@dataclass(frozen=True, slots=True)
class Leaving:
    """A mail at the door. Instants are UTC; `touch` is None for a mail that no plan asked for.

    `address_gone`: the record does not hold the address any more to which it was written.
    """

    situation: Situation
    due_at: datetime
    latest_at: datetime | None
    touch: TouchState | None
    appointment: AppointmentState | None
    prospect: ProspectState
    suppressed: bool
    address_failed: bool
    address_gone: bool = False


@dataclass(frozen=True, slots=True)
class Go:
    """It may leave now."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """It will not be sent, because what it was for is no more."""

    why: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A person has to look at it first."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime


Verdict = Go | Withdraw | Hold | Wait


def keeps_hours(mail: Leaving, now: datetime) -> bool:
    """Whether their calendar has a say: only in a cadence's mail that is late. Nobody else's need be read."""
    return mail.situation is Situation.STEP and now - mail.due_at > LATE


def may_leave(mail: Leaving, calendar: WorkCalendar | None, now: datetime) -> Verdict:
    """Asked again in the transaction that claims a mail: still wanted, still allowed, not too late?

    `calendar` may be None for a mail that does not keep their hours (`keeps_hours`).
    """
    if mail.suppressed:
        return Withdraw("They asked not to be written to.")
    if mail.touch is not None and mail.touch is not TouchState.OPEN:
        return Withdraw("What it was for is done or cancelled.")
    if mail.situation in ABOUT_AN_APPOINTMENT and mail.appointment is not AppointmentState.AGREED:
        return Withdraw("The appointment that it speaks of is no more.")
    if mail.prospect is ProspectState.CLOSED and mail.touch is None:
        return Withdraw("The lead was closed.")
    if mail.latest_at is not None and now > mail.latest_at:
        return _too_late(mail)
    if mail.address_failed:
        return Hold("Mail to this address came back. Choose another address.")
    if mail.address_gone and mail.touch is not None:
        return Hold("The address was changed after this mail was written. Look at it once more, then send.")
    return _in_their_hours(mail, calendar, now)


def _too_late(mail: Leaving) -> Verdict:
    if mail.situation is Situation.STEP:
        return Hold("It should have gone days ago and its words may no longer fit: read it, then send or skip it.")
    return Withdraw("Its moment has passed.")


def _in_their_hours(mail: Leaving, calendar: WorkCalendar | None, now: datetime) -> Verdict:
    if calendar is None or not keeps_hours(mail, now) or calendar.is_open(now):
        return Go()
    try:
        return Wait(first_open(now, calendar))
    except NoWorkingMoment:
        return Go()


def latest_moment(
    situation: Situation, due_at: datetime, latest_at: datetime | None, calendar: WorkCalendar
) -> datetime | None:
    """The last moment (UTC) at which a mail makes sense; `latest_at` is what its touch says.

    A cadence's mail may be a business day late: after an outage, yesterday's “I have just tried to ring you” stays
    unsent until somebody has read it.
    """
    if situation is Situation.REMINDER and latest_at is not None:
        return latest_at - REMINDS_UNTIL
    if situation is Situation.STEP and latest_at is None:
        try:
            day = add_business_days(local(due_at, calendar.zone).date(), 1, calendar)
            return max(due_at, on_clock(day, calendar.window.close, calendar))
        except NoWorkingMoment:
            return None
    return latest_at


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a server that said “not now” is asked again; None when it has been asked often enough (about a day)."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return now + timedelta(minutes=_RETRIES[min(attempts, len(_RETRIES)) - 1])


def mailbox_rests(troubles: int, now: datetime) -> datetime:
    """When a mailbox is tried again that could not be reached `troubles` times in a row; at most 15 minutes later."""
    return now + timedelta(seconds=min(900, 15 * 2 ** min(troubles, 6)))


def allowance_ends(sent: tuple[int, datetime | None], cap: int, period: timedelta, now: datetime) -> datetime | None:
    """When a mailbox may send again; None if it may now. `sent`: how many in the period, and the oldest that counts.

    If all of them are on their way at this moment, it is asked again shortly.
    """
    count, oldest = sent
    if not cap or count < cap:
        return None
    return oldest + period if oldest is not None else now + SHORTLY
