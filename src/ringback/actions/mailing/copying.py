"""Copies of sent mails in the Sent folder."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from ringback.domain.because import shortened
from ringback.models import Mailbox, Message
from ringback.queries.outbox import refused_copies


def note_copied(message_id: int, now: datetime) -> bool:
    """A copy lies there; whether this was news."""
    return bool(Message.objects.filter(pk=message_id, copied_at=None).update(copied_at=now))


def note_refused_copy(message_id: int, words: str) -> None:
    """The folder takes other mails, but not this one; it is not tried again."""
    Message.objects.filter(pk=message_id, copied_at=None).update(copy_refused=shortened(words, 500))


def forget_refused_copies(mailbox_id: int, now: datetime) -> None:
    """What was refused waits again, as long as it would have waited anyway."""
    refused_copies(mailbox_id, now=now).update(copy_refused="")


def note_copying_trouble(mailbox_id: int, words: str, now: datetime) -> None:
    """The folder cannot be used. Since when is kept; sending and reading go on."""
    Mailbox.objects.filter(pk=mailbox_id, copying_trouble_at=None).update(copying_trouble_at=now)
    Mailbox.objects.filter(pk=mailbox_id).update(copying_trouble=shortened(words, 500))


def note_copying_well(mailbox_id: int) -> None:
    """It works (again). Writes only if something else was written before."""
    troubled = Mailbox.objects.filter(Q(copying_trouble__gt="") | Q(copying_trouble_at__isnull=False), pk=mailbox_id)
    troubled.update(copying_trouble="", copying_trouble_at=None)
