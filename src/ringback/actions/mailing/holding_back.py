"""A person keeps back a mail that would go by itself, or lets it go again."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.mailing.holding import call_back, hold_touch
from ringback.domain.because import shortened
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, goes_by_itself
from ringback.domain.vocabulary import Channel, TouchKind, TouchState
from ringback.models import Activity, Touch, User
from ringback.queries.access import may_see
from ringback.queries.mailboxes import has_mailbox

CHANGED = "This is no longer how it was: somebody was quicker. Reload to see how it stands."


def hold_back(*, by: User, touch: Touch, now: datetime) -> None:
    """It stands in Today from now on, to be read and sent or skipped; if it was written, it leaves the outbox.

    Refused if it does not go by itself any more, or is on its way.
    """
    with once():
        row = _open(by, touch)
        if row.lane not in (AUTOMATIC, AT_THE_DOOR):
            raise Refused(CHANGED)
        why = f"Held back by {by.shown_name}."
        call_back(row, why=why, now=now)
        hold_touch(row, why=why)
        _note(row, by, "mail_held", f"Held back: {row.title}.", now)


def let_go(*, by: User, touch: Touch, now: datetime) -> None:
    """It goes by itself again, at its moment. Refused if it is not held, or nothing could send it."""
    with once():
        row = _open(by, touch)
        if not row.held or not goes_by_itself(TouchKind(row.kind), Channel(row.channel)):
            raise Refused(CHANGED)
        if not has_mailbox(row.owner_id):
            raise Refused("No mailbox is connected that could send it.")
        Touch.objects.filter(pk=row.pk).update(lane=AUTOMATIC, held="")
        _note(row, by, "mail_let_go", f"Goes by itself again: {row.title}.", now)


def _open(by: User, touch: Touch) -> Touch:
    if not may_see(by, locked_prospect(touch.prospect_id)):
        raise Refused("This prospect belongs to somebody else.")
    row = Touch.objects.filter(pk=touch.pk, state=TouchState.OPEN).first()
    if row is None:
        raise Refused(CHANGED)
    return row


def _note(row: Touch, by: User, verb: str, text: str, now: datetime) -> None:
    Activity.objects.create(prospect_id=row.prospect_id, at=now, by=by, verb=verb, text=shortened(text, 1000))
