"""A prospect's history, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from ringback.domain.mail.identity import message_of_key
from ringback.models import Activity, IncomingMail, Prospect

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """`message` is the mail that the entry is about, if it is about one."""

    id: int
    at: datetime
    by: str
    verb: str
    text: str
    rule: str
    notes: str
    undone: bool
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """`before` is where older entries go on; 0 at the beginning of the story."""

    entries: tuple[Entry, ...]
    before: int


def timeline(prospect: Prospect | None, *, before: int | None = None, limit: int = 50) -> Timeline:
    """The newest `limit` entries older than the entry `before`. Without a prospect: what concerns the whole house."""
    mails = Prefetch("arrangement__incoming", IncomingMail.objects.only("arrangement", "new_text"))
    rows = Activity.objects.filter(prospect=prospect).select_related("by", "arrangement").prefetch_related(mails)
    rows = rows.order_by("-at", "-id")
    edge = Activity.objects.filter(pk=before, prospect=prospect).first() if before else None
    if edge:
        rows = rows.filter(at__lte=edge.at).filter(Q(at__lt=edge.at) | Q(id__lt=edge.pk))
    found = list(rows[: limit + 1])
    return Timeline(tuple(map(_entry, found[:limit])), found[limit - 1].pk if len(found) > limit else 0)


def _words_of_mail(row: Activity) -> str:
    """What they wrote, beside what it arranged."""
    if row.arrangement is None or row.verb == "undo":
        return ""
    return next((mail.new_text[:LONGEST_NOTE] for mail in row.arrangement.incoming.all()), "")


def _entry(row: Activity) -> Entry:
    return Entry(
        id=row.pk,
        at=row.at,
        by=row.by.shown_name if row.by else "",
        verb=row.verb,
        text=row.text,
        rule=row.rule,
        notes=str(row.data.get("notes", "")) or _words_of_mail(row),
        undone=bool(row.arrangement and row.arrangement.undone_at),
        message=row.data.get("message") or (message_of_key(row.arrangement.key) if row.arrangement else None),
    )
