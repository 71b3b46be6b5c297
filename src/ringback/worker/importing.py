"""Brings waiting files in, one after the other, beside the other jobs: a million rows take minutes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock, Thread

from django.db import close_old_connections, connections
from django.utils import timezone

from ringback.actions import steering_imports
from ringback.actions.errors import Refused
from ringback.actions.importing import Report, perform_import
from ringback.adapters.files import UnreadableFile
from ringback.models import ImportRun
from ringback.worker import uploads

log = logging.getLogger("ringback.worker")

GONE = "The file is no longer on the server. Hand it in once more."
FAULT = "Something went wrong inside Ringback while this file was read; what was stored so far stays. See the log."


LOOKED_AT = 0.5  # what an import of all or nothing calls half of its way: nothing is written before


class Stopped(Exception):
    """Somebody does not want the rest of this file."""


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
        steering_imports.fail(run=run, why=GONE, now=now)
        return
    try:
        if steering_imports.is_asked_to_stop(run):
            raise Stopped
        perform_import(run=run, file=upload.path, now=now, on_progress=watched(run))
    except Stopped:
        steering_imports.stop(run=run, now=timezone.now())
    except (UnreadableFile, Refused) as refusal:
        log.info("import %s: %s", run.pk, refusal)
    except Exception:
        log.exception("import %s failed", run.pk)
        steering_imports.fail(run=run, why=FAULT, now=now)
    if ImportRun.objects.filter(pk=run.pk, state=ImportRun.DONE).exists():
        uploads.remove(run.stored_as)


def watched(run: ImportRun) -> Callable[[float, Report], None]:
    """Called after each chunk: stops where somebody asked for it, and tells how far a look at the whole file has come.

    What is written in one piece cannot tell how far it is.
    """

    def after_chunk(share: float, report: Report) -> None:  # noqa: ARG001
        if steering_imports.is_asked_to_stop(run):
            raise Stopped
        if share <= LOOKED_AT and steering_imports.is_all_or_nothing(run):
            steering_imports.looked_through(run=run, share=share)

    return after_chunk


_importer = Importer()


def run_waiting_imports(now: datetime) -> bool:
    return _importer.look(now)
