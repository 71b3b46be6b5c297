"""Telephone numbers as E.164, whatever people write in a cell.

The phonenumbers library decides. Numbers written plainly (most of them) take a short way through the same tables of
the library, compiled once for each region; a property test holds both ways together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata, PhoneNumberFormat
from phonenumbers.timezone import time_zones_for_geographical_number, time_zones_for_number

_PLAIN = str.maketrans("", "", " \u00a0\u2009\u202f()-./\u2010\u2011\u2012\u2013\t")
_SPLIT = re.compile(r"\s*(?:[\n\r;|]+|:::|\s/\s|,\s*(?=[+(0])|\bor\b|\boder\b|\bou\b)\s*", re.I)
_SLASHED = re.compile(r"(?<=\d{6})\s*/\s*(?=\+|00?\d|\(|\d{6})|(?<=\d{3})\s*/\s*(?=\+)")
_LABEL = re.compile(
    r"^\s*(?:tel|phone|fon|mob|mobile?|cell|handy|work|home|office|t|m|p|w|h|o)\b[.:]*\s*(?=[+(\d])", re.I
)
_URI_EXTENSION = re.compile(r";ext=(\d+)", re.I)
_UNKNOWN_ZONE = "Etc/Unknown"
_CELL_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Phone:
    """One number. `valid`: it fits its country's numbering plan; otherwise it is only possible by its length."""

    e164: str
    extension: str = ""
    valid: bool = True


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The numbers of a cell in order, and the pieces that are none."""

    phones: tuple[Phone, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    """The part of a region's numbering plan that the short way needs."""

    code: str
    trunk: str
    strips: re.Pattern[str] | None
    plain: bool


def read_phones(text: str, region: str) -> PhoneReading:
    """Every number of a cell. `region` (ISO code, may be empty) is where numbers without a country code are at home."""
    quick = _quick(text, region)
    if quick is not None:
        return PhoneReading((Phone(quick),))
    found: list[Phone] = []
    unread: list[str] = []
    for piece in _pieces(_URI_EXTENSION.sub(r" ext. \1", text[:_CELL_LIMIT])):
        phone = _read_one(piece, region)
        if phone is None:
            unread.append(piece)
        elif phone not in found:
            found.append(phone)
    if len(text) > _CELL_LIMIT:
        unread.append(text[_CELL_LIMIT:])
    return PhoneReading(tuple(found), tuple(unread))


def is_region(code: str) -> bool:
    """Whether numbers can be read as local to this region."""
    return code in phonenumbers.SUPPORTED_REGIONS


def zones_for_number(e164: str) -> tuple[str, ...]:
    """The IANA zones a number can be in; empty if nothing is known."""
    code = _code_of(e164[1:])
    single = _zones_of_code(code)
    if len(single) == 1:
        return single
    if code == "1":
        return _zones_of_area(e164[:8])
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return ()
    zones = time_zones_for_number(number)
    return tuple(zone for zone in zones if zone != _UNKNOWN_ZONE)


def _pieces(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        for piece in _SLASHED.split(part):
            if bare := piece.strip(" ,;\t\u200e\u200f\u202a\u202c\u2066\u2069"):
                yield bare


def _read_one(piece: str, region: str) -> Phone | None:
    written = _LABEL.sub("", piece)
    quick = _quick(written, region)
    if quick is not None:
        return Phone(quick)
    if sum(char.isdigit() for char in written) < 3 or _MOSTLY_TEXT.search(written):
        return None
    try:
        number = phonenumbers.parse(_tidy(written), region or None)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, number.extension or "", phonenumbers.is_valid_number(number))


_MOSTLY_TEXT = re.compile(r"@|https?:|[^\W\d_]{12,}")
_EXTENSION = re.compile(
    r"\s*(?:durchwahl|dw|poste|interno|int\.|anexo|toestel|doorkiesnummer|доб\.?)\s*[.:]?\s*(\d{1,6})\s*$", re.I
)


def _tidy(written: str) -> str:
    return _EXTENSION.sub(r" ext. \1", written)


def _quick(text: str, region: str) -> str | None:
    """E.164 of a plainly written valid number, or None: then the library has to look."""
    digits = text.translate(_PLAIN)
    if digits[:1] == "+":
        national = digits[1:]
        if not (national.isascii() and national.isdigit()):
            return None
        code = _code_of(national)
        return _international(code, national[len(code) :]) if code else None
    if not (digits.isascii() and digits.isdigit()) or text[:1] == "+":
        return None
    return _national(digits, region)


def _international(code: str, national: str) -> str | None:
    strips, valid = _code_rules(code)
    if strips is None or strips.match(national) or not valid.fullmatch(national):
        return None
    return f"+{code}{national}"


def _national(digits: str, region: str) -> str | None:
    plan = _plan(region)
    if not plan.plain or digits.startswith(plan.code):
        return None
    if digits.startswith(plan.trunk):
        digits = digits[len(plan.trunk) :]
    elif plan.strips is not None and plan.strips.match(digits):
        return None
    return _international(plan.code, digits)


def _code_of(digits: str) -> str:
    """The country code that the digits begin with; no code is the beginning of another."""
    for length in (1, 2, 3):
        if digits[:length] in _CODES:
            return digits[:length]
    return ""


_CODES = frozenset(map(str, COUNTRY_CODE_TO_REGION_CODE))
_NOTHING = re.compile(r"(?!)")


@lru_cache(maxsize=512)
def _code_rules(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """What the library would cut off a national number under this code, and every valid form of it."""
    plans = [plan for region in COUNTRY_CODE_TO_REGION_CODE[int(code)] if (plan := _metadata(region)) is not None]
    if not plans:
        return None, _NOTHING
    strips = "|".join(f"(?:{plan.national_prefix_for_parsing})" for plan in plans if plan.national_prefix_for_parsing)
    valid = "|".join(f"(?={_general(plan)}\\Z)(?:{_kinds(plan)})" for plan in plans if plan.leading_digits is None)
    return re.compile(strips or "(?!)"), re.compile(valid)


def _metadata(region: str) -> PhoneMetadata | None:
    if region == "001":
        return None
    return PhoneMetadata.metadata_for_region(region, None)


def _general(plan: PhoneMetadata) -> str:
    pattern = plan.general_desc.national_number_pattern if plan.general_desc else None
    return f"(?:{pattern or '(?!)'})"


def _kinds(plan: PhoneMetadata) -> str:
    """The patterns of every kind of number that the library counts as valid."""
    kinds = (
        plan.fixed_line, plan.mobile, plan.toll_free, plan.premium_rate, plan.shared_cost, plan.voip,
        plan.personal_number, plan.pager, plan.uan, plan.voicemail,
    )  # fmt: skip
    return "|".join(f"(?:{kind.national_number_pattern})" for kind in kinds if kind and kind.national_number_pattern)


@lru_cache(maxsize=512)
def _plan(region: str) -> _Plan:
    metadata = PhoneMetadata.metadata_for_region(region, None) if is_region(region) else None
    if metadata is None:
        return _Plan("", "", None, plain=False)
    trunk = metadata.national_prefix or ""
    parsing = metadata.national_prefix_for_parsing
    plain = bool(trunk) and parsing == trunk and not metadata.national_prefix_transform_rule
    idd_free = metadata.international_prefix is None or trunk != "00"
    return _Plan(str(metadata.country_code), trunk, re.compile(parsing) if parsing else None, plain and idd_free)


@lru_cache(maxsize=512)
def _zones_of_code(code: str) -> tuple[str, ...]:
    """All zones under a country code; one means that no digit after it matters."""
    if not code:
        return ()
    number = phonenumbers.PhoneNumber(country_code=int(code), national_number=0)
    zones = time_zones_for_geographical_number(number)
    return tuple(zone for zone in zones if zone != _UNKNOWN_ZONE)


@lru_cache(maxsize=4096)
def _zones_of_area(beginning: str) -> tuple[str, ...]:
    """In North America every number belongs to an area; the table's entries have at most seven digits."""
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(beginning[2:].ljust(10, "0")))
    return tuple(zone for zone in time_zones_for_geographical_number(number) if zone != _UNKNOWN_ZONE)
