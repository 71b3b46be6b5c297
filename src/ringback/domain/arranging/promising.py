"""What somebody owes gets a day and a place in the queue (A3)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import Arrangement, Hang, PlannedTouch
from ringback.domain.arranging.case import Case
from ringback.domain.because import Because, day_words
from ringback.domain.call_hours import add_business_days, first_open, on_clock
from ringback.domain.events import CallEnded, Promise
from ringback.domain.vocabulary import Channel, Party, ProspectState, TouchKind


def with_promises(arranged: Arrangement, case: Case, event: CallEnded) -> Arrangement:
    """The arrangement and what was promised; after an end without a sale nobody owes anything any more."""
    ended = arranged.ending is not None and arranged.ending.state is not ProspectState.WON
    if ended or not event.promises:
        return arranged
    touches = tuple(_touch(index, promise, case) for index, promise in enumerate(event.promises))
    return replace(arranged, promises=event.promises, touches=(*arranged.touches, *touches))


def _touch(index: int, promise: Promise, case: Case) -> PlannedTouch:
    """Ours is due on the morning of its day, theirs is asked for on the business day after."""
    calendar = case.calendar
    if promise.party is Party.US:
        day, title = promise.due_on, promise.text
        because = Because("A3", f"You promised this by {day_words(promise.due_on)}.")
    else:
        day, title = add_business_days(promise.due_on, 1, calendar), f"Has it come? {promise.text}"
        because = Because("A3", f"They promised this by {day_words(promise.due_on)}.")
    due_at = max(first_open(case.now, calendar), on_clock(day, calendar.window.open, calendar))
    return PlannedTouch(TouchKind.COMMITMENT, Channel.TASK, title, due_at, because, Hang.COMMITMENT, promise=index)
