"""An SMTP server that takes every mail, or misbehaves in the way that a test asks for."""

# ruff: noqa: ARG002 - aiosmtpd calls these methods with more than they need

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
import time
import warnings
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from ringback.domain.mail.outgoing import MailServer

_FOREVER = 3600.0


class Trick(StrEnum):
    STALL_AT_MAIL = "never answers MAIL"
    STALL_IN_DATA = "stops reading in the middle of the mail"
    STALL_AT_END = "takes the whole mail and never answers"
    DROP_AT_MAIL = "hangs up at MAIL"
    DROP_IN_DATA = "hangs up as soon as the mail begins"
    DROP_AT_END = "hangs up after the last line, and throws the mail away"
    KEEP_AND_DROP = "hangs up after the last line, but keeps the mail"
    KEEP_AND_BABBLE = "keeps the mail and answers nonsense"
    ACCEPT_AND_DIE = "says 250, then hangs up"
    DRIP_AT_MAIL = "answers MAIL a byte at a time, for ever"


@dataclass(frozen=True, slots=True)
class Received:
    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)

    @property
    def message(self) -> EmailMessage:
        message = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message


class SmtpSink:
    """`answers` maps MAIL, RCPT, DATA or END (after the last line) to what is said instead of yes; `delay` is how many
    seconds pass before the last answer. `sessions` counts connections.
    """

    def __init__(
        self,
        *,
        security: str = "none",
        tls: ssl.SSLContext | None = None,
        username: str = "",
        secret: str = "",
        smtputf8: bool = True,
        delay: float = 0.0,
    ) -> None:
        self.mails: list[Received] = []
        self.answers: dict[str, str] = {}
        self.delay = delay
        self.sessions = 0
        self._security, self._tls = security, tls
        self._username, self._secret = username, secret
        self._smtputf8 = smtputf8
        self._trick: Trick | None = None
        self._times = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._port = 0

    @property
    def server(self) -> MailServer:
        return MailServer("127.0.0.1", self._port, self._security, self._username, self._secret)

    def play(self, trick: Trick, *, times: int = 1_000_000) -> None:
        self._trick, self._times = trick, times

    def plays(self, *tricks: Trick) -> bool:
        """Whether one of these is to be played now; counts it."""
        if self._trick not in tricks or self._times <= 0:
            return False
        self._times -= 1
        return True

    def trick(self) -> Trick | None:
        return self._trick

    def wait_for(self, count: int, *, seconds: float = 10.0) -> list[Received]:
        until = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < until:
            time.sleep(0.01)
        assert len(self.mails) >= count, f"only {len(self.mails)} of {count} mails came within {seconds} s"
        return self.mails

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(30), "the SMTP sink does not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        tls = self._tls if self._security == "tls" else None
        server = self._loop.run_until_complete(self._loop.create_server(self._session, "127.0.0.1", 0, ssl=tls))
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    def _session(self) -> SMTP:
        self.sessions += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that passwords may come in the clear: here that is wanted
            return self._new_session()

    def _new_session(self) -> SMTP:
        return _Session(
            self,
            _Keeper(self),
            loop=self._loop,
            enable_SMTPUTF8=self._smtputf8,
            tls_context=self._tls if self._security == "starttls" else None,
            require_starttls=self._security == "starttls",
            authenticator=self._authenticate if self._username else None,
            auth_required=bool(self._username),
            auth_require_tls=False,
            data_size_limit=64 * 1024**2,
        )

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
        expected = LoginPassword(self._username.encode(), self._secret.encode())
        return AuthResult(success=data == expected, handled=False)


class _Keeper:
    """What aiosmtpd asks when a mail is complete."""

    def __init__(self, sink: SmtpSink) -> None:
        self.sink = sink

    async def handle_DATA(self, server: _Session, session: Session, envelope: Envelope) -> str:
        sink = self.sink
        await asyncio.sleep(_FOREVER if sink.plays(Trick.STALL_AT_END) else sink.delay)
        if "END" in sink.answers:
            return sink.answers["END"]
        if sink.plays(Trick.DROP_AT_END):
            server.hang_up()
            return ""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        sink.mails.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        if sink.plays(Trick.KEEP_AND_DROP):
            server.hang_up()
        if sink.plays(Trick.ACCEPT_AND_DIE):
            await server.push("250 OK")
            server.hang_up()
        return "hm?" if sink.plays(Trick.KEEP_AND_BABBLE) else "250 2.0.0 OK: queued as 4ABC"


class _Session(SMTP):
    def __init__(self, sink: SmtpSink, handler: _Keeper, **options: Any) -> None:
        self.sink = sink
        super().__init__(handler, **options)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    async def smtp_MAIL(self, arg: str) -> None:
        if self.sink.plays(Trick.STALL_AT_MAIL):
            await asyncio.sleep(_FOREVER)
        if self.sink.plays(Trick.DRIP_AT_MAIL):
            await self._drip()
        if self.sink.plays(Trick.DROP_AT_MAIL):
            self.hang_up()
        elif "MAIL" in self.sink.answers:
            await self.push(self.sink.answers["MAIL"])
        else:
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if "RCPT" in self.sink.answers:
            await self.push(self.sink.answers["RCPT"])
        else:
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if "DATA" in self.sink.answers:
            await self.push(self.sink.answers["DATA"])
        elif self.sink.plays(Trick.DROP_IN_DATA, Trick.STALL_IN_DATA):
            await self._break_off()
        else:
            await super().smtp_DATA(arg)

    async def _break_off(self) -> None:
        await self.push("354 go on")
        if self.sink.trick() is Trick.STALL_IN_DATA:
            assert self.transport is not None
            self.transport.pause_reading()
            await asyncio.sleep(_FOREVER)
        self.hang_up()

    async def _drip(self) -> None:
        assert self._writer is not None
        self._writer.write(b"250-")
        while not self._writer.is_closing():
            self._writer.write(b"x")
            await self._writer.drain()
            await asyncio.sleep(0.05)
