"""Touches other than calls: done, skipped, or given another moment."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import Carrying
from ringback.actions.checking import writable
from ringback.actions.deciding import by_rule, happen
from ringback.actions.errors import Refused, refuse_missing
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import call_back
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import Because, moment_words
from ringback.domain.events import TouchDone
from ringback.domain.outcome import moment_problem
from ringback.domain.vocabulary import Channel, CommitmentState, TouchKind
from ringback.models import Arrangement, Touch, User
from ringback.queries.standing import Stand

NOT_WITH_ONE_KEY = "A call has an outcome: open it and say how it ended."
MOVE_THE_APPOINTMENT = "This hangs on an appointment: move the appointment, and all around it moves along."


def finish_touch(*, by: User, touch: Touch, key: str, now: datetime, skipped: bool = False) -> Arrangement:
    """Mark a mail, card, chat, visit or task as done (or skipped on purpose) and plan what follows.

    A commitment's task keeps the commitment, or drops it when skipped. Refused for calls.
    """
    if touch.channel == Channel.CALL and not skipped:
        raise Refused(NOT_WITH_ONE_KEY)
    if touch.kind == TouchKind.APPOINTMENT:
        raise Refused("An agreed call is not skipped: call, move it or cancel it.")

    rule = by_rule(TouchDone(at=now, skipped=skipped))

    def decide(stand: Stand) -> Decision:
        call_back(touch, why="Done by hand." if not skipped else "Skipped.", now=now)
        return rule(stand)

    def settle_commitment(carrying: Carrying) -> None:
        if touch.commitment is not None:
            state = CommitmentState.DROPPED if skipped else CommitmentState.KEPT
            carrying.journal.change(touch.commitment, state=state.value, closed_at=now)

    return happen(
        by=by,
        prospect_id=touch.prospect_id,
        touch_id=touch.pk,
        decide=decide,
        verb="skipped" if skipped else "done",
        text=f"{'Skipped' if skipped else 'Done'}: {touch.title}.",
        key=key,
        now=now,
        also=settle_commitment,
    )


def reschedule_touch(
    *, by: User, touch: Touch, due_at: datetime, key: str, now: datetime, reason: str = ""
) -> Arrangement:
    """Give a touch another moment (UTC); later steps count from it. Refused for what hangs on an appointment.

    A mail that is written already is called back and written anew at its moment; refused if it is on its way.
    """
    if touch.appointment_id is not None:
        raise Refused(MOVE_THE_APPOINTMENT)
    writable(reason, "reason", at_most=300)
    refuse_missing(moment_problem(due_at, now=now, field="due_at"))
    if touch.latest_at is not None and due_at > touch.latest_at:
        raise Refused("That is later than it makes sense; choose an earlier moment.", "due_at")

    def decide(stand: Stand) -> Decision:
        if touch.channel == Channel.CALL and not stand.calendar.is_open(due_at) and touch.kind != TouchKind.CALL_BACK:
            raise Refused("That moment is outside their call hours.", "due_at")
        return Decision(Because("C6", f"Moved to {moment_words(due_at, stand.calendar.zone)}. {reason}".strip()))

    def move(carrying: Carrying) -> None:
        assert carrying.stand.touch is not None
        call_back(touch, why="It was given another moment.", now=now)
        place_touches(carrying.stand.prospect)
        carrying.journal.change(carrying.stand.touch, due_at=due_at, planned_at=due_at)
        if carrying.enrollment is not None and touch.enrollment_id is not None:
            carrying.journal.change(carrying.enrollment, due_at=due_at, planned_at=due_at)

    return happen(
        by=by,
        prospect_id=touch.prospect_id,
        touch_id=touch.pk,
        decide=decide,
        verb="moved",
        text=f"{touch.title}:",
        key=key,
        now=now,
        closes_touch=False,
        also=move,
    )
