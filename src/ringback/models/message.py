"""The outbox: one row a mail, and the row is the only truth about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.domain.vocabulary import MessageState, Situation
from ringback.models.appointment import Appointment
from ringback.models.fields import one_of, word
from ringback.models.mail_text import Article
from ringback.models.mailbox import Mailbox
from ringback.models.prospect import Prospect
from ringback.models.team import User
from ringback.models.touch import Touch


class Message(models.Model):
    """One outgoing mail, whole as it will be sent; its Message-ID is fixed before the first attempt.

    `fence` grows with every claim: whoever carries an older number may not write. `lease_until` is when a claim that
    was never answered counts as broken off. `latest_at` is the last moment at which the mail still makes sense.
    """

    prospect = models.ForeignKey(Prospect, on_delete=models.CASCADE, related_name="messages", db_index=False)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="messages", db_index=False)
    touch = models.ForeignKey(Touch, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    appointment = models.ForeignKey(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    situation = word(Situation)
    language = models.CharField(max_length=10, default="en")

    message_id = models.CharField(max_length=250, unique=True)
    in_reply_to = models.CharField(max_length=250, blank=True)
    references = models.TextField(blank=True)
    to_address = models.CharField(max_length=320)
    to_name = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True)
    invitation = models.TextField(blank=True, help_text="The calendar part, as it will be sent.")
    invitation_method = models.CharField(max_length=10, blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    one_click = models.BooleanField(default=False, help_text="Carries a one-click unsubscribe (RFC 8058).")

    state = word(MessageState, MessageState.QUEUED)
    due_at = models.DateTimeField()
    latest_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text="What was said last: the server's words, or ours.")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True, help_text="When the copy went into the Sent folder.")
    copy_refused = models.CharField(
        max_length=500, blank=True, help_text="Why the Sent folder takes no copy of it, in words."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When they confirmed a summary (D1).")
    confirmed_by = models.CharField(max_length=8, blank=True, help_text="“link” or “reply”.")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=one_of("state", MessageState), name="message_state"),
            models.CheckConstraint(condition=one_of("situation", Situation), name="message_situation"),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False) | ~Q(state="sending"), name="message_lease"
            ),
            models.UniqueConstraint(
                fields=["touch"],
                condition=Q(touch__isnull=False) & ~Q(state__in=["withdrawn", "failed"]),
                name="one_message_per_touch",
            ),
            models.UniqueConstraint(
                fields=["prospect", "article"],
                condition=Q(article__isnull=False) & ~Q(state__in=["withdrawn", "failed"]),
                name="article_once_per_prospect",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mailbox", "due_at", "id"], condition=Q(state="queued"), name="messages_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="messages_under_way"),
            models.Index(fields=["mailbox", "settled_at"], condition=Q(state="sent"), name="messages_sent"),
            models.Index(
                fields=["mailbox", "settled_at"],
                condition=Q(state__in=["failed", "unknown"]),
                name="messages_to_look_at",
            ),
            models.Index(fields=["prospect", "-id"], name="messages_of_prospect"),
        ]

    def __str__(self) -> str:
        return f"{self.situation} to {self.prospect_id} ({self.state})"
