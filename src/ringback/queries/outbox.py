"""What waits to be sent, and what is known about it at the moment it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from ringback.domain.lanes import AUTOMATIC
from ringback.domain.mail.sending import Leaving
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    MessageState,
    ProspectState,
    Situation,
    TouchState,
)
from ringback.models import ContactPoint, Mailbox, Message, Prospect, Suppression, Touch

UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def automatic_touches(*, due_by: datetime, most: int) -> list[tuple[int, int]]:
    """(touch, prospect) of what the worker may do by itself, the oldest first: one walk along a partial index."""
    due = Touch.objects.filter(state=TouchState.OPEN, lane=AUTOMATIC, due_at__lte=due_by)
    return list(due.order_by("due_at", "id").values_list("pk", "prospect_id")[:most])


def touches_at_the_door(prospect_id: int) -> set[int]:
    """Those whose mail is written and waits, is on its way, or may have gone."""
    on_the_way = Message.objects.filter(prospect=prospect_id, state__in=UNDER_WAY, touch__isnull=False)
    return set(on_the_way.values_list("touch", flat=True))


def mailboxes_with_mail(now: datetime) -> list[Mailbox]:
    """The working mailboxes in which something is due, none of which rests after trouble."""
    due = Message.objects.filter(mailbox=OuterRef("pk"), state=MessageState.QUEUED, due_at__lte=now)
    awake = Mailbox.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), paused_at=None)
    return list(awake.filter(Exists(due)).order_by("pk"))


def due_messages(mailbox_id: int, now: datetime, *, most: int) -> list[tuple[int, int]]:
    """(message, prospect) of what is due in a mailbox, the oldest first."""
    due = Message.objects.filter(mailbox=mailbox_id, state=MessageState.QUEUED, due_at__lte=now)
    return list(due.order_by("due_at", "id").values_list("pk", "prospect_id")[:most])


def leaving_of(message: Message, prospect: Prospect) -> Leaving:
    """The mail as the rule sees it, with everything that may have changed since it was written."""
    return Leaving(
        situation=Situation(message.situation),
        due_at=message.touch.due_at if message.touch else message.due_at,
        latest_at=message.latest_at,
        touch=TouchState(message.touch.state) if message.touch else None,
        appointment=AppointmentState(message.appointment.state) if message.appointment else None,
        prospect=ProspectState(prospect.state),
        suppressed=may_not_be_written_to(prospect.pk, message.to_address),
        address_failed=_has_failed(prospect.pk, message.to_address),
    )


def may_not_be_written_to(prospect_id: int, address: str) -> bool:
    """Whether this person, or whoever has this address, asked not to get mail (C5)."""
    of_person_or_address = Q(prospect=prospect_id, value="") | Q(value=address)
    about_mail = Q(channel__in=["", Channel.EMAIL])
    return Suppression.objects.filter(of_person_or_address, about_mail, lifted_at=None).exists()


def _has_failed(prospect_id: int, address: str) -> bool:
    points = ContactPoint.objects.filter(prospect=prospect_id, kind=ContactPoint.EMAIL, value=address)
    return points.filter(failed_at__isnull=False).exists()


def mail_leaves_for(prospect_id: int, addresses: list[str]) -> bool:
    """Whether a mail to this person or to one of these addresses is being handed over."""
    theirs = Q(prospect=prospect_id) | Q(to_address__in=addresses)
    return Message.objects.filter(theirs, state=MessageState.SENDING).exists()


def sent_since(mailbox_id: int, since: datetime, *, at_most: int) -> tuple[int, datetime | None]:
    """How many left the mailbox since then or are leaving now, and when the oldest did; no more than `at_most`."""
    moments = list(
        Message.objects.filter(mailbox=mailbox_id, state=MessageState.SENT, settled_at__gt=since)
        .order_by("-settled_at")
        .values_list("settled_at", flat=True)[:at_most]
    )
    under_way = Message.objects.filter(mailbox=mailbox_id, state=MessageState.SENDING).count()
    return len(moments) + under_way, moments[-1] if moments else None


def unanswered_claims(now: datetime) -> Iterable[Message]:
    """Mails whose handing over never ended: the program that did it is gone, or hangs."""
    return Message.objects.filter(state=MessageState.SENDING, lease_until__lt=now).order_by("lease_until")[:200]
