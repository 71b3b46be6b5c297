"""One mail as it left or will leave, how it fared, and what was written before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.vocabulary import MessageState
from ringback.models import Article, Message, User
from ringback.queries.exchanges import Exchange
from ringback.queries.outgoing import answers_to, reason_of
from ringback.web import when
from ringback.web.outbox import reasons
from ringback.web.outbox.showing import Tag, tags_of
from ringback.web.presenting import number
from ringback.web.words import CAME_BACK, MESSAGES, SITUATIONS

TONES = {
    MessageState.SENT: "tag-primary",
    MessageState.FAILED: "tag-error",
    MessageState.UNKNOWN: "tag-warning",
}
# We write invitations in UTC.
_STARTS = re.compile(r"^DTSTART:(\d{8}T\d{6})Z\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to the mail. `note` is what the server said, or why."""

    icon: str
    text: str
    moment: str
    exact: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShownWhole:
    id: int
    fence: int
    subject: str
    state: str
    tone: str
    tags: tuple[Tag, ...]
    in_doubt: bool
    why: str
    headers: tuple[tuple[str, str], ...]
    text: str
    article: str
    invitation: str
    unsubscribe: bool
    history: tuple[Step, ...]
    prospect_url: str
    prospect_name: str
    mailbox: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail beside it, ours or theirs."""

    ours: bool
    url: str
    subject: str
    state: str
    moment: str
    exact: str


def shown(mail: Message, *, reader: User, now: datetime) -> ShownWhole:
    waits = mail.state in (MessageState.QUEUED, MessageState.SENDING)
    return ShownWhole(
        id=mail.pk,
        fence=mail.fence,
        subject=mail.subject or _("without a subject"),
        state=str(MESSAGES[mail.state]),
        tone=TONES.get(MessageState(mail.state), ""),
        tags=tags_of(mail, answers_to([mail.pk]).get(mail.pk, frozenset())) if mail.state == MessageState.SENT else (),
        in_doubt=mail.state == MessageState.UNKNOWN,
        why=reasons.in_words(reason_of(mail, now), mail, reader=reader, now=now) if waits else "",
        headers=headers(mail, reader),
        text=mail.text,
        article=article_words(mail.article),
        invitation=invitation_words(mail, reader.zone),
        unsubscribe=mail.one_click,
        history=tuple(history(mail, reader, now)),
        prospect_url=reverse("prospect", args=[mail.prospect_id]),
        prospect_name=mail.prospect.shown_name,
        mailbox=mail.mailbox.address,
    )


def article_words(article: Article | None) -> str:
    return ": ".join(filter(None, (article.title, article.promise))) if article else ""


def headers(mail: Message, reader: User) -> tuple[tuple[str, str], ...]:
    """What a person understands of a mail's head, and its Message-ID, by which a server's log finds it."""
    at = mail.settled_at if mail.state == MessageState.SENT else None
    named = (
        (_("From"), address(mail.mailbox.from_name, mail.mailbox.address)),
        (_("To"), address(mail.to_name, mail.to_address)),
        (_("Sent"), when.full(at, reader.zone) if at else ""),
        (_("What it is"), str(SITUATIONS[mail.situation])),
        (_("Language"), mail.language),
        (_("In answer to"), mail.in_reply_to),
        (_("Message-ID"), mail.message_id),
    )
    return tuple((label, value) for label, value in named if value)


def address(name: str, mailbox: str) -> str:
    return f"{name} <{mailbox}>" if name else mailbox


def invitation_words(mail: Message, zone: str) -> str:
    """“Invitation to Monday 30 November 2026, 10:00 (Europe/Berlin)”, as this mail said it, not as it may be by now."""
    if not mail.invitation:
        return ""
    found = _STARTS.search(mail.invitation)
    at = when.full(datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC), zone) if found else ""
    if mail.invitation_method == "CANCEL":
        return _("Takes the appointment out of their calendar: %(moment)s") % {"moment": at}
    return _("Invitation for their calendar: %(moment)s") % {"moment": at}


def history(mail: Message, reader: User, now: datetime) -> Iterator[Step]:
    """From the first word to the last answer; each moment in the reader's zone."""

    def step(icon: str, text: str, at: datetime | None, note: str = "") -> Step:
        zone = reader.zone
        return Step(
            icon, text, when.moment(at, zone, now) if at else "", when.full(at, zone) if at else "", note.strip()
        )

    yield step("pen-line", _("Written"), mail.created_at)
    if mail.attempts:
        tries = ngettext("Tried once", "Tried %(count)s times", mail.attempts) % {"count": number(mail.attempts)}
        yield step("repeat", tries, None, mail.answer if mail.settled_at is None else "")
    if mail.settled_at is not None:
        yield step(ICONS[MessageState(mail.state)], str(MESSAGES[mail.state]), mail.settled_at, mail.answer)
    if mail.copied_at is not None:
        yield step("copy", _("A copy lies in the Sent folder"), mail.copied_at)
    elif mail.copy_refused:
        yield step("circle-x", _("No copy lies in the Sent folder"), None, mail.copy_refused)
    if mail.confirmed_at is not None:
        by = _("by their reply") if mail.confirmed_by == "reply" else _("by the link in it")
        yield step("circle-check", _("Confirmed %(how)s") % {"how": by}, mail.confirmed_at)
    for answer in mail.answered_by.order_by("pk"):
        yield step("inbox", str(CAME_BACK[answer.kind]), answer.taken_at, answer.because)


ICONS = {
    MessageState.QUEUED: "clock",
    MessageState.SENDING: "send",
    MessageState.UNKNOWN: "circle-question-mark",
    MessageState.SENT: "mail-check",
    MessageState.FAILED: "circle-x",
    MessageState.WITHDRAWN: "x",
}


def exchange(found: Exchange, *, reader: User, now: datetime) -> list[Letter]:
    """Oldest first, as one reads letters."""
    written: list[tuple[datetime, dict[str, Any]]] = [
        (
            each.settled_at or each.due_at,
            {
                "ours": True,
                "url": reverse("outbox-mail", args=[each.pk]),
                "subject": each.subject,
                "state": str(MESSAGES[each.state]),
            },
        )
        for each in found.ours
    ]
    written += [
        (each.taken_at, {"ours": False, "url": "", "subject": each.subject, "state": str(CAME_BACK[each.kind])})
        for each in found.theirs
    ]
    return [
        Letter(moment=when.moment(at, reader.zone, now), exact=when.full(at, reader.zone), **facts)
        for at, facts in sorted(written, key=lambda one: one[0])
    ]
