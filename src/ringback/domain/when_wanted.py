"""By when it matters to them, read out of their own words; only what is said plainly counts (D2).

English and German, each word in either. What names no day, or one too far away to matter, is no answer to “by when”;
nor is a day that is ruled out, or before which nothing happens: rather no answer than the opposite of theirs.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

TOO_FAR = timedelta(days=3 * 366)
PRESSING = timedelta(days=7)
WEEK = timedelta(days=7)
# How far from a day a word may stand and still speak of it.
WORDS_BEFORE, WORDS_AFTER = 6, 5

_MONTHS = (
    "january|januar", "february|februar", "march|märz|maerz", "april", "may|mai", "june|juni", "july|juli", "august",
    "september", "october|oktober", "november", "december|dezember",
)  # fmt: skip
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split("|")}
_MONTH = rf"(?P<month>{'|'.join(_MONTH_OF)})"
_YEAR = r"(?:\s*(?P<year>20\d\d))?"
_SEASONS = {"spring": 5, "frühjahr": 5, "frühling": 5, "summer": 8, "sommer": 8, "autumn": 11, "fall": 11, "herbst": 11}
_SEASON = "|".join(_SEASONS)
_BY = r"(?:in|by|before|until|till|for|this|next|from|bis|vor|im|zum|nächsten?|diesen?|ab)"
_FEW = {
    "a few": 3, "some": 3, "a couple of": 2, "ein paar": 3, "einigen": 3, "wenigen": 3,
    "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4,
    "sechs": 6, "a": 1,
}  # fmt: skip
_UNITS = {"day": 1, "tag": 1, "week": 7, "woche": 7, "month": 30, "monat": 30}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4}
_PERIODS = {"week": "week", "woche": "week", "month": "month", "monat": "month", "quarter": "quarter"}
_PERIODS |= {"quartal": "quarter", "year": "year", "jahr": "year"}
_PERIOD = "|".join(_PERIODS)

Reading = Callable[["re.Match[str]", date], date | None]


def wanted_by(words: str, said_on: date) -> date | None:
    """The last day by which it still suits them; None where they named none, or said that there is no hurry."""
    text = " ".join(words.casefold().split())
    if _NO_HURRY.search(text):
        return None
    for pattern, reading in _READINGS:
        if found := pattern.search(text):
            return None if _ruled_out(found) else _within_reach(reading(found, said_on), said_on)
    return None


def _ruled_out(found: re.Match[str]) -> bool:
    """Whether the same clause says shortly before or after it that it is not then, or not sooner than then."""
    before = _CLAUSE_BEGINS.split(_NO_LATER.sub(" ", found.string[: found.start()]))[-1].split()[-WORDS_BEFORE:]
    after = _CLAUSE_ENDS.split(_NO_LATER.sub(" ", found.string[found.end() :]))[0].split()[:WORDS_AFTER]
    return bool(_RULED_OUT.search(" ".join(before)) or _RULED_OUT_AFTER.search(" ".join(after)))


def _within_reach(day: date | None, said_on: date) -> date | None:
    return day if day is not None and said_on <= day <= said_on + TOO_FAR else None


def _dated(found: re.Match[str], said_on: date) -> date | None:
    """“31 March”, “March 31”, “31.3.”: the next such day, unless the year is named."""
    month = found["month"]
    number = int(month) if month.isdecimal() else _MONTH_OF[month]
    year = found["year"]
    day = _day(int(year) if year else said_on.year, number, int(found["day"]))
    passed = day is not None and day < said_on and not year
    return _day(said_on.year + 1, number, int(found["day"])) if passed else day


def _day(year: int, month: int, day: int) -> date | None:
    fits = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return date(year, month, day) if fits else None


def _month(found: re.Match[str], said_on: date) -> date:
    """A month alone ends with its last day; “before March” ends when it begins."""
    month, year = _MONTH_OF[found["month"]], int(found["year"] or said_on.year)

    def named(of: int) -> date:
        return date(of, month, 1) if found["before"] else _last_of(of, month)

    return named(year) if found["year"] or named(year) >= said_on else named(year + 1)


def _season(found: re.Match[str], said_on: date) -> date:
    """A season ends with its last day; “before summer” ends with spring."""
    month, year = _SEASONS[found["season"]] - (3 if found["before"] else 0), int(found["year"] or said_on.year)
    day = _last_of(year, month)
    return day if found["year"] or day >= said_on else _last_of(year + 1, month)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _quarter(found: re.Match[str], said_on: date) -> date:
    number = int(found["number"] or 0) or _QUARTERS[found["ordinal"]]
    year = int(found["year"] or (said_on.year + (number * 3 < said_on.month)))
    return _last_of(year, number * 3)


def _period(found: re.Match[str], said_on: date) -> date:
    """“This month”, “end of the quarter”, “next year”: the last day of it."""
    later = bool(found["next"])
    period = _PERIODS[found["period"]]
    if period == "week":
        return said_on + timedelta(days=6 - said_on.weekday()) + WEEK * later
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    last = said_on.month - 1 + (months - 1 - (said_on.month - 1) % months) + months * later
    return _last_of(said_on.year + last // 12, last % 12 + 1)


def _from_now(found: re.Match[str], said_on: date) -> date:
    count = found["count"]
    number = int(count) if count.isdecimal() else _FEW[count]
    return said_on + timedelta(days=number * _UNITS[found["unit"]])


def _pressing(found: re.Match[str], said_on: date) -> date:  # noqa: ARG001 - the words say no more than that
    return said_on + PRESSING


def _christmas(found: re.Match[str], said_on: date) -> date:  # noqa: ARG001
    return date(said_on.year + ((said_on.month, said_on.day) > (12, 24)), 12, 24)


def _iso(found: re.Match[str], said_on: date) -> date | None:  # noqa: ARG001
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


_NO_HURRY = re.compile(
    r"no (?:great )?hurry|no rush|not (?:urgent|pressing)|not (?:this|next) (?:week|month|quarter|year)|"
    r"keine? (?:große )?eile|nicht (?:eilig|dringend)|eilt nicht|hat (?:noch )?zeit|"
    r"nicht (?:diese|nächste)[snr]? (?:woche|monat|quartal|jahr)"
)
_NOT = (
    r"not|\w+n['’]t|cannot|no|none|nothing|never|without|gone|exhausted|earliest|soonest|"
    r"nicht|nichts|nie|niemals|ohne|kein(?:e[nmrs]?)?|weg|aufgebraucht|frühestens|ehestens"
)
_RULED_OUT = re.compile(rf"\b(?:{_NOT}|after|since|only|nach|seit|erst)\b")
_RULED_OUT_AFTER = re.compile(rf"\b(?:{_NOT})\b")
_NO_LATER = re.compile(r"\b(?:not?|nicht) (?:any |much )?(?:later|longer|später|länger)\b(?: than\b| als\b)?")
_STOP = r"[,;:!?()–—]|(?<!\d)\.(?: |$)| - |\b(?:but|aber|sondern)\b"
_CLAUSE_BEGINS = re.compile(_STOP)
_CLAUSE_ENDS = re.compile(rf"{_STOP}|\b(?:because|since|as|if|when|or|weil|denn|da|falls|wenn|oder)\b")
_READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _iso),
        (r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>20\d\d))?", _dated),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of )?{_MONTH}\b{_YEAR}", _dated),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s*(?P<year>20\d\d))?", _dated),
        (rf"\b(?:q(?P<number>[1-4])|(?P<ordinal>{'|'.join(_QUARTERS)})[sn]? (?:quarter|quartal))\b{_YEAR}", _quarter),
        (rf"\b(?:within|in|innerhalb von|binnen) (?:the next )?(?P<count>\d{{1,2}}|{'|'.join(_FEW)}) "
         rf"(?P<unit>{'|'.join(_UNITS)})(?:s|e|en|n)?\b", _from_now),
        (rf"\b(?:(?P<next>next|coming|nächste[nrs]?|kommende[nrs]?)|this|diese[nrs]?|end of the|ende (?:des|der)) "
         rf"(?:(?:laufenden )?)(?P<period>{_PERIOD})s?\b", _period),
        (rf"\b(?P<next>(?!))?(?P<period>{_PERIOD})(?:e?s)?ende\b", _period),
        (rf"(?:\b(?P<before>before|vor)|\b{_BY}|\bend of|\bmid|\bearly|\bende|\bmitte|\banfang) "
         rf"(?:(?:the )?(?:end|beginning|middle) of |ende |mitte |anfang )?{_MONTH}\b{_YEAR}", _month),
        (rf"(?:\b(?P<before>before|vor)|\b{_BY}) (?:the |dem |der )?(?P<season>{_SEASON})\b{_YEAR}", _season),
        (r"\bchristmas\b|\bweihnachten\b", _christmas),
        # “Today” and “morgen” alone are in every sentence, and “until today” is of what was so far.
        (r"\bas soon as possible\b|\basap\b|\bright away\b|\bimmediately\b|\burgent(?:ly)?\b|"
         r"\bby (?:today|tomorrow)\b|\buntil tomorrow\b|\bnoch (?:heute|morgen)\b|\bbis morgen\b|\bsofort\b|"
         r"\bso (?:schnell|bald) wie möglich\b|\bschnellstmöglich\b|\bdringend\b", _pressing),
    )
)  # fmt: skip
