"""Something came from them, or was decided about them: a ladder stops at once, whatever was queued (C5)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import Arrangement, Ending, Hang
from ringback.domain.arranging.around import calling_off
from ringback.domain.arranging.case import (
    EVERYTHING,
    LADDER,
    LADDER_AND_APPOINTMENT,
    Case,
    advance,
    loose_task,
    once_more,
)
from ringback.domain.because import Because, day_words, moment_words
from ringback.domain.call_backs import THEY_CALLED
from ringback.domain.call_hours import add_business_days, first_open, on_clock
from ringback.domain.events import Bounced, Closed, LeftCompany, OptedOut, OutOfOffice, Replied
from ringback.domain.local_time import local
from ringback.domain.vocabulary import AppointmentState, Channel, FinishReason, ProspectState, TouchKind

ANSWER = {Channel.CALL: "They called, and there is no number that may be called: find out what they want"}
ALL_CHANNELS = frozenset(Channel) - {Channel.TASK}


def replied(case: Case, event: Replied) -> Arrangement:
    called = event.channel is Channel.CALL and Channel.CALL in case.prospect.channels
    because = Because("C5", f"They {'called' if event.channel is Channel.CALL else 'wrote'}: the ladder stops at once.")
    kind, channel = (TouchKind.CALL_BACK, Channel.CALL) if called else (TouchKind.REVIEW, Channel.TASK)
    title = THEY_CALLED if called else ANSWER.get(event.channel, "Read their message and answer it")
    # They called in the evening: that is no leave to ring them at night.
    due_at = first_open(event.at, case.calendar) if called else event.at
    hang = Hang.CALL_BACK if called else Hang.NOTHING
    return Arrangement(
        because,
        touches=(loose_task(kind, channel, title, due_at, because, hang),),
        # What still hangs on an appointment while none is agreed is about one that they missed: it was chasing as well.
        cancels=LADDER if case.standing.appointment is not None else LADDER_AND_APPOINTMENT,
        finish=FinishReason.REPLIED if case.standing.cadence is not None else None,
    )


def out_of_office(case: Case, event: OutOfOffice) -> Arrangement:
    """The open rung waits for the first business day after the absence; its own wait is not used up."""
    back = add_business_days(event.until, 1, case.calendar)
    because = Because("C5", f"They are away until {day_words(event.until)}; it goes on on {day_words(back)}.")
    gaps = _appointment_in(case, event)
    if case.standing.cadence is None or case.standing.paused or not _rung_reaches(case):
        return Arrangement(because, gaps=gaps)
    at = max(on_clock(back, case.calendar.window.open, case.calendar), case.position.moment.due_at)
    return replace(once_more(case, at, because.text), because=because, gaps=gaps)


def _rung_reaches(case: Case) -> bool:
    return case.cadence.step(case.position.step_id).channel in case.prospect.channels


def _appointment_in(case: Case, event: OutOfOffice) -> tuple[str, ...]:
    appointment = case.standing.appointment
    if appointment is None or local(appointment.starts_at, case.calendar.zone).date() > event.until:
        return ()
    when = moment_words(appointment.starts_at, case.calendar.zone)
    return (f"Your appointment of {when} falls into their absence: move it.",)


def bounced(case: Case, event: Bounced) -> Arrangement:
    """A rung that was to write there gives way to the next one that reaches them."""
    because = Because("C6", f"Mail to {event.address} came back: find a working address.")
    task = loose_task(TouchKind.FIND_NUMBER, Channel.TASK, "Find a working e-mail address", event.at, because)
    if not _writes_next(case, event):
        return Arrangement(because, touches=(task,))
    climb = replace(case.climb, channels=case.climb.channels - {Channel.EMAIL}) if event.last else case.climb
    onward = advance(case, because, climb)
    return replace(onward, because=because, touches=(task, *onward.touches))


def _writes_next(case: Case, event: Bounced) -> bool:
    """Whether the step in question is a mail; without one, whether the open rung is, and no address is left for it."""
    if case.standing.cadence is None:
        return False
    if case.standing.touch is not None:
        return case.standing.touch.channel is Channel.EMAIL
    on_mail = case.cadence.step(case.position.step_id).channel is Channel.EMAIL
    return event.last and on_mail and not case.standing.paused


def left_company(case: Case, event: LeftCompany) -> Arrangement:
    """Nobody there to climb to: the ladder stops, and a person looks for whoever has taken over."""
    because = Because("C6", "They have left the company: no further step would reach them there.")
    title = f"Find out who has taken over: {event.successor}" if event.successor else "Find out who has taken over"
    task = loose_task(TouchKind.REVIEW, Channel.TASK, title, event.at, because)
    gaps = [f"Their answer names {event.successor}: add this person, or merge."] if event.successor else []
    if case.standing.appointment is not None:
        when = moment_words(case.standing.appointment.starts_at, case.calendar.zone)
        gaps.append(f"Your appointment of {when} was with them: cancel it, or move it to the successor.")
    return Arrangement(
        because,
        touches=(task,),
        cancels=LADDER,
        finish=FinishReason.STOPPED if case.standing.cadence is not None else None,
        gaps=tuple(gaps),
    )


def opted_out(case: Case, event: OptedOut) -> Arrangement:
    """Blocked before anything else can happen; on every channel it is an end, on some the ladder climbs round them."""
    because = Because("C5", "They asked not to be contacted: blocked at once.")
    if not event.channels >= ALL_CHANNELS:
        return replace(_round_them(case, event, because), suppress=event.channels, proof=event.proof)
    return Arrangement(
        because,
        cancels=EVERYTHING,
        settles=_settles(case),
        finish=FinishReason.OPTED_OUT if case.standing.cadence is not None else None,
        ending=Ending(ProspectState.CLOSED, "Asked not to be contacted"),
        suppress=event.channels - {Channel.TASK},
        proof=event.proof,
    )


def _round_them(case: Case, event: OptedOut, because: Because) -> Arrangement:
    """A rung on a channel that is blocked now gives way to the next one that is not."""
    if case.standing.cadence is None or case.standing.paused:
        return Arrangement(because)
    if case.cadence.step(case.position.step_id).channel not in event.channels:
        return Arrangement(because)
    onward = advance(case, because, replace(case.climb, channels=case.prospect.channels - event.channels))
    return replace(onward, because=because)


def _settles(case: Case) -> AppointmentState | None:
    return AppointmentState.CANCELLED if case.standing.appointment is not None else None


def closed(case: Case, event: Closed) -> Arrangement:
    because = Because("A1", f"An explicit end: {event.reason}")
    return Arrangement(
        because,
        touches=calling_off(case),
        cancels=EVERYTHING,
        settles=_settles(case),
        finish=FinishReason.CLOSED if case.standing.cadence is not None else None,
        ending=Ending(ProspectState.CLOSED, event.reason),
    )
