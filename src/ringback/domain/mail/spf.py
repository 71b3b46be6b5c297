"""SPF: which servers may send for a domain (RFC 7208)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ringback.domain.mail.sender_judgement import Grade, Judgement, Reading, unreadable

# RFC 7208, 4.6.4: beyond ten, receivers give up and treat the record as broken.
MOST_LOOKUPS = 10
_ASKS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_MECHANISMS = _ASKS | {"all", "ip4", "ip6"}
_TERM = re.compile(r"(?P<sign>[+?~-]?)(?P<name>[a-z0-9_.-]+)(?P<rest>[:=/].*)?", re.IGNORECASE)
EXAMPLE = "v=spf1 mx include:YOUR-PROVIDER ~all"


@dataclass(frozen=True, slots=True)
class _Term:
    sign: str
    name: str
    value: str
    is_modifier: bool


def records_of(reading: Reading) -> list[str]:
    return [text.strip() for text in reading.texts if re.match(r"v=spf1(\s|$)", text.strip(), re.IGNORECASE)]


def asks_for(record: str) -> list[str]:
    """The domains whose records this one draws in; those made of macros depend on each mail and are left out."""
    drawn = (term.value for term in _terms(record) if term.name in ("include", "redirect"))
    return [name.lower().rstrip(".") for name in drawn if name and "%" not in name]


def judge_spf(domain: str, readings: Mapping[str, Reading]) -> Judgement:
    """`readings` holds the domain's own texts and, as far as they were read, those that its record draws in."""
    own = readings[domain]
    if own.trouble:
        return unreadable("SPF", domain, own)
    records = records_of(own)
    if not records:
        do = "Publish which servers may send for this domain; your provider's help names its include."
        return Judgement("SPF", domain, Grade.BAD, "there is no record", do, EXAMPLE)
    if len(records) > 1:
        found = f"there are {len(records)} records, and receivers then believe none"
        return Judgement("SPF", domain, Grade.BAD, found, "Join them into one.", _joined(records))
    for fault in _faults(domain, records[0], readings):
        return fault
    return Judgement("SPF", domain, Grade.GOOD, f"“{records[0]}”")


def lookups(domain: str, readings: Mapping[str, Reading], seen: frozenset[str] = frozenset()) -> int:
    """How many questions a receiver has to ask for one mail; a circle counts as too many."""
    if domain in seen:
        return MOST_LOOKUPS + 1
    records = records_of(readings.get(domain, Reading()))
    if not records:
        return 0
    own = sum(term.name in _ASKS for term in _terms(records[0]))
    return own + sum(lookups(each, readings, seen | {domain}) for each in asks_for(records[0]))


def _faults(domain: str, record: str, readings: Mapping[str, Reading]) -> Iterator[Judgement]:
    """The worst first."""
    for found, do in _broken(domain, record, readings):
        yield Judgement("SPF", domain, Grade.BAD, f"“{record}”: {found}", do)
    if (fault := _ends(record)) is not None:
        grade, found, add = fault
        yield Judgement("SPF", domain, grade, f"“{record}”: {found}", "End it with ~all.", add)
    if any(term.name == "ptr" for term in _terms(record)):
        found = "“ptr” is slow, and some receivers ignore it"
        yield Judgement("SPF", domain, Grade.WEAK, f"“{record}”: {found}", "Name the servers instead.")


def _broken(domain: str, record: str, readings: Mapping[str, Reading]) -> Iterator[tuple[str, str]]:
    """What makes receivers reject the record as a whole, and what to do."""
    for strange in _strange(record):
        yield f"“{strange}” is none of its words", "Correct or remove it: receivers reject the whole."
    for name in asks_for(record):
        if name in readings and not readings[name].trouble and not records_of(readings[name]):
            yield f"it includes {name}, which has no SPF record", "Correct or remove that include."
    if (count := lookups(domain, readings)) > MOST_LOOKUPS:
        found = f"it asks for {count} further records or more, and receivers stop at {MOST_LOOKUPS}"
        yield found, "Remove includes of services that no longer send for you."


def _ends(record: str) -> tuple[Grade, str, str] | None:
    """What is wrong with how the record ends, and how it should read."""
    terms = _terms(record)
    last = next((term for term in terms if term.name == "all"), None)
    if last is None:
        redirected = any(term.name == "redirect" for term in terms)
        return None if redirected else (Grade.WEAK, "it has no end", f"{record} ~all")
    if last.sign in ("", "+"):
        return Grade.BAD, "it lets anybody send", _ending(record, "~all")
    return (Grade.WEAK, "it says nothing about other servers", _ending(record, "~all")) if last.sign == "?" else None


def _terms(record: str) -> list[_Term]:
    return [term for word in record.split()[1:] if (term := _term(word)) is not None]


def _term(word: str) -> _Term | None:
    match = _TERM.fullmatch(word)
    if match is None:
        return None
    rest = match["rest"] or ""
    value = re.split(r"/", rest[1:], maxsplit=1)[0] if rest[:1] in (":", "=") else ""
    return _Term(match["sign"], match["name"].lower(), value, rest.startswith("="))


def _strange(record: str) -> list[str]:
    found = []
    for word in record.split()[1:]:
        term = _term(word)
        known = term is not None and (term.name in _MECHANISMS or term.is_modifier)
        if term is None or not known or (term.name in ("include", "exists", "ip4", "ip6") and not term.value):
            found.append(word)
    return found


def _joined(records: list[str]) -> str:
    """One record that allows what each of them did."""
    words = dict.fromkeys(word for record in records for word in record.split()[1:])
    ends = {word.lower() for word in words if word.lstrip("+?~-").lower() == "all"}
    kept = [word for word in words if word.lower() not in ends]
    return " ".join(["v=spf1", *kept, "-all" if ends == {"-all"} else "~all"])


def _ending(record: str, end: str) -> str:
    return re.sub(r"(?<=\s)[+?~-]?all(?=\s|$)", end, record, flags=re.IGNORECASE)
