"""A mail's own identity, fixed before its first attempt, and how an answer is recognised by it."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[0-9a-f]{32}\Z")
_SENT_KEY = re.compile(r"message-(\d{1,18})-sent\Z")


def key_of_message(message: int) -> str:
    """The idempotency key of the arrangement that follows once this mail (its row's number) was sent."""
    return f"message-{message}-sent"


def message_of_key(key: str) -> int | None:
    """The row's number of the mail that an arrangement followed from; None if it followed from something else."""
    found = _SENT_KEY.match(key)
    return int(found[1]) if found else None


def message_id(token: str, address: str) -> str:
    """The Message-ID (RFC 5322) of the mail with this token (32 hexadecimal digits), sent from `address`."""
    return f"<{token}.ringback@{domain_of(address)}>"


def token_of_id(named: str) -> str:
    """The token in a Message-ID of ours; empty if it is none."""
    local = named.strip().strip("<>").partition("@")[0]
    token, _, ours = local.partition(".")
    return token if ours == "ringback" and _TOKEN.match(token) else ""


def plus_address(token: str, address: str) -> str:
    """Where answers to this mail go, for a mailbox that takes in local+anything@domain."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def token_of_address(address: str) -> str:
    """The token in a plus-address of ours; empty if there is none."""
    local = address.rpartition("@")[0]
    token = local.rpartition("+")[2].lower()
    return token if "+" in local and _TOKEN.match(token) else ""


def domain_of(address: str) -> str:
    """The part behind the @, in the form that headers may carry (ASCII)."""
    domain = address.rpartition("@")[2].strip().lower()
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return "ringback.invalid"
