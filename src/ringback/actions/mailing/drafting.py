"""Writes the mails whose moment has come: from a touch to a row of the outbox."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import OperationalError, transaction

from ringback.actions.deciding import ask_if_free
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import hold_touch
from ringback.actions.mailing.queueing import queue_mail
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.models import Touch
from ringback.queries.drafts import draft_of
from ringback.queries.driver import at_once
from ringback.queries.mail_reads import open_touch
from ringback.queries.outbox import automatic_touches

log = logging.getLogger("ringback.worker")

# So few that nobody waits long for what one transaction holds.
AT_ONCE = 5
CANNOT_BE_WRITTEN = "Ringback could not write this mail; the log says why."


def draft_due(*, now: datetime, most: int = AT_ONCE) -> int:
    """Write what is due by itself, the oldest first, in one transaction; returns how many touches were looked at.

    What another worker is writing, or somebody is changing, is passed by. A touch whose mail lacks something is held
    for a person, with the reason. One that cannot be written at all hurts only itself.
    """
    due_by = now - UNDO_WAIT
    if not automatic_touches(due_by=due_by, most=1):
        return 0  # without a transaction: on SQLite that would be everybody's write lock
    try:
        with transaction.atomic():
            held = automatic_touches(due_by=due_by, most=most, holding=True)
            for touch_id, prospect_id in held:
                _draft(touch_id, prospect_id, now)
            return len(held)
    except OperationalError:
        raise  # the database's trouble, not a mail's: it is tried again
    except Exception:
        log.exception("some of the mails that are due could not be written; now one by one")
    listed = automatic_touches(due_by=due_by, most=most)
    for touch_id, prospect_id in listed:
        _draft_alone(touch_id, prospect_id, now)
    return len(listed)


def _draft_alone(touch_id: int, prospect_id: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            _draft(touch_id, prospect_id, now)
    except OperationalError:
        raise
    except Exception:
        log.exception("the mail of touch %s could not be written", touch_id)
        with transaction.atomic():
            hold_touch(Touch.objects.filter(pk=touch_id).first(), why=CANNOT_BE_WRITTEN)


def _draft(touch_id: int, prospect_id: int, now: datetime) -> None:
    with at_once():
        free, asked = ask_if_free(prospect_id), open_touch.ask(touch_id, prospect_id, int(AUTOMATIC))
    prospect, touch = free.first(), asked.first()
    if prospect is None or touch is None:
        return  # somebody else is at it, or was: its turn comes again, if it is still due then
    touch.prospect = prospect
    draft = draft_of(touch, now=now)
    if draft.mailbox is None or touch.owner_id is None:
        place_touches(prospect)  # it was taken away in this very moment: a person does it
    elif draft.hold:
        hold_touch(touch, why=draft.hold)
    else:
        queue_mail(touch=touch, mailbox=draft.mailbox, draft=draft, by=None, due_at=now, now=now)
