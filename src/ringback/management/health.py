"""What `doctor` looks at. Each check says what it found and, unless all is well, what to do."""

from __future__ import annotations

import os
import shutil
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ringback.management.static_files import built_stamp
from ringback.models import Mailbox
from ringback.queries.mailboxes import opens
from ringback.worker.heartbeat import FILE, SILENT_AFTER, last_seen

OLDEST_PYTHON = (3, 11)
LOW_SPACE = 1024**3
NO_SPACE = 100 * 1024**2
# Zone rules change several times a year somewhere; older than this, some country is likely wrong.
OLD_ZONES_YEARS = 2


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    state: State
    found: str
    do: str = ""


Check = Callable[[datetime], Finding]


def examine(now: datetime) -> Iterator[Finding]:
    """Every check, in the order in which one would look; `now` is aware UTC. A check that breaks is a finding."""
    for name, check in CHECKS.items():
        try:
            yield check(now)
        except Exception as trouble:
            yield Finding(name, State.FAIL, f"{type(trouble).__name__}: {trouble}", "Report this as a defect.")


def python_version(_: datetime) -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if tuple(sys.version_info) < OLDEST_PYTHON:
        return Finding("python", State.FAIL, found, "Install Python 3.11 or newer.")
    return Finding("python", State.OK, found)


def data_folder(_: datetime) -> Finding:
    folder = Path(settings.DATA)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(
            "data folder", State.FAIL, f"{folder} cannot be written", "Give it to the user Ringback runs as."
        )
    free = shutil.disk_usage(folder).free
    found = f"{folder}, {free / 1024**3:.1f} GiB free"
    if free < NO_SPACE:
        return Finding("data folder", State.FAIL, found, "Make room now: the next write may be lost.")
    if free < LOW_SPACE:
        return Finding("data folder", State.WARN, found, "Make room soon.")
    return Finding("data folder", State.OK, found)


def database(_: datetime) -> Finding:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except DatabaseError as trouble:
        return Finding("database", State.FAIL, str(trouble).strip(), "Start the database, or correct DATABASE_URL.")
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        do = "Make a backup, then run: ringback manage migrate"
        return Finding("database", State.FAIL, f"{connection.vendor}, lacks {waiting} change(s) of this version", do)
    return Finding("database", State.OK, f"{connection.vendor}, up to date")


def durability(_: datetime) -> Finding:
    """SQLite's journal mode can be lost by a copy or by a network file system."""
    if connection.vendor != "sqlite":
        return Finding("durability", State.OK, "left to PostgreSQL")
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    found = f"journal mode {mode}, synchronous {level}"
    if mode != "wal":
        return Finding(
            "durability", State.FAIL, found, "Move the data folder to a local disk: WAL is not possible here."
        )
    if level < 2:
        return Finding(
            "durability", State.WARN, found, "A power cut may lose the last seconds; synchronous should be 2."
        )
    return Finding("durability", State.OK, found)


def zone_data(now: datetime) -> Finding:
    version = metadata.version("tzdata")
    found = f"tzdata {version}"
    if zoneinfo.TZPATH or not files("tzdata").joinpath("zoneinfo", "UTC").is_file():
        return Finding("time zones", State.FAIL, f"{found}, not in use", "Reinstall the tzdata package.")
    if now.year - int(version.split(".")[0]) >= OLD_ZONES_YEARS:
        return Finding("time zones", State.WARN, f"{found}, old", "Update the tzdata package: zones change every year.")
    return Finding("time zones", State.OK, found)


def static_files(_: datetime) -> Finding:
    if built_stamp() is None:
        return Finding("static files", State.FAIL, "not built", "In a checkout run: bin/assets")
    return Finding("static files", State.OK, "built")


def worker(now: datetime) -> Finding:
    seen = last_seen(Path(settings.DATA) / FILE)
    if seen is None:
        return Finding("worker", State.WARN, "never seen", "Start it: ringback serve, or ringback work")
    if now - seen.at > SILENT_AFTER:
        return Finding("worker", State.WARN, f"last seen {seen.at:%Y-%m-%d %H:%M} UTC", "Start it: ringback serve")
    if seen.failing:
        found = "; ".join(f"{job}: {why}" for job, why in sorted(seen.failing.items()))
        return Finding("worker", State.WARN, f"running, but failing at {found}", "See the worker's log.")
    return Finding("worker", State.OK, "running")


def mailboxes(_: datetime) -> Finding:
    """Paused ones are somebody's choice; those in trouble wait for somebody."""
    try:
        working = list(Mailbox.objects.filter(paused_at=None).order_by("pk"))
    except DatabaseError:
        return Finding("mailboxes", State.WARN, "cannot be asked", "Put the database right first.")
    if any(not opens(sealed) for box in working for sealed in (box.secret, box.imap_secret)):
        do = "Put the old key into secret-key.old, or type the passwords anew under Settings → Mailboxes."
        return Finding("mailboxes", State.FAIL, "a password was stored under another secret key", do)
    said = [(box.address, box.trouble or box.reading_trouble or box.copying_trouble) for box in working]
    troubled = [f"{address}: {words}" for address, words in said if words]
    if troubled:
        return Finding("mailboxes", State.WARN, " · ".join(troubled[:3]), "Run: ringback mail try ADDRESS")
    found = f"{len(working)} working" if working else "none connected: mails are written by hand"
    return Finding("mailboxes", State.OK, found)


CHECKS: dict[str, Check] = {
    "python": python_version,
    "data folder": data_folder,
    "database": database,
    "durability": durability,
    "time zones": zone_data,
    "static files": static_files,
    "worker": worker,
    "mailboxes": mailboxes,
}
