"""vCard 2.1, 3.0 and 4.0 (and jCard) as cards of properties, read as a stream.

The vobject library was tried first on cards that phones and mail programs really write: of 18 files it gave up on two
(a photo with a broken base64 line, a PROFILE line), each time losing every card that followed, and it wants the whole
text in memory. A list of people needs a dozen properties and no pictures, so this reader keeps those and survives the
rest.
"""

from __future__ import annotations

import json
import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ringback.adapters.files.failure import UnreadableFile

Note = Callable[[int, str], None]
_SKIPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT", "X-MS-CARDPICTURE", "LABEL", "X-MS-OL-DESIGN"})
_BEGIN, _END = "BEGIN:VCARD", "END:VCARD"
_VALUE_LIMIT = 8 * 1024**2
_PARAMETER = re.compile(r'((?:"[^"]*"|[^;"])*)(?:;|\Z)')
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line of a card: its parts are the value's components, split at `;` and unescaped."""

    name: str
    kinds: frozenset[str]
    parts: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Card:
    """One person: the number of its first line and its properties in order."""

    line: int
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [item for item in self.properties if item.name == name]

    def first(self, name: str) -> str:
        return next((item.text for item in self.properties if item.name == name and item.text), "")


def read_cards(lines: Iterable[str], note: Note) -> Iterator[Card]:
    """Cards one at a time; a card that does not end, or starts inside another, is told to `note` and kept."""
    card: Card | None = None
    for number, line in _without_agents(_unfolded(lines)):
        marker = _marker(line)
        if marker:
            if card is not None:
                if marker == _BEGIN:
                    note(card.line, "The card has no END:VCARD; it was read up to the next card.")
                yield card
            card = Card(number) if marker == _BEGIN else None
        elif card is not None:
            _add(card, line, number, note)
    if card is not None:
        note(card.line, "The card has no END:VCARD; it was read up to the end of the file.")
        yield card


def _marker(line: str) -> str:
    """BEGIN or END if that is what the line is."""
    word = line.strip().upper().replace(" ", "")
    return word if word in (_BEGIN, _END) else ""


def _without_agents(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Version 2.1 lets a whole card of somebody's assistant stand inside a card; it is left out."""
    depth = 0
    announced = False
    for number, line in lines:
        marker = _marker(line)
        if marker == _BEGIN and (announced or depth):
            depth += 1
        elif marker == _END and depth:
            depth -= 1
        elif not depth:
            yield number, line
        announced = line[:5].upper() == "AGENT"


def read_jcards(text: str) -> Iterator[Card]:
    """Cards of a jCard file (RFC 7095): one card or a list of them."""
    try:
        data = json.loads(text)
        cards = [data] if data and data[0] == "vcard" else data
        for number, card in enumerate(cards, 1):
            yield Card(number, [_json_property(item) for item in card[1]])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile("damaged", "This looks like a jCard file, but it is damaged.") from error


def _json_property(item: list[object]) -> Property:
    name, parameters, _, *values = item
    kinds = parameters.get("type", []) if isinstance(parameters, dict) else []
    named = [kinds] if isinstance(kinds, str) else list(kinds)
    first = values[0] if values else ""
    parts = [_flat(part) for part in (first if isinstance(first, list) else [first])]
    return Property(str(name).upper(), frozenset(str(kind).upper() for kind in named), tuple(parts), " ".join(parts))


def _flat(part: object) -> str:
    return " ".join(map(str, part)) if isinstance(part, list) else str(part)


def _unfolded(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Logical lines: folded ones joined, quoted-printable ones joined at their soft breaks, pictures left out."""
    number, pieces, size, soft = 0, [""], 0, False
    for at, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if soft or line[:1] in (" ", "\t"):
            if size < _VALUE_LIMIT and not _skipped(pieces[0]):
                pieces.append(line if soft else line[1:])
                size += len(line)
            soft = soft and line.endswith("=")
            continue
        if pieces[0]:
            yield number, "".join(pieces)
        number, pieces, size = at, [line], len(line)
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in line.upper()
    if pieces[0]:
        yield number, "".join(pieces)


def _skipped(line: str) -> bool:
    return re.split("[;:]", line, maxsplit=1)[0].upper().rpartition(".")[2] in _SKIPPED


def _add(card: Card, line: str, number: int, note: Note) -> None:
    head, colon, value = _split_head(line)
    name = head[0].upper().rpartition(".")[2]
    if not colon or name in _SKIPPED or not re.fullmatch(r"[A-Z0-9-]+", name):
        return
    parameters = _parameters(head[1:])
    if "QUOTED-PRINTABLE" in parameters["ENCODING"]:
        value = _from_quoted(value, parameters["CHARSET"], number, note)
    elif parameters["ENCODING"]:
        return
    parts = tuple(_unescape(part) for part in re.split(r"(?<!\\);", value))
    card.properties.append(Property(name, frozenset(parameters["TYPE"]), parts, _unescape(value)))


def _split_head(line: str) -> tuple[list[str], str, str]:
    """Name and parameters, split at the first colon outside quotation marks."""
    quoted = False
    for at, char in enumerate(line[:4096]):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return _PARAMETER.findall(line[:at])[: line.count(";", 0, at) + 1], ":", line[at + 1 :]
    return [line], "", ""


def _parameters(words: list[str]) -> dict[str, list[str]]:
    """Parameters by name; bare words, as version 2.1 writes them, are types or encodings."""
    found: dict[str, list[str]] = {"TYPE": [], "ENCODING": [], "CHARSET": []}
    for word in words:
        name, equals, value = word.strip().partition("=")
        values = [part.strip().upper() for part in value.strip('"').split(",")]
        if not equals:
            target = "ENCODING" if name.upper() in _ENCODINGS else "TYPE"
            found[target].append(name.upper())
        elif name.upper() == "PREF":
            found["TYPE"].append("PREF")
        else:
            found.setdefault(name.upper(), []).extend(values)
    found["ENCODING"] = [word for word in found["ENCODING"] if word not in ("8BIT", "7BIT")]
    return found


def _from_quoted(value: str, charset: list[str], number: int, note: Note) -> str:
    raw = quopri.decodestring(re.sub("=(?![0-9A-Fa-f]{2})", "", value).encode("utf-8", "surrogateescape"))
    for name in (*(word.lower() for word in charset), "utf-8"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    note(number, "The characters are not in the encoding that the card names; they were read as Windows-1252.")
    return raw.decode("cp1252") if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", raw) else raw.decode("latin-1")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) in "nN" else found.group(1), text, flags=re.S)
