"""Somebody enters, climbs, leaves or resumes a cadence (C1–C6)."""

from __future__ import annotations

from ringback.domain.arrangement import Arrangement
from ringback.domain.arranging.case import LADDER, Case, advance, begin, loose_task, once_more
from ringback.domain.because import Because, day_words
from ringback.domain.call_hours import add_business_days, first_open, on_clock
from ringback.domain.chooser import cadence_for
from ringback.domain.events import Enrolled, Resumed, Stopped, TouchDone
from ringback.domain.ladder import first_rung
from ringback.domain.local_time import local
from ringback.domain.vocabulary import Channel, FinishReason, Qualification, TouchKind

# Which rule a touch served that stands on no ladder.
SERVES = {
    TouchKind.COMMITMENT: "A3",
    TouchKind.CONFIRMATION: "A4",
    TouchKind.CANCELLATION: "A4",
    TouchKind.THANK_YOU: "A5",
    TouchKind.REMINDER: "A7",
    TouchKind.SUMMARY: "D1",
    TouchKind.REVIEW: "C5",
}
CONFIRMS_WITHIN = 2
UNCONFIRMED = "Not confirmed yet: ask whether the summary was right"
NOTHING_PLANNED = "Nothing is planned any more: agree on the next step, or close the lead (A1)."


def enrolled(case: Case, event: Enrolled) -> Arrangement:
    cadence = case.standing.cadences[event.cadence]
    because = Because(cadence.rule, f"“{cadence.title}” begins.")
    # Nobody agreed on this moment with them: also a ladder for agreed moments begins inside the call hours.
    rung = first_rung(cadence, first_open(event.at, case.calendar), case.climb)
    if rung is None:
        return Arrangement(because, gaps=(f"No step of “{cadence.title}” can reach them.",))
    return begin(cadence, rung, case, because)


def touch_done(case: Case, event: TouchDone) -> Arrangement:
    """A mail, a card, a task … is done or was skipped: in a ladder the next rung follows."""
    touch = case.standing.touch
    assert touch is not None
    done = Because(SERVES.get(touch.kind, "C6"), "Skipped on purpose." if event.skipped else "Done.")
    if touch.kind is TouchKind.FIND_NUMBER:
        return _number_found(case, skipped=event.skipped)
    asks = not (event.skipped or event.confirmed)
    if touch.kind is TouchKind.SUMMARY and touch.channel is Channel.EMAIL and asks:
        return _summary_sent(case)
    if touch.in_enrollment and case.standing.cadence is not None:
        return advance(case, Because(case.cadence.rule, f"{done.text} The ladder goes on."), case.climb)
    alone = touch.kind is TouchKind.CALL_BACK and not _has_plan(case)
    return Arrangement(done, gaps=(NOTHING_PLANNED,) if alone else ())


def _summary_sent(case: Case) -> Arrangement:
    """D1: a summary that nobody confirms comes back two business days later; it falls when they confirm."""
    calendar = case.calendar
    asked_on = add_business_days(local(case.now, calendar.zone).date(), CONFIRMS_WITHIN, calendar)
    because = Because("D1", f"The summary went out; without a confirmation you ask on {day_words(asked_on)}.")
    due_at = on_clock(asked_on, calendar.window.open, calendar)
    return Arrangement(because, (loose_task(TouchKind.SUMMARY, Channel.TASK, UNCONFIRMED, due_at, because),))


def _number_found(case: Case, *, skipped: bool) -> Arrangement:
    touch = case.standing.touch
    if touch is not None and touch.in_enrollment and case.standing.cadence is not None:
        if skipped:
            return advance(case, Because("C6", "No number was found: on to the next step."), case.climb)
        return once_more(case, case.now, "A working number is known now.")
    return _begin_with_new_number(case)


def _begin_with_new_number(case: Case) -> Arrangement:
    because = Because("C6", "A working number is known now.")
    busy = _has_plan(case)
    choice = cadence_for(case.prospect.temperature, case.prospect.first_contact)
    cadence = case.standing.cadences.get(choice.cadence)
    if busy or cadence is None or case.prospect.qualification is not Qualification.QUALIFIED:
        return Arrangement(because, gaps=() if busy else (NOTHING_PLANNED,))
    rung = first_rung(cadence, case.now, case.climb)
    return Arrangement(because, gaps=(NOTHING_PLANNED,)) if rung is None else begin(cadence, rung, case, choice.because)


def _has_plan(case: Case) -> bool:
    standing = case.standing
    return standing.cadence is not None or standing.appointment is not None or standing.call_back


def resumed(case: Case, event: Resumed) -> Arrangement:
    """The same rung again: its planned day if that lies ahead, else now."""
    at = max(event.at, case.position.moment.due_at)
    return once_more(case, at, "Resumed where it was paused.")


def stopped(case: Case, event: Stopped) -> Arrangement:
    because = Because("C6", f"Stopped by hand. {event.reason}".strip())
    gaps = () if case.standing.appointment is not None or case.standing.call_back else (NOTHING_PLANNED,)
    return Arrangement(because, cancels=LADDER, finish=FinishReason.STOPPED, gaps=gaps)
