"""Claims a mail for sending: the last look before it leaves (C5, C6)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from ringback.actions import hot_write
from ringback.actions.address_lock import ask_hold, is_held
from ringback.actions.deciding import ask_if_free
from ringback.actions.mailing.holding import hold_touch, withdraw
from ringback.domain.mail.sending import LEASE, Go, Hold, Wait, Withdraw, allowance_ends, keeps_hours, may_leave
from ringback.domain.vocabulary import MessageState
from ringback.models import Mailbox, Message, Prospect
from ringback.queries.calendars import calendar_for
from ringback.queries.driver import at_once
from ringback.queries.mail_reads import mailbox_by_id
from ringback.queries.outbox import DAY, MINUTE, due_messages, leaving_of, message_of, sent_since
from ringback.queries.standing import workspace_now

log = logging.getLogger("ringback.worker")

AT_ONCE = 20
CANNOT_BE_LOOKED_AT = "Ringback could not tell whether this mail may leave; the log says why."


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this caller, and nobody else, hands over now. `fence` is the number of the claim."""

    mailbox: Mailbox
    message: Message
    fence: int


@dataclass(frozen=True, slots=True)
class Full:
    """The mailbox has sent what it may; it goes on at `until` (UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody has paused the mailbox, taken it away, or changed what it may send: the next look sees how it is."""


Tried = Claimed | Full | Changed | None


def claims(*, mailbox: Mailbox, clock: Callable[[], datetime]) -> Iterator[Claimed | Full]:
    """One mail after the other that may leave, each marked as being sent before it is given out.

    Mails that may not leave any more are withdrawn on the way. Ends when nothing is due, when others hold what is, or
    when somebody pauses the mailbox; `Full` ends it too.
    """
    seen: set[int] = set()
    while fresh := [each for each in due_messages(mailbox.pk, clock(), most=AT_ONCE) if each[0] not in seen]:
        for message_id, prospect_id in fresh:
            seen.add(message_id)
            found = _claim_or_hold(mailbox, message_id, prospect_id, clock())
            if isinstance(found, Changed):
                return
            if found is not None:
                yield found
            if isinstance(found, Full):
                return


def claim_next(*, mailbox: Mailbox, now: datetime) -> Claimed | Full | None:
    """The first of the `claims`; None if there is none."""
    return next(claims(mailbox=mailbox, clock=lambda: now), None)


def _claim_or_hold(mailbox: Mailbox, message_id: int, prospect_id: int, now: datetime) -> Tried:
    """A mail over which the rules stumble hurts only itself."""
    try:
        return _claim(mailbox, message_id, prospect_id, now)
    except DatabaseError:
        raise  # not the mail's fault: it is tried again
    except Exception:
        log.exception("mail %s could not be looked at", message_id)
    with transaction.atomic():
        message = message_of.first(message_id)
        if message is not None and withdraw(message, why=CANNOT_BE_LOOKED_AT, now=now):
            hold_touch(message.touch, why=CANNOT_BE_LOOKED_AT)
    return None


def _claim(known: Mailbox, message_id: int, prospect_id: int, now: datetime) -> Tried:
    with transaction.atomic():
        if (until := _rests_until(known, now)) is not None:
            return Full(until)
        # While somebody else holds the prospect, this mail's turn has not come.
        with at_once():
            asked = mailbox_by_id.ask(known.pk), ask_if_free(prospect_id), message_of.ask(message_id)
        mailbox, prospect, message = asked[0].first(), asked[1].first(), asked[2].first()
        if mailbox is None or mailbox.paused_at is not None or _caps(mailbox) != _caps(known):
            return Changed()
        if prospect is None or message is None or not _waits(message, prospect, mailbox):
            return None
        return _looked_at(mailbox, prospect, message, now)


def _looked_at(mailbox: Mailbox, prospect: Prospect, message: Message, now: datetime) -> Claimed | None:
    """Nobody may block the address meanwhile; what has changed about the mail is read when it is held."""
    with at_once():
        asked, leaving = ask_hold(message.to_address), leaving_of(message, prospect)
    if not is_held(asked):
        return None
    hours = calendar_for(prospect, workspace_now(), now).calendar if keeps_hours(leaving, now) else None
    match may_leave(leaving, hours, now):
        case Go():
            return _mark(mailbox, message, now)
        case Withdraw(why):
            withdraw(message, why=why, now=now)
        case Hold(why):
            withdraw(message, why=why, now=now)
            hold_touch(message.touch, why=why)
        case Wait(until):
            Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(due_at=until)
    return None


def _waits(message: Message, prospect: Prospect, mailbox: Mailbox) -> bool:
    """Not if they were merged into somebody else in this very moment."""
    ours = (message.prospect_id, message.mailbox_id) == (prospect.pk, mailbox.pk)
    return ours and message.state == MessageState.QUEUED


def _mark(mailbox: Mailbox, message: Message, now: datetime) -> Claimed | None:
    """Compare-and-set: of several workers one wins."""
    before = {"state": MessageState.QUEUED.value, "fence": message.fence}
    after = {
        "state": MessageState.SENDING.value,
        "fence": message.fence + 1,
        "attempts": message.attempts + 1,
        "lease_until": now + LEASE,
    }
    if not hot_write.send_change(message, before, after)():
        return None
    for name, value in after.items():
        setattr(message, name, value)
    return Claimed(mailbox, message, message.fence)


def _caps(mailbox: Mailbox) -> tuple[int, int]:
    return mailbox.per_minute, mailbox.per_day


def _rests_until(mailbox: Mailbox, now: datetime) -> datetime | None:
    """Caps hold across all workers: where there is one, claims of a mailbox stand in line behind its row."""
    if not (mailbox.per_minute or mailbox.per_day):
        return None
    Mailbox.objects.select_for_update(no_key=True).only("pk").get(pk=mailbox.pk)
    for cap, period in zip(_caps(mailbox), (MINUTE, DAY), strict=True):
        if cap and (until := allowance_ends(sent_since(mailbox.pk, now - period, at_most=cap), cap, period, now)):
            return until
    return None
