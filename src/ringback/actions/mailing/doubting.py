"""Mails of which nobody knows whether they were sent: found out where possible, else decided by a person."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.mailing.settling import IN_DOUBT, note_sent
from ringback.domain.vocabulary import MessageState, TouchState
from ringback.models import Activity, Message, Touch, User
from ringback.queries.access import may_see
from ringback.queries.mail_reads import still_open
from ringback.queries.outbox import unanswered_claims

BROKE_OFF = f"{IN_DOUBT} Ringback stopped while it was being handed over."
OVER = "It was not sent, and what it was for is done or cancelled."
NOT_IN_DOUBT = "This has been decided in the meantime."


def doubt_unanswered(*, now: datetime) -> int:
    """Claims whose lease ran out are in doubt from now on; returns how many."""
    return sum(_doubt(message) for message in unanswered_claims(now))


def _doubt(message: Message) -> int:
    mine = Message.objects.filter(pk=message.pk, fence=message.fence, state=MessageState.SENDING)
    return mine.update(state=MessageState.UNKNOWN, lease_until=None, answer=BROKE_OFF)


def found_sent(*, message: Message, proof: str, now: datetime) -> bool:
    """Something proves that it was sent: it lies in the Sent folder, came back, or was answered."""
    return _was_sent(message, now, proof=proof)


def decide_doubt(*, by: User, message: Message, was_sent: bool, now: datetime) -> MessageState:
    """A person says whether it was sent; if not, it goes again under the same Message-ID. Returns how it stands now.

    What it was for may be over by now: then it is withdrawn. Refused if it is not in doubt any more, or is somebody
    else's.
    """
    if not may_see(by, message.prospect):
        raise Refused("This prospect belongs to somebody else.")
    if was_sent:
        if not _was_sent(message, now, proof=f"{by.shown_name} says that it was sent."):
            raise Refused(NOT_IN_DOUBT)
        return MessageState.SENT
    with transaction.atomic():
        locked_prospect(message.prospect_id)
        state = _after_no(message, now)
        again = state is MessageState.QUEUED
        text = f"{'Sent again on purpose' if again else 'It was not sent'}: “{message.subject}”."
        about = {"message": message.pk}
        Activity.objects.create(
            prospect_id=message.prospect_id, at=now, by=by, verb="mail_again", text=text, data=about
        )
        return state


def _after_no(message: Message, now: datetime) -> MessageState:
    doubted = Message.objects.filter(pk=message.pk, state=MessageState.UNKNOWN, fence=message.fence)
    touch = Touch.objects.filter(pk=message.touch_id).first() if message.touch_id else None
    if touch is None or touch.state == TouchState.OPEN:
        state, changes = MessageState.QUEUED, {"due_at": now, "answer": ""}
    else:
        state, changes = MessageState.WITHDRAWN, {"settled_at": now, "answer": OVER}
    if not doubted.update(state=state, **changes):
        raise Refused(NOT_IN_DOUBT)
    return state


def _was_sent(message: Message, now: datetime, *, proof: str) -> bool:
    with transaction.atomic():
        locked_prospect(message.prospect_id)
        doubted = Message.objects.filter(pk=message.pk, state=MessageState.UNKNOWN, fence=message.fence)
        if not doubted.update(state=MessageState.SENT, settled_at=now, answer=proof[:500]):
            return False
        note_sent(message, still_open.first(message.touch_id or 0), now)
    return True
