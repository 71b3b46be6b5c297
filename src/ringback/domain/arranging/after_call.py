"""A dial has ended: somebody was reached, or nobody (A1–A5, A7, B6, C1–C6, D1)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import AgreedMoment, Arrangement, Ending, Hang, PlannedTouch
from ringback.domain.arranging import promising
from ringback.domain.arranging.after_news import replied
from ringback.domain.arranging.after_unanswered import NOT_QUALIFIED, nobody_reached, wrong_number
from ringback.domain.arranging.around import OUTSIDE_HOURS, agreed_with_everything, calling_off
from ringback.domain.arranging.case import ALL_AGREEMENTS, EVERYTHING, Case, begin_after_first
from ringback.domain.because import Because, moment_words
from ringback.domain.call_backs import AS_PROMISED, UNLESS_THEY_CALLED
from ringback.domain.chooser import cadence_for
from ringback.domain.events import CallEnded, Replied
from ringback.domain.outcome import outcome_rule
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    FirstContact,
    MachineResult,
    Outcome,
    ProspectState,
    Qualification,
    TouchKind,
)

AGREED = frozenset({Outcome.APPOINTMENT, Outcome.THINKING, Outcome.SEND_INFORMATION})
PROMISED = frozenset({Outcome.CALL_BACK, Outcome.THEY_CALL, Outcome.NOT_NOW})


def call_ended(case: Case, event: CallEnded) -> Arrangement:
    return promising.with_promises(_decided(case, event), case, event)


def _decided(case: Case, event: CallEnded) -> Arrangement:
    if event.inbound and event.machine is not MachineResult.ANSWERED:
        return replied(case, Replied(event.at, Channel.CALL))
    if event.machine is not MachineResult.ANSWERED or event.outcome is Outcome.GATEKEEPER:
        return nobody_reached(case, event)
    if event.outcome is Outcome.WRONG_PERSON:
        return wrong_number(case, "That was the wrong person or number: find the right one, then the ladder goes on.")
    return _with_talk(_reached(case, event), case)


def _reached(case: Case, event: CallEnded) -> Arrangement:
    assert event.outcome is not None
    if event.outcome in AGREED:
        return _agreed(case, event)
    if event.outcome in PROMISED and event.next_at is not None:
        return _promised_call(case, event)
    if event.outcome is Outcome.NOT_NOW:
        return _not_now(case)
    return _ended(case, event)


def _with_talk(arranged: Arrangement, case: Case) -> Arrangement:
    """Whatever was agreed, the ladder that was to reach them has done its work, and the appointment is settled (C5)."""
    live = FirstContact.LIVE if case.prospect.first_contact is FirstContact.NONE else None
    settles = arranged.settles or _settles(case, arranged)
    told = calling_off(case) if settles is AppointmentState.CANCELLED and not arranged.suppress else ()
    return replace(
        arranged,
        touches=(*told, *arranged.touches),
        cancels=arranged.cancels | ALL_AGREEMENTS,
        finish=_finishes(arranged, case),
        settles=settles,
        first_contact=live,
        talked=True,
        reopens=case.prospect.state is ProspectState.CLOSED and arranged.ending is None,
    )


def _finishes(arranged: Arrangement, case: Case) -> FinishReason | None:
    """Talking is what ended the ladder, also where the general rhythm follows."""
    if case.standing.cadence is None:
        return None
    return FinishReason.REACHED if arranged.finish in (None, FinishReason.MOVED) else arranged.finish


def _settles(case: Case, arranged: Arrangement) -> AppointmentState | None:
    """The agreed call itself keeps the appointment; another talk before it replaces it."""
    if case.standing.appointment is None or (arranged.agrees and arranged.agrees.moved):
        return None
    return AppointmentState.KEPT if _is_agreed_call(case) else AppointmentState.CANCELLED


def _is_agreed_call(case: Case) -> bool:
    return case.standing.touch is not None and case.standing.touch.kind is TouchKind.APPOINTMENT


def _agreed(case: Case, event: CallEnded) -> Arrangement:
    assert event.next_at is not None
    assert event.outcome is not None
    moved = case.standing.appointment is not None and not _is_agreed_call(case)
    touches, gaps = agreed_with_everything(
        case, event.next_at, event.reason, first_talk=case.prospect.conversations == 0, with_summary=True, moved=moved
    )
    when = moment_words(event.next_at, case.calendar.zone)
    text = f"You speak again on {when}; everything around that moment is arranged."
    if event.outcome is Outcome.SEND_INFORMATION:
        text = f"All four answers are yes, so something may be sent; you speak about it on {when}."
    return Arrangement(
        Because(outcome_rule(event.outcome).rule, text),
        touches=touches,
        agrees=AgreedMoment(event.next_at, event.reason, moved=moved),
        gaps=gaps,
    )


def _promised_call(case: Case, event: CallEnded) -> Arrangement:
    assert event.next_at is not None
    when = moment_words(event.next_at, case.calendar.zone)
    if event.outcome is Outcome.THEY_CALL:
        because = Because("A2", f"They want to call; if they do not, you do, on {when}.")
        title = event.reason or UNLESS_THEY_CALLED
    else:
        because = Because("A1", f"They asked to be called on {when}.")
        title = event.reason or AS_PROMISED
    touch = PlannedTouch(TouchKind.CALL_BACK, Channel.CALL, title, event.next_at, because, Hang.CALL_BACK)
    return Arrangement(because, touches=(touch,), gaps=() if case.calendar.is_open(event.next_at) else (OUTSIDE_HOURS,))


def _not_now(case: Case) -> Arrangement:
    """They named no moment: today's talk is day 1 of the general rhythm."""
    if case.prospect.qualification is not Qualification.QUALIFIED:
        return Arrangement(Because("A15", "Not now, and not qualified yet."), gaps=(NOT_QUALIFIED,))
    choice = cadence_for(case.prospect.temperature, FirstContact.LIVE)
    because = Because("C4", "Not now: you stay in touch in the general rhythm, with today's talk as day 1.")
    return begin_after_first(choice.cadence, case.now, case, because, case.after_dial(agreed=False))


def _ended(case: Case, event: CallEnded) -> Arrangement:
    if event.outcome is Outcome.WON:
        because = Because("A1", "Won: nothing more has to be chased.")
        return _ending(because, Ending(ProspectState.WON, event.close_reason or "Won"), FinishReason.CLOSED, case)
    if event.outcome is Outcome.LOST:
        because = Because("A1", f"An explicit end: {event.close_reason}")
        return _ending(because, Ending(ProspectState.CLOSED, event.close_reason), FinishReason.CLOSED, case)
    because = Because("C5", "They asked never to be contacted again: blocked on every channel at once.")
    ended = _ending(because, Ending(ProspectState.CLOSED, "Asked not to be contacted"), FinishReason.OPTED_OUT, case)
    return replace(
        ended, suppress=frozenset(Channel) - {Channel.TASK}, proof=f"Said so on the telephone. {event.reason}".strip()
    )


def _ending(because: Because, ending: Ending, finish: FinishReason, case: Case) -> Arrangement:
    return Arrangement(
        because,
        cancels=EVERYTHING if ending.state is not ProspectState.WON else EVERYTHING - {Hang.COMMITMENT},
        finish=finish if case.standing.cadence else None,
        ending=ending,
    )
