"""What a conversation can end with, what each ending asks for, and when an answer is missing (A1, A2, A4, B5, B6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult, Outcome

FURTHEST = timedelta(days=2 * 366)


class Ask(StrEnum):
    """What the wrap-up has to ask before an outcome can be saved."""

    MOMENT = "moment"
    MOMENT_IF_ANY = "moment_if_any"
    REASON = "reason"
    CLOSE_REASON = "close_reason"
    GATE = "gate"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One ending: its key on the call screen, what it asks, and which rule of the book it serves."""

    outcome: Outcome
    label: str
    hotkey: str
    rule: str
    meaning: str
    asks: frozenset[Ask] = frozenset()


@dataclass(frozen=True, slots=True)
class MachineRule:
    """One way in which nobody is reached."""

    machine: MachineResult
    label: str
    hotkey: str


OUTCOMES: tuple[OutcomeRule, ...] = (
    OutcomeRule(
        Outcome.APPOINTMENT,
        "Appointment agreed",
        "1",
        "A1",
        "An exact moment to speak again, and why.",
        frozenset({Ask.MOMENT, Ask.REASON}),
    ),
    OutcomeRule(
        Outcome.CALL_BACK,
        "Call back at",
        "2",
        "A1",
        "Bad moment: they named a better one.",
        frozenset({Ask.MOMENT}),
    ),
    OutcomeRule(
        Outcome.THEY_CALL,
        "They want to call me",
        "3",
        "A2",
        "The follow-up stays yours: your own call is planned all the same.",
        frozenset({Ask.MOMENT}),
    ),
    OutcomeRule(
        Outcome.THINKING,
        "Wants to think about it",
        "4",
        "B5",
        "Note what is behind it, and agree on the moment to go on.",
        frozenset({Ask.MOMENT, Ask.REASON, Ask.OBJECTION}),
    ),
    OutcomeRule(
        Outcome.SEND_INFORMATION,
        "Send information",
        "5",
        "B6",
        "Only behind four yeses, with a date, and with the next talk agreed.",
        frozenset({Ask.GATE, Ask.MOMENT, Ask.REASON}),
    ),
    OutcomeRule(
        Outcome.NOT_NOW,
        "Not now",
        "6",
        "C4",
        "Stay in touch in the general rhythm, or at a moment they named.",
        frozenset({Ask.MOMENT_IF_ANY}),
    ),
    OutcomeRule(Outcome.GATEKEEPER, "Somebody else answered", "7", "C6", "Counts as a try; the ladder goes on."),
    OutcomeRule(Outcome.WRONG_PERSON, "Wrong person or number", "8", "C6", "Find the right one before the next try."),
    OutcomeRule(Outcome.WON, "Won", "9", "A1", "They buy: everything planned ends here."),
    OutcomeRule(Outcome.LOST, "Lost", "0", "A1", "An explicit end, with its reason.", frozenset({Ask.CLOSE_REASON})),
    OutcomeRule(Outcome.OPT_OUT, "Never contact again", "d", "C5", "Blocked on every channel at once."),
)

MACHINE_RESULTS: tuple[MachineRule, ...] = (
    MachineRule(MachineResult.NO_ANSWER, "No answer", "n"),
    MachineRule(MachineResult.VOICEMAIL, "Voicemail left", "v"),
    MachineRule(MachineResult.BUSY, "Busy", "b"),
    MachineRule(MachineResult.FAILED, "Number does not work", "x"),
)

_BY_OUTCOME = {rule.outcome: rule for rule in OUTCOMES}

GATE_QUESTIONS: dict[str, str] = {
    "several_calls": "Does this sale take several calls?",
    "need_uncovered": "Have you uncovered a specific need that this answers?",
    "will_value_it": "Will they value what you send?",
    "recipient_decides": "Does the recipient decide?",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """A field of the wrap-up that has to be filled in or mended, and the rule that asks for it."""

    field: str
    message: str
    rule: str


def outcome_rule(outcome: Outcome) -> OutcomeRule:
    return _BY_OUTCOME[outcome]


def missing_answers(event: CallEnded, *, now: datetime, has_objection: bool = True) -> tuple[Missing, ...]:
    """What still stands between this ending and being saved; empty if nothing does."""
    if event.machine is not MachineResult.ANSWERED:
        return (*_no_outcome(event), *_promises(event))
    if event.outcome is None:
        return (Missing("outcome", "Choose how the conversation ended.", "A1"),)
    asks = outcome_rule(event.outcome).asks
    return (
        *_gate(event, asks),
        *_moment(event, asks, now),
        *_reason(event, asks),
        *_objection(asks, has_objection),
        *_promises(event),
    )


def _no_outcome(event: CallEnded) -> tuple[Missing, ...]:
    """Machine result and outcome are two facts: where nobody was reached, nothing was agreed."""
    if event.outcome is None:
        return ()
    return (Missing("outcome", "Nobody was reached, so no conversation can have ended in any way.", "A1"),)


def _gate(event: CallEnded, asks: frozenset[Ask]) -> tuple[Missing, ...]:
    if Ask.GATE not in asks or (event.gate is not None and event.gate.open) or event.gate_override.strip():
        return ()
    message = "Not all four answers are yes: propose an appointment instead (key 1)."
    return (Missing("gate", message, "B6"),)


def _moment(event: CallEnded, asks: frozenset[Ask], now: datetime) -> tuple[Missing, ...]:
    if event.next_at is None:
        if Ask.MOMENT not in asks:
            return ()
        return (Missing("next_at", "Agree on an exact day and time for the next talk.", "A1"),)
    return moment_problem(event.next_at, now=now)


def moment_problem(at: datetime, *, now: datetime, field: str = "next_at") -> tuple[Missing, ...]:
    """Why an instant cannot be the next talk; empty if it can."""
    if at.tzinfo is None:
        return (Missing(field, "Say in which time zone that moment is meant.", "A1"),)
    if at <= now:
        return (Missing(field, "That moment has passed; choose one that lies ahead.", "A1"),)
    if at - now > FURTHEST:
        return (Missing(field, "That is more than two years away; choose a nearer moment.", "A1"),)
    return ()


def _reason(event: CallEnded, asks: frozenset[Ask]) -> tuple[Missing, ...]:
    if Ask.REASON in asks and not event.reason.strip():
        return (Missing("reason", "Say why you will speak again; it goes into the confirmation.", "A4"),)
    if Ask.CLOSE_REASON in asks and not event.close_reason.strip():
        return (Missing("close_reason", "Say why it ends, so that it stays ended for a reason.", "A1"),)
    return ()


def _objection(asks: frozenset[Ask], has_objection: bool) -> tuple[Missing, ...]:
    if Ask.OBJECTION not in asks or has_objection:
        return ()
    return (Missing("objections", "Note what they want to think over, in their words.", "B5"),)


def _promises(event: CallEnded) -> tuple[Missing, ...]:
    if all(promise.text.strip() for promise in event.promises):
        return ()
    return (Missing("promises", "Say what is owed, or take the line away.", "A3"),)
