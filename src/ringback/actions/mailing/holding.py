"""A mail that does not go: withdrawn, or given to a person with the reason."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.errors import Refused
from ringback.domain.because import shortened
from ringback.domain.lanes import goes_by_itself, lane_for
from ringback.domain.vocabulary import Channel, MessageState, TouchKind, TouchState
from ringback.models import Message, Prospect, Touch
from ringback.queries.outbox import UNDER_WAY

ON_ITS_WAY = "This mail is being sent at this moment, or may have been: it stays as it is."
LONGEST_REASON, LONGEST_ANSWER = 300, 500


def withdraw(message: Message, *, why: str, now: datetime) -> bool:
    """Take a mail out of the outbox that has not left it; whether it still could be."""
    still = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED, fence=message.fence)
    return bool(still.update(state=MessageState.WITHDRAWN, settled_at=now, answer=shortened(why, LONGEST_ANSWER)))


def withdraw_written(prospect: Prospect, *, why: str, now: datetime) -> None:
    """What is written of their plan and has not left is written anew; what a person had worded waits for a person.

    For the transaction that holds the prospect; `place_touches` afterwards.
    """
    for message in Message.objects.filter(prospect=prospect, state=MessageState.QUEUED, touch__isnull=False):
        take_back(message, why=why, now=now)


def take_back(message: Message, *, why: str, now: datetime) -> bool:
    """Out of the outbox, to be written anew; what a person had worded waits for a person. Whether it still could be."""
    taken = withdraw(message, why=why, now=now)
    if taken and message.by_id is not None:
        hold_mail_of(message, why=why)
    return taken


def hold_touch(touch: Touch | None, *, why: str) -> None:
    """The worker cannot do it: it stands in the rep's queue from now on, with the reason."""
    if touch is None:
        return
    lane = lane_for(TouchKind(touch.kind), Channel(touch.channel), touch.value)
    Touch.objects.filter(pk=touch.pk, state=TouchState.OPEN).update(lane=lane, held=shortened(why, LONGEST_REASON))


def call_back(touch: Touch, *, why: str, now: datetime) -> None:
    """Take its mail, if one is written, out of the outbox. Refused if it is on its way, or may have been.

    For the transaction that holds the prospect, which places the touch anew afterwards.
    """
    for message in Message.objects.filter(touch=touch, state__in=UNDER_WAY):
        if message.state != MessageState.QUEUED or not withdraw(message, why=why, now=now):
            raise Refused(ON_ITS_WAY)
        if message.by_id is not None:
            hold_mail_of(message, why=why)


def hold_mail_of(message: Message, *, why: str) -> None:
    """The mail was withdrawn, and is not to be written anew by itself: a person has to look at its touch."""
    touch = Touch.objects.filter(pk=message.touch_id).first() if message.touch_id else None
    if touch is not None and goes_by_itself(TouchKind(touch.kind), Channel(touch.channel)):
        hold_touch(touch, why=why)
