"""Fernet (AES with a MAC) under keys derived from the house's secret keys, so that no key serves two purposes."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"ringback mailbox secrets 1"


class CannotOpen(Exception):
    """None of the keys opens it: the secret key is another one than when it was stored, or the text was damaged."""

    def __init__(self) -> None:
        super().__init__(
            "A stored password cannot be opened, because it was stored under another secret key. Put the old key "
            "back into the data folder, or type the password anew."
        )


def seal(text: str, keys: Sequence[str]) -> str:
    """The text, readable only with the first of `keys`; nothing stays nothing."""
    return _fernet(tuple(keys)).encrypt(text.encode()).decode("ascii") if text else ""


def unseal(sealed: str, keys: Sequence[str]) -> str:
    """What was sealed with any of `keys`, the newest first; raises CannotOpen."""
    if not sealed:
        return ""
    try:
        return _fernet(tuple(keys)).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeDecodeError):
        # Not chained: what stands in the token is nobody's business in a log.
        raise CannotOpen from None


def reseal(sealed: str, keys: Sequence[str]) -> str:
    """The same secret under the first of `keys`, so that the others can be thrown away; raises CannotOpen."""
    return seal(unseal(sealed, keys), keys)


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    return urlsafe_b64encode(HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode()))
