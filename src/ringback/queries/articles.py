"""The library of articles: what fits whom, who got what, and the file that goes along (A8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from ringback.adapters.texts import MailFrame, compose
from ringback.domain.mail.article import ArticleFacts, Reader, choose_article
from ringback.domain.mail.outgoing import Attachment
from ringback.domain.vocabulary import MessageState, TouchKind
from ringback.models import Article, ArticleChoice, Message, Prospect, Touch, User

FOLDER = "articles"
_ODD = re.compile(r"[\\/:*?\"<>|\x00-\x1f\x7f]")
NOT_GONE = (MessageState.WITHDRAWN, MessageState.FAILED)


class FileLost(LookupError):
    """The file of an article is not in the data folder any more."""


@dataclass(frozen=True, slots=True)
class ChosenArticle:
    """`because` is a sentence for the rep; `article` is None if nothing fits, or if none was wanted."""

    article: Article | None
    because: str


NO_ARTICLE = ChosenArticle(None, "")


def article_for(touch: Touch | None, reader: Reader, *, owner: User | None, chosen: bool) -> ChosenArticle:
    """What goes with this touch's mail: what a person chose, if one did; else the best match for a reminder."""
    if touch is None:
        return NO_ARTICLE
    if chosen:
        return _by_hand(ArticleChoice.objects.select_related("article", "by").get(touch=touch), touch)
    if touch.kind != TouchKind.REMINDER:
        return NO_ARTICLE
    return best_article(touch.prospect, reader, owner=owner)


def best_article(prospect: Prospect, reader: Reader, *, owner: User | None) -> ChosenArticle:
    rows = {row.pk: row for row in usable_articles(owner)}
    choice = choose_article(map(_facts, rows.values()), reader, had_by(prospect))
    if choice is None:
        return ChosenArticle(None, "No article fits what is known of them, or they have had those that do.")
    return ChosenArticle(rows[choice.article_id], choice.because)


def usable_articles(owner: User | None) -> list[Article]:
    """Those of the house and of this person, the newest first."""
    return list(Article.objects.filter(Q(owner=None) | Q(owner=owner), retired_at=None).order_by("-added_at", "-id"))


def had_by(prospect: Prospect) -> frozenset[int]:
    """The articles that went to them, or are on their way."""
    sent = Message.objects.filter(prospect=prospect, article__isnull=False).exclude(state__in=NOT_GONE)
    return frozenset(sent.values_list("article_id", flat=True))


def attachment_of(article: Article) -> Attachment | None:
    """What is attached to the mail; nothing for a link. Raises FileLost."""
    if article.stored_as:
        return Attachment(article.file_name, article.content_type or "application/octet-stream", stored_file(article))
    if article.text:
        page = compose(f"## {article.title}\n\n{article.text}", MailFrame(language=article.language or "en")).html
        return Attachment(f"{_ODD.sub(' ', article.title).strip()}.html", "text/html; charset=utf-8", page.encode())
    return None


def stored_file(article: Article) -> bytes:
    """Raises FileLost."""
    place = settings.DATA / FOLDER / article.stored_as
    try:
        return place.read_bytes()
    except OSError as error:
        raise FileLost(f"The file of “{article.title}” is not in the data folder any more: add it again.") from error


def _by_hand(chosen: ArticleChoice, touch: Touch) -> ChosenArticle:
    who = chosen.by.shown_name if chosen.by else "somebody"
    article = chosen.article
    if article is None:
        return ChosenArticle(None, f"Without an article: {who} wanted it so.")
    if article.retired_at is not None:
        return ChosenArticle(None, f"{who} had chosen “{article.title}”, which has been taken out since.")
    sent = Message.objects.filter(prospect=touch.prospect_id, article=article).exclude(state__in=NOT_GONE)
    if sent.exclude(touch=touch).exists():
        return ChosenArticle(None, f"{who} had chosen “{article.title}”, but it has gone to them already.")
    return ChosenArticle(article, f"Chosen by {who}.")


def _facts(row: Article) -> ArticleFacts:
    return ArticleFacts(row.pk, row.title, tuple(row.topics), row.language, row.added_at)
