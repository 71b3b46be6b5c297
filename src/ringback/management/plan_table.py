"""A rehearsed cadence as a table for people."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from datetime import datetime

from ringback.domain.cadence import Cadence
from ringback.domain.call_hours import WorkCalendar
from ringback.domain.local_time import local
from ringback.domain.rehearse import Rehearsal, Rehearsed
from ringback.domain.vocabulary import MachineResult

HEADINGS = ("", "step", "when, local time", "channel", "answer")
NARROWEST_WHY = 36
WIDEST = 120

ANSWER_WORDS = {
    MachineResult.ANSWERED: "answered",
    MachineResult.NO_ANSWER: "no answer",
    MachineResult.VOICEMAIL: "voicemail left",
    MachineResult.BUSY: "busy",
    MachineResult.FAILED: "number failed",
}


def plan_table(
    cadence: Cadence,
    rehearsal: Rehearsal,
    calendar: WorkCalendar,
    start: datetime,
    region: str,
    answers: Sequence[MachineResult],
) -> str:
    """Two lines on what was asked, one block a touch, and what comes after the last."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    rows = [_row(number, touch, calendar.zone) for number, touch in enumerate(rehearsal.touches, 1)]
    widths = [max(len(row[column]) for row in [HEADINGS, *rows]) for column in range(len(HEADINGS))]
    room = max(width - sum(widths) - 2 * len(widths), NARROWEST_WHY)
    lines = [
        f"{cadence.title} ({cadence.rule}), from {_from_words(cadence, start, calendar.zone)}",
        *textwrap.wrap(_assumptions(calendar, region, answers), width),
        "",
        _line(HEADINGS, widths, "why"),
    ]
    said: dict[str, str] = {}
    for row, touch in zip(rows, rehearsal.touches, strict=True):
        told_in = said.setdefault(touch.because.text, row[0])
        why = textwrap.wrap(touch.because.text, room) if told_in == row[0] else [f"as in line {told_in.strip()}"]
        lines.append(_line(row, widths, why[0]))
        lines += [_line(("",) * len(HEADINGS), widths, more) for more in why[1:]]
    return "\n".join([*lines, "", *textwrap.wrap(rehearsal.ending, width)])


def _from_words(cadence: Cadence, start: datetime, zone: str) -> str:
    what = "the agreed moment" if cadence.agreed else "the first touch"
    return f"{what} {' '.join(_when(start, zone).split())}"


def _assumptions(calendar: WorkCalendar, region: str, answers: Sequence[MachineResult]) -> str:
    days = f"holidays of {region}" if region else "no holidays (add --region)"
    return f"{calendar.zone}, call hours {calendar.window}, {days}; {_said(answers)}"


def _said(answers: Sequence[MachineResult]) -> str:
    if not answers:
        return "nobody answers"
    then = "" if MachineResult.ANSWERED in answers else ", then nobody"
    return f"answers: {', '.join(ANSWER_WORDS[each] for each in answers)}{then}"


def _row(number: int, touch: Rehearsed, zone: str) -> tuple[str, ...]:
    step = f"{touch.step_id} ({touch.repetition})" if touch.repetition > 1 else touch.step_id
    answer = ANSWER_WORDS[touch.answer] if touch.answer else ""
    return (f"{number:>2}", step, _when(touch.due_at, zone), touch.channel.value, answer)


def _when(at: datetime, zone: str) -> str:
    there = local(at, zone)
    return f"{there:%a} {there.day:>2} {there:%b %Y, %H:%M}"


def _line(cells: Sequence[str], widths: Sequence[int], why: str) -> str:
    return "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), why]).rstrip()
