"""What somebody types into a search box, turned into conditions that an index can answer."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from ringback.domain.folding import folded
from ringback.models import ContactPoint, Prospect

# A phone number is digits with what people put between them; fewer digits than this are more likely part of a name.
_PHONE = re.compile(r"\+?[\d\s()./-]+\Z")
LEAST_DIGITS = 4
MOST_WORDS = 6

_SQLITE = "SELECT rowid FROM ringback_prospect_words WHERE ringback_prospect_words MATCH %s"
_WITHOUT_QUOTES = re.compile(r"['\\]")


class Words(Func):
    """The condition that PostgreSQL's index of words answers, exactly as migration 0002 wrote it."""

    template = "(to_tsvector('simple', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


def matching_text(found: QuerySet[Prospect], text: str, dial_code: str = "") -> QuerySet[Prospect]:
    """Those whose phone, e-mail, name or company fit. Every word must begin a word of the name or company."""
    text = text.strip()
    if "@" in text:
        return _by_point(found, ContactPoint.EMAIL, [text.casefold()])
    if _PHONE.match(text) and sum(map(str.isdigit, text)) >= LEAST_DIGITS:
        return _by_point(found, ContactPoint.PHONE, phone_beginnings(text, dial_code))
    return _by_words(found, folded(text).split()[:MOST_WORDS])


def phone_beginnings(text: str, dial_code: str = "") -> list[str]:
    """How the stored number (E.164) may begin: as typed with its country, at home, or with the + left out."""
    digits = "".join(filter(str.isdigit, text))
    if text.lstrip().startswith("+"):
        return [f"+{digits}"]
    if digits.startswith("00"):
        return [f"+{digits[2:]}"]
    home = [f"+{dial_code}{digits.removeprefix('0')}"] if dial_code else []
    return [*home, f"+{digits}"]


def _by_point(found: QuerySet[Prospect], kind: str, beginnings: list[str]) -> QuerySet[Prospect]:
    span = Q()
    for beginning in beginnings:
        # A range, not LIKE: the index on (value, kind) then serves both databases whatever their collation of patterns.
        span |= Q(value__gte=beginning, value__lt=beginning + "\uffff")
    points = ContactPoint.objects.filter(span, kind=kind).values("prospect")
    return found.filter(pk__in=points)


def _by_words(found: QuerySet[Prospect], words: list[str]) -> QuerySet[Prospect]:
    """By the index of words that migration 0002 made; each database has a language of its own for it."""
    if connection.vendor == "sqlite":
        asked = " ".join(f'"{word.replace(chr(34), "")}"*' for word in words)
        return found.filter(pk__in=RawSQL(_SQLITE, [asked]))  # noqa: S611 - the words are a parameter
    asked = " & ".join(f"'{_WITHOUT_QUOTES.sub('', word)}':*" for word in words)
    return found.filter(Words("search_text", Value(asked)))
