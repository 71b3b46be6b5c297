"""The addresses that mail is sent from and read at."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ringback.models.team import User


class Mailbox(models.Model):
    """One rep's address: how mail leaves it, and where what comes in is read.

    `secret` and `imap_secret` are sealed (adapters/secrets) and never shown again. A mailbox with `paused_at` neither
    sends nor reads. `uid_validity` and `last_uid` say how far the inbox has been read (RFC 3501).
    """

    NONE, STARTTLS, TLS = "none", "starttls", "tls"
    SECURITIES = ((NONE, "none"), (STARTTLS, "STARTTLS"), (TLS, "TLS"))

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mailboxes")
    address = models.CharField(max_length=320)
    from_name = models.CharField(max_length=160)
    signature = models.TextField(blank=True)

    provider = models.CharField(max_length=40, blank=True, help_text="A provider's name; blank for SMTP.")
    smtp_host = models.CharField(max_length=255, blank=True)
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=SECURITIES, default=STARTTLS)
    username = models.CharField(max_length=320, blank=True)
    secret = models.TextField(blank=True)

    imap_host = models.CharField(max_length=255, blank=True, help_text="Blank: what comes in is not read.")
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=SECURITIES, default=TLS)
    imap_username = models.CharField(max_length=320, blank=True)
    imap_secret = models.TextField(blank=True)
    inbox_folder = models.CharField(max_length=255, default="INBOX")
    sent_folder = models.CharField(max_length=255, blank=True, help_text="Where copies go; blank for none.")
    plus_address = models.BooleanField(default=False, help_text="Whether address+token@… reaches this mailbox.")

    per_minute = models.PositiveIntegerField(default=20, help_text="0: no limit.")
    per_day = models.PositiveIntegerField(default=400, help_text="In any 24 hours; 0: no limit.")

    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=300, blank=True)
    trouble = models.CharField(
        max_length=500, blank=True, help_text="What went wrong last, in words; blank if all is well."
    )
    trouble_at = models.DateTimeField(null=True, blank=True)
    troubles = models.PositiveIntegerField(default=0, help_text="How often in a row it could not be reached.")
    retry_at = models.DateTimeField(null=True, blank=True, help_text="Nothing is tried before, after trouble.")
    uid_validity = models.PositiveBigIntegerField(null=True, blank=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When the inbox was last read.")
    reading_trouble = models.CharField(
        max_length=500, blank=True, help_text="Why the inbox could not be read last, in words; blank if all is well."
    )
    reading_trouble_at = models.DateTimeField(null=True, blank=True)
    copying_trouble = models.CharField(
        max_length=500, blank=True, help_text="Why no copies go into the Sent folder, in words; blank if all is well."
    )
    copying_trouble_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "address"], name="mailbox_once"),
            models.CheckConstraint(condition=~Q(address=""), name="mailbox_address"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner"], condition=Q(paused_at=None), name="working_mailboxes"),
        ]

    def __str__(self) -> str:
        return self.address
