"""The dry run: the same reading, judging and matching, with nothing written anywhere but in a file that vanishes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from ringback.actions.importing.changing import changes_of
from ringback.actions.importing.chunks import known_duplicates, repeated
from ringback.actions.importing.matching import Matches, match, open_to_change
from ringback.actions.importing.options import Counts, Duplicate, Duplicates, ImportOptions, Report
from ringback.actions.importing.owners import Owners
from ringback.actions.importing.reading import Mapped, Reading, Source, open_reading
from ringback.adapters.files import Table
from ringback.adapters.judging import Chunk, Entry, candidate_of
from ringback.domain.columns import Column
from ringback.domain.importing import Candidate, Severity
from ringback.models import User

SAMPLES = 10
Progress = Callable[[float, Report], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `samples` are the first people as they would be, `sample_rows` the cells as they are."""

    table: Table
    columns: tuple[Column, ...]
    report: Report
    samples: tuple[Candidate, ...]
    sample_rows: tuple[tuple[str, ...], ...]
    complete: bool


def preview_import(
    *,
    by: User,
    file: Source,
    mapping: Mapped,
    options: ImportOptions,
    limit_rows: int | None = None,
    on_progress: Progress | None = None,
) -> Preview:
    """Read, judge and match without writing. `limit_rows` stops early for a quick look; `complete` says whether it did.

    Raises UnreadableFile and Refused like `run_import`.
    """
    reading = open_reading(file, mapping, options)
    Owners(by, options)
    report = Report(Counts())
    samples: list[Candidate] = []
    complete = True
    sample_rows = tuple(tuple(cells) for cells in reading.table.sample(SAMPLES))
    with Seen() as seen:
        for chunk in reading.chunks(at_length=limit_rows is None):
            samples += map(candidate_of, chunk.entries[: SAMPLES - len(samples)])
            check_chunk(by, chunk, options, report, seen)
            if on_progress:
                on_progress(chunk.progress, report)
            if limit_rows is not None and report.counts.read >= limit_rows:
                complete = chunk.progress >= 1.0
                break
    return Preview(reading.table, reading.columns, report, tuple(samples), sample_rows, complete)


def check_all(by: User, reading: Reading, options: ImportOptions, on_progress: Progress | None) -> Report:
    """The whole file looked through; nothing of it is kept but the tally and the first findings."""
    report = Report(Counts())
    with Seen() as seen:
        for chunk in reading.chunks():
            check_chunk(by, chunk, options, report, seen)
            if on_progress:
                on_progress(chunk.progress / 2, report)
    return report


def check_chunk(by: User, chunk: Chunk, options: ImportOptions, report: Report, seen: Seen) -> None:
    """Add to the report what would happen to these rows."""
    counts = report.counts
    counts.read += chunk.read
    counts.refused += chunk.read - len(chunk.entries)
    counts.last_line = max(counts.last_line, chunk.last_line)
    counts.warnings += sum(finding.severity is Severity.WARNING for finding in chunk.findings)
    report.findings += chunk.findings[: report.kept_findings - len(report.findings)]
    matches = match(chunk.entries, by)
    _count_known(matches, options, report)
    found = [repeated(*each) for each in matches.repeated]
    for entry in matches.fresh:
        earlier = seen.before(entry)
        if earlier is None:
            counts.added += 1
        else:
            found.append(repeated(entry, *earlier))
    if options.duplicates is Duplicates.SKIP:
        counts.skipped += len(found)
    else:
        counts.changed += len(found)  # what the earlier row says is not at hand any more
    _note_duplicates(found, report)


def _count_known(matches: Matches, options: ImportOptions, report: Report) -> None:
    _note_duplicates(known_duplicates(matches), report)
    changes = changes_of(open_to_change(matches.known), options.duplicates)
    report.counts.changed += len(changes)
    report.counts.skipped += len(matches.known) - len(changes)


def _note_duplicates(found: Sequence[Duplicate], report: Report) -> None:
    report.counts.duplicates += len(found)
    report.duplicates += found[: report.kept_findings - len(report.duplicates)]


class Seen:
    """Numbers and addresses met before in this file; on disk, so that a million rows take no more memory than a few."""

    def __enter__(self) -> Seen:
        self._store = sqlite3.connect("", isolation_level=None)  # a temporary file that SQLite removes by itself
        self._store.execute("PRAGMA journal_mode=OFF")
        self._store.execute("PRAGMA cache_size=-16000")
        self._store.execute("CREATE TABLE seen (mark INTEGER PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self._store.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def before(self, entry: Entry) -> tuple[int, str] | None:
        """The earlier line and what both share; remembers the entry if there is none."""
        marks = [_mark(key) for key in entry.keys]
        for key, mark in zip(entry.keys, marks, strict=True):
            row = self._store.execute("SELECT line FROM seen WHERE mark = ?", (mark,)).fetchone()
            if row:
                return int(row[0]), key
        self._store.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(mark, entry.line) for mark in marks])
        return None


def _mark(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
