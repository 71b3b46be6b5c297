"""Takes an arrangement back."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.journal import play_back
from ringback.models import Activity, Arrangement, User
from ringback.queries.access import may_see


def undo(*, by: User, arrangement: Arrangement, now: datetime) -> None:
    """Restore exactly what was before the arrangement; the timeline keeps both.

    Refused if something newer stands on it. Taking back twice is harmless.
    """
    with once():
        prospect = locked_prospect(arrangement.prospect_id)
        row = Arrangement.objects.get(pk=arrangement.pk)
        if not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        if row.undone_at is not None:
            return
        if Arrangement.objects.filter(prospect=prospect, pk__gt=row.pk, undone_at=None).exists():
            raise Refused("Something newer stands on this: take that back first.")
        play_back(row.journal)
        Arrangement.objects.filter(pk=row.pk).update(undone_at=now, undone_by=by)
        Activity.objects.create(
            prospect=prospect,
            at=now,
            by=by,
            verb="undo",
            text=f"Taken back: {row.because_text}"[:1000],
            arrangement=row,
        )
