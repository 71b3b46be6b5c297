"""A mail on its way out, and what became of the attempt to hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """Whole as it will be sent. `message_id`, `in_reply_to` and `references` carry their angle brackets.

    `invitation` is the calendar part (RFC 5545) with its `invitation_method` (REQUEST or CANCEL). `unsubscribe_url`
    makes it one-click (RFC 8058). `written_at` is UTC.
    """

    message_id: str
    from_address: str
    from_name: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    written_at: datetime
    in_reply_to: str = ""
    references: str = ""
    reply_to: str = ""
    invitation: str = ""
    invitation_method: str = ""
    attachments: tuple[Attachment, ...] = ()
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over or read. `security` is none, starttls or tls; `secret` is open here, never logged."""

    host: str
    port: int
    security: str
    username: str = ""
    secret: str = field(default="", repr=False)


class Delivery(StrEnum):
    """What became of one attempt: the whole vocabulary of failure."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # not now (4xx); certainly not sent
    REFUSED = "refused"  # never (5xx), or not a mail that can be sent at all; certainly not sent
    UNREACHABLE = "unreachable"  # the mailbox's fault: no connection, no TLS, no log-in; certainly not sent
    IN_DOUBT = "in_doubt"  # broke off after the last line of the mail was on its way: nobody knows


@dataclass(frozen=True, slots=True)
class SendResult:
    """`answer` is the server's own words, or ours for a person to read."""

    delivery: Delivery
    answer: str = ""
