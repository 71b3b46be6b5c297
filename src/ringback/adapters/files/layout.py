"""Where a list begins: lines of preamble, then the line with the columns' names, if there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

LOOK_AHEAD = 40
_DATA_LIKE = re.compile(
    r"""^\s*(?: [^@\s]+@[^@\s]+\.[^@\s]+ | \+?[\d\s()./-]{5,} | [\d.,]+ | https?://\S+ | www\.\S+
        | \d{1,4}[-./]\d{1,2}[-./]\d{1,4}.* )\s*$""",
    re.X,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """`header` is the index of the naming record among the first ones, None if the list has no names."""

    header: int | None
    first_data: int


def find_layout(
    rows: Sequence[Sequence[str]], recognised: Callable[[list[str]], int], *, header: bool | None = None
) -> Layout:
    """Judge the first records of a file. `header` True or False overrules the question whether names exist."""
    named = [recognised(list(cells)) for cells in rows[:LOOK_AHEAD]]
    best = max(named, default=0)
    at = named.index(best) if best else 0
    if header is False:
        return Layout(None, _first_wide(rows))
    if best >= 2 or (best == 1 and (header or _mostly_names(rows[at]))):
        return Layout(at, at + 1)
    at = _first_wide(rows)
    if header or (rows and _could_be_names(rows[at]) and not (len(rows) == at + 1 and len(rows[at]) == 1)):
        return Layout(at, at + 1)
    return Layout(None, at)


def _mostly_names(cells: Sequence[str]) -> bool:
    """One known name is enough where nothing in the record looks like data."""
    return not _is_data(cells) and sum(bool(cell.strip()) for cell in cells) <= 12


def _first_wide(rows: Sequence[Sequence[str]]) -> int:
    """The first record that is no title, date of export or remark: those fill a cell where the list fills many."""
    widths = [_width(cells) for cells in rows[:LOOK_AHEAD]]
    if not widths:
        return 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return next(
        (at for at, cells in enumerate(rows) if _width(cells) > (usual // 3 if usual > 1 else 0) or _is_data(cells)), 0
    )


def _is_data(cells: Sequence[str]) -> bool:
    return any(_DATA_LIKE.match(cell) for cell in cells)


def _width(cells: Sequence[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _could_be_names(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    short = all(len(cell) <= 80 for cell in filled)
    return bool(filled) and short and not _is_data(filled)
