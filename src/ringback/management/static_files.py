"""Static files as the server sends them: copied to the data folder under names that carry their content's hash."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

STAMP = ".stamp"


def built_stamp() -> str | None:
    """The fingerprint of the built files, or None if they were never built."""
    return read(Path(settings.STATICFILES_DIRS[0]) / STAMP)


def collect_if_changed() -> None:
    wanted = built_stamp()
    if wanted is None:
        raise CommandError("The pages' style sheet and scripts are not built. In a checkout run: bin/assets")
    collected = Path(settings.STATIC_ROOT) / STAMP
    if settings.DEBUG or read(collected) == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    collected.write_text(wanted)


def read(path: Path) -> str | None:
    return path.read_text() if path.is_file() else None
