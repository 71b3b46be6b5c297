"""Times of day and dates as people write them in a mail, found in running text.

Some spellings can only be a time ("15:30", "3 pm", "15 Uhr"); others are a time only if they agree with the one that is
expected ("at 3", "15h", "15.30"), because "at 3 sites", "a 2h workshop" and "15.11." are none.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

_ENGLISH = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_GERMAN = (
    *("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig"),
)
COUNTED = {word: hour for words in (_ENGLISH, _GERMAN) for hour, word in enumerate(words, start=1)} | {"ein": 1}

_WORD = "|".join(sorted(COUNTED, key=len, reverse=True))
_HOUR = rf"(?P<hour>[01]?\d|2[0-3]|{_WORD})"
_MINUTE = r"(?P<minute>[0-5]\d)"
# What may stand right before a time in the languages that most mails are written in.
_AT = r"(?:at|by|from|until|till|um|ab|bis|gegen|à|a las|alle|ore|às|om|kl\.?|klo|godz\.?|o)"
# After "at 3" a noun makes it a count or an address; these, punctuation or the end of the text do not.
_AFTER = (
    r"(?=\s*(?:$|[,;!?)\]–—|]|[.:](?!\d)|-\s|(?:on|in|this|next|today|tomorrow|sharp|with|for|to|and|or|as|about|your|our|"
    r"am|heute|morgen|mit|und|zu|für|zum|zur|wegen)\b))"
)

_ENGLISH_WORD = "|".join(_ENGLISH[:12])
_SPELT_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45}
_HALF_DAY_HOUR = rf"(?P<hour>0?[1-9]|1[0-2]|{_ENGLISH_WORD})"  # German "ein am …" and "am 15. am …" are no times

_ALWAYS = (
    rf"{_HALF_DAY_HOUR}(?:\s?[:.]\s?{_MINUTE})?\s?(?P<half>[ap])\.?\s?m\b\.?",
    rf"{_HOUR}(?:[:.]{_MINUTE})?\s?(?:uhr|uur)\b(?:\s?(?P<late>[0-5]\d)\b)?",
    rf"{_HOUR}:{_MINUTE}(?::[0-5]\d)?(?![\d:])(?!\s?[ap]\.?\s?m\b)",
    rf"{_HOUR}\s?(?P<whole_day>h)\s?{_MINUTE}\b",
    rf"{_HOUR}\s?o[’']?\s?clock\b",
    rf"(?:kl\.?|klo|godz\.?)\s?{_HOUR}(?:\.{_MINUTE})?\b(?![\s:.]?[%\d])",
    rf"(?P<relative>half past|quarter past|quarter to|halb|viertel vor|viertel nach|dreiviertel)\s{_HOUR}\b",
    r"(?P<named>noon|midday|midnight|mittags|mitternacht|mezzogiorno|mediodía|midi|minuit)\b",
    r"(?P<clock_face>[\U0001F550-\U0001F567])",
)
_IF_EXPECTED = (
    rf"{_AT}\s(?:about\s|around\s|ca\.\s)?{_HOUR}(?:\.{_MINUTE})?\b(?!\s?[%°€$£]){_AFTER}",
    rf"(?P<hour>[01]\d|2[0-3]){_MINUTE}\s?(?:h|hrs|hours)\b",
    rf"(?:at|um)\s(?P<hour>[01]\d|2[0-3]){_MINUTE}\b{_AFTER}",
    rf"{_HOUR}\s?(?P<whole_day>h|hrs|heures?)\b",
    rf"(?P<hour>{_WORD})[\s-](?P<spelt>{'|'.join(_SPELT_MINUTES)})\b",
    rf"{_HOUR}\.{_MINUTE}(?![\d.])(?!\s?(?:uhr|uur|[ap]\.?\s?m)\b)",
)
_NAMED = {
    **dict.fromkeys(("noon", "midday", "mittags", "mezzogiorno", "mediodía", "midi"), time(12)),
    **dict.fromkeys(("midnight", "mitternacht", "minuit"), time(0)),
}
# Minutes that the words add to the hour they stand before.
_RELATIVE = {
    "half past": 30,
    "quarter past": 15,
    "viertel nach": 15,
    "quarter to": -15,
    "viertel vor": -15,
    "halb": -30,
    "dreiviertel": -15,
}


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w.:/+]){pattern}", re.IGNORECASE) for pattern in patterns)


_ALWAYS_TIMES, _EXPECTED_TIMES = _compiled(_ALWAYS), _compiled(_IF_EXPECTED)


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A time as written. `minutes` after midnight as it may be meant: a 12-hour reading without am or pm has two."""

    excerpt: str
    minutes: frozenset[int]


def readable(text: str) -> str:
    """The text with every kind of space, digit and colon in its plain form, so that one pattern finds them all."""
    return unicodedata.normalize("NFKC", text).replace("∶", ":").replace("꞉", ":")


def times_in(text: str, expected: time, on: date | None = None) -> tuple[TimeFound, ...]:
    """Every time of day in the text; spellings that could be something else only if they mean `expected`.

    A figure such as 15.11 that is also the day `on` is a date.
    """
    plain = readable(text)
    wanted = expected.hour * 60 + expected.minute
    found: dict[int, TimeFound] = {}
    taken: set[int] = set()
    for patterns, only_expected in ((_ALWAYS_TIMES, False), (_EXPECTED_TIMES, True)):
        for span, each in _matches(patterns, plain):
            meant = not only_expected or (wanted in each.minutes and not _is_day(each, on))
            if meant and taken.isdisjoint(span):
                found[span.start] = each
                taken.update(span)
    return tuple(found[start] for start in sorted(found))


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[tuple[range, TimeFound]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield range(*match.span()), TimeFound(match[0].strip(), _meant(match.groupdict()))


def _meant(part: dict[str, str | None]) -> frozenset[int]:
    if part.get("clock_face"):
        return frozenset()
    if named := part.get("named"):
        return frozenset({_NAMED[named.lower()].hour * 60})
    spelt = (part.get("hour") or "").lower()
    hour = COUNTED[spelt] if spelt in COUNTED else int(spelt)
    minutes = hour * 60 + int(part.get("minute") or part.get("late") or 0)
    minutes += _SPELT_MINUTES.get((part.get("spelt") or "").lower(), 0)
    minutes += _RELATIVE.get((part.get("relative") or "").lower(), 0)
    if half := (part.get("half") or "").lower():
        return frozenset({minutes % 720 + (720 if half == "p" else 0)})
    if hour > 12 or part.get("whole_day"):  # "15h" counts the whole day; "2h" is two in the night, or a length
        return frozenset({minutes % 1440})
    return frozenset({minutes % 1440, (minutes + 720) % 1440})


def _is_day(found: TimeFound, on: date | None) -> bool:
    return on is not None and gives_day(found.excerpt, on)


# The months in English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish; three letters are enough.
_MONTHS = (
    "january januar jänner janvier enero gennaio janeiro januari",
    "february februar feber février febrero febbraio fevereiro februari",
    "march märz mars marzo março maart mrt",
    "april avril abril aprile",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août agosto augustus augusti",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre diciembre dicembre dezembro",
)
_MONTH_NAMES = tuple(
    "|".join(sorted({name[:size] for name in names.split() for size in range(3, len(name) + 1)}, key=len, reverse=True))
    for names in _MONTHS
)


def gives_day(text: str, day: date) -> bool:
    """Whether the text gives this very day: "15 November", "Nov. 15th", "15.11.", "11/15", "2025-11-15"."""
    number, month = rf"0?{day.day}", rf"0?{day.month}"
    ordinal = r"(?:st|nd|rd|th|er|º|\.)?"
    name = rf"(?:{_MONTH_NAMES[day.month - 1]})\b\.?"
    year = rf"(?:{day.year}|{day.year % 100:02})"
    spellings = (
        rf"{number}{ordinal}\s?(?:of\s|de\s|di\s|-)?\s?{name}",
        rf"{name}\s?(?:the\s)?{number}{ordinal}(?!\d)",
        rf"{number}\.\s?{month}(?:\.|\b)(?:\s?{year})?",
        rf"{number}[/-]{month}(?:[/-]{year})?(?![\d/])",
        rf"{month}/{number}(?:/{year})?(?![\d/])",
        rf"{day.year}-{day.month:02}-{day.day:02}",
    )
    return any(re.search(rf"(?<![\w.:/-]){spelling}", readable(text), re.IGNORECASE) for spelling in spellings)
