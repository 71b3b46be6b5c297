"""Which database: SQLite in the data folder, or the PostgreSQL that DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SQLITE_BUSY_SECONDS = 20
KEEP_CONNECTION_SECONDS = 600

# No statement is prepared for having been sent often, only where the code asks for it (queries/driver.py).
PREPARE_ONLY_WHEN_ASKED = 2**31 - 1

# WAL lets pages read while the worker writes; FULL makes a commit survive a power cut: what a rep saw saved, is saved.
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def database_settings(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`; an empty url means SQLite in `folder`."""
    return postgresql(url) if url else sqlite(folder / "ringback.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "ringback.adapters.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            # A transaction takes the write lock at its start: upgrading a read lock later cannot wait, it fails.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings from `postgresql://user:password@host:port/name?option=value`; `?host=/folder` names a socket folder.

    `?prepare=off` is for poolers that hand each transaction another connection and know no prepared statements.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with “{parts.scheme}”; Ringback knows postgresql:// (leave it out for SQLite)"
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    prepares = options.pop("prepare", "on") != "off"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(options.pop("port", parts.port or "")),
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        # Parameters are bound by the client (Django's default): a generic server-side plan would miss the partial
        # indexes that find due work.
        "OPTIONS": {
            **options,
            "server_side_binding": False,
            "prepare_threshold": PREPARE_ONLY_WHEN_ASKED if prepares else None,
        },
    }
