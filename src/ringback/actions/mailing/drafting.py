"""Writes the mails whose moment has come: from a touch to a row of the outbox."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ringback.actions import hot_write
from ringback.actions.deciding import locked_prospect
from ringback.actions.mailing.holding import hold_touch
from ringback.actions.mailing.inviting import calendar_part
from ringback.domain.because import shortened
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC
from ringback.domain.mail.identity import message_id
from ringback.domain.mail.sending import UNDO_WAIT, latest_moment
from ringback.domain.vocabulary import TouchState
from ringback.models import Mailbox, Message, Touch, User
from ringback.queries.calendars import calendar_for
from ringback.queries.drafts import Draft, draft_of
from ringback.queries.mailboxes import mailbox_of
from ringback.queries.outbox import automatic_touches
from ringback.queries.standing import workspace_now
from ringback.queries.threads import thread_of

log = logging.getLogger("ringback.worker")

NO_MAILBOX = "No mailbox is connected to send it from."
CANNOT_BE_WRITTEN = "Ringback could not write this mail; the log says why."


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail will say; `html` is made of the same words."""

    subject: str
    text: str
    html: str


def draft_due(*, now: datetime, most: int = 50) -> int:
    """Write what is due by itself; returns how many touches were looked at.

    A touch whose mail lacks something is held for a person, with the reason. One that cannot be written at all hurts
    only itself.
    """
    due = automatic_touches(due_by=now - UNDO_WAIT, most=most)
    for touch_id, prospect_id in due:
        try:
            _draft(touch_id, prospect_id, now)
        except Exception:
            log.exception("the mail of touch %s could not be written", touch_id)
            with transaction.atomic():
                hold_touch(Touch.objects.filter(pk=touch_id).first(), why=CANNOT_BE_WRITTEN)
    return len(due)


def _draft(touch_id: int, prospect_id: int, now: datetime) -> None:
    with transaction.atomic():
        prospect = locked_prospect(prospect_id)
        touch = Touch.objects.select_related("owner", "appointment").filter(pk=touch_id, lane=AUTOMATIC).first()
        if touch is None or touch.state != TouchState.OPEN:
            return
        touch.prospect = prospect
        mailbox = mailbox_of(touch.owner) if touch.owner else None
        draft = draft_of(touch, now=now)
        if why := _what_is_missing(draft, mailbox):
            hold_touch(touch, why=why)
            return
        assert mailbox is not None
        queue_mail(
            touch=touch,
            mailbox=mailbox,
            draft=draft,
            words=Words(draft.subject, draft.text, draft.html),
            by=None,
            now=now,
        )


def _what_is_missing(draft: Draft, mailbox: Mailbox | None) -> str:
    """Why a person has to look at it first; empty if nobody has."""
    return NO_MAILBOX if mailbox is None else draft.hold


def queue_mail(
    *, touch: Touch, mailbox: Mailbox, draft: Draft, words: Words, by: User | None, now: datetime
) -> Message:
    """Put one mail of a touch into the outbox, whole as it will be sent, under an identity of its own.

    Runs in the caller's transaction, which holds the prospect. `by` is who looked it over; None if it goes by itself.
    """
    token = uuid4().hex
    calendar = calendar_for(touch.prospect, workspace_now(), now).calendar
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
        subject=shortened(words.subject, 400),
        text=words.text,
        html=words.html,
        invitation=calendar_entry.text if calendar_entry else "",
        invitation_method=calendar_entry.method if calendar_entry else "",
        article_id=draft.article.pk if draft.article else None,
        one_click=not draft.personal,
        due_at=now,
        latest_at=latest_moment(draft.situation, touch.due_at, touch.latest_at, calendar),
        created_at=now,
    )
    hot_write.insert(message)
    Touch.objects.filter(pk=touch.pk).update(lane=AT_THE_DOOR, held="")
    return message
