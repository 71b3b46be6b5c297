"""Writing lists that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from ringback.domain.cell_text import defuse_formula


def write_rows(target: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a CSV (comma, CRLF, quotes where needed) with every cell defused; returns how many rows.

    The rule is `domain.cell_text.defuse_formula`'s; an import takes its apostrophes off again.
    """
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([defuse_formula(name) for name in header])
    count = 0
    for row in rows:
        writer.writerow(["" if cell is None else defuse_formula(str(cell)) for cell in row])
        count += 1
    return count
