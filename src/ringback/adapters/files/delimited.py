"""Rows of a delimited text, one at a time; broken quotes cost at most the row they stand in.

The standard reader in strict mode does the work. Where it fails, the record is read again by rules that spreadsheets
and people follow: a quote ends a field only if a delimiter or the line's end comes next. If that does not close the
record either, its first line is taken as it stands and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

FIELD_LIMIT = 8 * 1024**2
_REPAIR_LINES = 50
_DELIMITERS = (",", ";", "\t", "|", "\x1f", "\x1e", "^", "~")

csv.field_size_limit(FIELD_LIMIT)

Record = tuple[int, list[str]]


class _Lines:
    """Physical lines with their numbers; what a failed record consumed can be given back."""

    def __init__(self, lines: Iterable[str], *, start: int = 1) -> None:
        self._source = iter(lines)
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = start - 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self.number += 1
        self.taken.append(line)
        return line

    def keep_first(self, count: int) -> list[str]:
        """The first `count` lines of the record; the rest is given back."""
        kept, rest = self.taken[:count], self.taken[count:]
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
        self.taken = []
        return kept


def records(
    lines: Iterable[str], delimiter: str, *, width: int = 0, start: int = 1, note: Callable[[int, str], None]
) -> Iterator[Record]:
    """(line number, cells) of every record that is not blank, lazily; `note(line, sentence)` hears of repairs.

    `width` is the number of columns expected; 0 if it is not known yet.
    """
    source = _Lines(lines, start=start)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        taken = source.taken
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            line = source.number - len(source.taken) + 1
            cells = _repair(source, delimiter, width, line, note)
        else:
            line = source.number
            if len(taken) > 1:
                line -= len(taken) - 1
                if width and len(cells) != width and _first_line_stands_alone(taken[0], delimiter, width):
                    cells = _repair(source, delimiter, width, line, note)
        if cells and (cells[0] or any(cells)):
            yield line, cells


def _first_line_stands_alone(line: str, delimiter: str, width: int) -> bool:
    return len(_plain(line, delimiter)) == width


def _repair(source: _Lines, delimiter: str, width: int, line: int, note: Callable[[int, str], None]) -> list[str]:
    for count in range(1, min(len(source.taken), _REPAIR_LINES) + 1):
        cells = _lenient("".join(source.taken[:count]), delimiter)
        if cells is not None and (count == 1 or not width or len(cells) == width):
            source.keep_first(count)
            note(line, "Quotation marks inside a quoted cell were not doubled; they were kept as text.")
            return cells
    first = source.keep_first(1)[0]
    note(line, "A quotation mark was opened and never closed; the line was read as it stands.")
    return _plain(first, delimiter)


def _plain(line: str, delimiter: str) -> list[str]:
    """The cells of one line with quotation marks taken as text, except a pair around a whole cell."""
    cells = line.rstrip("\r\n").split(delimiter)
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]


def _lenient(text: str, delimiter: str) -> list[str] | None:
    """The cells if every quoted one ends before a delimiter or the text's end, else None."""
    text = text.rstrip("\r\n")
    mark = re.escape(delimiter)
    closing = re.compile(rf'"[ ]*(?={mark}|\Z)')
    cells, at = [], 0
    while at <= len(text):
        if text.startswith('"', at):
            end = closing.search(text, at + 1)
            while end and _doubled(text, at + 1, end.start()):
                end = closing.search(text, end.start() + 1)
            if end is None:
                return None
            cells.append(text[at + 1 : end.start()].replace('""', '"'))
            at = end.end() + 1
        else:
            stop = text.find(delimiter, at)
            stop = len(text) if stop < 0 else stop
            cells.append(text[at:stop])
            at = stop + 1
    return cells


def _doubled(text: str, start: int, at: int) -> bool:
    """Whether the quote at `at` is the second half of a doubled one."""
    before = text[start:at]
    return (len(before) - len(before.rstrip('"'))) % 2 == 1


def sniff_delimiter(sample: str, recognised: Callable[[list[str]], int], *, truncated: bool) -> str:
    """The delimiter under which the sample is most regular; known column names count for it.

    `recognised(cells)` says how many cells are names of columns we know.
    """
    scored = [(_regularity(sample, mark, recognised, truncated), -order) for order, mark in enumerate(_DELIMITERS)]
    best, order = max(scored)
    return _DELIMITERS[-order] if best > 0 else ","


def _regularity(sample: str, mark: str, recognised: Callable[[list[str]], int], truncated: bool) -> float:
    if mark not in sample:
        return 0.0
    rows = [cells for _, cells in records(io.StringIO(sample, newline=""), mark, note=lambda _line, _text: None)]
    if truncated and len(rows) > 1:
        rows.pop()
    widths = [len(cells) for cells in rows]
    if not widths:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual < 2:
        usual = max((width for width in widths if width > 1), default=1)
    if usual < 2:
        return 0.0
    share = widths.count(usual) / len(widths)
    names = max((recognised(cells) for cells in rows[:30] if len(cells) > 1), default=0)
    return share * (1 + min(usual, 64) / 64) + names


def announced_delimiter(first_line: str) -> str:
    """The delimiter a spreadsheet announces in a first line `sep=;`, or nothing."""
    found = re.fullmatch(r'"?sep=(.)"?[\s;,]*', first_line.strip("\ufeff\r\n"), re.I)
    return found.group(1) if found else ""
