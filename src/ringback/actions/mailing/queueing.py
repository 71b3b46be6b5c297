"""Puts one mail into the outbox, whole as it will be sent, under an identity of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ringback.actions import hot_write
from ringback.actions.mailing.inviting import calendar_part
from ringback.domain.because import shortened
from ringback.domain.lanes import AT_THE_DOOR
from ringback.domain.mail.identity import message_id
from ringback.domain.mail.sending import latest_moment
from ringback.domain.vocabulary import Situation, TouchState
from ringback.models import Mailbox, Message, Touch, User
from ringback.queries.drafts import Draft
from ringback.queries.driver import at_once
from ringback.queries.threads import thread_of

LONGEST_SUBJECT = 400


def queue_mail(
    *, touch: Touch, mailbox: Mailbox, draft: Draft, by: User | None, due_at: datetime, now: datetime
) -> Message:
    """The mail of a touch, from `due_at` (UTC) on. `by` is who looked it over; None if it goes by itself.

    Runs in the caller's transaction, which holds the prospect. The touch stays open until the mail was sent.
    """
    token = uuid4().hex
    thread = thread_of(touch.prospect_id, mailbox.pk)
    calendar_entry = calendar_part(draft, mailbox, now)
    message = hot_write.new(
        Message,
        prospect_id=touch.prospect_id,
        mailbox_id=mailbox.pk,
        touch_id=touch.pk,
        appointment_id=draft.appointment.pk if draft.appointment else None,
        by_id=by.pk if by else None,
        situation=draft.situation.value,
        language=draft.language,
        message_id=message_id(token, mailbox.address),
        in_reply_to=thread.last,
        references=thread.references,
        to_address=draft.to_address,
        to_name=draft.to_name,
        subject=shortened(draft.subject, LONGEST_SUBJECT),
        text=draft.text,
        html=draft.html,
        invitation=calendar_entry.text if calendar_entry else "",
        invitation_method=calendar_entry.method if calendar_entry else "",
        article_id=draft.article.pk if draft.article else None,
        one_click=not draft.personal,
        due_at=due_at,
        latest_at=_latest(touch, draft, by),
        created_at=now,
    )
    with at_once():
        written = hot_write.send_new([message])
        hot_write.send_change(touch, {"state": TouchState.OPEN.value}, {"lane": AT_THE_DOOR, "held": ""})
    written()
    return message


def _latest(touch: Touch, draft: Draft, by: User | None) -> datetime | None:
    """Whoever has read a cadence's mail now has judged that it still fits."""
    if by is not None and draft.situation is Situation.STEP:
        return None
    return latest_moment(draft.situation, touch.due_at, touch.latest_at, draft.calendar)
