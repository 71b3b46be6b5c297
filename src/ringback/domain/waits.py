"""How long a step waits, as people write it: "10 minutes", "3 business days", "this afternoon" (DESIGN §4)."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

LONGEST_DAYS = 3_660


class WaitUnit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    HALF_WORKING_DAYS = "half_working_days"
    BUSINESS_DAYS = "business_days"
    DAYS = "days"
    MONTHS = "months"
    DAY_PART = "day_part"


class Part(StrEnum):
    NOW = "now"
    THIS_AFTERNOON = "this_afternoon"
    END_OF_DAY = "end_of_day"
    NEXT_MORNING = "next_morning"
    NEXT_HALF_DAY = "next_half_day"


# Ten years in every unit: a longer wait is a slip of the pen, and a search over it would not be bounded.
LONGEST = {
    WaitUnit.MINUTES: LONGEST_DAYS * 24 * 60,
    WaitUnit.HOURS: LONGEST_DAYS * 24,
    WaitUnit.WORKING_HOURS: 2_000,
    WaitUnit.HALF_WORKING_DAYS: 500,
    WaitUnit.BUSINESS_DAYS: 2_600,
    WaitUnit.DAYS: LONGEST_DAYS,
    WaitUnit.MONTHS: 120,
}


@dataclass(frozen=True, slots=True)
class Wait:
    """A whole number of units, or a part of a day. ValueError if it is neither, or not between 1 unit and ten years."""

    unit: WaitUnit
    amount: int = 0
    part: Part | None = None

    def __post_init__(self) -> None:
        if (self.unit is WaitUnit.DAY_PART) != (self.part is not None):
            raise ValueError("a wait for a part of the day names the part, and no other wait does")
        if self.part is None and not 1 <= self.amount <= LONGEST[self.unit]:
            unit = self.unit.replace("_", " ")
            raise ValueError(
                f"a wait of {self.amount} {unit} is not between 1 and {LONGEST[self.unit]}; for no wait write “at once”"
            )


_PHRASES = {
    "at once": Part.NOW,
    "now": Part.NOW,
    "immediately": Part.NOW,
    "this afternoon": Part.THIS_AFTERNOON,
    "same afternoon": Part.THIS_AFTERNOON,
    "end of the day": Part.END_OF_DAY,
    "end of day": Part.END_OF_DAY,
    "near the end of the day": Part.END_OF_DAY,
    "next morning": Part.NEXT_MORNING,
    "tomorrow morning": Part.NEXT_MORNING,
    "next half day": Part.NEXT_HALF_DAY,
}

_UNITS = {
    "minute": (WaitUnit.MINUTES, 1),
    "hour": (WaitUnit.HOURS, 1),
    "working hour": (WaitUnit.WORKING_HOURS, 1),
    "business hour": (WaitUnit.WORKING_HOURS, 1),
    "half working day": (WaitUnit.HALF_WORKING_DAYS, 1),
    "business day": (WaitUnit.BUSINESS_DAYS, 1),
    "working day": (WaitUnit.BUSINESS_DAYS, 1),
    "day": (WaitUnit.DAYS, 1),
    "calendar day": (WaitUnit.DAYS, 1),
    "week": (WaitUnit.DAYS, 7),
    "month": (WaitUnit.MONTHS, 1),
    "year": (WaitUnit.MONTHS, 12),
}

_HALVES = {
    "half an hour": Wait(WaitUnit.MINUTES, 30),
    "half a working day": Wait(WaitUnit.HALF_WORKING_DAYS, 1),
    "half a business day": Wait(WaitUnit.HALF_WORKING_DAYS, 1),
    "half a day": Wait(WaitUnit.HALF_WORKING_DAYS, 1),
}

_COUNTING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_COUNTING, 1)}

_COUNTED = re.compile(r"([0-9]{1,9}|[a-z]+) ([a-z ]+)")
_JOINED = re.compile(r"(?<=\w)[-_](?=\w)")


def parse_wait(text: str) -> Wait:
    """The wait that a phrase names; ValueError says what was probably meant."""
    phrase = " ".join(_JOINED.sub(" ", text.lower()).split())
    if phrase in _PHRASES:
        return Wait(WaitUnit.DAY_PART, part=_PHRASES[phrase])
    return _HALVES.get(phrase) or _parse_counted(phrase, text)


def _parse_counted(phrase: str, text: str) -> Wait:
    counted = _COUNTED.fullmatch(phrase)
    if counted is None:
        raise ValueError(_not_a_wait(phrase, text))
    number, unit_name = counted.groups()
    amount = int(number) if number.isdigit() else _NUMBERS.get(number)
    named = _UNITS.get(unit_name) or _UNITS.get(unit_name.removesuffix("s"))
    if amount is None or named is None:
        raise ValueError(_not_a_wait(phrase, text))
    unit, factor = named
    return Wait(unit, amount * factor)


def _not_a_wait(phrase: str, text: str) -> str:
    number = phrase.partition(" ")[0]
    one = number in {"1", "a", "an", "one"}
    counts = number.isdecimal() or number in _NUMBERS
    counted = [f"{number} {unit}{'' if one else 's'}" for unit in _UNITS] if counts else []
    close = get_close_matches(phrase, [*counted, *_PHRASES, *_HALVES], n=1, cutoff=0.6)
    meant = f"did you mean “{close[0]}”?" if close else "write it like “3 business days” or “next morning”"
    return f"“{text}” is not a wait; {meant}"


_PART_NAMES = {
    Part.NOW: "at once",
    Part.THIS_AFTERNOON: "this afternoon",
    Part.END_OF_DAY: "end of the day",
    Part.NEXT_MORNING: "next morning",
    Part.NEXT_HALF_DAY: "next half day",
}


def describe_wait(wait: Wait) -> str:
    """The wait in words that `parse_wait` reads back."""
    if wait.part is not None:
        return _PART_NAMES[wait.part]
    if wait == Wait(WaitUnit.HALF_WORKING_DAYS, 1):
        return "half a working day"
    name = wait.unit.replace("_", " ")
    return f"{wait.amount} {name.removesuffix('s') if wait.amount == 1 else name}"
