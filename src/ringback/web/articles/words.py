"""Articles as finished strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ringback.actions.articles import NONE_WANTED
from ringback.models import Article
from ringback.web.words import language_name


@dataclass(frozen=True, slots=True)
class ShownArticle:
    id: int
    title: str
    promise: str
    topics: tuple[str, ...]
    kind: str
    icon: str
    about: str
    whose: str
    retired: bool
    sent: str


def shown(row: Article, sent: str = "") -> ShownArticle:
    kind, icon, about = _kind(row)
    language = language_name(row.language) if row.language else _("any language")
    return ShownArticle(
        id=row.pk,
        title=row.title,
        promise=row.promise,
        topics=tuple(row.topics),
        kind=kind,
        icon=icon,
        about=" · ".join(part for part in (about, language) if part),
        whose=row.owner.shown_name if row.owner else _("the house"),
        retired=row.retired_at is not None,
        sent=sent,
    )


def _kind(row: Article) -> tuple[str, str, str]:
    if row.stored_as:
        return _("File"), "file-text", f"{row.file_name}, {filesizeformat(row.size)}"
    if row.link:
        return _("Link"), "link", row.link.partition("://")[2].partition("/")[0]
    return _("Text"), "pen-line", ""


def choices_for(
    articles: Iterable[Article], had: frozenset[int], *, chosen: Article | None
) -> list[tuple[str, str, bool, bool]]:
    """(value, label, selected, impossible) for the field in which an article is swapped."""
    found = [
        (
            str(row.pk),
            _("%(title)s (they have had it)") % {"title": row.title} if row.pk in had else row.title,
            chosen is not None and row.pk == chosen.pk,
            row.pk in had,
        )
        for row in articles
    ]
    none = (NONE_WANTED, _("No article"), chosen is None, False)
    return [("", _("What fits best"), False, False), none, *found] if found else []
