"""Mail addresses, whatever people write in a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_+-]*(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_ANGLED = re.compile(r"<\s*(?:mailto:)?([^<>\s]+)\s*>")
_SPLIT = re.compile(r"[,;\n\r|\s]+|:::")
_RESERVED = (".test", ".invalid", ".localhost", ".local", ".example")
_ADDRESS_LIMIT = 254
_CELL_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class EmailReading:
    """The addresses of a cell in order, and the pieces that are none."""

    addresses: tuple[str, ...]
    unread: tuple[str, ...] = ()


def read_emails(text: str) -> EmailReading:
    """Every address of a cell, in lower case; nothing is looked up on the network."""
    lowered = text.lower()
    if _is_plain(lowered):
        return EmailReading((lowered,))
    cell = lowered[:_CELL_LIMIT]
    pieces = _ANGLED.findall(cell) or [piece for piece in _SPLIT.split(cell) if piece]
    found: list[str] = []
    unread: list[str] = []
    for piece in pieces:
        address = _read_one(piece)
        if address is None:
            unread.append(piece)
        elif address not in found:
            found.append(address)
    return EmailReading(tuple(found), tuple(unread))


def _is_plain(text: str) -> bool:
    if len(text) > _ADDRESS_LIMIT or not text.isascii():
        return False
    local, _, domain = text.partition("@")
    return (
        len(local) <= 64
        and "--" not in domain
        and not domain.endswith(_RESERVED)
        and _PLAIN.fullmatch(text) is not None
    )


def _read_one(piece: str) -> str | None:
    bare = piece.strip("<>()[]\"'.,; \u200b\u200e\u200f").removeprefix("mailto:").split("?")[0]
    if "@" not in bare:
        return None
    from email_validator import EmailNotValidError, validate_email  # slow to load; most addresses are plain

    try:
        checked = validate_email(bare, check_deliverability=False, allow_smtputf8=True, test_environment=True)
    except (EmailNotValidError, ValueError, UnicodeError):
        return None
    return checked.normalized.lower()
