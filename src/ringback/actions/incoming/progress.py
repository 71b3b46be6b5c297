"""How far an inbox has been read, and what stands in the way."""

from __future__ import annotations

from datetime import datetime

from ringback.domain.because import shortened
from ringback.models import Mailbox


def note_read(*, mailbox: Mailbox, uid_validity: int, last_uid: int, now: datetime) -> None:
    """Everything up to this mail has been taken in."""
    Mailbox.objects.filter(pk=mailbox.pk).update(
        uid_validity=uid_validity, last_uid=last_uid, read_at=now, reading_trouble="", reading_trouble_at=None
    )


def note_looked(*, mailbox: Mailbox, now: datetime) -> None:
    """The inbox was looked into, and held nothing new."""
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=now, reading_trouble="", reading_trouble_at=None)


def note_reading_trouble(*, mailbox: Mailbox, words: str, now: datetime) -> None:
    """It could not be read. Since when is kept; sending goes on."""
    since = Mailbox.objects.filter(pk=mailbox.pk, reading_trouble_at=None)
    since.update(reading_trouble_at=now)
    Mailbox.objects.filter(pk=mailbox.pk).update(reading_trouble=shortened(words, 500))
