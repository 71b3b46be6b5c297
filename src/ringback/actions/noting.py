"""What was changed beside any plan, as an arrangement that can be taken back like every other."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ringback.actions.journal import Journal
from ringback.domain.because import shortened
from ringback.models import Activity, Arrangement, Prospect, User

# These stand beside the plan: what was arranged before can still be taken back, and leaves them as they are.
BESIDE = frozenset({"assigned", "qualified"})


def noted(
    *, by: User, prospect: Prospect, event: str, text: str, journal: Journal, now: datetime, rule: str = ""
) -> Arrangement:
    """One arrangement of what the journal holds, and its line of the timeline; inside the caller's transaction."""
    row = Arrangement.objects.create(
        prospect=prospect,
        by=by,
        at=now,
        event=event,
        key=f"{event}-{uuid4().hex}",
        because_rule=rule,
        because_text=shortened(text, 500),
        summary={"because": {"rule": rule, "text": text}, "touches": []},
        journal=journal.entries,
    )
    Activity.objects.create(
        prospect=prospect, at=now, by=by, verb=event, text=shortened(text, 1000), rule=rule, arrangement=row
    )
    return row
