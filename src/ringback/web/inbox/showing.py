"""Mails that came in as finished strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ringback.domain.vocabulary import MailKind
from ringback.models import IncomingMail, User
from ringback.queries.inbox import Inbox
from ringback.web import presenting, when
from ringback.web.words import Words

LONGEST_SHOWN = 1_200
KINDS: Words = {
    MailKind.REPLY: gettext_lazy("A person’s reply"),
    MailKind.OUT_OF_OFFICE: gettext_lazy("Away"),
    MailKind.CALENDAR_ANSWER: gettext_lazy("Answer to an invitation"),
    MailKind.REMOVE_ME: gettext_lazy("Wants to be left alone"),
    MailKind.BOUNCE: gettext_lazy("Could not be delivered"),
    MailKind.LEFT_COMPANY: gettext_lazy("Has left the company"),
    MailKind.COMPLAINT: gettext_lazy("Complaint"),
    MailKind.AUTOMATIC: gettext_lazy("Automatic mail"),
}
LOOKS = {
    MailKind.REPLY: ("message-circle", "tag-primary"),
    MailKind.OUT_OF_OFFICE: ("coffee", "tag-info"),
    MailKind.CALENDAR_ANSWER: ("calendar-check", "tag-info"),
    MailKind.REMOVE_ME: ("hand", "tag-error"),
    MailKind.BOUNCE: ("circle-x", "tag-warning"),
    MailKind.LEFT_COMPANY: ("log-out", "tag-warning"),
    MailKind.COMPLAINT: ("flag", "tag-error"),
    MailKind.AUTOMATIC: ("repeat", ""),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What else it may be, and the key that says so."""

    key: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownMail:
    id: int
    url: str
    icon: str
    tone: str
    kind: str
    who: str
    prospect_url: str
    address: str
    subject: str
    mailbox: str
    moment: str
    exact: str
    new_text: str
    because: str
    matched: str
    trouble: str
    followed: presenting.ShownArrangement | None
    undone: bool
    until: str
    away: bool
    attachments: str
    corrected: str
    looked_at: bool
    choices: tuple[Choice, ...]


def sections(found: Inbox, *, reader: User, now: datetime) -> dict[str, Any]:
    shown = [
        mail(row, reader=reader, now=now, known=row.prospect_id in found.known, several=found.several)
        for row in found.open
    ]
    return {
        "replies": [each for each, row in zip(shown, found.open, strict=True) if row.kind == MailKind.REPLY],
        "others": [each for each, row in zip(shown, found.open, strict=True) if row.kind != MailKind.REPLY],
        "looked_at": [
            mail(row, reader=reader, now=now, known=row.prospect_id in found.known, several=found.several)
            for row in found.looked_at
        ],
        "has_mailbox": found.has_mailbox,
        "older_url": f"{reverse('inbox')}?before={found.before}" if found.before else "",
    }


def mail(row: IncomingMail, *, reader: User, now: datetime, known: bool, several: bool) -> ShownMail:
    kind = MailKind(row.kind)
    icon, tone = LOOKS[kind]
    at = row.taken_at
    return ShownMail(
        id=row.pk,
        url=reverse("inbox-mail", args=[row.pk]),
        icon=icon,
        tone=tone,
        kind=kind_words(kind),
        who=(row.prospect.shown_name if row.prospect else "") or row.from_name or row.from_address or _("Nobody"),
        prospect_url=reverse("prospect", args=[row.prospect_id]) if known and row.prospect_id else "",
        address=row.from_address,
        subject=row.subject or _("no subject"),
        mailbox=row.mailbox.address if several else "",
        moment=when.moment(at, reader.zone, now),
        exact=when.full(at, reader.zone),
        new_text=Truncator(row.new_text).chars(LONGEST_SHOWN, truncate="…"),
        because=row.because,
        matched=_("Recognised by: %(what)s.") % {"what": row.matched_by} if row.matched_by else "",
        trouble=row.trouble,
        followed=_followed(row, reader, now),
        undone=row.arrangement is not None and row.arrangement.undone_at is not None,
        until=str(row.facts.get("until", "")),
        away=kind is MailKind.OUT_OF_OFFICE,
        attachments=_attachments(row.attachments),
        corrected=_corrected(row),
        looked_at=row.done_at is not None,
        choices=choices(kind),
    )


def whole(row: IncomingMail) -> str:
    """All of its text; blank where that is what is shown as new already."""
    return row.text if row.text.strip() != row.new_text.strip() else ""


def harmless(row: IncomingMail) -> SafeString:
    """It was sanitised when it came in (adapters/mail/html_text), and nothing else ever writes this column."""
    return mark_safe(row.html)  # noqa: S308


def kind_words(kind: MailKind) -> str:
    return str(KINDS[kind])


def choices(kind: MailKind) -> tuple[Choice, ...]:
    """Each kind has its own key, whatever the mail is; an answer to an invitation is never a guess, so not offered."""
    numbered = ((str(number), each) for number, each in enumerate(KINDS, 1))
    return tuple(
        Choice(key, MailKind(each).value, kind_words(MailKind(each)))
        for key, each in numbered
        if each not in (kind, MailKind.CALENDAR_ANSWER)
    )


def _followed(row: IncomingMail, reader: User, now: datetime) -> presenting.ShownArrangement | None:
    if row.arrangement is None:
        return None
    return presenting.saved(row.arrangement.summary, own_zone=reader.zone, now=now)


def _attachments(listed: Iterable[dict[str, Any]]) -> str:
    named = [f"{each.get('name', '')} ({_size(int(each.get('size', 0)))})" for each in listed]
    return ", ".join(named[:5]) + (f" + {presenting.number(len(named) - 5)}" if len(named) > 5 else "")


def _size(count: int) -> str:
    if count < 1_000:
        return _("%(count)s bytes") % {"count": presenting.number(count)}
    return f"{presenting.number(round(count / 1_000))} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _corrected(row: IncomingMail) -> str:
    if row.corrected_by is None or not row.corrected_from:
        return ""
    before = kind_words(MailKind(row.corrected_from))
    return _("%(name)s corrected it; it was taken for: %(kind)s.") % {
        "name": row.corrected_by.shown_name,
        "kind": before,
    }
