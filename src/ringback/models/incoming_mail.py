"""Mails that came in, what they are, and what followed from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.vocabulary import MailKind
from ringback.models.arrangement import Arrangement
from ringback.models.fields import one_of, word
from ringback.models.mailbox import Mailbox
from ringback.models.message import Message
from ringback.models.prospect import Prospect
from ringback.models.team import User


class IncomingMail(models.Model):
    """One mail of an inbox, taken in once. `kind` with `because` says what it is and why; a person may correct it.

    `new_text` is what they wrote without quotes and signature, `html` is sanitised. `facts` holds what its kind brings:
    the day of return, the address that bounced, the answer to an invitation. `prospect` is empty while nobody fits.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="incoming", db_index=False)
    uid_validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()
    message_id = models.CharField(max_length=250, blank=True)
    written_at = models.DateTimeField(null=True, blank=True, help_text="Its own Date header.")
    taken_at = models.DateTimeField()
    from_address = models.CharField(max_length=320, blank=True)
    from_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    new_text = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True, help_text="Names and sizes; their content is not kept.")

    kind = word(MailKind)
    because = models.CharField(max_length=300)
    facts = models.JSONField(default=dict, blank=True)
    prospect = models.ForeignKey(
        Prospect, on_delete=models.SET_NULL, null=True, blank=True, related_name="incoming", db_index=False
    )
    matched_by = models.CharField(max_length=24, blank=True, help_text="What the prospect was recognised by.")
    answers = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="answered_by")
    arrangement = models.ForeignKey(
        Arrangement,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming",
        help_text="What followed.",
    )
    trouble = models.CharField(
        max_length=300, blank=True, help_text="Why nothing could follow from it; blank if all is well."
    )
    corrected_from = word(MailKind, blank=True)
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True, help_text="When somebody had looked at it.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mailbox", "uid_validity", "uid"], name="incoming_once_by_uid"),
            models.UniqueConstraint(
                fields=["mailbox", "message_id"], condition=~Q(message_id=""), name="incoming_once_by_message_id"
            ),
            models.CheckConstraint(condition=one_of("kind", MailKind), name="incoming_kind"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mailbox", "-id"], name="inbox"),
            models.Index(fields=["mailbox", "-id"], condition=Q(done_at=None), name="inbox_open"),
            models.Index(fields=["prospect", "-id"], condition=Q(prospect__isnull=False), name="incoming_of_prospect"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_address}"
