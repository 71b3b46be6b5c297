"""Nobody was reached: the next rung of the right ladder (C1–C6)."""

from __future__ import annotations

from dataclasses import replace

from ringback.domain.arrangement import Arrangement, Hang, PlannedTouch
from ringback.domain.arranging.case import (
    ALL_AGREEMENTS,
    LADDER,
    LADDER_AND_APPOINTMENT,
    Case,
    advance,
    begin_after_first,
    stand_on,
)
from ringback.domain.because import Because
from ringback.domain.call_backs import OTHER_NUMBER
from ringback.domain.chooser import MISSED_BRIEF, cadence_after_missed, cadence_for
from ringback.domain.events import CallEnded
from ringback.domain.ladder import Climb, busy_rung, same_rung
from ringback.domain.values import TouchFacts
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FirstContact,
    MachineResult,
    Outcome,
    ProspectState,
    Qualification,
    TouchKind,
)

NOT_QUALIFIED = "Nothing is planned: they are not qualified yet, and only qualified leads enter a call cadence (A15)."
WORDS = {
    MachineResult.NO_ANSWER: "Nobody answered.",
    MachineResult.VOICEMAIL: "A message was left.",
    MachineResult.BUSY: "The line was busy again.",
    MachineResult.ANSWERED: "Somebody else answered.",
}
FIND_NUMBER = "Find a working number"
DEAD_NUMBER = "The number does not work: find another one, then the ladder goes on."
TRY_OTHER_NUMBER = "That number does not work, but another one is known: the same call with that one."


def nobody_reached(case: Case, event: CallEnded) -> Arrangement:
    if event.machine is MachineResult.FAILED:
        return wrong_number(case, DEAD_NUMBER)
    arranged = _next_try(case, event)
    if event.machine is MachineResult.VOICEMAIL and case.prospect.first_contact is FirstContact.NONE:
        arranged = replace(arranged, first_contact=FirstContact.VOICEMAIL)
    if event.outcome is Outcome.GATEKEEPER and case.prospect.first_contact is FirstContact.NONE:
        arranged = replace(arranged, first_contact=FirstContact.VOICEMAIL)
    return arranged


def _next_try(case: Case, event: CallEnded) -> Arrangement:
    touch = case.standing.touch
    if touch is not None and touch.kind is TouchKind.APPOINTMENT:
        return _missed_appointment(case)
    if touch is not None and touch.kind is TouchKind.CALL_BACK:
        return _missed_call_back(case)
    if case.standing.cadence is not None:
        return _climb_on(case, event)
    if case.standing.appointment is not None:
        return Arrangement(Because("A1", "Nobody answered; the agreed appointment stands."))
    if case.standing.call_back:
        return Arrangement(Because("A1", "Nobody answered; the promised call stands."))
    if case.prospect.state is not ProspectState.OPEN:
        return Arrangement(Because("C6", "Nobody answered. The lead is closed and stays closed: nothing is planned."))
    return _enter_ladder(case)


def _missed_appointment(case: Case) -> Arrangement:
    assert case.standing.touch is not None
    choice = cadence_after_missed(case.prospect.temperature)
    arranged = begin_after_first(choice.cadence, case.standing.touch.due_at, case, choice.because, case.climb)
    return replace(arranged, cancels=LADDER_AND_APPOINTMENT, settles=AppointmentState.MISSED)


def _missed_call_back(case: Case) -> Arrangement:
    assert case.standing.touch is not None
    because = Because("C2", "They had asked for this call: twice more today, then the general rhythm.")
    begun = begin_after_first(MISSED_BRIEF, case.standing.touch.due_at, case, because, case.climb)
    return replace(begun, cancels=begun.cancels | (ALL_AGREEMENTS - {Hang.APPOINTMENT}))


def _climb_on(case: Case, event: CallEnded) -> Arrangement:
    if case.standing.touch is None or not case.standing.touch.in_enrollment:
        return _dial_besides(case)
    if event.machine is MachineResult.BUSY and case.position.attempt <= case.policy.busy_retries:
        rung = busy_rung(case.cadence, case.position, case.now, case.climb)
        return stand_on(rung, case, rung.because)
    because = Because(case.cadence.rule, f"{WORDS[event.machine]} The ladder goes on.")
    return advance(case, because, _climb_after(case, event))


def _climb_after(case: Case, event: CallEnded) -> Climb:
    if event.machine is MachineResult.BUSY:
        return case.climb
    return case.after_dial(agreed=case.cadence.agreed)


def _dial_besides(case: Case) -> Arrangement:
    """A call that no rung asked for: it counts for the limits, and the planned rung stays where it is."""
    return Arrangement(Because(case.cadence.rule, "Nobody answered; the next planned step stands."))


def _enter_ladder(case: Case) -> Arrangement:
    """A free dial met nobody: the ladder that fits begins, with this dial as its first step."""
    if case.prospect.qualification is not Qualification.QUALIFIED:
        return Arrangement(Because("A15", "Nobody answered."), gaps=(NOT_QUALIFIED,))
    choice = cadence_for(case.prospect.temperature, case.prospect.first_contact)
    return begin_after_first(choice.cadence, case.now, case, choice.because, case.after_dial(agreed=False))


def wrong_number(case: Case, why: str) -> Arrangement:
    """Another known number is tried at once; without one, the rung waits until a working number is found."""
    touch = case.standing.touch
    because = Because("C6", TRY_OTHER_NUMBER if case.prospect.has_other_phone else why)
    if touch is not None and touch.in_enrollment:
        return (
            _same_rung_with_other_number(case, because) if case.prospect.has_other_phone else _hold_rung(case, because)
        )
    if touch is not None and touch.channel is Channel.CALL and case.prospect.has_other_phone:
        return Arrangement(because, touches=(_same_call(touch, because),))
    task = PlannedTouch(TouchKind.FIND_NUMBER, Channel.TASK, FIND_NUMBER, case.now, because)
    if touch is not None and touch.kind is TouchKind.APPOINTMENT:
        return Arrangement(because, (task,), LADDER_AND_APPOINTMENT, settles=AppointmentState.MISSED)
    return Arrangement(because, touches=(task,))


def _same_rung_with_other_number(case: Case, because: Because) -> Arrangement:
    rung = same_rung(case.cadence, case.position, case.now, case.climb, because.text)
    return stand_on(rung, case, because)


def _hold_rung(case: Case, because: Because) -> Arrangement:
    position = case.position
    task = PlannedTouch(
        TouchKind.FIND_NUMBER,
        Channel.TASK,
        FIND_NUMBER,
        case.now,
        because,
        Hang.ENROLLMENT,
        planned_at=position.moment.planned_at,
        step_id=position.step_id,
        repetition=position.repetition,
        attempt=position.attempt,
    )
    return Arrangement(because, touches=(task,), cancels=LADDER, position=position)


def _same_call(touch: TouchFacts, because: Because) -> PlannedTouch:
    hang = Hang.APPOINTMENT if touch.kind is TouchKind.APPOINTMENT else Hang.CALL_BACK
    return PlannedTouch(touch.kind, Channel.CALL, OTHER_NUMBER, touch.due_at, because, hang)
