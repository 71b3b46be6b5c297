"""A mail that came in, as plain values: all that judging and matching it needs, and nothing that could fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from ringback.domain.vocabulary import CalendarAnswer


@dataclass(frozen=True, slots=True)
class Address:
    """An address as written, in lower case, with the name beside it; both blank where there was none."""

    address: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """What a file calls itself, and how many bytes it really has."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class FailedAddress:
    """A recipient that a bounce names. Not `permanent`: delayed, or a fault that passes (4.x.x)."""

    address: str
    permanent: bool
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """Their calendar's answer to an invitation (RFC 5546); `starts_at` is the moment that a counter proposes, UTC."""

    uid: str
    answer: CalendarAnswer
    sequence: int = 0
    by: str = ""
    starts_at: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery or feedback report says about the mail that it is about."""

    is_delivery: bool = False
    feedback: str = ""
    feedback_recipient: str = ""
    original_message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headers:
    """The header lines by which machines are told from people, in lower case; blank where there was none.

    `null_sender`: the envelope's sender was empty (“Return-Path: <>”), as bounces must have it.
    """

    auto_submitted: str = ""
    precedence: str = ""
    suppress: str = ""
    autoreply: str = ""
    list_id: str = ""
    content_type: str = ""
    null_sender: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail. `new_text` is what they wrote without quotes and signature; `html` is sanitised.

    `written_at` is its own Date header in UTC, None where that is missing or nonsense. `message_id` (made of the
    bytes where there was none), `in_reply_to` and `references` carry angle brackets. `problems` says what could not be
    read, in words.
    """

    from_: Address = Address()
    reply_to: Address = Address()
    to: tuple[str, ...] = ()
    written_at: datetime | None = None
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    headers: Headers = Headers()
    text: str = ""
    new_text: str = ""
    html: str = ""
    attachments: tuple[Attached, ...] = ()
    failed: tuple[FailedAddress, ...] = ()
    report: Report = Report()
    calendar: CalendarReply | None = None
    problems: tuple[str, ...] = field(default=())
