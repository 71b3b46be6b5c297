"""From a file to judged rows, a chunk at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from ringback.actions.errors import Refused
from ringback.actions.importing.options import ImportOptions
from ringback.adapters.contacts import READERS
from ringback.adapters.contacts.phones import is_region
from ringback.adapters.files import Table, open_table
from ringback.domain.columns import Column, choose_columns, count_known, guess_columns
from ringback.domain.importing import Candidate, Finding, Severity
from ringback.domain.row_judge import RowJudge

CHUNK_ROWS = 500
Source = str | os.PathLike[str] | BinaryIO
Mapped = Mapping[str, str | None]


@dataclass(slots=True)
class Chunk:
    """Up to 500 rows: who they are, what was found, how many were read and refused, and where the file stands."""

    candidates: list[Candidate]
    findings: list[Finding]
    read: int
    last_line: int
    progress: float


@dataclass(slots=True)
class Reading:
    """A file opened, its columns understood."""

    table: Table
    columns: tuple[Column, ...]
    judge: RowJudge

    def chunks(self, after_line: int = 0) -> Iterator[Chunk]:
        """All rows below `after_line`, in order, in bounded memory."""
        rows = self.table.rows()
        if after_line:
            rows = (row for row in rows if row[0] > after_line)
        while batch := list(islice(rows, CHUNK_ROWS)):
            yield self._judged(batch)
        if notes := self._notes():
            yield Chunk([], notes, 0, 0, 1.0)

    def _judged(self, batch: list[tuple[int, list[str]]]) -> Chunk:
        candidates: list[Candidate] = []
        findings = self._notes()
        judge = self.judge.judge
        for line, cells in batch:
            candidate, found = judge(line, cells)
            if candidate is not None:
                candidates.append(candidate)
            if found:
                findings.extend(found)
        return Chunk(candidates, findings, len(batch), batch[-1][0], self.table.progress)

    def _notes(self) -> list[Finding]:
        return [Finding(note.line, "", Severity.WARNING, note.message) for note in self.table.take_notes()]


def open_reading(file: Source, mapping: Mapped, options: ImportOptions) -> Reading:
    """Open the file and settle its columns: as guessed, changed by `mapping` (header or `#position` → field or None).

    Raises UnreadableFile if it is no list, Refused for an unknown region, column or field, or if nothing in it could
    ever reach anybody.
    """
    if options.region and not is_region(options.region):
        raise Refused(f"“{options.region}” is no country code such as DE or US.", "region")
    table = open_table(file, count_known, options=options.file)
    try:
        columns = choose_columns(guess_columns(table.header, table.sample()), mapping)
    except ValueError as error:
        raise Refused(str(error), "mapping") from error
    return Reading(table, columns, RowJudge(columns, READERS, options.expectations()))
