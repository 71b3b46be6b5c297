"""How calls end in the demo company: random, but with the proportions of a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from ringback.actions.wrapping_up import WrapUp
from ringback.demo.cast import talk
from ringback.demo.hours import Diary
from ringback.demo.walks import Ways
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.events import CallEnded, Gate, Promise
from ringback.domain.local_time import local
from ringback.domain.outcome import Ask, outcome_rule
from ringback.domain.vocabulary import MachineResult, Mood, Outcome, Party, TouchKind
from ringback.models import Prospect, Touch

Choice = TypeVar("Choice", MachineResult, Outcome)

# About 30 of 100 appointments are not picked up (E2); of first calls to strangers far more.
MACHINES: dict[TouchKind | None, Mapping[MachineResult, int]] = {
    TouchKind.APPOINTMENT: {MachineResult.ANSWERED: 70, MachineResult.NO_ANSWER: 20, MachineResult.VOICEMAIL: 10},
    TouchKind.CALL_BACK: {MachineResult.ANSWERED: 62, MachineResult.NO_ANSWER: 25, MachineResult.VOICEMAIL: 13},
    None: {
        MachineResult.ANSWERED: 26,
        MachineResult.VOICEMAIL: 34,
        MachineResult.NO_ANSWER: 31,
        MachineResult.BUSY: 7,
        MachineResult.FAILED: 2,
    },
}
FIRST_TALK: Mapping[Outcome, int] = {
    Outcome.APPOINTMENT: 40,
    Outcome.CALL_BACK: 15,
    Outcome.THEY_CALL: 6,
    Outcome.THINKING: 5,
    Outcome.SEND_INFORMATION: 3,
    Outcome.NOT_NOW: 13,
    Outcome.GATEKEEPER: 8,
    Outcome.WRONG_PERSON: 2,
    Outcome.LOST: 7,
    Outcome.OPT_OUT: 1,
}
LATER_TALK: Mapping[Outcome, int] = {
    Outcome.APPOINTMENT: 36,
    Outcome.THINKING: 11,
    Outcome.CALL_BACK: 9,
    Outcome.SEND_INFORMATION: 6,
    Outcome.NOT_NOW: 8,
    Outcome.WON: 18,
    Outcome.LOST: 12,
}
EVERY_YES = Gate(several_calls=True, need_uncovered=True, will_value_it=True, recipient_decides=True)


# B6: what some gates were shut by, and why information was sent all the same.
SHUT = (
    Gate(several_calls=True, need_uncovered=True, will_value_it=True),
    Gate(several_calls=True, need_uncovered=False, will_value_it=True, recipient_decides=True),
    Gate(several_calls=False, need_uncovered=True),
)
ALL_THE_SAME = ("They asked for it twice", "It was the price of being put through", "A short sheet, no brochure")


@dataclass(slots=True)
class Answers:
    """Makes up how a call ended."""

    random: Random
    diary: Diary
    # Dice of their own, so that the walks do not change whose story goes how.
    ways: Ways = field(default_factory=lambda: Ways(Random("ways")))  # noqa: S311 - as above

    def to(self, touch: Touch, prospect: Prospect, calendar: WorkCalendar, at: datetime) -> WrapUp:
        machine = self._of(MACHINES.get(TouchKind(touch.kind), MACHINES[None]))
        if machine is not MachineResult.ANSWERED:
            return WrapUp(CallEnded(at, machine), ended_at=at + timedelta(seconds=self.random.randint(20, 70)))
        outcome = self._of(LATER_TALK if prospect.conversations else FIRST_TALK)
        return self.talked(outcome, prospect, calendar, at)

    def talked(
        self,
        outcome: Outcome,
        prospect: Prospect,
        calendar: WorkCalendar,
        at: datetime,
        next_at: datetime | None = None,
    ) -> WrapUp:
        """A talk that ended so; what the outcome asks for is filled in."""
        ended_at = at + timedelta(minutes=self.random.randint(2, 14), seconds=self.random.randint(0, 59))
        if outcome is Outcome.GATEKEEPER:
            return WrapUp(
                CallEnded(at, MachineResult.ANSWERED, outcome),
                ended_at,
                notes="The front desk takes calls from nine; asked to try in the afternoon.",
            )
        asks = outcome_rule(outcome).asks
        if Ask.MOMENT in asks and next_at is None:
            next_at = self.diary.agree(prospect.owner_id or 0, ended_at, calendar)
        event = CallEnded(
            at,
            MachineResult.ANSWERED,
            outcome,
            mood=self.random.choice((Mood.GOOD, Mood.GOOD, Mood.NEUTRAL, Mood.BAD)),
            next_at=next_at,
            reason=self._said("reasons") if Ask.REASON in asks else "",
            close_reason=self._said("lost" if outcome is Outcome.LOST else "won"),
            **self._gate(outcome),
            promises=self._promises(at, calendar.zone) if Ask.MOMENT in asks else (),
        )
        return self._with_what_was_learned(event, ended_at, prospect, asks)

    def _with_what_was_learned(
        self, event: CallEnded, ended_at: datetime, prospect: Prospect, asks: frozenset[Ask]
    ) -> WrapUp:
        known = prospect.conversations > 0
        notes = self._said("notes")
        needs = () if known and self.random.random() < 0.6 else (self._said("needs"),)
        return WrapUp(
            event,
            ended_at,
            notes=notes,
            needs=needs,
            walk=self.ways.walked(prospect, event.outcome, needs, event.at) if event.outcome else None,
            gate_heeded=event.outcome is Outcome.APPOINTMENT and event.gate is not None,
            interests=(self._said("interests"),) if self.random.random() < 0.3 else (),
            objections=(self._said("objections"),) if Ask.OBJECTION in asks else (),
        )

    def _gate(self, outcome: Outcome) -> dict[str, Any]:
        """Half of what is sent goes through an open gate; now and then a shut one leads to an appointment instead."""
        dice = self.ways.random
        if outcome is Outcome.SEND_INFORMATION:
            if dice.random() < 0.5:
                return {"gate": EVERY_YES}
            return {"gate": dice.choice(SHUT), "gate_override": dice.choice(ALL_THE_SAME)}
        return {"gate": dice.choice(SHUT)} if outcome is Outcome.APPOINTMENT and dice.random() < 0.15 else {}

    def _promises(self, at: datetime, zone: str) -> tuple[Promise, ...]:
        if self.random.random() < 0.55:
            return ()
        day = local(at, zone).date() + timedelta(days=self.random.randint(1, 4))
        if self.random.random() < 0.25:
            return (Promise(Party.THEM, self._said("their_promises"), day),)
        return (Promise(Party.US, self._said("promises"), day),)

    def _of(self, weights: Mapping[Choice, int]) -> Choice:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _said(self, what: str) -> str:
        return self.random.choice(talk()[what])
