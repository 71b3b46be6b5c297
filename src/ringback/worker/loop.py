"""The loop: every job in its turn, none able to stop another, until somebody says stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event

from django.db import close_old_connections

from ringback.worker.heartbeat import Pulse
from ringback.worker.jobs import Job

log = logging.getLogger("ringback.worker")

PAUSE_SECONDS = 1.0


def periodic(
    jobs: Sequence[Job],
    clock: Callable[[], datetime],
    stop: Event,
    pulse: Pulse,
    pause: float = PAUSE_SECONDS,
) -> None:
    """Run each job at once and then `every` so often, counted from its end, until `stop` is set.

    `clock` gives timezone-aware UTC. A job that raises is logged, shown by `doctor`, and tried again in its turn.
    """
    due = {job.name: clock() for job in jobs}
    while not stop.is_set():
        pulse.beat(clock())
        for job in jobs:
            if due[job.name] <= clock() and not stop.is_set():
                perform(job, clock(), pulse)
                due[job.name] = clock() + job.every
        stop.wait(pause)


def perform(job: Job, now: datetime, pulse: Pulse) -> None:
    """One job, once, with a database connection that is known to be alive before and not kept broken after."""
    close_old_connections()
    try:
        job.run(now)
    except Exception as trouble:
        log.exception("job “%s” failed; it will be tried again in its turn", job.name)
        pulse.failed(job.name, now, trouble)
    else:
        pulse.done(job.name, now)
    finally:
        close_old_connections()
