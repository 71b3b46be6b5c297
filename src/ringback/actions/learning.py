"""What was learned and promised, as it turns out: objections settled (B5), commitments kept or not (A3, D3)."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.checking import writable
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.domain.vocabulary import CommitmentState, ObjectionState, TouchState
from ringback.models import Activity, Commitment, Objection, ObjectionChange, Prospect, Touch, User
from ringback.queries.access import may_see

SAID = {
    ObjectionState.OPEN: "The objection is open again",
    ObjectionState.REAL: "The objection is real",
    ObjectionState.FALSE: "The objection was a pretext",
    ObjectionState.RESOLVED: "The objection is resolved",
}


def settle_objection(*, by: User, objection: Objection, state: ObjectionState, now: datetime, words: str = "") -> None:
    """Say what an objection turned out to be, perhaps in the words that were used (B5); words alone may follow later.

    Writes the objection, the change of its state with the words, and a line on the timeline; without a change or
    words, nothing.
    """
    writable(words, "words", at_most=500)
    said = " ".join(words.split())
    with once():
        prospect = _theirs(by, objection.prospect_id)
        before = Objection.objects.filter(pk=objection.pk).values_list("state", flat=True).first()
        changed = Objection.objects.filter(pk=objection.pk).exclude(state=state).update(state=state)
        if changed or said:
            ObjectionChange.objects.create(
                objection_id=objection.pk, before=before, after=state, at=now, by=by, words=said
            )
            text = f"{SAID[state]}: {objection.text}" + (f". Said: “{said}”" if said else "")
            Activity.objects.create(prospect=prospect, at=now, by=by, verb="objection", text=text[:1000], rule="B5")


def settle_commitment(*, by: User, commitment: Commitment, state: CommitmentState, now: datetime) -> None:
    """Close an open commitment as kept, broken or dropped, and with it the touch that would remind of it (A3)."""
    if state is CommitmentState.OPEN:
        raise Refused("Say how the promise ended.", "state")
    with once():
        prospect = _theirs(by, commitment.prospect_id)
        still_open = Commitment.objects.filter(pk=commitment.pk, state=CommitmentState.OPEN)
        if not still_open.update(state=state, closed_at=now):
            raise Refused("Somebody was quicker: this promise is settled already.")
        ended = TouchState.DONE if state is CommitmentState.KEPT else TouchState.CANCELLED
        reminding = Touch.objects.filter(commitment=commitment.pk, state=TouchState.OPEN)
        reminding.update(state=ended, closed_at=now, closed_by=by)
        text = f"Promise {state.value}: {commitment.text}"
        Activity.objects.create(prospect=prospect, at=now, by=by, verb="commitment", text=text[:1000], rule="D3")


def _theirs(by: User, prospect_id: int) -> Prospect:
    prospect = locked_prospect(prospect_id)
    if not may_see(by, prospect):
        raise Refused("This prospect belongs to somebody else.")
    return prospect
