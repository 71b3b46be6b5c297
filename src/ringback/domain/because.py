"""Why something was arranged: a rule of the rulebook and a sentence that a rep understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from ringback.domain.call_hours import WorkCalendar
from ringback.domain.local_time import local
from ringback.domain.working_time import Moment

LONGEST = 500


def shortened(text: str, at_most: int) -> str:
    """The text, visibly cut where it is too long: a reader sees that something is missing."""
    return text if len(text) <= at_most else f"{text[: at_most - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Because:
    """`text` has at most 500 characters; what people wrote themselves may make it longer and is then cut visibly."""

    rule: str
    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST:
            object.__setattr__(self, "text", shortened(self.text, LONGEST))

    def and_also(self, sentence: str) -> Because:
        return Because(self.rule, f"{self.text} {sentence}") if sentence else self


@lru_cache(maxsize=1024)
def day_words(day: date) -> str:
    """“Monday 6 July”. Kept, since finding the names of a day takes as long as all else that is said about it."""
    return f"{day:%A} {day.day} {day:%B}"


def moment_words(at: datetime, zone: str) -> str:
    """“Monday 6 July at 14:05”, read in `zone`."""
    there = local(at, zone)
    return f"{day_words(there.date())} at {there.hour:02}:{there.minute:02}"


def shift_sentence(moment: Moment, calendar: WorkCalendar) -> str:
    """Why the due day is not the planned day; empty if it is."""
    if moment.planned_at == moment.due_at:
        return ""
    planned, due = local(moment.planned_at, calendar.zone).date(), local(moment.due_at, calendar.zone).date()
    if planned == due:
        return ""
    return f"Moved from {day_words(planned)} ({_closed_reason(planned, calendar)}) to {day_words(due)}."


def _closed_reason(day: date, calendar: WorkCalendar) -> str:
    if name := calendar.holidays.get(day):
        return name
    return "outside call hours" if day.weekday() in calendar.workdays else "no working day"
