"""Planned mails of Sofia's, as a talk arranges them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ringback.domain.vocabulary import Outcome
from ringback.models import Article, Prospect, Touch
from tests.actions.rows import log, next_week, open_call, reached
from tests.cast import NOW, Cast


def talked(them: Cast, now: datetime = NOW) -> None:
    """Sofia agreed to speak in a week; her needs, an interest, an objection and promises were noted."""
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, now), now)


def mail(prospect: Prospect, kind: str) -> Touch:
    return Touch.objects.get(prospect=prospect, kind=kind, channel="email", state="open")


def speaking(prospect: Prospect, **columns: Any) -> Prospect:
    Prospect.objects.filter(pk=prospect.pk).update(**columns)
    prospect.refresh_from_db()
    return prospect


def article(title: str = "Sailing in winter", **columns: Any) -> Article:
    usual: dict[str, Any] = {"topics": ["sailing"], "text": "Wrap up well.", "added_at": NOW - timedelta(days=30)}
    return Article.objects.create(title=title, **{**usual, **columns})


__all__ = ["article", "mail", "next_week", "speaking", "talked"]
