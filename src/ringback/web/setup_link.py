"""The one-time link by which the first visitor of an empty installation makes the first account.

There is no open installer: only somebody who reads the server's terminal knows the link. What is stored is a digest.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

FILE = "setup-token"


def issue_setup_token() -> str:
    """A new token; an earlier one stops working."""
    token = secrets.token_urlsafe(24)
    draft = place().with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(digest(token))
    draft.replace(place())
    return token


def check_setup_token(token: str) -> bool:
    """True for the token issued last, as long as nobody has used it and no account exists."""
    try:
        stored = place().read_text()
    except FileNotFoundError:
        return False
    return secrets.compare_digest(stored, digest(token)) and not get_user_model()._default_manager.exists()


def burn() -> bool:
    """Use the token up. False if somebody else just did: then make no account."""
    try:
        place().unlink()
    except FileNotFoundError:
        return False
    return True


def place() -> Path:
    return Path(settings.DATA) / FILE


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
