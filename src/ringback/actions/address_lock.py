"""One at a time for each address: whoever claims a mail to it, and whoever blocks it (C5).

Two people may share an address. Each transaction holds the row of its own prospect, which says nothing about the other:
without this, a mail to one could be claimed while the other blocks the address, and neither would see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from django.db import connection

from ringback.queries.driver import Sent, rows_of, send

_OURS = b"ringback address"


def hold_addresses(addresses: Iterable[str]) -> None:
    """Wait until nobody else holds one of them, then hold them until the transaction ends.

    Always in the same order, so that two who block never wait for each other.
    """
    if connection.vendor == "postgresql":
        for key in sorted({_key(each) for each in addresses}):
            send("SELECT pg_advisory_xact_lock(%s)", [key]).fetchall()


def ask_hold(address: str) -> Sent | None:
    """Hold it until the transaction ends, unless somebody else does; `is_held` reads the answer."""
    if connection.vendor != "postgresql":
        return None
    return send("SELECT pg_try_advisory_xact_lock(%s)", [_key(address)])


def is_held(asked: Sent | None) -> bool:
    """Whether it is; on SQLite, where there is one writer at a time, always."""
    return asked is None or bool(rows_of(asked)[0][0])


def _key(address: str) -> int:
    """The lock's number: 64 bits, signed."""
    digest = blake2b(address.lower().encode("utf-8", "surrogatepass"), digest_size=8, key=_OURS).digest()
    return int.from_bytes(digest, "big", signed=True)
