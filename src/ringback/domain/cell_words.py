"""Amounts, yes and no, warm and cold, as people write them in the cells of many countries."""

from __future__ import annotations

import re

from ringback.domain.vocabulary import Qualification, Temperature


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES = _words(
    """
    yes y true 1 x ja j oui o si sí sim s tak t da д да так evet ok wahr vrai verdadero vero 是 はい qualified
    qualifiziert
    """
)
_NO = _words(
    "no n false 0 nein non não nao nie ne nej nei ei нет ні hayır falsch faux falso 否 いいえ unqualified disqualified"
)
_WARM = _words("warm hot heiß heiss chaud caliente caldo quente hett varm горячий тёплый теплый inbound")
_COLD = _words("cold kalt froid frío frio freddo koud zimny kall kald холодный outbound")
_QUALIFIED = frozenset(
    {"qualified", "sales qualified lead", "sql", "salesqualifiedlead", "opportunity", "qualifiziert"}
)
_UNQUALIFIED = frozenset(
    {"unqualified", "disqualified", "bad fit", "bad timing", "junk", "junk lead", "unqualifiziert"}
)
_AMOUNT = re.compile(r"-?\d[\d.,'’\s\u00a0\u202f]*")
_FACTORS = {"k": 1_000, "t": 1_000, "tsd": 1_000, "m": 1_000_000, "mio": 1_000_000, "mn": 1_000_000, "mln": 1_000_000}
LARGEST_AMOUNT = 9_000_000_000_000_000


def yes_or_no(text: str) -> bool | None:
    """None where the word is neither."""
    word = text.strip().strip(".!").casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def temperature(text: str) -> Temperature | None:
    """“Hot” and “warm” came to us, “cold” did not (A14); None for every other word."""
    words = set(re.findall(r"\w+", text.casefold()))
    if words & _WARM:
        return Temperature.WARM
    return Temperature.COLD if words & _COLD else None


def qualification(text: str) -> Qualification | None:
    """What a status column says about A15's question; None where it says nothing."""
    word = " ".join(text.casefold().replace("_", " ").split())
    if word in _UNQUALIFIED:
        return Qualification.UNQUALIFIED
    return Qualification.QUALIFIED if word in _QUALIFIED else None


def amount(text: str) -> int | None:
    """Whole units of an amount written in any country's way (“1.234,56 €”, “$12k”, “1'200”); None if it is none."""
    found = _AMOUNT.search(text)
    if not found:
        return None
    number = _plain_number(re.sub(r"[\s'’]", "", found.group(0)))
    word = re.match(r"\s*([A-Za-z]+)", text[found.end() :])
    factor = _FACTORS.get(word[1].lower(), 1) if word else 1
    if number is None or not 0 <= number * factor <= LARGEST_AMOUNT:
        return None
    return round(number * factor)


def _plain_number(text: str) -> float | None:
    """The last separator is the decimal one, unless three digits follow it or it comes twice."""
    text = text.rstrip(".,")
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return float(text)
    mark = text[last]
    mixed = "." in text and "," in text
    groups = text.count(mark) > 1 or (not mixed and len(text) - last - 1 == 3)
    whole, rest = (text, "") if groups else (text[:last], text[last + 1 :])
    digits = re.sub(r"[.,]", "", whole)
    return float(f"{digits}.{rest}" if rest else digits)
