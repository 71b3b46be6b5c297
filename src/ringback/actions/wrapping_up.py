"""A call has ended: everything that follows is arranged, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ringback.actions import hot_write
from ringback.actions.carrying_out import (
    LOGGED_ALREADY,
    Carrying,
    already_arranged,
    carry_out,
    in_words,
    once,
    seal,
)
from ringback.actions.checking import check_happened, check_key, writable
from ringback.actions.deciding import known
from ringback.actions.errors import Refused, refuse_missing
from ringback.actions.summary import next_words
from ringback.actions.suppressing import after_mail_under_way, refuse_suppressed, refuse_while_mail_leaves
from ringback.actions.walking import (
    Walked,
    keep_answers,
    keep_gate_decision,
    keep_readiness,
    keep_walk,
    learned_on,
)
from ringback.domain.arrange import arrange
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.events import CallEnded
from ringback.domain.outcome import MACHINE_RESULTS, missing_answers, outcome_rule
from ringback.domain.vocabulary import Channel, Learnable, MachineResult, Outcome, TouchKind
from ringback.models import Arrangement, Call, ContactPoint, Interest, Need, Objection, Prospect, Touch, User
from ringback.queries.access import may_see
from ringback.queries.standing import Stand, held_stand, stand_of

LONGEST_NOTE = 200_000
LONGEST_LEARNED = {"needs": 500, "interests": 200, "objections": 500}
MACHINE_LABELS = {rule.machine: rule.label for rule in MACHINE_RESULTS}


@dataclass(frozen=True, slots=True)
class WrapUp:
    """What the rep says about a call: how it ended (the event), what was learned, and the way through the map.

    `gate_heeded`: the gate before “send information” was shut, and the rep proposed an appointment instead (B6).
    """

    event: CallEnded
    ended_at: datetime | None = None
    phone: str = ""
    notes: str = ""
    needs: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    walk: Walked | None = None
    gate_heeded: bool = False


def preview_wrap_up(*, by: User, prospect: Prospect, wrap_up: WrapUp, touch_id: int | None, now: datetime) -> Decision:
    """What saving would arrange. Writes nothing; refuses like saving does."""
    with in_words():
        said = _checked(wrap_up, now)
        stand = stand_of(prospect, now=now, touch_id=touch_id, for_call=not said.event.inbound)
        return _decide(by, stand, said, touch_id, now)


def wrap_up(
    *, by: User, prospect: Prospect, wrap_up: WrapUp, touch_id: int | None, key: str, now: datetime
) -> Arrangement:
    """Record a call and all that follows.

    Writes the call, what was learned, the closed touch, and everything `carry_out` writes. The same `key` again gives
    the same arrangement. Refused if an answer is missing or somebody has logged this touch already. Who opted out
    waits until a mail that is being handed over to them has left.
    """

    def attempt(patient: bool) -> Arrangement:
        return _wrap_up(by, prospect, wrap_up, touch_id, key, now, patient=patient)

    return after_mail_under_way(attempt)


def _wrap_up(
    by: User, prospect: Prospect, wrap_up: WrapUp, touch_id: int | None, key: str, now: datetime, *, patient: bool
) -> Arrangement:
    with once():
        check_key(key)
        said = _checked(wrap_up, now)
        for_call = not said.event.inbound
        stand = known(held_stand(prospect.id, now=now, touch_id=touch_id, for_call=for_call, key=key))
        if earlier := already_arranged(stand, by):
            return earlier
        decision = _decide(by, stand, said, touch_id, now)
        if patient and decision.suppress:
            refuse_while_mail_leaves(stand)
        event = said.event
        carrying = carry_out(
            by=by,
            stand=stand,
            decision=decision,
            event="call",
            key=key,
            text=f"{_label(event)}. {next_words(decision, stand.calendar.zone) or decision.because.text}",
            now=now,
            dials=int(not event.inbound and event.machine is not MachineResult.FAILED),
            messages=int(event.machine is MachineResult.VOICEMAIL),
        )
        _record_call(carrying, by, said, now)
        return seal(carrying)


def _checked(wrap_up: WrapUp, now: datetime) -> WrapUp:
    """Everything that was written fits; empty lines are left out."""
    event = wrap_up.event
    check_happened(event.at, now, "at")
    if wrap_up.ended_at is not None:
        check_happened(wrap_up.ended_at, now, "ended_at")
    writable(wrap_up.notes, "notes", at_most=LONGEST_NOTE, name="note")
    writable(wrap_up.phone, "phone", at_most=320)
    writable(event.reason, "reason", at_most=500)
    writable(event.close_reason, "close_reason", at_most=300)
    writable(event.gate_override, "gate", at_most=500, name="reason")
    for promise in event.promises:
        writable(promise.text, "promises", at_most=300, name="promise")
    if not (wrap_up.needs or wrap_up.interests or wrap_up.objections):
        return wrap_up
    return replace(
        wrap_up,
        needs=_lines(wrap_up.needs, "needs"),
        interests=_lines(wrap_up.interests, "interests"),
        objections=_lines(wrap_up.objections, "objections"),
    )


def _lines(texts: tuple[str, ...], name: str) -> tuple[str, ...]:
    kept = (text.strip() for text in texts)
    return tuple(writable(text, name, at_most=LONGEST_LEARNED[name]) for text in kept if text)


def _decide(by: User, stand: Stand, wrap_up: WrapUp, touch_id: int | None, now: datetime) -> Decision:
    _may(by, stand, touch_id)
    refuse_missing(missing_answers(wrap_up.event, now=now, has_objection=_has_objection(wrap_up)))
    decision = arrange(stand.facts, wrap_up.event, stand.standing, stand.policy, stand.calendar)
    refuse_suppressed(stand, decision)
    return decision


def _has_objection(wrap_up: WrapUp) -> bool:
    return bool(wrap_up.objections) or any(each.kind is Learnable.OBJECTION for each in learned_on(wrap_up.walk))


def _may(by: User, stand: Stand, touch_id: int | None) -> None:
    if not may_see(by, stand.prospect):
        raise Refused("This prospect belongs to somebody else.")
    if stand.prospect.merged_into_id is not None:
        raise Refused("This prospect was merged into another one; open that one.")
    if touch_id is not None and stand.touch is None:
        raise Refused(_who_was_first(touch_id, stand.prospect))
    if stand.touch is not None and stand.touch.channel != Channel.CALL:
        raise Refused("That is no call: mark it as done instead.")


def _who_was_first(touch_id: int, prospect: Prospect) -> str:
    """Words for whoever comes second: who closed the touch, and with what. Of other prospects nothing is told."""
    touch = Touch.objects.select_related("call__rep").filter(pk=touch_id, prospect=prospect).first()
    if touch is None:
        return "This call is no longer planned: what planned it was taken back."
    call = getattr(touch, "call", None)
    if call is not None:
        return LOGGED_ALREADY.format(who=call.rep.shown_name, what=_call_words(call))
    return "This call is no longer planned: something happened in the meantime. Reload to see what."


def _call_words(call: Call) -> str:
    if call.outcome:
        return outcome_rule(Outcome(call.outcome)).label
    return MACHINE_LABELS[MachineResult(call.machine)]


def _label(event: CallEnded) -> str:
    who = "They called: " if event.inbound else ""
    if event.outcome is not None:
        return f"{who}{outcome_rule(event.outcome).label}"
    return MACHINE_LABELS.get(event.machine, event.machine)


def _record_call(carrying: Carrying, by: User, wrap_up: WrapUp, now: datetime) -> None:
    event, stand = wrap_up.event, carrying.stand
    touch = stand.touch
    promised = touch is not None and touch.kind in (TouchKind.APPOINTMENT, TouchKind.CALL_BACK)
    call = hot_write.new(
        Call,
        prospect_id=stand.prospect.id,
        rep_id=by.id,
        touch_id=touch.id if touch is not None else None,
        direction=Call.IN if event.inbound else Call.OUT,
        at=event.at,
        ended_at=max(event.at, wrap_up.ended_at or now),
        phone=wrap_up.phone or (stand.working_phones[0].value if stand.working_phones else ""),
        machine=event.machine.value,
        outcome=event.outcome.value if event.outcome else "",
        mood=event.mood.value if event.mood else "",
        notes=wrap_up.notes,
        agreed_for=touch.due_at if touch is not None and promised else None,
        in_agreed_ladder=promised or _in_agreed_ladder(stand),
    )
    carrying.journal.create(call)
    if event.machine is MachineResult.FAILED or event.outcome is Outcome.WRONG_PERSON:
        _mark_failed(carrying, call.phone, now)
    _keep_learned(carrying, wrap_up, now)
    keep_walk(carrying, call=call, walked=wrap_up.walk, by=by)
    keep_gate_decision(carrying, call=call, event=event, heeded=wrap_up.gate_heeded, by=by)


def _in_agreed_ladder(stand: Stand) -> bool:
    in_ladder = stand.touch is not None and stand.touch.enrollment_id is not None
    return in_ladder and stand.standing.cadence is not None and stand.standing.cadence.agreed


def _mark_failed(carrying: Carrying, phone: str, now: datetime) -> None:
    for point in carrying.stand.contact_points:
        if point.kind == ContactPoint.PHONE and point.value == phone:
            carrying.journal.change(point, failed_at=now)


def _keep_learned(carrying: Carrying, wrap_up: WrapUp, now: datetime) -> None:
    answers = learned_on(wrap_up.walk)
    said = {
        Learnable.NEED: wrap_up.needs,
        Learnable.INTEREST: wrap_up.interests,
        Learnable.OBJECTION: wrap_up.objections,
    }
    if not answers and not any(said.values()):
        return
    prospect = carrying.stand.prospect
    carrying.journal.create_all([Need(prospect=prospect, text=text, learned_at=now) for text in wrap_up.needs])
    carrying.journal.create_all([Interest(prospect=prospect, text=text, learned_at=now) for text in wrap_up.interests])
    carrying.journal.create_all([Objection(prospect=prospect, text=text, raised_at=now) for text in wrap_up.objections])
    keep_answers(carrying, answers, said)
    keep_readiness(carrying, answers, said)
