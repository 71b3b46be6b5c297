"""Claims a mail for sending: the last look before it leaves (C5, C6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ringback.actions.mailing.holding import hold_touch, withdraw
from ringback.domain.mail.sending import LEASE, Go, Hold, Wait, Withdraw, allowance_ends, may_leave
from ringback.domain.vocabulary import MessageState
from ringback.models import Mailbox, Message, Prospect
from ringback.queries.calendars import calendar_for
from ringback.queries.outbox import DAY, MINUTE, due_messages, leaving_of, sent_since
from ringback.queries.standing import workspace_now

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this caller, and nobody else, hands over now. `fence` is the number of the claim."""

    message: Message
    fence: int


@dataclass(frozen=True, slots=True)
class Full:
    """The mailbox has sent what it may; it goes on at `until` (UTC)."""

    until: datetime


def claim_next(*, mailbox: Mailbox, now: datetime) -> Claimed | Full | None:
    """The next mail of the mailbox that may leave, marked as being sent before anything is handed over.

    Mails that may not leave any more are withdrawn on the way. None when nothing is due, or others hold what is.
    """
    seen: set[int] = set()
    while fresh := [each for each in due_messages(mailbox.pk, now, most=AT_ONCE) if each[0] not in seen]:
        for message_id, prospect_id in fresh:
            seen.add(message_id)
            claimed = _claim(mailbox, message_id, prospect_id, now)
            if claimed is not None:
                return claimed
    return None


def _claim(mailbox: Mailbox, message_id: int, prospect_id: int, now: datetime) -> Claimed | Full | None:
    with transaction.atomic():
        if (until := _rests_until(mailbox, now)) is not None:
            return Full(until)
        # Whoever holds the prospect is about to change something about it: this mail's turn comes again.
        prospect = Prospect.objects.select_for_update(skip_locked=True).filter(pk=prospect_id).first()
        message = Message.objects.select_related("touch", "appointment").filter(pk=message_id).first()
        if prospect is None or message is None or message.state != MessageState.QUEUED:
            return None
        verdict = may_leave(leaving_of(message, prospect), calendar_for(prospect, workspace_now(), now).calendar, now)
        match verdict:
            case Go():
                return _mark(message, now)
            case Withdraw(why):
                withdraw(message, why=why, now=now)
            case Hold(why):
                withdraw(message, why=why, now=now)
                hold_touch(message.touch, why=why)
            case Wait(until):
                Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(due_at=until)
    return None


def _mark(message: Message, now: datetime) -> Claimed | None:
    """Compare-and-set: of several workers one wins."""
    fence = message.fence + 1
    won = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, fence=message.fence).update(
        state=MessageState.SENDING, fence=fence, attempts=F("attempts") + 1, lease_until=now + LEASE
    )
    message.fence, message.attempts, message.state = fence, message.attempts + 1, MessageState.SENDING.value
    return Claimed(message, fence) if won else None


def _rests_until(mailbox: Mailbox, now: datetime) -> datetime | None:
    """Caps hold across all workers: where there is one, claims of a mailbox stand in line behind its row."""
    if not (mailbox.per_minute or mailbox.per_day):
        return None
    Mailbox.objects.select_for_update().only("pk").get(pk=mailbox.pk)
    for cap, period in ((mailbox.per_minute, MINUTE), (mailbox.per_day, DAY)):
        if cap and (until := allowance_ends(sent_since(mailbox.pk, now - period, at_most=cap), cap, period)):
            return until
    return None
