"""Mail addresses as they go onto the wire."""

from __future__ import annotations

import re
from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

# What ends a header, or a line anywhere on the way.
_BREAKS = re.compile(r"[\r\n\0]")
# Unicode calls these control characters, line separators, or halves of a character: no header may hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class UnsendableMail(Exception):
    """Not a mail that can be sent at all; `str(error)` is a sentence that says what is wrong with it."""


def header_text(value: str, what: str) -> str:
    """A value fit for a header: breaks are refused, other unprintable characters become blanks."""
    if _BREAKS.search(value):
        raise UnsendableMail(f"{what} holds a line break or a NUL, which could forge a header")
    return _UNPRINTABLE.sub(" ", value).strip()


def checked_address(address: str, name: str, what: str) -> Address:
    """One address with its display name. The domain is in its ASCII form (IDNA); the part before @ may need SMTPUTF8.

    Raises UnsendableMail for what no server could take: breaks, lists, groups, comments, domains that cannot exist.
    """
    header_text(address, what)
    try:
        checked = validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_quoted_local=True
        )
    except (EmailNotValidError, UnicodeError) as error:
        raise UnsendableMail(f"{what} is not an address that mail can reach: {error}") from error
    local = checked.local_part
    if local.startswith('"'):
        local = re.sub(r"\\(.)", r"\1", local[1:-1])
    return Address(header_text(name, f"The name beside {what.lower()}"), local, checked.ascii_domain)
