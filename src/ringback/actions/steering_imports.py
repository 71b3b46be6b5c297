"""An import on its way: how far it has looked, stopped when it was begun by mistake, and let go on."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from ringback.actions.carrying_out import once
from ringback.actions.errors import Refused
from ringback.actions.importing import Mode
from ringback.models import Activity, ImportRun, User

OVER = "This import is over; there is nothing left to stop."
NOT_STOPPED = "This import was not stopped, or goes on already. Reload to see how it stands."


def ask_to_stop(*, by: User, run: ImportRun, now: datetime) -> None:
    """One that waits ends at once; one that is under way when the rows in hand are stored. What came in stays."""
    with once():
        if _end(_row(run, ImportRun.WAITING), by, now):
            return
        if not _row(run, ImportRun.RUNNING).update(stopped_by=by):
            raise Refused(OVER)


def is_asked_to_stop(run: ImportRun) -> bool:
    return ImportRun.objects.filter(pk=run.pk).exclude(stopped_by=None).exists()


def stop(*, run: ImportRun, now: datetime) -> None:
    """Whoever brings the file in has heard that it is to stop."""
    with once():
        row = ImportRun.objects.select_related("stopped_by").get(pk=run.pk)
        if row.stopped_by is not None:
            _end(_row(run, ImportRun.RUNNING, ImportRun.WAITING), row.stopped_by, now)


def fail(*, run: ImportRun, why: str, now: datetime) -> None:
    """It cannot be brought in; what was stored so far stays."""
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.FAILED, message=why, finished_at=now)


def go_on(*, by: User, run: ImportRun) -> None:
    """A stopped run of one's own waits for its turn again; it goes on after the last line that was stored."""
    with once():
        waits = {"state": ImportRun.WAITING, "message": "", "finished_at": None, "stopped_by": None}
        if not _row(run, ImportRun.STOPPED).filter(by=by).update(**waits):
            raise Refused(NOT_STOPPED)


def looked_through(*, run: ImportRun, share: float) -> None:
    """How much of a file has been looked at of which nothing is written yet (all or nothing)."""
    _row(run, ImportRun.RUNNING).update(bytes_done=int(share * run.bytes_total))


def is_all_or_nothing(run: ImportRun) -> bool:
    return bool(run.options.get("mode") == Mode.ALL_OR_NOTHING)


def _row(run: ImportRun, *states: str) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(pk=run.pk, state__in=states)


def _end(rows: QuerySet[ImportRun], by: User, now: datetime) -> bool:
    row = rows.select_for_update().first()
    if row is None:
        return False
    message = _message(by, row)
    rows.update(state=ImportRun.STOPPED, stopped_by=by, message=message, finished_at=now)
    text = f"Import of {row.file_name}: {message}"
    Activity.objects.create(at=now, by=by, verb="imported", text=text, data={"run": row.pk, **row.counts})
    return True


def _message(by: User, run: ImportRun) -> str:
    read = run.counts.get("read", 0)
    if not read or is_all_or_nothing(run):
        return f"Stopped by {by.shown_name}; nothing was brought in."
    return f"Stopped by {by.shown_name} after {read:,} rows; what came in until then stays."
