"""Takes an arrangement back."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.journal import play_back
from ringback.actions.mail_lanes import place_touches
from ringback.actions.noting import BESIDE
from ringback.actions.suppressing import refuse_while_mail_leaves
from ringback.domain.vocabulary import AppointmentState, MessageState, TouchState
from ringback.models import Activity, Appointment, Arrangement, Message, Prospect, Touch, User
from ringback.queries.access import may_manage, may_see
from ringback.queries.standing import stand_of


def undo(*, by: User, arrangement: Arrangement, now: datetime) -> None:
    """Restore exactly what was before the arrangement; the timeline keeps both.

    Refused if something newer stands on it. Taking back twice is harmless.
    """
    with once():
        # In the order of their numbers, as a merge holds them.
        held = {pk: locked_prospect(pk) for pk in sorted({arrangement.prospect_id, *_moved_here(arrangement)})}
        prospect = held[arrangement.prospect_id]
        row = Arrangement.objects.get(pk=arrangement.pk)
        if not all(may_see(by, each) for each in held.values()):
            raise Refused("This prospect belongs to somebody else.")
        if row.undone_at is not None:
            return
        _refuse_after_merge(prospect, row)
        _refuse_below_newer(prospect, row)
        if row.event == "assigned" and row.by_id != by.pk and not may_manage(by):
            raise Refused("Only a manager or an admin gives prospects to somebody else.")
        _refuse_block_while_mail_leaves(prospect, row, now)
        _call_mails_back(row, now)
        play_back(row.journal)
        for each in held:
            _follow_owner(Prospect.objects.get(pk=each))
        Arrangement.objects.filter(pk=row.pk).update(undone_at=now, undone_by=by)
        Activity.objects.create(
            prospect=prospect,
            at=now,
            by=by,
            verb="undo",
            text=f"Taken back: {row.because_text}",
            arrangement=row,
        )


def _refuse_below_newer(prospect: Prospect, row: Arrangement) -> None:
    newer = Arrangement.objects.filter(prospect=prospect, pk__gt=row.pk, undone_at=None)
    if newer.exclude(event__in=BESIDE - {row.event}).exists():
        raise Refused("Something newer stands on this: take that back first.")


def _moved_here(arrangement: Arrangement) -> set[int]:
    """Whose rows a merge moved: they go back there."""
    return {entry["before"]["prospect_id"] for entry in arrangement.journal if "prospect_id" in entry.get("before", {})}


def _refuse_after_merge(prospect: Prospect, row: Arrangement) -> None:
    """All that two rows held has been put together since."""
    written = Activity.objects.filter(arrangement=row).order_by("pk").values_list("pk", flat=True).first()
    merges = Activity.objects.filter(prospect=prospect, verb="merged", pk__gt=written or 0)
    if merges.filter(arrangement__undone_at=None).exists():
        raise Refused("Two prospects were merged since: take that back first.")


def _refuse_block_while_mail_leaves(prospect: Prospect, row: Arrangement, now: datetime) -> None:
    """A lifting that is taken back blocks them anew, and nothing is sent after its commit (C5)."""
    if any(entry["row"] == "suppression" and "before" in entry for entry in row.journal):
        refuse_while_mail_leaves(stand_of(prospect, now=now))


def _call_mails_back(row: Arrangement, now: datetime) -> None:
    """Mails of what it planted are taken out of the outbox; one that is being handed over, or has left, cannot be."""
    touches = [entry for entry in row.journal if entry["row"] == "touch"]
    closed = [entry["id"] for entry in touches if entry.get("before", {}).get("state") == TouchState.OPEN]
    if Message.objects.filter(touch__in=closed, state=MessageState.SENT).exists():
        raise Refused("That mail has left: what it brought about cannot be taken back.")
    mails = Message.objects.filter(touch__in=[entry["id"] for entry in touches if "before" not in entry])
    mails.filter(state=MessageState.QUEUED).update(
        state=MessageState.WITHDRAWN, settled_at=now, answer="What it was for was taken back."
    )
    if mails.filter(state__in=(MessageState.SENDING, MessageState.UNKNOWN)).exists():
        raise Refused("A mail of this is being sent at this moment, or may have been: it cannot be taken back.")


def _follow_owner(prospect: Prospect) -> None:
    """Somebody else may own the prospect by now, or have connected a mailbox: what is open again is theirs to do."""
    if prospect.owner_id is not None:
        Touch.objects.filter(prospect=prospect, state=TouchState.OPEN).update(owner=prospect.owner_id)
        Appointment.objects.filter(prospect=prospect, state=AppointmentState.AGREED).update(rep=prospect.owner_id)
    place_touches(prospect)
