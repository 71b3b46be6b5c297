"""What is asked of an IMAP server about its mails, and how its answers are read."""

from __future__ import annotations

import imaplib
import re
from dataclasses import dataclass, field
from typing import Any

from ringback.adapters.mail.imap_client import Connection, said_in
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble, cleaned

WHOLE_UP_TO = 30 * 1024**2
BEGINNING = 256 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")
# A no that is about the moment and not about the mail (RFC 5530).
_FOR_THE_MOMENT = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as it lies in its folder; (`uid_validity`, `uid`) names it for ever (RFC 3501).

    Of a mail above 30 MB `raw` holds the beginning only, and `whole` is false: its headers and, as a rule, its text.
    `problem`: the server's words for not handing it out; `raw` is empty then.
    """

    uid_validity: int
    uid: int
    size: int
    whole: bool
    raw: bytes = field(repr=False)
    problem: str = ""


def sizes_of(connection: Connection, uids: list[int]) -> dict[int, int | None]:
    """The sizes in bytes of those that are still there."""
    answers = asked(connection, ",".join(map(str, uids)), "RFC822.SIZE")
    found = [(_UID.search(each), _SIZE.search(each)) for each in answers if isinstance(each, bytes)]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def asks_for_all(size: int | None) -> bool:
    """Of a mail that is too large, or of which the server does not say how large it is, the beginning is enough."""
    return size is not None and size <= WHOLE_UP_TO


def part(*, whole: bool) -> str:
    return "BODY.PEEK[]" if whole else f"BODY.PEEK[]<0.{BEGINNING}>"


def asked(connection: Connection, uids: str, what: str) -> list[Any]:
    """What the server answers. imaplib hands a NO on as if it were an answer: here it is trouble, as is a BAD."""
    try:
        status, answers = connection.client.uid("FETCH", uids, f"({what})")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        status, answers = "BAD", [said_in(error).encode()]
    if status == "OK":
        return answers
    said = cleaned(next((each for each in answers if isinstance(each, bytes)), b""))
    trouble = Trouble.NOT_NOW if _FOR_THE_MOMENT.search(said) else Trouble.REFUSED
    raise MailboxTrouble(trouble, f"{connection.host} does not hand out the mail just now: {said}")
