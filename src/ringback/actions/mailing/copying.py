"""Copies of sent mails in the Sent folder."""

from __future__ import annotations

from datetime import datetime

from ringback.models import Message


def note_copied(message_id: int, now: datetime) -> bool:
    """A copy lies there; whether this was news."""
    return bool(Message.objects.filter(pk=message_id, copied_at=None).update(copied_at=now))
