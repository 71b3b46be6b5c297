"""Brings waiting files in, one after the other, beside the other jobs: a million rows take minutes."""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Lock, Thread

from django.db import close_old_connections, connections

from ringback.actions.errors import Refused
from ringback.actions.importing import perform_import
from ringback.adapters.files import UnreadableFile
from ringback.models import ImportRun
from ringback.worker import uploads

log = logging.getLogger("ringback.worker")

GONE = "The file is no longer on the server. Hand it in once more."
FAULT = "Something went wrong inside Ringback while this file was read; what was stored so far stays. See the log."


class Importer:
    """One file at a time, in a thread of its own. After a crash, a run that was interrupted goes on where it stood."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._thread: Thread | None = None

    def look(self, now: datetime) -> bool:
        """Start the next file unless one is under way; True if one was started. Called by the loop."""
        if self._thread is not None and self._thread.is_alive():
            return False
        run = next_run()
        if run is None:
            return False
        self._thread = Thread(target=self._bring_in, args=(run, now), name=f"import {run.pk}")
        self._thread.start()
        return True

    def wait(self, seconds: float | None = None) -> None:
        if self._thread is not None:
            self._thread.join(seconds)

    def _bring_in(self, run: ImportRun, now: datetime) -> None:
        close_old_connections()
        try:
            with self._one_at_a_time:
                bring_in(run, now)
        finally:
            connections.close_all()


def next_run() -> ImportRun | None:
    """An interrupted one first: its file was half in when the worker stopped."""
    waiting = ImportRun.objects.exclude(stored_as="").filter(state__in=(ImportRun.RUNNING, ImportRun.WAITING))
    return waiting.select_related("by").order_by("state", "at", "id").first()


def bring_in(run: ImportRun, now: datetime) -> None:
    """Perform one run to its end and forget its file; whatever goes wrong is told on the run."""
    upload = uploads.find(run.stored_as)
    if upload is None:
        fail(run, GONE, now)
        return
    try:
        perform_import(run=run, file=upload.path, now=now)
    except (UnreadableFile, Refused) as refusal:
        log.info("import %s: %s", run.pk, refusal)
    except Exception:
        log.exception("import %s failed", run.pk)
        fail(run, FAULT, now)
    if ImportRun.objects.filter(pk=run.pk, state=ImportRun.DONE).exists():
        uploads.remove(run.stored_as)


def fail(run: ImportRun, message: str, now: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.FAILED, message=message, finished_at=now)


_importer = Importer()


def run_waiting_imports(now: datetime) -> bool:
    return _importer.look(now)
