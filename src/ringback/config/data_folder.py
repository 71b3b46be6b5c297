"""The one folder that holds everything a customer would miss: database, secret key, log-in list of the demo."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

KEY_FILE = "secret-key"
OLD_KEYS_FILE = "secret-key.old"


def data_folder() -> Path:
    """The folder named by RINGBACK_DATA, else where the desktop keeps such data. Made if absent, for us alone."""
    chosen = os.environ.get("RINGBACK_DATA")
    folder = Path(chosen).expanduser() if chosen else _application_data() / "ringback"
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions and seals the passwords of mailboxes.

    Generated once; two processes that start together agree on the first one written.
    """
    path = folder / KEY_FILE
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def old_secret_keys(folder: Path) -> list[str]:
    """Keys that were in use before, one a line: what they sealed and signed still holds while they are listed."""
    path = folder / OLD_KEYS_FILE
    return path.read_text(encoding="ascii").split() if path.exists() else []


def _application_data() -> Path:
    stated = os.environ.get("XDG_DATA_HOME", "")
    # The XDG rule: a relative value is to be ignored.
    return Path(stated) if stated.startswith("/") else Path.home() / ".local" / "share"


def _write_once(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)  # fails if another process was first, and then theirs is the key
    except FileExistsError:
        pass
    finally:
        draft.unlink()
