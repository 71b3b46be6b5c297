"""Which mails stand in which section of the outbox: short walks along an index for each mailbox, all in one query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import connection

from ringback.domain.lanes import AUTOMATIC
from ringback.models import Mailbox, Message
from ringback.queries.queue_walk import stored

MOST_SENT, MOST_COMING, MOST_OTHERS = 50, 30, 50
# A refused mail stands in the outbox for a fortnight; what it was for stands in Today for as long as it is open.
FAILED_FOR = timedelta(days=14)
# SQLite unites no more than 500 queries.
BOXES_AT_ONCE = 80


class Section(StrEnum):
    """In the order in which a person looks at them."""

    DOUBT = "doubt"
    FAILED = "failed"
    UNDER_WAY = "under_way"
    WAITS = "waits"
    COMING = "coming"
    SENT = "sent"


NEWEST_FIRST = frozenset({Section.FAILED, Section.SENT})


class Walk(NamedTuple):
    """`sql` is what stands behind FROM; `moment` is the column that orders a section."""

    section: Section
    moment: str
    sql: str
    most: int
    values: tuple[Any, ...] = ()


# Literals in SQL so that the partial indexes fit, and because the ORM cannot unite queries with limits on SQLite.
_LOOKED_AT = "ringback_message WHERE state IN ('failed', 'unknown')"
_COMING = Walk(
    Section.COMING,
    "due_at",
    f"ringback_touch WHERE state = 'open' AND lane = {AUTOMATIC} AND owner_id = %s",
    MOST_COMING + 1,
)
_DOUBT = Walk(
    Section.DOUBT,
    "due_at",
    f"{_LOOKED_AT} AND state = 'unknown' AND settled_at IS NULL AND mailbox_id = %s",
    MOST_OTHERS,
)
_UNDER_WAY = Walk(
    Section.UNDER_WAY, "due_at", "ringback_message WHERE state = 'sending' AND mailbox_id = %s", MOST_OTHERS
)
_WAITS = Walk(Section.WAITS, "due_at", "ringback_message WHERE state = 'queued' AND mailbox_id = %s", MOST_OTHERS)
_SENT = "ringback_message WHERE state = 'sent' AND mailbox_id = %s"


def walk(boxes: Sequence[Mailbox], now: datetime, older_than: Message | None) -> dict[Section, list[int]]:
    """The ids of each section in its order: one query for every eighty mailboxes.

    Of what was sent and of what comes there is one more than is shown, if there are more. With `older_than` only what
    was sent before that mail.
    """
    found: dict[Section, list[tuple[Any, int]]] = {section: [] for section in Section}
    for first in range(0, len(boxes), BOXES_AT_ONCE):
        for section, moment, row_id in _ask(_walks(boxes[first : first + BOXES_AT_ONCE], now, older_than)):
            found[Section(section)].append((moment, row_id))
    return {section: _first(section, rows) for section, rows in found.items()}


def _first(section: Section, rows: list[tuple[Any, int]]) -> list[int]:
    most = {Section.COMING: MOST_COMING + 1, Section.SENT: MOST_SENT + 1}.get(section, MOST_OTHERS)
    return [row_id for _, row_id in sorted(rows, reverse=section in NEWEST_FIRST)[:most]]


def _walks(boxes: Sequence[Mailbox], now: datetime, older_than: Message | None) -> list[Walk]:
    walks = [_sent(box, older_than) for box in boxes]
    if older_than is not None:
        return walks
    failed = f"{_LOOKED_AT} AND state = 'failed' AND mailbox_id = %s AND settled_at > %s"
    since = stored(now - FAILED_FOR)
    for box in boxes:
        walks += [each._replace(values=(box.pk,)) for each in (_DOUBT, _UNDER_WAY, _WAITS)]
        walks.append(Walk(Section.FAILED, "settled_at", failed, MOST_OTHERS, (box.pk, since)))
    owners = dict.fromkeys(box.owner_id for box in boxes)
    return walks + [_COMING._replace(values=(owner,)) for owner in owners]


def _sent(box: Mailbox, older_than: Message | None) -> Walk:
    sql, values = _SENT, tuple[Any, ...]((box.pk,))
    if older_than is not None and older_than.settled_at is not None:
        edge = stored(older_than.settled_at)
        sql += " AND settled_at <= %s AND (settled_at < %s OR id < %s)"
        values = (box.pk, edge, edge, older_than.pk)
    return Walk(Section.SENT, "settled_at", sql, MOST_SENT + 1, values)


def _ask(walks: Sequence[Walk]) -> list[tuple[str, Any, int]]:
    if not walks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(map(_one, walks)), [value for each in walks for value in (*each.values, each.most)]
        )
        return list(cursor.fetchall())


def _one(each: Walk) -> str:
    down = " DESC" if each.section in NEWEST_FIRST else ""
    return (
        f"SELECT * FROM (SELECT '{each.section}' AS section, {each.moment} AS moment, id FROM {each.sql}"  # noqa: S608
        f" ORDER BY {each.moment}{down}, id{down} LIMIT %s) AS one_walk"
    )
