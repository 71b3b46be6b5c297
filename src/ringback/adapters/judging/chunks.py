"""Judged rows, a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ringback.adapters.contacts import READERS
from ringback.adapters.files import Options, Table
from ringback.adapters.judging.entries import Entry, entry_of
from ringback.adapters.judging.tables import TABLE_ROWS, TableMaker
from ringback.domain.columns import Column
from ringback.domain.importing import Expectations, Finding, Severity
from ringback.domain.row_judge import RowJudge

CHUNK_ROWS = 200


@dataclass(slots=True)
class Chunk:
    """Some rows: who they are, what was found, how many were read and refused, and where the file stands."""

    entries: Sequence[Entry]
    findings: list[Finding]
    read: int
    last_line: int
    progress: float


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with a list besides reading it; `after_line` leaves out what has been brought in already, `in_tables`
    gives large chunks whose entries are `Tables`.
    """

    columns: tuple[Column, ...]
    expected: Expectations
    file: Options
    after_line: int = 0
    in_tables: bool = False

    @property
    def chunk_rows(self) -> int:
        return TABLE_ROWS if self.in_tables else CHUNK_ROWS


def judged(table: Table, task: Task) -> Iterator[Chunk]:
    """All rows below `after_line`, in order, in bounded memory."""
    judge = RowJudge(task.columns, READERS, task.expected)
    rows = table.rows()
    if task.after_line:
        rows = (row for row in rows if row[0] > task.after_line)
    maker = TableMaker() if task.in_tables else None
    while batch := list(islice(rows, task.chunk_rows)):
        chunk = _judged(judge, table, batch, task.after_line)
        yield replace(chunk, entries=maker.tables(chunk.entries)) if maker else chunk
    if notes := _notes(table, task.after_line):
        yield Chunk([], notes, 0, 0, 1.0)


def gathered(chunks: Iterable[Chunk], rows: Callable[[], int]) -> Iterator[Chunk]:
    """The same in pieces of as many `rows` as are wanted at that moment; a chunk much larger comes in portions."""
    waiting: list[Chunk] = []
    for chunk in chunks:
        wanted = rows()
        if chunk.read > 2 * wanted:
            if waiting:
                yield _joined(waiting)
                waiting = []
            yield from portions(chunk, wanted)
            continue
        waiting.append(chunk)
        if sum(each.read for each in waiting) >= wanted:
            yield _joined(waiting)
            waiting = []
    if waiting:
        yield _joined(waiting)


def portions(chunk: Chunk, entries: int) -> Iterator[Chunk]:
    """The same in pieces of so many entries; what lies between two of them goes with the later one."""
    findings = sorted(chunk.findings)
    told = read = 0
    for start in range(0, len(chunk.entries) - entries, entries):
        part = chunk.entries[start : start + entries]
        said = [finding for finding in findings[told:] if finding.line <= part[-1].line]
        refused = {finding.line for finding in said if finding.severity is Severity.ERROR}
        yield Chunk(part, said, len(part) + len(refused), part[-1].line, chunk.progress)
        told, read = told + len(said), read + len(part) + len(refused)
    rest = chunk.entries[(len(chunk.entries) - 1) // entries * entries :] if chunk.entries else []
    yield Chunk(rest, findings[told:], chunk.read - read, chunk.last_line, chunk.progress)


def _joined(chunks: Sequence[Chunk]) -> Chunk:
    if len(chunks) == 1:
        return chunks[0]
    return Chunk(
        entries=[entry for chunk in chunks for entry in chunk.entries],
        findings=[finding for chunk in chunks for finding in chunk.findings],
        read=sum(chunk.read for chunk in chunks),
        last_line=max(chunk.last_line for chunk in chunks),
        progress=chunks[-1].progress,
    )


def _judged(judge: RowJudge, table: Table, batch: list[tuple[int, list[str]]], after_line: int) -> Chunk:
    entries: list[Entry] = []
    findings = _notes(table, after_line)
    for line, cells in batch:
        candidate, found = judge.judge(line, cells)
        if candidate is not None:
            entries.append(entry_of(candidate))
        if found:
            findings.extend(found)
    return Chunk(entries, findings, len(batch), batch[-1][0], table.progress)


def _notes(table: Table, after_line: int) -> list[Finding]:
    """Repairs of lines that were brought in before have been told before."""
    notes = [note for note in table.take_notes() if not 0 < note.line <= after_line]
    return [Finding(note.line, "", Severity.WARNING, note.message) for note in notes]
