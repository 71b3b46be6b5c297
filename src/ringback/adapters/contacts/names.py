"""Names of people, split where that is safe and left alone where it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TWO_WORDS = re.compile(r"([^\W\d_][^\W\d_'’-]{1,}) ([^\W\d_][\w'’-]{2,})")
_LEGAL_FORM = re.compile(
    r"(?:^|[\s,])(?:gmbh|ag|kg|ohg|ug|mbh|e\.?\s?v\.?|inc|ltd|llc|llp|plc|corp|co|s\.?a\.?r\.?l|sarl|sas"
    r"|s\.?p\.?a|s\.?r\.?l|s\.?l\.?|b\.?v\.?|n\.?v\.?|ab|a/?s|oy|oyj|sp\.? ?z ?o\.? ?o|s\.?r\.?o|kft|ooo|ооо|pty|pte"
    r"|limited|company|corporation|group|holding|stiftung|verein)\.?$",
    re.I,
)
_WESTERN = re.compile(r"[^\u0000-\u024f\u0370-\u04ff\u1e00-\u1eff\u2010-\u201f]")
_STRANGE = re.compile(r"[;<>{}\[\]/\\|=!?@#$%^&*_+~:\d]")
_PARTICLES = _words(
    "von van de der den del della di da do dos das du la le les el al bin ibn ben ter ten zu zum zur af av y e"
)
_TITLES = _words(
    "mr mrs ms miss mx dr prof sir herr frau fr hr m mme mlle sr sra srta sig dott dhr mevr pan pani ing dipl"
)
_NICKNAME = re.compile(r"\s*[(\"“„].*?[)\"”“]\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """`shown` is what a rep reads; `first` and `last` are what greetings are made of, either may be empty."""

    first: str
    last: str
    shown: str
    prefix: str = ""
    looks_like_company: bool = False


def join_name(first: str, middle: str, last: str, prefix: str = "", suffix: str = "") -> Name:
    """A name that came in parts. Words all in capitals or all small are put right."""
    first, last = tidy_case(first), tidy_case(last)
    if middle or suffix:
        shown = " ".join(filter(None, (first, tidy_case(middle), last, suffix)))
    else:
        shown = f"{first} {last}" if first and last else first or last
    return Name(first, last, shown, prefix)


def split_name(text: str) -> Name:
    """A name that came in one piece. Scripts that put the family name first are shown as they were written."""
    plain = _TWO_WORDS.fullmatch(text)
    if (
        plain
        and plain[1].lower() not in _TITLES
        and plain[2].lower() not in _PARTICLES
        and not _LEGAL_FORM.search(text)
        and not _WESTERN.search(text)
    ):
        first, last = tidy_case(plain[1]), tidy_case(plain[2])
        return Name(first, last, f"{first} {last}")
    return _split_slowly(" ".join(text.split()))


@lru_cache(maxsize=2048)
def _split_slowly(text: str) -> Name:
    if _LEGAL_FORM.search(text):
        return Name("", "", text, looks_like_company=True)
    if _WESTERN.search(text) or _STRANGE.search(text) or len(text) > 120 or not any(map(str.isalpha, text)):
        return Name("", text, text)
    from nameparser import HumanName  # slow to load, and few lists need it

    parsed = HumanName(_NICKNAME.sub(" ", text).strip() or text)
    first, last = tidy_case(str(parsed.first)), tidy_case(str(parsed.last))
    middle, suffix = tidy_case(str(parsed.middle)), str(parsed.suffix)
    if suffix and not last:
        last, suffix = tidy_case(suffix), ""
    shown = " ".join(filter(None, (first, middle, last)))
    if not (first or last) or _letters(f"{parsed.title}{shown}{suffix}") < _letters(text):
        return Name(first, last if first else text, text)
    return Name(first, last, f"{shown}, {suffix}" if suffix else shown, str(parsed.title))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def tidy_case(text: str) -> str:
    """“MÜLLER-LÜDENSCHEIDT” and “müller” as a person would write them; mixed case is meant and stays."""
    if not (text.isupper() or text.islower()) or len(text) < 3:
        return text.capitalize() if len(text) == 2 and text.islower() else text
    if _STRANGE.search(text):
        return text
    words = text.split(" ")
    return " ".join(_tidy_word(word, first=place == 0, alone=len(words) == 1) for place, word in enumerate(words))


def _tidy_word(word: str, *, first: bool, alone: bool) -> str:
    lowered = word.lower()
    if lowered in _PARTICLES and not alone and (not first or lowered in ("von", "van", "de")):
        return lowered
    if word.isupper() and len(word) == 2 and word.endswith("."):
        return word
    parts = re.split(r"(['’-])", lowered)
    tidy = "".join(part[:1].upper() + part[1:] for part in parts)
    return re.sub(r"^(Mc)([a-z])", lambda found: found[1] + found[2].upper(), tidy)
