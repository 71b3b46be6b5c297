"""Reading a mailbox without leaving a trace in it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import TracebackType
from typing import Self

from imap_tools.errors import MailboxAppendError, MailboxFolderSelectError
from imap_tools.query import AND, H

from ringback.adapters.mail.folders import named_sent
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.imap_client import Connection, said_in, told
from ringback.adapters.mail.imap_fetching import BEGINNING, FetchedMail, asked, asks_for_all, part, sizes_of
from ringback.adapters.mail.imap_idle import idle
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble, cleaned
from ringback.domain.mail.outgoing import MailServer

log = logging.getLogger("ringback.mail")

TIMEOUT = 30.0
# What could slip past an IDLE is found within a minute all the same.
_LONGEST_WAIT = 55.0
_POLL_SECONDS = 20.0
_SURELY_ALIVE_SECONDS = 5.0
_STANDS = ("UIDVALIDITY", "UIDNEXT", "EXISTS")
# A no to a copy that would be said to any other too: in codes (RFC 5530), and in words where a server has no codes.
_TAKES_NOTHING = re.compile(
    r"\[(OVERQUOTA|NOPERM|READ-ONLY|UNAVAILABLE|INUSE|SERVERBUG|CONTACTADMIN)\]"
    r"|quota|\bis full\b|no space|permission|read.only|not permitted|denied",
    re.IGNORECASE,
)
# What can be about one mail: a no, and a server that breaks off over it.
_ABOUT_ONE = (Trouble.REFUSED, Trouble.UNREACHABLE)
# So many of the newest and of the oldest are asked for before it is believed that the server hands out nothing.
_PROBES = 3


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
        come again. One that the server will not hand out while it hands out others comes as a `problem` alone; one that
        vanishes meanwhile is left out, and `looked_to` goes on past it, so that a hundred of them do not bar the way. A
        server that hands out nothing at all is in trouble itself (UNREACHABLE): no mail is passed over for that.
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
        sizes = self._sizes(folder, validity, uids)
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
        """Put a copy into a folder, dated now. REFUSED is about this mail, FOLDER_CLOSED about the folder."""
        with self._ready() as connection:
            try:
                connection.append(raw, folder, flag_set=[r"\Seen"] if seen else None)
            except MailboxAppendError as error:
                said = said_in(error)
                otherwise = Trouble.FOLDER_CLOSED if _TAKES_NOTHING.search(said) else Trouble.REFUSED
                raise self._about(folder, said, otherwise=otherwise) from error

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
            if trouble.trouble in (Trouble.UNREACHABLE, Trouble.LOGIN_REFUSED, Trouble.REFUSED):
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
            raise self._about(folder, said_in(error), otherwise=Trouble.FOLDER_MISSING) from error
        return tuple(int(connection.client.response(what)[1][-1] or 0) for what in _STANDS)

    def _about(self, folder: str, said: str, *, otherwise: Trouble) -> MailboxTrouble:
        """A server that lacks a folder says so in a code (RFC 5530, RFC 3501), or in words of its own."""
        missing = re.search(r"\[(NONEXISTENT|TRYCREATE)\]", said, re.IGNORECASE)
        trouble = Trouble.FOLDER_MISSING if missing else otherwise
        if trouble is Trouble.FOLDER_MISSING:
            return MailboxTrouble(trouble, f"{self._server.host} has no folder “{folder}”, or does not open it.")
        return MailboxTrouble(trouble, f"{self._server.host} does not take the mail into “{folder}”: {cleaned(said)}")

    def _sizes(self, folder: str, validity: int, uids: list[int]) -> dict[int, int | None]:
        """One mail can spoil the question about all: then it is asked about each, None where there is no answer."""
        try:
            return self._told_sizes(folder, validity, uids) if uids else {}
        except MailboxTrouble as trouble:
            if trouble.trouble not in _ABOUT_ONE:
                raise
        found: dict[int, int | None] = {}
        broke_off = False
        for uid in uids:
            try:
                found |= self._told_sizes(folder, validity, [uid])
            except MailboxTrouble as trouble:
                if trouble.trouble not in _ABOUT_ONE or (broke_off and trouble.trouble is Trouble.UNREACHABLE):
                    raise
                broke_off = broke_off or trouble.trouble is Trouble.UNREACHABLE
                found[uid] = None
        return found

    def _told_sizes(self, folder: str, validity: int, uids: list[int]) -> dict[int, int | None]:
        with self._opened(folder, validity) as connection:
            return sizes_of(connection, uids) if connection else {}

    def _fetch(self, folder: str, validity: int, uid: int, size: int | None, others: list[int]) -> FetchedMail | None:
        """None for a mail that is gone. What the server does not hand out must not bar the way to the next."""
        try:
            return self._read(folder, validity, uid, size, whole=asks_for_all(size))
        except MailboxTrouble as trouble:
            if trouble.trouble not in _ABOUT_ONE:
                raise
            if not any(self._hands_out(folder, validity, other) for other in others if other != uid):
                raise MailboxTrouble(Trouble.UNREACHABLE, str(trouble)) from trouble
        try:
            return self._read(folder, validity, uid, size, whole=False)
        except MailboxTrouble as trouble:
            if trouble.trouble not in _ABOUT_ONE:
                raise
            log.warning("mail %d in %s of %s is left out: %s", uid, folder, self._server.username, trouble)
            return FetchedMail(validity, uid, size or 0, whole=False, raw=b"", problem=str(trouble))

    def _read(self, folder: str, validity: int, uid: int, size: int | None, *, whole: bool) -> FetchedMail | None:
        raw = self._part(folder, validity, uid, part(whole=whole))
        if raw is None:
            return None
        return FetchedMail(validity, uid, size or len(raw), whole or len(raw) < BEGINNING, raw)

    def _hands_out(self, folder: str, validity: int, uid: int) -> bool:
        """Whether the server reads this mail at the moment: then its no to another is about that one only."""
        try:
            return self._part(folder, validity, uid, "BODY.PEEK[]<0.1>") is not None
        except MailboxTrouble as trouble:
            if trouble.trouble is not Trouble.REFUSED:
                raise
            return False

    def _part(self, folder: str, validity: int, uid: int, what: str) -> bytes | None:
        """None if it is gone."""
        with self._opened(folder, validity) as connection:
            answers = asked(connection, str(uid), what) if connection else []
        return next((bytes(each[1]) for each in answers if isinstance(each, tuple)), None)

    @contextmanager
    def _opened(self, folder: str, validity: int) -> Iterator[Connection | None]:
        """The folder, opened again after a break; None if it was numbered anew meanwhile."""
        with self._ready() as connection:
            stays = connection.folder.get() == folder or self._examine(connection, folder)[0] == validity
            yield connection if stays else None


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
