"""Their calendar answered an invitation: noted, looked at, or the appointment is off and a new one wanted (A1, A4)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import Arrangement, Hang
from ringback.domain.arranging.after_appointment import cancelled
from ringback.domain.arranging.case import Case, loose_task
from ringback.domain.because import Because, moment_words
from ringback.domain.call_backs import DECLINED
from ringback.domain.call_hours import first_open
from ringback.domain.events import AppointmentCancelled, InvitationAnswered
from ringback.domain.vocabulary import AppointmentState, CalendarAnswer, Channel, FinishReason, TouchKind


def answered(case: Case, event: InvitationAnswered) -> Arrangement:
    """Needs a standing appointment."""
    assert case.standing.appointment is not None
    when = moment_words(case.standing.appointment.starts_at, case.calendar.zone)
    said = f" “{event.comment}”" if event.comment else ""
    if event.answer is CalendarAnswer.ACCEPTED:
        return Arrangement(Because("A4", f"They accepted the appointment of {when}.{said}"))
    if event.answer is CalendarAnswer.TENTATIVE:
        return Arrangement(Because("A4", f"They answered “perhaps” to the appointment of {when}; it stands.{said}"))
    if event.answer is CalendarAnswer.COUNTER:
        return _proposed(case, event, when, said)
    return _declined(
        case, event, Because("A1", f"They declined the appointment of {when}: a new moment is wanted.{said}")
    )


def _proposed(case: Case, event: InvitationAnswered, when: str, said: str) -> Arrangement:
    wanted = moment_words(event.starts_at, case.calendar.zone) if event.starts_at else "another moment"
    because = Because("A1", f"They propose {wanted} instead of {when}; until you agree, that one stands.{said}")
    title = f"They propose {wanted}: move the appointment, or call"
    task = loose_task(TouchKind.REVIEW, Channel.TASK, title, case.now, because)
    return Arrangement(because, touches=(task,))


def _declined(case: Case, event: InvitationAnswered, because: Because) -> Arrangement:
    """A call as soon as they may be called; if nobody answers, its ladder follows. Without a number, as cancelled."""
    off = cancelled(case, AppointmentCancelled(event.at, by_them=True))
    if case.standing.call_back:
        return replace(off, because=because)
    if Channel.CALL not in case.prospect.channels:
        task = loose_task(TouchKind.REVIEW, Channel.TASK, DECLINED, case.now, because)
        return replace(off, because=because, touches=(task, *off.touches), gaps=())
    at = first_open(case.now, case.calendar)
    call = loose_task(TouchKind.CALL_BACK, Channel.CALL, DECLINED, at, because, Hang.CALL_BACK)
    return Arrangement(
        because,
        touches=(call,),
        cancels=off.cancels,
        finish=FinishReason.APPOINTMENT if case.standing.cadence is not None else None,
        settles=AppointmentState.CANCELLED,
    )
