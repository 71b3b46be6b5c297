"""Carries an import out: chunk by chunk, or all in one transaction; repeatable under its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from ringback.actions.carrying_out import once
from ringback.actions.errors import Refused
from ringback.actions.importing.chunks import CHANGED_AT_ONCE, CarriedOutElsewhere, ChunkWriter, Looked
from ringback.actions.importing.many_rows import few_collections, for_many_rows
from ringback.actions.importing.options import Counts, ImportOptions, Mode, Report
from ringback.actions.importing.previewing import check_all
from ringback.actions.importing.reading import Mapped, Reading, Source, open_reading
from ringback.actions.importing.turns import Turns
from ringback.adapters.files import UnreadableFile
from ringback.adapters.judging import Chunk, gathered, portions
from ringback.domain.importing import Finding, Severity
from ringback.models import Activity, ImportRun, User

Progress = Callable[[float, Report], None]
_REFUSED_BY_DATABASE = "This row could not be stored and was left out; the others were not affected."


def run_import(
    *,
    by: User,
    file: Source,
    file_name: str,
    mapping: Mapped,
    options: ImportOptions,
    key: str,
    now: datetime,
    on_progress: Progress | None = None,
) -> tuple[ImportRun, Report]:
    """Bring a file in. Writes prospects, contact points, companies, a timeline entry for each, findings and the run.

    `key` makes a repetition harmless: a finished run is only reported again, an interrupted one goes on after its last
    stored line. `on_progress(share, report)` is called after every chunk. Raises UnreadableFile or Refused, with
    nothing written but the failed run.
    """
    run = register_import(by=by, file_name=file_name, mapping=mapping, options=options, key=key, now=now)
    return run, perform_import(run=run, file=file, now=now, on_progress=on_progress)


def register_import(
    *,
    by: User,
    file_name: str,
    mapping: Mapped,
    options: ImportOptions,
    key: str,
    now: datetime,
    stored_as: str = "",
) -> ImportRun:
    """The run as a row, waiting to be performed; the same key gives the same row. Refused if it is somebody else's."""
    name = "".join(char for char in Path(file_name).name if char.isprintable())[:200] or "list"
    with once():
        run, _ = ImportRun.objects.get_or_create(
            key=key,
            defaults={
                "by": by,
                "at": now,
                "file_name": name,
                "stored_as": stored_as,
                "mapping": dict(mapping),
                "options": options.as_json(),
                "counts": asdict(Counts()),
            },
        )
    if run.by_id != by.pk:
        raise Refused("Another person's import has this key.")
    return run


def perform_import(*, run: ImportRun, file: Source, now: datetime, on_progress: Progress | None = None) -> Report:
    """Carry out a registered run, or go on with an interrupted one; a finished one is only reported."""
    report = Report(Counts(**run.counts))
    if run.state == ImportRun.DONE:
        report.findings = stored_findings(run, report.kept_findings)
        return report
    options = ImportOptions.from_json(run.options)
    try:
        reading = open_reading(file, run.mapping, options)
        writer = ChunkWriter(run, run.by, options, report, now)
    except (UnreadableFile, Refused) as error:
        _end(run, ImportRun.FAILED, now, str(error))
        raise
    _begin(run, reading)
    carry_out = _all_or_nothing if options.mode is Mode.ALL_OR_NOTHING else _good_rows
    with few_collections():
        carry_out(reading, writer, on_progress)
    run.refresh_from_db()
    return writer.report


def stored_findings(run: ImportRun, limit: int | None = None) -> list[Finding]:
    """The report's rows in the order of the file."""
    rows = run.findings.order_by("line", "id").values_list("line", "field", "severity", "message", "value")
    return [Finding(line, field, Severity(severity), *rest) for line, field, severity, *rest in rows[:limit]]


def _begin(run: ImportRun, reading: Reading) -> None:
    """Take the run up; the tally of an interrupted one is kept."""
    run.bytes_total = reading.table.total_bytes
    ImportRun.objects.filter(pk=run.pk).exclude(state=ImportRun.DONE).update(
        state=ImportRun.RUNNING, bytes_total=run.bytes_total, message="", finished_at=None
    )


def _good_rows(reading: Reading, writer: ChunkWriter, on_progress: Progress | None) -> None:
    turns = Turns()
    with for_many_rows() as database:
        judged = reading.chunks(after_line=writer.report.counts.last_line, in_tables=database.takes_tables)
        for chunk, looked in _looked_up(gathered(judged, turns.rows), writer):
            try:
                with turns.taken():
                    writer.write(chunk, looked)
                database.committed(chunk.read)
            except CarriedOutElsewhere:
                raise
            except (DatabaseError, Refused):
                writer.forget()
                _one_by_one(chunk, writer, turns)
            if on_progress:
                on_progress(chunk.progress, writer.report)
        database.make_durable()
        with once():
            _finish(writer)


def _looked_up(chunks: Iterable[Chunk], writer: ChunkWriter) -> Iterator[tuple[Chunk, Looked | None]]:
    """In small portions where people who are known are changed, so that nobody waits long for the lock or for them."""
    for chunk in chunks:
        looked = writer.look_ahead(chunk.entries)
        if not writer.changes_many(looked):
            yield chunk, looked
            continue
        for portion in portions(chunk, CHANGED_AT_ONCE):
            yield portion, writer.look_ahead(portion.entries)


def _one_by_one(chunk: Chunk, writer: ChunkWriter, turns: Turns) -> None:
    """A chunk that the database refused, row by row: one bad row hurts only itself."""
    refused = chunk.read - len(chunk.entries)
    findings = list(chunk.findings)
    for entry in chunk.entries:
        try:
            with turns.taken():
                writer.write(Chunk([entry], [], 1, entry.line, chunk.progress))
        except CarriedOutElsewhere:
            raise
        except (DatabaseError, Refused):
            writer.forget()
            refused += 1
            findings.append(Finding(entry.line, "", Severity.ERROR, _REFUSED_BY_DATABASE, entry.shown_name))
    with turns.taken():
        writer.write(Chunk([], findings, refused, chunk.last_line, chunk.progress))


def _all_or_nothing(reading: Reading, writer: ChunkWriter, on_progress: Progress | None) -> None:
    """Look through the whole file first; then write it in one transaction, which a crash takes back as a whole."""
    checked = check_all(writer.by, reading, writer.options, on_progress)
    if checked.counts.refused:
        writer.report = replace(checked, counts=replace(checked.counts, added=0, changed=0, skipped=0))
        number = checked.counts.refused
        with once():
            ImportRun.objects.filter(pk=writer.run.pk).update(counts=asdict(writer.report.counts))
            writer.run.findings.all().delete()
            _store_all(reading, writer)
            message = f"Nothing was imported: {number} rows cannot be, and you asked for all or nothing."
            _end(writer.run, ImportRun.FAILED, writer.now, message)
        return
    writer.report.counts = Counts()
    try:
        with once():
            _write_all(reading, writer, on_progress)
    except CarriedOutElsewhere:
        raise
    except Refused as refusal:
        _end(writer.run, ImportRun.FAILED, writer.now, f"Nothing was imported: {refusal}")
        raise


def _write_all(reading: Reading, writer: ChunkWriter, on_progress: Progress | None) -> None:
    ImportRun.objects.filter(pk=writer.run.pk).update(counts=asdict(Counts()))
    writer.run.findings.all().delete()
    for chunk in reading.chunks():
        writer.write(chunk)
        if on_progress:
            on_progress(0.5 + chunk.progress / 2, writer.report)
    _finish(writer)


def _store_all(reading: Reading, writer: ChunkWriter) -> None:
    for chunk in reading.chunks():
        writer.store_findings(chunk.findings)


def _finish(writer: ChunkWriter) -> None:
    counts = writer.report.counts
    _end(writer.run, ImportRun.DONE, writer.now, "")
    text = (
        f"Imported {writer.run.file_name}: {counts.added} added, {counts.changed} changed, "
        f"{counts.skipped} left out as known, {counts.refused} refused."
    )
    data: dict[str, Any] = {"run": writer.run.pk, **asdict(counts)}
    Activity.objects.create(at=writer.now, by=writer.by, verb="imported", text=text, data=data)


def _end(run: ImportRun, state: str, now: datetime, message: str) -> None:
    run.state, run.message, run.finished_at = state, message, now
    ImportRun.objects.filter(pk=run.pk).update(state=state, message=message, finished_at=now)
