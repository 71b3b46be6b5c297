"""How a mailbox is: trouble in words, and when it is tried again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ringback.domain.because import shortened
from ringback.domain.mail.sending import mailbox_rests
from ringback.models import Mailbox


def note_trouble(mailbox_id: int, words: str, now: datetime) -> datetime:
    """It could not be reached: nothing is sent from it before the moment that is returned (UTC)."""
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
        retry_at = mailbox_rests(mailbox.troubles + 1, now)
        Mailbox.objects.filter(pk=mailbox_id).update(
            trouble=shortened(words, 500),
            trouble_at=mailbox.trouble_at if mailbox.trouble else now,
            troubles=mailbox.troubles + 1,
            retry_at=retry_at,
        )
    return retry_at


def note_well(mailbox_id: int) -> None:
    """It works (again). Writes only if something else was written before."""
    Mailbox.objects.filter(Q(trouble__gt="") | Q(troubles__gt=0), pk=mailbox_id).update(
        trouble="", trouble_at=None, troubles=0, retry_at=None
    )
