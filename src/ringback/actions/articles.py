"""The library of articles grows and shrinks, and a person swaps the one that goes with a mail (A8)."""

from __future__ import annotations

import mimetypes
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings

from ringback.actions.carrying_out import once
from ringback.actions.checking import check_columns, writable
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.domain.vocabulary import Channel, TouchState
from ringback.models import Activity, Article, ArticleChoice, Message, Touch, User
from ringback.queries.access import may_publish, may_see
from ringback.queries.articles import FOLDER, NOT_GONE, had_by, usable_articles

LARGEST_FILE = 10 * 1024 * 1024
LONGEST_ARTICLE = 50_000
MOST_TOPICS = 12
LONGEST_TOPIC = 60
NONE_WANTED = "none"
_ODD = re.compile(r"[\x00-\x1f\x7f\"\\/:*?<>|]")


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """What somebody typed. Exactly one of link, text and a file makes an article."""

    title: str
    promise: str = ""
    topics: tuple[str, ...] = ()
    language: str = ""
    link: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class HandedIn:
    name: str
    size: int
    parts: Iterable[bytes]


def add_article(*, by: User, fields: ArticleFields, file: HandedIn | None, for_house: bool, now: datetime) -> Article:
    """A new article of the person's own, or of the house (managers and admins).

    A file is kept in the data folder under a name that nobody can guess.
    """
    if for_house and not may_publish(by):
        raise Refused("What the whole house sends is chosen by a manager or an admin.", "for_house")
    _check_source(fields, file)
    row = Article(
        title=fields.title.strip(),
        promise=fields.promise.strip(),
        topics=_topics(fields.topics),
        language=fields.language,
        owner=None if for_house else by,
        link=_link(fields.link),
        text=writable(fields.text.strip(), "text", at_most=LONGEST_ARTICLE),
        added_at=now,
    )
    if not row.title:
        raise Refused("Give the article a title; the reader sees it.", "title")
    check_columns(row, ("title", "promise", "language", "link"))
    if file is not None:
        _keep(row, file)
    try:
        with once():
            row.save(force_insert=True)
            _log(by, f"Added the article “{row.title}”.", now)
    except BaseException:
        _forget(row)
        raise
    return row


def retire_article(*, by: User, article: Article, now: datetime) -> None:
    """It is chosen no more. What was sent, and its file, stay."""
    if article.owner_id != by.pk and not may_publish(by):
        raise Refused("Only a manager or an admin takes an article of the house out.")
    with once():
        if Article.objects.filter(pk=article.pk, retired_at=None).update(retired_at=now):
            _log(by, f"Took the article “{article.title}” out.", now)


def choose_for(*, by: User, touch: Touch, article: str, now: datetime) -> None:
    """What goes with a planned mail: the number of an article, `none`, or blank for what the rule finds best.

    Refused once the mail has been written, and for what they have had already.
    """
    with once():
        prospect = locked_prospect(touch.prospect_id)
        if not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        planned = Touch.objects.filter(pk=touch.pk, state=TouchState.OPEN, channel=Channel.EMAIL)
        if not planned.exists() or Message.objects.filter(touch=touch).exclude(state__in=NOT_GONE).exists():
            raise Refused("This mail has been written already: its article cannot be swapped any more.")
        if not article:
            ArticleChoice.objects.filter(touch=touch).delete()
            return
        chosen = None if article == NONE_WANTED else _usable(article, touch, by)
        ArticleChoice.objects.update_or_create(touch=touch, defaults={"article": chosen, "by": by, "at": now})


def _usable(article: str, touch: Touch, by: User) -> Article:
    rows = {str(row.pk): row for row in usable_articles(touch.owner or by)}
    if article not in rows:
        raise Refused("There is no such article.", "article")
    if rows[article].pk in had_by(touch.prospect):
        raise Refused("They have had this article already: nobody gets one twice.", "article")
    return rows[article]


def _check_source(fields: ArticleFields, file: HandedIn | None) -> None:
    given = [name for name, source in (("link", fields.link), ("text", fields.text)) if source.strip()]
    given += ["file"] if file is not None else []
    if not given:
        raise Refused("Choose a file, or give a link or a text.", "file")
    if len(given) > 1:
        raise Refused("One article is one thing: a file, a link, or a text.", given[-1])
    if file is not None and file.size > LARGEST_FILE:
        raise Refused(f"At most {LARGEST_FILE // 1024 // 1024} MB fit into a mail; give a link instead.", "file")
    if file is not None and not file.size:
        raise Refused("This file is empty.", "file")


def _topics(topics: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(text for topic in topics if (text := " ".join(topic.split()))))
    if len(kept) > MOST_TOPICS:
        raise Refused(f"At most {MOST_TOPICS} topics; choose those that matter.", "topics")
    return [writable(topic, "topics", at_most=LONGEST_TOPIC, name="topic") for topic in kept]


def _link(link: str) -> str:
    address = link.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        fine = False
    if not fine:
        raise Refused("A link begins with https:// and names a page.", "link")
    return address


def _keep(row: Article, file: HandedIn) -> None:
    """Write the file, and its name and size into the row. What its name says decides its kind, not the browser."""
    name = _ODD.sub(" ", PurePosixPath(file.name.replace("\\", "/")).name).strip(" .")[:255] or "article"
    folder = settings.DATA / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    row.stored_as = secrets.token_urlsafe(32)
    row.file_name, row.content_type = name, mimetypes.guess_type(name)[0] or "application/octet-stream"
    size = 0
    with os.fdopen(os.open(folder / row.stored_as, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for part in file.parts:
            size += kept.write(part)
    row.size = size


def _forget(row: Article) -> None:
    if row.stored_as:
        (settings.DATA / FOLDER / row.stored_as).unlink(missing_ok=True)


def _log(by: User, text: str, now: datetime) -> None:
    Activity.objects.create(at=now, by=by, verb="article", text=text)
