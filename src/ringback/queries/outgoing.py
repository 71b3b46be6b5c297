"""The outbox as people see it: what needs them, what waits, what goes by itself, what left.

A million sent mails change nothing: `outgoing_walk` finds the few that are shown, and only those are read in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Min, Q

from ringback.domain.mail.sending import allowance_ends
from ringback.domain.mail.waiting import Reason, Waiting, reason_to_wait
from ringback.domain.vocabulary import MailKind, MessageState, TouchState
from ringback.models import IncomingMail, Mailbox, Message, Touch, User
from ringback.queries.access import mailboxes_in_sight, visible_messages
from ringback.queries.outbox import DAY, MINUTE
from ringback.queries.outgoing_walk import MOST_COMING, MOST_SENT, Section, walk

# What only a mail's own page shows.
_LONG = ("text", "html", "invitation", "references")


@dataclass(frozen=True, slots=True)
class Outbox:
    """The mails of each section in the order in which they are shown, with all that is told about them.

    `planned_next` is by prospect, `reasons` and `answers` are by mail. `senders`: how many mailboxes are in sight.
    """

    mails: dict[Section, tuple[Message, ...]]
    coming: tuple[Touch, ...] = ()
    more_coming: bool = False
    more_sent: bool = False
    planned_next: dict[int, Touch] = field(default_factory=dict)
    reasons: dict[int, Reason] = field(default_factory=dict)
    answers: dict[int, frozenset[MailKind]] = field(default_factory=dict)
    senders: int = 0


def outbox(user: User, *, now: datetime, older_than: Message | None = None) -> Outbox:
    """What this person may see. With `older_than`: only what was sent before that mail."""
    boxes = list(mailboxes_in_sight(user))
    ids = walk(boxes, now, older_than)
    coming = _touches(ids.pop(Section.COMING))
    mails = _in_full(user, ids)
    sent, waits = mails[Section.SENT], mails[Section.UNDER_WAY] + mails[Section.WAITS]
    return Outbox(
        mails=mails | {Section.SENT: sent[:MOST_SENT], Section.WAITS: waits},
        coming=coming[:MOST_COMING],
        more_coming=len(coming) > MOST_COMING,
        more_sent=len(sent) > MOST_SENT,
        planned_next=_planned_next({mail.prospect_id for mail in mails[Section.FAILED]}),
        reasons=_reasons(waits, now),
        answers=answers_to([mail.pk for mail in sent]),
        senders=len(boxes),
    )


def answers_to(message_ids: Iterable[int]) -> dict[int, frozenset[MailKind]]:
    """What came back to each of these mails."""
    found: dict[int, set[MailKind]] = defaultdict(set)
    for message_id, kind in IncomingMail.objects.filter(answers__in=message_ids).values_list("answers", "kind"):
        found[message_id].add(MailKind(kind))
    return {message_id: frozenset(kinds) for message_id, kinds in found.items()}


def reason_of(message: Message, now: datetime) -> Reason:
    """Why this one, which is queued or being sent, has not left yet."""
    return _reasons([message], now)[message.pk]


def _in_full(user: User, ids: dict[Section, list[int]]) -> dict[Section, tuple[Message, ...]]:
    """A mail may have moved on since the walk: it stands where it was found, or is gone."""
    wanted = [each for some in ids.values() for each in some]
    rows = visible_messages(user).filter(pk__in=wanted).select_related("prospect", "mailbox").defer(*_LONG)
    found = {row.pk: row for row in rows} if wanted else {}
    return {section: tuple(found[each] for each in some if each in found) for section, some in ids.items()}


def _touches(ids: Sequence[int]) -> tuple[Touch, ...]:
    return tuple(Touch.objects.filter(pk__in=ids).select_related("prospect").order_by("due_at", "pk")) if ids else ()


def _planned_next(prospects: Iterable[int]) -> dict[int, Touch]:
    opened = Touch.objects.filter(prospect__in=prospects, state=TouchState.OPEN).order_by("-due_at", "-pk")
    return {touch.prospect_id: touch for touch in opened}


def _reasons(mails: Sequence[Message], now: datetime) -> dict[int, Reason]:
    full = _full_until({mail.mailbox_id: mail.mailbox for mail in mails if mail.due_at <= now}, now)
    return {mail.pk: reason_to_wait(_waiting(mail, full.get(mail.mailbox_id)), now) for mail in mails}


def _waiting(mail: Message, rests_until: datetime | None) -> Waiting:
    return Waiting(
        under_way=mail.state == MessageState.SENDING,
        due_at=mail.due_at,
        attempts=mail.attempts,
        paused=mail.mailbox.paused_at is not None,
        retry_at=mail.mailbox.retry_at,
        rests_until=rests_until,
    )


def _full_until(boxes: dict[int, Mailbox], now: datetime) -> dict[int, datetime]:
    """When the mailboxes that have sent what they may go on; the caps keep what is read small."""
    capped = [box.pk for box in boxes.values() if box.per_day or box.per_minute]
    lately = Q(settled_at__gt=now - MINUTE)
    counted = (
        Message.objects.filter(mailbox__in=capped, state=MessageState.SENT, settled_at__gt=now - DAY)
        .values("mailbox")
        .annotate(
            of_day=Count("pk"),
            first_of_day=Min("settled_at"),
            of_minute=Count("pk", filter=lately),
            first_of_minute=Min("settled_at", filter=lately),
        )
    )
    found = {}
    for row in counted:
        box = boxes[row["mailbox"]]
        ends = (
            allowance_ends((row["of_day"], row["first_of_day"]), box.per_day, DAY, now),
            allowance_ends((row["of_minute"], row["first_of_minute"]), box.per_minute, MINUTE, now),
        )
        if known := [end for end in ends if end is not None]:
            found[box.pk] = max(known)
    return found
