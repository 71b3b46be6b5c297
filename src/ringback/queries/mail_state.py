"""Whether a rep's mail needs a look, as parts of a query that Today asks anyway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, IntegerField
from django.db.models.expressions import RawSQL

from ringback.queries.outgoing_walk import FAILED_FOR
from ringback.queries.queue_walk import stored

# A refused mail that no plan asked for leaves nothing behind that could be done: it is told of for a day.
TOLD_FOR = timedelta(days=1)

# All go along an index by owner and mailbox, and read no more than what is in doubt or was refused lately.
_LOOKED_AT = (
    "SELECT COUNT(*) FROM ringback_mailbox b"
    " JOIN ringback_message m ON m.mailbox_id = b.id AND m.state IN ('failed', 'unknown')"
)
_IN_DOUBT = f"{_LOOKED_AT} WHERE b.owner_id = %s AND m.settled_at IS NULL"
_FAILED = (
    f"{_LOOKED_AT} LEFT JOIN ringback_touch t ON t.id = m.touch_id WHERE b.owner_id = %s AND m.settled_at > %s"
    " AND (t.state = 'open' AND t.held <> '' OR m.touch_id IS NULL AND m.settled_at > %s)"
)
_TROUBLE = (
    "SELECT MAX(CASE WHEN trouble <> '' THEN address ELSE '' END) FROM ringback_mailbox"
    " WHERE owner_id = %s AND paused_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class MailState:
    """`in_doubt`: nobody knows whether these went. `failed`: these did not, and still wait for a person.

    `trouble`: an address in trouble.
    """

    has_mailbox: bool = False
    in_doubt: int = 0
    failed: int = 0
    trouble: str = ""


def asked_of_mail(owner_id: int, now: datetime) -> dict[str, RawSQL]:
    """What to annotate a single row with; `mail_state` reads it."""
    since = (owner_id, stored(now - FAILED_FOR), stored(now - TOLD_FOR))
    asked: dict[str, tuple[str, tuple[Any, ...], Any]] = {
        "mail_in_doubt": (_IN_DOUBT, (owner_id,), IntegerField()),
        "mail_failed": (_FAILED, since, IntegerField()),
        "mail_trouble": (_TROUBLE, (owner_id,), CharField()),
    }
    return {name: RawSQL(sql, values, kind) for name, (sql, values, kind) in asked.items()}  # noqa: S611


def mail_state(found: dict[str, Any]) -> MailState:
    trouble = found["mail_trouble"]
    return MailState(
        has_mailbox=trouble is not None,
        in_doubt=found["mail_in_doubt"],
        failed=found["mail_failed"],
        trouble=trouble or "",
    )
