"""A call as it is told on a command line, turned into what the action takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from ringback.actions.wrapping_up import WrapUp
from ringback.domain.events import CallEnded, Gate, Promise
from ringback.domain.local_time import UnknownZone
from ringback.domain.outcome import GATE_QUESTIONS
from ringback.domain.vocabulary import MachineResult, Mood, Outcome, Party
from ringback.management.ours import Trouble
from ringback.management.said_moments import NotAMoment, moment_said

Word = TypeVar("Word", bound=StrEnum)
UNREACHED = tuple(each for each in MachineResult if each is not MachineResult.ANSWERED)
AHEAD = "that call lies ahead of the clock; it is recorded as if it were that moment"


@dataclass(frozen=True, slots=True)
class SaidCall:
    wrap_up: WrapUp
    remarks: tuple[str, ...]


def call_said(options: Mapping[str, Any], zone: str, now: datetime) -> SaidCall:
    """The call that the options tell; Trouble if they contradict each other or are none of our words."""
    machine, outcome = result_said(options["outcome"], options["machine"])
    at, unclear = _moment(options["at"], zone, "--at") if options["at"] else (now, "")
    next_at, unclear_next = _moment(options["next"], zone, "--next") if options["next"] else (None, "")
    event = CallEnded(
        at=at,
        machine=machine,
        outcome=outcome,
        mood=Mood(options["mood"]) if options["mood"] else None,
        next_at=next_at,
        reason=options["reason"],
        close_reason=options["close_reason"],
        gate=gate_said(options["gate"]),
        promises=(*promises_said(options["owe"], Party.US), *promises_said(options["they_owe"], Party.THEM)),
        inbound=options["inbound"],
    )
    told = WrapUp(
        event,
        ended_at=at,
        notes=options["notes"],
        needs=tuple(options["need"]),
        interests=tuple(options["interest"]),
        objections=tuple(options["objection"]),
    )
    return SaidCall(told, tuple(filter(None, (unclear, unclear_next, AHEAD if at > now else ""))))


def result_said(outcome: str, machine: str | None) -> tuple[MachineResult, Outcome | None]:
    """Either a talk and what was agreed, or what the network did; `--outcome no_answer` is the second kind."""
    key = outcome.strip().lower().replace("-", "_")
    if key in UNREACHED:
        if machine and _word(machine, MachineResult, "--machine") is not MachineResult(key):
            raise Trouble(f"--outcome {key} and --machine {machine} contradict each other.", 2)
        return MachineResult(key), None
    chosen = _word(key, Outcome, "--outcome", beside=UNREACHED)
    if machine and _word(machine, MachineResult, "--machine") is not MachineResult.ANSWERED:
        raise Trouble(f"--outcome {key} needs somebody who answered; --machine {machine} says that nobody did.", 2)
    return MachineResult.ANSWERED, chosen


def gate_said(text: str) -> Gate | None:
    """The yeses of B6: “all”, or their names separated by commas."""
    if not text.strip():
        return None
    names = list(GATE_QUESTIONS) if text.strip() == "all" else [each.strip() for each in text.split(",")]
    for name in names:
        if name not in GATE_QUESTIONS:
            raise Trouble(f"--gate: “{name}” is none of: {', '.join(GATE_QUESTIONS)}, all", 2)
    return Gate(**dict.fromkeys(names, True))


def promises_said(told: Iterable[str], party: Party) -> tuple[Promise, ...]:
    return tuple(_promise(each, party) for each in told)


def _promise(told: str, party: Party) -> Promise:
    text, _, day = told.rpartition("=")
    try:
        due_on = date.fromisoformat(day.strip())
    except ValueError:
        raise Trouble(f"“{told}” lacks its day; write it like “the price list=2026-12-01”", 2) from None
    return Promise(party, text.strip(), due_on)


def _moment(text: str, zone: str, option: str) -> tuple[datetime, str]:
    try:
        return moment_said(text, zone)
    except (NotAMoment, UnknownZone) as problem:
        raise Trouble(f"{option}: {problem}", 2) from problem


def _word(said: str, words: type[Word], option: str, beside: Iterable[str] = ()) -> Word:
    key = said.strip().lower().replace("-", "_")
    if key in set(words):
        return words(key)
    known = [*words, *beside]
    close = get_close_matches(key, known, n=1)
    meant = f"did you mean “{close[0]}”? " if close else ""
    raise Trouble(f"{option}: “{said}” is not known; {meant}There are: {', '.join(known)}", 2)
