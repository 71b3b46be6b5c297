"""What may not stay in a cell as it came: control characters, hidden direction marks, doubly encoded letters, and
apostrophes that keep a spreadsheet from running a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

SEPARATOR = "\x1f"
SEPARATOR_SEEN = "\u2400"  # printable, and in nobody's name
_FORMULA = r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2013|%\t\r\n]"
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1e\x7f-\x9f"
_HIDDEN = r"\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
_TWICE = "[ÂÃÄÅÐÑâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_ODD_LETTERS = re.compile(rf"\ufffd|{_TWICE}")
_ODD = re.compile(rf"[{_CONTROL}{_HIDDEN}{SEPARATOR}\ufffd]|{_TWICE}|(?:^|{SEPARATOR_SEEN})'")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_STRIPPED = re.compile(rf"[{_CONTROL}{SEPARATOR}{_HIDDEN}]")
_DANGEROUS = re.compile(rf"\s*{_FORMULA}")
_HARMLESS = re.compile(r"[+-]?\d[\d ()./-]*")
_HIGH_1252 = {
    ord(bytes([code]).decode("cp1252")): code for code in range(128, 160) if code not in (129, 141, 143, 144, 157)
}


def defuse_formula(text: str) -> str:
    """The cell as a spreadsheet may see it: an apostrophe before what could be a formula, telephone numbers untouched.

    A cell could be one if it begins with `= + - @` (also full-width), `|`, `%`, a dash, a tab or a line's end, after
    blanks and apostrophes or without. `restore_formula` gives back exactly what came in.
    """
    if not text or _HARMLESS.fullmatch(text):
        return text
    return f"'{text}" if _DANGEROUS.match(text.lstrip("'")) else text


def restore_formula(text: str) -> str:
    """The text that `defuse_formula` was given; an apostrophe that belongs to the text stays."""
    return text[1:] if text[:1] == "'" and _DANGEROUS.match(text.lstrip("'")) else text


def has_oddities(cells: Sequence[str]) -> bool:
    """Whether any cell needs `clean`; one look at the whole row, since nearly all rows are clean."""
    row = SEPARATOR_SEEN.join(cells)
    if row.isprintable() and SEPARATOR_SEEN + "'" not in row and row[:1] != "'":
        return not row.isascii() and _ODD_LETTERS.search(row) is not None
    return _ODD.search(row) is not None


def clean(text: str) -> tuple[str, list[str]]:
    """The cell with everything invisible taken out, and a sentence for each thing changed or lost already."""
    said: list[str] = []
    restored = repair_double_encoding(restore_formula(text))
    if restored != restore_formula(text):
        said.append("The letters were encoded twice; they were put right. Please check them.")
    if _DIRECTION.search(restored):
        said.append("Hidden marks that turn the writing direction were taken out.")
    if "\ufffd" in restored:
        said.append("The file already holds replacement characters here: letters were lost before it came to us.")
    bare = _STRIPPED.sub("", restored)
    if len(bare) < len(_DIRECTION.sub("", restored)):
        said.append("Control characters that nobody can see were taken out.")
    return bare, said


def repair_double_encoding(text: str) -> str:
    """“MÃ¼ller” as “Müller”: UTF-8 that was read as Windows-1252 once. Anything doubtful stays as it is."""
    for _ in range(2):
        try:
            repaired = bytes(_HIGH_1252.get(ord(char), ord(char)) for char in text).decode("utf-8")
        except (ValueError, UnicodeDecodeError):
            return text
        if repaired == text:
            return text
        text = repaired
    return text
