"""`ringback plan`: what a cadence would do, from the rules alone.

No frame, no settings, no database, no data folder: it answers on a machine where nothing has been set up.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from ringback.adapters.holidays import RegionFacts, UnknownRegion, calendar_facts
from ringback.domain.cadence import Cadence
from ringback.domain.call_hours import NoWorkingMoment, WorkCalendar
from ringback.domain.local_time import UnknownZone, local
from ringback.domain.rehearse import Rehearsal, Rehearsed, rehearse
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.management.cadence_files import NoCadence, built_in, cadence_named
from ringback.management.plan_table import plan_table
from ringback.management.said_moments import NotAMoment, moment_said, utc_said

HELP = "What a cadence would do, and when, and why: from the rules alone, without a database."
WRONG = 2
YEARS_AHEAD = 4


class NoAnswer(ValueError):
    """Not one of the ways in which a call ends."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for, and what the rules say to it."""

    cadence: Cadence
    start: datetime
    calendar: WorkCalendar
    facts: RegionFacts
    answers: tuple[MachineResult, ...]
    rehearsal: Rehearsal
    remarks: tuple[str, ...]


def main(arguments: list[str]) -> int:
    return run(parser().parse_args(arguments))


def run(options: argparse.Namespace) -> int:
    """Print the plan; the exit code."""
    try:
        plan = planned(options)
    except (NoCadence, NotAMoment, UnknownZone, UnknownRegion, NoAnswer, NoWorkingMoment, OverflowError) as problem:
        print(f"ringback plan: {problem}", file=sys.stderr)
        return WRONG
    for remark in plan.remarks:
        print(f"ringback plan: {remark}", file=sys.stderr)
    if options.json:
        print(json.dumps(as_data(plan), indent=2, ensure_ascii=False))
    else:
        print(plan_table(plan.cadence, plan.rehearsal, plan.calendar, plan.start, plan.facts.region, plan.answers))
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="ringback plan",
        description="What a cadence would do, and when, and why: from the rules alone, without a database.",
    )
    add_arguments(made)
    return made


def add_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument("cadence", metavar="CADENCE", help="its name, its rule (C1, C2, C3, C4), or the path of a file")
    made.add_argument(
        "--from",
        dest="start",
        required=True,
        metavar="ISO",
        help="the agreed moment (C1, C2) or the first touch (C3, C4), such as 2026-07-06T10:00; "
        "local in the zone unless it ends in Z or an offset",
    )
    made.add_argument("--zone", required=True, help="the prospect's time zone, such as America/Los_Angeles")
    made.add_argument("--region", default="", help="whose holidays count, such as US-CA or DE-BY (default: none)")
    made.add_argument(
        "--answers",
        default="",
        metavar="A,B,…",
        help=f"how each call ended: {', '.join(MachineResult)}; without it, and after the last, nobody answers",
    )
    made.add_argument(
        "--json", action="store_true", help="a list of {step, channel, due_at, local, zone, because{rule, text}, …}"
    )


def planned(options: argparse.Namespace) -> Plan:
    library = built_in()
    cadence = cadence_named(options.cadence, library)
    start, remark = moment_said(options.start, options.zone)
    facts = calendar_facts(options.region, range(start.year - 1, start.year + YEARS_AHEAD))
    calendar = facts.as_calendar((options.zone,))
    answers = answers_said(options.answers)
    done = rehearse(cadence, start=start, calendar=calendar, answers=answers, library=library)
    remarks = tuple(filter(None, (remark, unused(answers, done.touches))))
    return Plan(cadence, start, calendar, facts, answers, done, remarks)


def answers_said(text: str) -> tuple[MachineResult, ...]:
    if not text.strip():
        return ()
    return tuple(_answer(each.strip().lower().replace("-", "_").replace(" ", "_")) for each in text.split(","))


def _answer(word: str) -> MachineResult:
    if word in set(MachineResult):
        return MachineResult(word)
    known = ", ".join(MachineResult)
    if word in set(Outcome):
        raise NoAnswer(f"“{word}” is what a talk ended with; for a call that was taken write “answered” ({known})")
    close = get_close_matches(word, list(MachineResult), n=1)
    meant = f"did you mean “{close[0]}”? " if close else ""
    raise NoAnswer(f"“{word}” is not how a call ends; {meant}There are: {known}")


def unused(answers: tuple[MachineResult, ...], touches: Iterable[Rehearsed]) -> str:
    left = len(answers) - sum(touch.answer is not None for touch in touches)
    return f"the last {left} of the answers came after the end and changed nothing" if left > 0 else ""


def as_data(plan: Plan) -> list[dict[str, object]]:
    """Stable names, documented in docs/commands.md."""
    return [
        {
            "step": touch.step_id,
            "channel": touch.channel.value,
            "due_at": utc_said(touch.due_at),
            "local": local(touch.due_at, plan.calendar.zone).isoformat(timespec="seconds"),
            "zone": plan.calendar.zone,
            "because": {"rule": touch.because.rule, "text": touch.because.text},
            "repetition": touch.repetition,
            "title": touch.title,
            "answer": touch.answer.value if touch.answer else None,
        }
        for touch in plan.rehearsal.touches
    ]
