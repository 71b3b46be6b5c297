"""Mailboxes and mails that wait in them, for tests of the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from ringback.actions.appointing import make_appointment
from ringback.actions.mailing.claiming import Claimed, claim_next
from ringback.domain.lanes import AT_THE_DOOR
from ringback.domain.mail.identity import message_id
from ringback.models import Mailbox, Message, Prospect, Touch, User
from tests.actions.rows import fresh_key, next_week
from tests.cast import NOW, Cast


def mailbox(owner: User, **columns: Any) -> Mailbox:
    usual = {"address": f"{owner.username}@kilns.example", "from_name": owner.shown_name, "smtp_host": "127.0.0.1"}
    return Mailbox.objects.create(owner=owner, created_at=NOW, **{**usual, "per_minute": 0, "per_day": 0, **columns})


def reminder(them: Cast, now: datetime = NOW) -> Touch:
    """Sofia's reminder of a talk in a week, agreed now."""
    make_appointment(
        by=them.rosa, prospect=them.sofia, starts_at=next_week(now), reason="Talk", key=fresh_key(), now=now
    )
    return Touch.objects.get(prospect=them.sofia, kind="reminder", state="open")


def queued(box: Mailbox, prospect: Prospect, *, touch: Touch | None = None, **columns: Any) -> Message:
    """A mail that is due; of a touch, as the worker would have written it."""
    if touch is not None:
        Touch.objects.filter(pk=touch.pk).update(lane=AT_THE_DOOR, due_at=NOW - timedelta(minutes=1))
    usual = {
        "situation": "reminder" if touch else "own",
        "message_id": message_id(uuid4().hex, box.address),
        "to_address": "person0@example.com",
        "subject": "Our talk on Monday",
        "text": "Dear Sofia",
        "due_at": NOW - timedelta(minutes=1),
        "created_at": NOW,
        "touch": touch,
        "appointment": touch.appointment if touch else None,
    }
    return Message.objects.create(mailbox=box, prospect=prospect, **{**usual, **columns})


def claimed(box: Mailbox, now: datetime = NOW) -> Claimed:
    found = claim_next(mailbox=box, now=now)
    assert isinstance(found, Claimed)
    return found


def state(message: Message) -> str:
    return Message.objects.get(pk=message.pk).state
