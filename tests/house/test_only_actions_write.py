"""Only actions write rows: no page, query, command or job does it behind their back."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2] / "src/ringback"
READERS = ("api", "config", "management", "queries", "web", "worker")
MANAGER = r"(?:objects|_default_manager|_base_manager)\b[^\n]*"
WRITING = re.compile(
    rf"{MANAGER}\.(?:create|get_or_create|update_or_create|bulk_create|bulk_update|update|delete)\("
    r"|\.save\(|\.delete\(\)|\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE \w+ SET\b"
)
# Log-ins that ran out are Django's rows, not ours.
EXCUSED = {"worker/jobs.py": 1}


def test_only_actions_write() -> None:
    found = {
        str(path.relative_to(HOUSE)): count
        for package in READERS
        for path in sorted((HOUSE / package).rglob("*.py"))
        if (count := len(WRITING.findall(path.read_text(encoding="utf-8"))))
    }
    assert found == EXCUSED
