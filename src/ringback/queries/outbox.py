"""What waits to be sent, and what is known about it at the moment it leaves.

What the worker asks every second is prepared: the ORM's own work on these questions took longer than their answers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

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
from ringback.models import Appointment, ContactPoint, Mailbox, Message, Prospect, Suppression, Touch
from ringback.queries.driver import rows_of, send
from ringback.queries.prepared import Prepared, only
from ringback.queries.together import Together

UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def automatic_touches(*, due_by: datetime, most: int, holding: bool = False) -> list[tuple[int, int]]:
    """(touch, prospect) of what the worker may do by itself, the oldest first: one walk along a partial index.

    `holding`: each of these prospects is held until the transaction ends, and whom somebody else holds is passed by.
    """
    held = "FOR NO KEY UPDATE OF prospect SKIP LOCKED" if holding and connection.vendor == "postgresql" else ""
    return rows_of(send(f"{_AUTOMATIC} LIMIT {most} {held}", [due_by]))


_AUTOMATIC = f"""
    SELECT touch.id, prospect.id
    FROM {Touch._meta.db_table} touch JOIN {Prospect._meta.db_table} prospect ON prospect.id = touch.prospect_id
    WHERE touch.state = '{TouchState.OPEN}' AND touch.lane = {AUTOMATIC:d} AND touch.due_at <= %s
    ORDER BY touch.due_at, touch.id"""  # noqa: S608  all of it is ours


def touches_at_the_door(prospect_id: int) -> set[int]:
    """Those whose mail is written and waits, is on its way, or may have gone."""
    on_the_way = Message.objects.filter(prospect=prospect_id, state__in=UNDER_WAY, touch__isnull=False)
    return set(on_the_way.values_list("touch", flat=True))


@Prepared
def mailboxes_with_mail(now: datetime) -> QuerySet[Mailbox]:
    """The working mailboxes in which something is due, none of which rests after trouble."""
    due = Message.objects.filter(mailbox=OuterRef("pk"), state=MessageState.QUEUED, due_at__lte=now)
    awake = Mailbox.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), paused_at=None)
    return awake.filter(Exists(due)).order_by("pk")


def due_messages(mailbox_id: int, now: datetime, *, most: int) -> list[tuple[int, int]]:
    """(message, prospect) of what is due in a mailbox, the oldest first."""
    return _due(most)(mailbox_id, now)


@cache
def _due(most: int) -> Prepared[tuple[int, int]]:
    def due(mailbox_id: int, now: datetime) -> QuerySet[Message, tuple[int, int]]:
        queued = Message.objects.filter(mailbox=mailbox_id, state=MessageState.QUEUED, due_at__lte=now)
        return queued.order_by("due_at", "id").values_list("pk", "prospect_id")[:most]

    return Prepared(due)


@Prepared
def message_of(message_id: int) -> QuerySet[Message]:
    """The row, read anew."""
    return Message.objects.filter(pk=message_id)


def leaving_of(message: Message, prospect: Prospect) -> Leaving:
    """The mail as the rule sees it, with everything that may have changed since it was written."""
    of_mail = {"touch": message.touch_id, "appointment": message.appointment_id}
    found = _leaving(
        address=(prospect.pk, message.to_address),
        suppressed=(prospect.pk, message.to_address),
        **{name: (key,) for name, key in of_mail.items() if key is not None},
    )
    touch, appointment, address = (only(found.get(name)) for name in ("touch", "appointment", "address"))
    return Leaving(
        situation=Situation(message.situation),
        due_at=touch[1] if touch else message.due_at,
        latest_at=message.latest_at,
        touch=TouchState(touch[0]) if touch else None,
        appointment=AppointmentState(appointment[0]) if appointment else None,
        prospect=ProspectState(prospect.state),
        suppressed=bool(found["suppressed"]),
        address_failed=address is not None and address[0] is not None,
        address_gone=address is None,
    )


def may_not_be_written_to(prospect_id: int, address: str) -> bool:
    """Whether this person, or whoever has this address, asked not to get mail (C5)."""
    return _suppressed.first(prospect_id, address) is not None


def wants_no_mail(prospect_id: int) -> bool:
    """Whether the person, not only one of their addresses, is blocked for mail."""
    blocked = Suppression.objects.filter(prospect=prospect_id, value="", lifted_at=None)
    return blocked.filter(channel__in=["", Channel.EMAIL]).exists()


@Prepared
def _touch(touch_id: int) -> QuerySet[Touch, tuple[str, datetime]]:
    return Touch.objects.filter(pk=touch_id).values_list("state", "due_at")


@Prepared
def _appointment(appointment_id: int) -> QuerySet[Appointment, tuple[str]]:
    return Appointment.objects.filter(pk=appointment_id).values_list("state")


@Prepared
def _suppressed(prospect_id: int, address: str) -> QuerySet[Suppression, tuple[int]]:
    of_person_or_address = Q(prospect=prospect_id, value="") | Q(value=address)
    about_mail = Q(channel__in=["", Channel.EMAIL.value])
    return Suppression.objects.filter(of_person_or_address, about_mail, lifted_at=None).values_list("pk")[:1]


@Prepared
def _address(prospect_id: int, address: str) -> QuerySet[ContactPoint, tuple[datetime | None]]:
    points = ContactPoint.objects.filter(prospect=prospect_id, kind=ContactPoint.EMAIL, value=address)
    return points.order_by().values_list("failed_at")[:1]


_leaving = Together(touch=_touch, appointment=_appointment, address=_address, suppressed=_suppressed)


def mail_leaves_for(prospect_id: int | None, addresses: list[str]) -> bool:
    """Whether a mail to this person, if there is one, or to one of these addresses is being handed over."""
    theirs = Q(to_address__in=addresses)
    if prospect_id is not None:
        theirs |= Q(prospect=prospect_id)
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


def mailboxes_with_sent_folder() -> list[Mailbox]:
    """Those whose Sent folder can be looked into."""
    return list(Mailbox.objects.filter(paused_at=None).exclude(sent_folder="").exclude(imap_host="").order_by("pk"))


def waiting_copies(mailbox_id: int, *, now: datetime) -> list[Message]:
    """Sent mails of which no copy lies in the Sent folder yet, the oldest first; after a day it is not made up for.

    What the folder refused for itself is left out.
    """
    waiting = _sent_today(mailbox_id, now).filter(copied_at=None, copy_refused="")
    return list(waiting.select_related("article").order_by("settled_at")[:50])


def refused_copies(mailbox_id: int, *, now: datetime) -> QuerySet[Message]:
    """Those of the last day of which the Sent folder takes no copy."""
    return _sent_today(mailbox_id, now).exclude(copy_refused="")


def copies_refused_in_a_row(mailbox_id: int, *, now: datetime) -> list[str]:
    """What was said to those that were refused since the newest of which a copy lies there."""
    copied = _sent_today(mailbox_id, now).exclude(copied_at=None).order_by("-settled_at").values_list("settled_at")
    newest = copied.first()
    refused = refused_copies(mailbox_id, now=now)
    since = refused.filter(settled_at__gt=newest[0]) if newest else refused
    return list(since.values_list("copy_refused", flat=True)[:50])


def _sent_today(mailbox_id: int, now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(mailbox=mailbox_id, state=MessageState.SENT, settled_at__gt=now - DAY)


def doubted_in(mailbox_id: int) -> list[Message]:
    """Mails of which nobody knows yet whether they were sent."""
    doubted = Message.objects.filter(mailbox=mailbox_id, state=MessageState.UNKNOWN)
    return list(doubted.select_related("prospect").order_by("id")[:50])


def doubted_mails() -> list[Message]:
    """Those of all mailboxes, the newest first."""
    boxes = Mailbox.objects.order_by().values("pk")
    doubted = Message.objects.filter(mailbox__in=boxes, state=MessageState.UNKNOWN, settled_at=None)
    return list(doubted.select_related("prospect").order_by("-id")[:200])


@Prepared
def unanswered_claims(now: datetime) -> QuerySet[Message]:
    """Mails whose handing over never ended: the program that did it is gone, or hangs."""
    return Message.objects.filter(state=MessageState.SENDING, lease_until__lt=now).order_by("lease_until")[:200]
