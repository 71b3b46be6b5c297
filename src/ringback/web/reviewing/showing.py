"""A mail as finished strings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ringback.domain.vocabulary import MessageState
from ringback.models import Message, Touch
from ringback.queries.drafts import Draft
from ringback.web.words import SITUATIONS

# Longer links are cut by mail programs without a word.
LONGEST_LINK = 1800


@dataclass(frozen=True, slots=True)
class ShownMail:
    """`body` is HTML that adapters/texts made: it escapes everything and knows no scripts, images or styles."""

    subject: str
    body: SafeString
    plain: str
    to: str
    article: str
    article_because: str
    invites: bool
    gaps: tuple[str, ...]
    findings: tuple[tuple[str, str, str, str], ...]


def mail(draft: Draft) -> ShownMail:
    name, address = draft.to_name, draft.to_address
    return ShownMail(
        subject=draft.subject,
        body=mark_safe(draft.shown),  # noqa: S308
        plain=draft.text,
        to=f"{name} <{address}>" if name and address else address,
        article=draft.article.title if draft.article else "",
        article_because=draft.article_because,
        invites=draft.wants_invitation,
        gaps=draft.gaps,
        findings=tuple((each.rule, each.excerpt, each.why, each.better) for each in draft.findings),
    )


def heading(draft: Draft) -> str:
    return str(SITUATIONS[draft.situation])


def who(touch: Touch) -> dict[str, str]:
    prospect = touch.prospect
    return {
        "name": prospect.shown_name,
        "company": prospect.company_name,
        "url": reverse("prospect", args=[prospect.pk]),
        "because": touch.because_text,
        "rule": touch.because_rule,
        "held": touch.held,
    }


def mail_link(draft: Draft) -> str:
    """Opens the own mail program with the mail in it; only with its head where the words are too many for a link."""
    if not draft.to_address:
        return ""
    start = f"mailto:{quote(draft.to_address, safe='@')}?subject={quote(draft.subject)}"
    whole = f"{start}&body={quote(draft.text)}"
    return whole if len(whole) <= LONGEST_LINK else start


def under_way(message: Message, touch: Touch, now: datetime) -> dict[str, Any]:
    waiting = message.state == MessageState.QUEUED
    left = int((message.due_at - now).total_seconds())
    return {
        "area": "today",
        "touch": touch,
        "who": who(touch),
        "title": _("On its way") if waiting else _("Sent") if message.state == MessageState.SENT else _("Handed over"),
        "waiting": waiting,
        "seconds": max(0, left) if waiting else 0,
        "subject": message.subject,
        "to": message.to_address,
        "text": message.text,
        "answer": message.answer,
        "draft_name": f"mail-{touch.pk}",
        "confirmed": message.confirmed_at is not None,
    }
