"""Handing mail to an SMTP server, and knowing at every moment whether it may have been sent."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from ringback.adapters.mail.addresses import UnsendableMail
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.smtp_client import NotReady, SmtpClient
from ringback.adapters.mail.trouble import cleaned, in_words
from ringback.domain.mail.outgoing import Delivery, MailServer, OutgoingMail, SendResult

TIMEOUT = 30.0
_BYTES_A_SECOND = 50_000
_IDLE_SECONDS = 60.0
_LOG_IN_WANTED = (530, 534, 535, 538)
# A mailbox's quota of the day: large providers call it permanent, but it is over tomorrow.
_QUOTA = re.compile(rb"5\.4\.5|(?i:(daily|sending) (user )?(sending )?(limit|quota))")


class SmtpSender:
    """Keeps one connection from mail to mail, and opens a new one when the old one went stale.

    `send` never raises for what the network or the server does, and takes at most five times `timeout` (seconds) and
    one second for each 50 kB. For one thread at a time.
    """

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT, reach: Reach | None = None) -> None:
        self._server = server
        self._timeout = timeout
        self._reach = reach or Reach()
        self._client: SmtpClient | None = None
        self._used_at = 0.0

    def send(self, mail: OutgoingMail) -> SendResult:
        try:
            letter = _Letter.of(compose(mail))
        except UnsendableMail as error:
            return SendResult(Delivery.REFUSED, f"{error}.")
        reused = self._is_open()
        try:
            return self._attempt(letter)
        except _Stopped as stopped:
            # Servers hang up on connections that were idle, or carried many mails: nothing was sent, so once more.
            if not (reused and stopped.at_once):
                return stopped.result
        try:
            return self._attempt(letter)
        except _Stopped as stopped:
            return stopped.result

    def check(self) -> SendResult:
        """Connect, encrypt and log in, and send nothing: ACCEPTED, or UNREACHABLE with the reason."""
        self.close()
        try:
            self._connected()
        except _Stopped as stopped:
            return stopped.result
        return SendResult(Delivery.ACCEPTED, f"{self._server.host} is ready to take mail.")

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.part()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _is_open(self) -> bool:
        if self._client is not None and time.monotonic() - self._used_at > _IDLE_SECONDS:
            self.close()
        return self._client is not None

    def _attempt(self, letter: _Letter) -> SendResult:
        """Raises _Stopped for every end at which the mail is certainly not sent by this attempt."""
        client = self._connected()
        self._offer(client, letter)
        self._write(client, letter)
        return self._finish(client)

    def _connected(self) -> SmtpClient:
        if self._client is not None:
            self._client.allow(self._timeout)
            return self._client
        client = SmtpClient(self._server, self._reach)
        client.allow(self._timeout)
        try:
            client.open()
        except OSError as error:
            client.close()
            words = str(error) if isinstance(error, NotReady) else in_words(error, self._server, opening=True)
            raise _Stopped(Delivery.UNREACHABLE, words) from error
        self._client = client
        return client

    def _offer(self, client: SmtpClient, letter: _Letter) -> None:
        """Sender and recipient. Nothing said here can send a mail."""
        if letter.utf8 and not client.has_extn("smtputf8"):
            raise _Stopped(
                Delivery.REFUSED, f"{self._server.host} takes no address with letters beyond ASCII before the @."
            )
        client.command_encoding = "utf-8" if letter.utf8 else "ascii"
        size = f" SIZE={len(letter.content)}" if client.has_extn("size") else ""
        utf8 = " BODY=8BITMIME SMTPUTF8" if letter.utf8 else ""
        self._ask(client, f"MAIL FROM:<{letter.sender}>{size}{utf8}", "the sender", first=True)
        self._ask(client, f"RCPT TO:<{letter.recipient}>", "the recipient")
        self._ask(client, "DATA", "the mail", expected=3)

    def _ask(self, client: SmtpClient, command: str, about: str, *, expected: int = 2, first: bool = False) -> None:
        try:
            code, words = client.docmd(command)
        except OSError as error:
            self._drop()
            raise _Stopped(Delivery.DEFERRED, in_words(error, self._server), at_once=first) from error
        if code // 100 == expected:
            return
        self._recover(client, code)
        raise _Stopped(_meaning(code, words), _answer(code, words, about), at_once=first and code == 421)

    def _write(self, client: SmtpClient, letter: _Letter) -> None:
        """Everything but the last line; without that line no server may deliver it (RFC 5321, 4.1.1.4)."""
        client.allow(self._timeout + len(letter.content) / _BYTES_A_SECOND, pace=self._timeout)
        try:
            client.send(letter.content)
        except OSError as error:
            self._give_up(client, in_words(error, self._server))
        if client.has_spoken():
            self._give_up(client, f"{self._server.host} broke off before the mail was complete.")

    def _give_up(self, client: SmtpClient, otherwise: str) -> None:
        """End for good before the last line; what the server said about it counts, if it said anything."""
        said = client.last_words()
        self._drop()
        if said is None or said[0] // 100 not in (4, 5):
            raise _Stopped(Delivery.DEFERRED, otherwise)
        raise _Stopped(_meaning(*said), _answer(*said, "the mail"))

    def _finish(self, client: SmtpClient) -> SendResult:
        """The last line, and the only answer that counts: given more time, since many servers read the mail now."""
        client.allow(2 * self._timeout)
        try:
            client.send(b".\r\n")
            code, words = client.getreply()
        except OSError as error:
            self._drop()
            return SendResult(Delivery.IN_DOUBT, f"{in_words(error, self._server)} The mail may have been sent.")
        if code // 100 == 2:
            self._used_at = time.monotonic()
            return SendResult(Delivery.ACCEPTED, _said(code, words))
        if code // 100 in (4, 5):
            self._recover(client, code)
            return SendResult(_meaning(code, words), _answer(code, words, "the mail"))
        self._drop()
        return SendResult(Delivery.IN_DOUBT, f"The mail may have been sent; the server's answer: {_said(code, words)}")

    def _recover(self, client: SmtpClient, code: int) -> None:
        """Make the connection fit for the next mail, or let it go."""
        self._used_at = time.monotonic()
        try:
            if code == 421 or client.rset()[0] != 250:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


@dataclass(frozen=True, slots=True)
class _Letter:
    """What goes over the wire: `content` ends before the last line, and no line of it is a single dot."""

    sender: str
    recipient: str
    content: bytes
    utf8: bool

    @classmethod
    def of(cls, message: EmailMessage) -> _Letter:
        raw = message.as_bytes()
        content = re.sub(rb"(?m)^\.", b"..", raw if raw.endswith(b"\r\n") else raw + b"\r\n")
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        return cls(sender, recipient, content, bool(getattr(message.policy, "utf8", False)))


class _Stopped(Exception):
    """An end at which the mail is certainly not sent. `at_once`: before a kept connection took anything at all."""

    def __init__(self, delivery: Delivery, answer: str, *, at_once: bool = False) -> None:
        super().__init__(answer)
        self.result = SendResult(delivery, answer)
        self.at_once = at_once


def _meaning(code: int, words: bytes) -> Delivery:
    if code in _LOG_IN_WANTED:
        return Delivery.UNREACHABLE
    if code // 100 != 5 or _QUOTA.search(words):
        return Delivery.DEFERRED
    return Delivery.REFUSED


def _answer(code: int, words: bytes, about: str) -> str:
    return f"The server does not take {about}: {_said(code, words)}"


def _said(code: int, words: bytes) -> str:
    return cleaned(f"{code} {words.decode('utf-8', 'replace')}")
