"""The worker's sign of life: a small file in the data folder, readable even when the database is not."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

FILE = "worker-heartbeat.json"
WRITE_EVERY = timedelta(seconds=5)
SILENT_AFTER = timedelta(seconds=60)


@dataclass
class Pulse:
    """Writes at most every few seconds, and at once when a job starts or ceases to fail."""

    path: Path
    last_written: datetime | None = None
    failing: dict[str, str] = field(default_factory=dict)

    def beat(self, now: datetime) -> None:
        if self.last_written is None or now - self.last_written >= WRITE_EVERY:
            self.write(now)

    def failed(self, job: str, now: datetime, trouble: Exception) -> None:
        self.failing[job] = f"{type(trouble).__name__}: {trouble}"[:300]
        self.write(now)

    def done(self, job: str, now: datetime) -> None:
        if self.failing.pop(job, None) is not None:
            self.write(now)

    def write(self, now: datetime) -> None:
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps({"at": now.isoformat(), "pid": os.getpid(), "failing": self.failing}))
        draft.replace(self.path)
        self.last_written = now


@dataclass(frozen=True, slots=True)
class LastSeen:
    at: datetime
    failing: dict[str, str]


def last_seen(path: Path) -> LastSeen | None:
    """When the worker last wrote, or None if it never did or the file cannot be read."""
    try:
        written = json.loads(path.read_text())
        return LastSeen(datetime.fromisoformat(written["at"]), dict(written["failing"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
