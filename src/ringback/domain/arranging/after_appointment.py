"""An appointment is made outside a call, moved or cancelled: all around it is built anew or falls (A1, A4, A7)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import AgreedMoment, Arrangement, Hang, PlannedTouch
from ringback.domain.arranging.around import agreed_with_everything, calling_off
from ringback.domain.arranging.case import ALL_AGREEMENTS, LADDER_AND_APPOINTMENT, Case, begin_after_first
from ringback.domain.because import Because, day_words, moment_words
from ringback.domain.chooser import cadence_for
from ringback.domain.events import AppointmentCancelled, AppointmentMade, AppointmentMoved, MissedTalkWritten
from ringback.domain.local_time import local
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    FirstContact,
    Qualification,
    TouchKind,
)

MISSED_MAIL = "Write that you missed each other"


def made(case: Case, event: AppointmentMade) -> Arrangement:
    """Agreed by mail, in person, or booked by the prospect: that stops any ladder at once (C5)."""
    moved = case.standing.appointment is not None
    touches, gaps = agreed_with_everything(
        case, event.starts_at, event.reason, first_talk=False, with_summary=False, moved=moved
    )
    who = "They booked" if event.booked else "You agreed on"
    because = Because("C5" if event.booked else "A1", f"{who} {moment_words(event.starts_at, case.calendar.zone)}.")
    return Arrangement(
        because,
        touches=touches,
        cancels=ALL_AGREEMENTS,
        finish=_stops_ladder(case),
        agrees=AgreedMoment(event.starts_at, event.reason, moved=moved),
        gaps=gaps,
    )


def moved(case: Case, event: AppointmentMoved) -> Arrangement:
    """Everything that hangs on the appointment is cancelled and built anew around the new moment."""
    assert case.standing.appointment is not None
    reason = event.reason or case.standing.appointment.reason
    touches, gaps = agreed_with_everything(
        case,
        event.starts_at,
        reason,
        first_talk=case.prospect.conversations == 1,
        with_summary=False,
        moved=case.standing.appointment.confirmed,
    )
    because = Because("A4", f"Moved to {moment_words(event.starts_at, case.calendar.zone)}; all around it moves along.")
    return Arrangement(
        because,
        touches=touches,
        cancels=LADDER_AND_APPOINTMENT,
        finish=_stops_ladder(case),
        agrees=AgreedMoment(event.starts_at, reason, moved=True),
        gaps=gaps,
    )


def cancelled(case: Case, event: AppointmentCancelled) -> Arrangement:
    """Everything around it falls; so that silence does not follow, the general rhythm begins with today as day 1."""
    because = Because("A1", f"Cancelled, with everything around it. {event.reason}".strip())
    told = () if event.by_them else calling_off(case)
    base = Arrangement(
        because, told, cancels=LADDER_AND_APPOINTMENT, finish=_stops_ladder(case), settles=AppointmentState.CANCELLED
    )
    if case.standing.call_back:
        return base
    if case.prospect.qualification is not Qualification.QUALIFIED:
        return _with_gap(base)
    choice = cadence_for(case.prospect.temperature, FirstContact.LIVE)
    begun = begin_after_first(choice.cadence, case.now, case, because, case.climb)
    return replace(
        base,
        touches=(*told, *begun.touches),
        finish=begun.finish,
        begin=begun.begin,
        position=begun.position,
        gaps=begun.gaps,
    )


def missed_talk_written(case: Case, event: MissedTalkWritten) -> Arrangement:
    """Beside the ladder, which goes on: the rep chooses it, for C1 and C2 are calls alone. It falls with a new date."""
    day = day_words(local(event.missed_at, case.calendar.zone).date())
    because = Because("C2", f"The talk of {day} was missed; a mail makes it easy to find a new time.")
    mail = PlannedTouch(TouchKind.RETRY, Channel.EMAIL, MISSED_MAIL, case.now, because, Hang.NOTHING)
    return Arrangement(because, touches=(mail,))


def _stops_ladder(case: Case) -> FinishReason | None:
    """A ladder that runs beside an appointment, after a missed call-back, ends with the step it loses."""
    return FinishReason.APPOINTMENT if case.standing.cadence is not None else None


def _with_gap(base: Arrangement) -> Arrangement:
    return replace(base, gaps=("Nothing is planned now: agree on the next step, or close the lead (A1).",))
