"""Files that were handed in and wait: a folder of their own beside the database, each with a note of whose it is."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

KEPT_FOR = timedelta(days=7)
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}\Z")


@dataclass(frozen=True, slots=True)
class Upload:
    token: str
    name: str
    user_id: int
    path: Path


def folder() -> Path:
    place = Path(settings.DATA) / "imports"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def keep(parts: Iterable[bytes], *, name: str, user_id: int) -> Upload:
    """Store a file piece by piece, readable by us alone; its note is written last, so half a file is never found."""
    token = secrets.token_urlsafe(24)
    path = folder() / token
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for part in parts:
            file.write(part)
    note = {"name": name[:300], "user_id": user_id}
    path.with_suffix(".json").write_text(json.dumps(note), encoding="utf-8")
    return Upload(token, note_name(note), user_id, path)


def find(token: str) -> Upload | None:
    if not TOKEN.match(token):
        return None
    path = folder() / token
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Upload(token, note_name(note), int(note["user_id"]), path) if path.is_file() else None


def note_name(note: dict[str, object]) -> str:
    return Path(str(note["name"])).name or "list"


def remove(token: str) -> None:
    if TOKEN.match(token):
        for path in (folder() / token, folder() / f"{token}.json"):
            path.unlink(missing_ok=True)


def remove_old(now: datetime) -> int:
    """Forget what was handed in long ago and never brought in; returns how many files went."""
    oldest = (now - KEPT_FOR).timestamp()
    old = [path for path in folder().iterdir() if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
