"""Reading a mailbox without leaving a trace in it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Any, Self

from imap_tools.errors import MailboxAppendError, MailboxFolderSelectError
from imap_tools.query import AND, H

from ringback.adapters.mail.folders import named_sent
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.imap_client import Connection, told
from ringback.adapters.mail.imap_idle import idle
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble, cleaned
from ringback.domain.mail.outgoing import MailServer

log = logging.getLogger("ringback.mail")

TIMEOUT = 30.0
WHOLE_UP_TO = 30 * 1024**2
_BEGINNING = 256 * 1024
# What could slip past an IDLE is found within a minute all the same.
_LONGEST_WAIT = 55.0
_POLL_SECONDS = 20.0
_SURELY_ALIVE_SECONDS = 5.0
_STANDS = ("UIDVALIDITY", "UIDNEXT", "EXISTS")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")
# A no that is about the moment and not about the mail (RFC 5530).
_FOR_THE_MOMENT = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT)\]", re.IGNORECASE)
# So many of the newest and of the oldest are asked for before it is believed that the server hands out nothing.
_PROBES = 3


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """One mail as it lies in its folder; (`uid_validity`, `uid`) names it for ever (RFC 3501).

    Of a mail above 30 MB `raw` holds the beginning only, and `whole` is false: its headers and, as a rule, its text.
    """

    uid_validity: int
    uid: int
    size: int
    whole: bool
    raw: bytes = field(repr=False)


class ImapMailbox:
    """Connects when it is first asked, and again after a break. Raises nothing but MailboxTrouble.

    Folders are opened for reading only, so no flag changes. For one thread at a time.
    """

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT, reach: Reach | None = None) -> None:
        self._server = server
        self._timeout = timeout
        self._reach = reach or Reach()
        self._connection: Connection | None = None
        self._used_at = 0.0
        # (UIDVALIDITY, UID) up to which the last `new_mails` looked, also at mails that were not to be had.
        self.looked_to: tuple[int, int] | None = None
        # How each folder stood when it was last looked into: (UIDVALIDITY, UIDNEXT, number of mails).
        self._stood: dict[str, tuple[int, ...]] = {}

    def new_mails(
        self, folder: str, uid_validity: int | None, last_uid: int, *, since: date, most: int = 200
    ) -> Iterator[FetchedMail]:
        """The oldest `most` mails above `last_uid`, in the order in which they came.

        At first contact (`uid_validity` None), and when the server has numbered the folder anew, all that came on or
        after the day `since`: then `uid_validity` of what is given differs from what was asked, and mails known before
        come again. One mail that vanishes meanwhile, or that the server will not hand out while it hands out others, is
        left out: `looked_to` goes on past it, so that a hundred of them do not bar the way. A server that hands out
        nothing at all is in trouble itself (UNREACHABLE): no mail is passed over for that.
        """
        self.looked_to = None
        with self._ready() as connection:
            self._stood[folder] = stands = self._examine(connection, folder)
            validity = stands[0]
            known = last_uid if validity == uid_validity else 0
            criteria = f"UID {known + 1}:*" if validity == uid_validity else AND(date_gte=since)
            # “n:*” names the last mail even if its number is below n.
            found = sorted(uid for uid in map(int, connection.uids(criteria, charset=None)) if uid > known)
            uids = found[:most]
            sizes = _sizes(connection, uids)
        others = [*found[-_PROBES:], *([known] if known else []), *uids[:_PROBES]]
        for uid in uids:
            if uid in sizes and (mail := self._fetch(folder, validity, uid, sizes[uid], others)) is not None:
                yield mail
            self.looked_to = (validity, uid)

    def wait_for_news(self, folder: str, seconds: float) -> bool:
        """Wait until the server says that something changed since the last look: true; or until the time is over.

        By IDLE where the server can; otherwise by asking every twenty seconds. At most a minute is waited at a time;
        and true may come without new mail (one was deleted, say): look, and wait again.
        """
        with self._ready() as connection:
            if self._examine(connection, folder) != self._stood.get(folder):
                return True
            if "IDLE" in connection.capabilities:
                return idle(connection, min(seconds, _LONGEST_WAIT))
            return _polled(connection, min(seconds, _LONGEST_WAIT))

    def find_by_message_id(self, folder: str, message_id: str) -> bool:
        with self._ready() as connection:
            self._examine(connection, folder)
            return bool(connection.uids(AND(header=H("Message-ID", message_id)), charset=None))

    def find_by_subject(self, folder: str, words: str) -> bool:
        """Whether a mail's subject holds these words (ASCII)."""
        with self._ready() as connection:
            self._examine(connection, folder)
            return bool(connection.uids(AND(subject=words), charset=None))

    def append(self, folder: str, raw: bytes, *, seen: bool = True) -> None:
        """Put a copy into a folder, dated now."""
        with self._ready() as connection:
            try:
                connection.append(raw, folder, flag_set=[r"\Seen"] if seen else None)
            except MailboxAppendError as error:
                raise self._about(folder, str(error), otherwise=Trouble.REFUSED) from error

    def folders(self) -> list[str]:
        """Every folder that can hold mail."""
        with self._ready() as connection:
            return [each.name for each in connection.folder.list() if r"\noselect" not in _lowered(each.flags)]

    def guess_sent_folder(self) -> str:
        """The folder the server itself marks for sent mail (RFC 6154), else one that is named so; blank if none."""
        with self._ready() as connection:
            listed = connection.folder.list()
        marked = [each.name for each in listed if r"\sent" in _lowered(each.flags)]
        return next(iter(marked), "") or named_sent([(each.name, each.delim) for each in listed])

    def check(self, folder: str) -> None:
        """Connect, log in and open the folder."""
        with self._ready() as connection:
            self._examine(connection, folder)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _ready(self) -> Iterator[Connection]:
        """A connection that answers. What breaks it off closes it, so that the next call begins anew."""
        if not self._answers():
            with told(self._server, opening=True):
                self._connection = Connection(self._server, reach=self._reach, timeout=self._timeout)
        assert self._connection is not None
        try:
            with told(self._server):
                yield self._connection
            self._used_at = time.monotonic()
        except MailboxTrouble as trouble:
            if trouble.trouble is not Trouble.FOLDER_MISSING:
                self.close()
            raise

    def _answers(self) -> bool:
        if self._connection is None:
            return False
        if time.monotonic() - self._used_at < _SURELY_ALIVE_SECONDS:
            return True
        try:
            with told(self._server):
                self._connection.client.noop()
        except MailboxTrouble:
            self.close()
            return False
        return True

    def _examine(self, connection: Connection, folder: str) -> tuple[int, ...]:
        """Open it for reading only, and see how it stands: UIDVALIDITY, UIDNEXT, number of mails."""
        try:
            connection.folder.set(folder, readonly=True)
        except MailboxFolderSelectError as error:
            raise self._about(folder, str(error), otherwise=Trouble.FOLDER_MISSING) from error
        return tuple(int(connection.client.response(what)[1][-1] or 0) for what in _STANDS)

    def _about(self, folder: str, said: str, *, otherwise: Trouble) -> MailboxTrouble:
        """A server that lacks a folder says so in a code (RFC 5530, RFC 3501), or in words of its own."""
        missing = re.search(r"\[(NONEXISTENT|TRYCREATE)\]", said, re.IGNORECASE)
        trouble = Trouble.FOLDER_MISSING if missing else otherwise
        if trouble is Trouble.FOLDER_MISSING:
            return MailboxTrouble(trouble, f"{self._server.host} has no folder “{folder}”, or does not open it.")
        return MailboxTrouble(trouble, f"{self._server.host} does not take the mail into “{folder}”: {cleaned(said)}")

    def _fetch(self, folder: str, validity: int, uid: int, size: int, others: list[int]) -> FetchedMail | None:
        """None for a mail that is gone, or that the server cannot read itself: it must not bar the way to the next."""
        part = "BODY.PEEK[]" if size <= WHOLE_UP_TO else f"BODY.PEEK[]<0.{_BEGINNING}>"
        try:
            raw = self._part(folder, validity, uid, part)
        except MailboxTrouble as trouble:
            if trouble.trouble is not Trouble.REFUSED:
                raise
            if not any(self._hands_out(folder, validity, other) for other in others if other != uid):
                raise MailboxTrouble(Trouble.UNREACHABLE, str(trouble)) from trouble
            log.warning("mail %d in %s of %s is left out: %s", uid, folder, self._server.username, trouble)
            return None
        return None if raw is None else FetchedMail(validity, uid, size, size <= WHOLE_UP_TO, raw)

    def _hands_out(self, folder: str, validity: int, uid: int) -> bool:
        """Whether the server reads this mail at the moment: then its no to another is about that one only."""
        try:
            return self._part(folder, validity, uid, "BODY.PEEK[]<0.1>") is not None
        except MailboxTrouble as trouble:
            if trouble.trouble is not Trouble.REFUSED:
                raise
            return False

    def _part(self, folder: str, validity: int, uid: int, part: str) -> bytes | None:
        """None if it is gone."""
        with self._ready() as connection:
            if connection.folder.get() != folder and self._examine(connection, folder)[0] != validity:
                return None
            answers = _asked(connection, str(uid), part, otherwise=Trouble.REFUSED)
        return next((bytes(each[1]) for each in answers if isinstance(each, tuple)), None)


def _sizes(connection: Connection, uids: list[int]) -> dict[int, int]:
    """The sizes in bytes of those that are still there."""
    if not uids:
        return {}
    answers = _asked(connection, ",".join(map(str, uids)), "RFC822.SIZE", otherwise=Trouble.UNREACHABLE)
    found = [(_UID.search(each), _SIZE.search(each)) for each in answers if isinstance(each, bytes)]
    return {int(uid[1]): int(size[1]) for uid, size in found if uid and size}


def _asked(connection: Connection, uids: str, part: str, *, otherwise: Trouble) -> list[Any]:
    """What the server answers. imaplib hands a NO on as if it were an answer: here it is trouble."""
    status, answers = connection.client.uid("FETCH", uids, f"({part})")
    if status == "OK":
        return answers
    said = cleaned(next((each for each in answers if isinstance(each, bytes)), b""))
    trouble = Trouble.UNREACHABLE if _FOR_THE_MOMENT.search(said) else otherwise
    raise MailboxTrouble(trouble, f"{connection.host} does not hand out the mail just now: {said}")


def _polled(connection: Connection, seconds: float) -> bool:
    until = time.monotonic() + seconds
    connection.client.response("EXISTS")
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _POLL_SECONDS))
        connection.client.noop()
        if connection.client.response("EXISTS")[1] != [None]:
            return True
    return False


def _lowered(flags: tuple[str, ...]) -> set[str]:
    return {flag.lower() for flag in flags}
