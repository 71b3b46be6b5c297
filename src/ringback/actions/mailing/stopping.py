"""A mailbox has stopped: what is written in it does not wait there for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ringback.actions.deciding import locked_prospect
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import take_back
from ringback.domain.vocabulary import MessageState
from ringback.models import Message, User


def take_back_from_stopped(owner: User | None = None, *, now: datetime) -> int:
    """Of the owner's paused mailboxes, or of everybody's: how many mails were taken out of them.

    They are written anew and go by another mailbox of the same person; without one they wait in Today. What a person
    had worded waits for a person, with the reason. Prospect by prospect, each in a transaction of its own.
    """
    written = Message.objects.filter(mailbox__paused_at__isnull=False, state=MessageState.QUEUED, touch__isnull=False)
    if owner is not None:
        written = written.filter(mailbox__owner=owner)
    taken = 0
    for prospect_id in sorted(set(written.values_list("prospect", flat=True))):
        with transaction.atomic():
            prospect = locked_prospect(prospect_id)
            for message in written.filter(prospect=prospect).select_related("mailbox"):
                why = f"The mailbox {message.mailbox.address} is paused: {message.mailbox.paused_because}"
                taken += take_back(message, why=why, now=now)
            place_touches(prospect)
    return taken
