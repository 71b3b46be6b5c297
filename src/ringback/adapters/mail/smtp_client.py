"""One SMTP connection with a time limit that nobody can stretch: not even a server that sends a byte a minute."""

from __future__ import annotations

import base64
import io
import select
import smtplib
import socket
import ssl
import time
from contextlib import suppress

from ringback.adapters.mail.hosts import Reach, connect
from ringback.adapters.mail.trouble import cleaned
from ringback.domain.mail.outgoing import MailServer

_CHUNK = 64 * 1024
_LONGEST_REPLY = 256 * 1024
_PARTING_SECONDS = 1.0
_GLANCE_SECONDS = 0.5
_WRONG_MECHANISM = (500, 501, 502, 504)


class NotReady(OSError):
    """The server is there, but will not work for us; `str(error)` says why."""


class SmtpClient(smtplib.SMTP):
    """Opened, encrypted and logged in by `open`; everything else is smtplib's.

    Every method may raise OSError. `allow` sets the seconds for all that comes until it is called again; with a `pace`,
    for each piece of a mail too.
    """

    def __init__(self, server: MailServer, reach: Reach) -> None:
        name = socket.gethostname()
        super().__init__(local_hostname=name if "." in name and name.isascii() else "[127.0.0.1]")
        self.server = server
        self.reach = reach
        self.until = self.pace = 0.0
        self.heard = 0

    def allow(self, seconds: float, *, pace: float | None = None) -> None:
        self.until = time.monotonic() + seconds
        self.pace = pace or seconds

    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time allowed is over")
        return left

    def open(self) -> None:
        """Raises NotReady with the server's words, or OSError as the network has it."""
        self.sock = connect(self.server.host, self.server.port, timeout=self.left(), reach=self.reach)
        if self.server.security == "tls":
            self._encrypt()
        code, words = self.getreply()
        if code != 220:
            raise NotReady(f"{self.server.host} takes no mail now: {code} {cleaned(words)}")
        self._greet()
        if self.server.security == "starttls":
            self._start_tls()
            self._greet()
        if self.server.username:
            self._log_in()

    def _encrypt(self) -> None:
        assert self.sock is not None
        self.sock.settimeout(self.left())
        self.sock = self.reach.tls().wrap_socket(self.sock, server_hostname=self.server.host)
        # What was read before the handshake is nobody's: it could have been slipped in.
        self.file = None

    def _greet(self) -> None:
        code, words = self.ehlo()
        if code == 250:
            return
        code, words = self.helo()
        if code != 250:
            raise NotReady(f"{self.server.host} does not take our greeting: {code} {cleaned(words)}")

    def _start_tls(self) -> None:
        if not self.has_extn("starttls"):
            raise NotReady(f"{self.server.host} offers no STARTTLS, and nothing was said in the clear.")
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise NotReady(f"{self.server.host} cannot begin TLS: {code} {cleaned(words)}")
        self._encrypt()
        self.esmtp_features = {}

    def _log_in(self) -> None:
        offered = self.esmtp_features.get("auth", "").upper().split()
        ways = [way for name, way in (("PLAIN", self._plain), ("LOGIN", self._login)) if name in offered]
        if not ways:
            raise NotReady(f"{self.server.host} offers no log-in by password on this kind of connection.")
        code, words = ways[0]()
        if code in _WRONG_MECHANISM and len(ways) > 1:
            code, words = ways[1]()
        if code != 235:
            raise NotReady(
                f"{self.server.host} does not accept the user name and the password: {code} {cleaned(words)}"
            )

    def _plain(self) -> tuple[int, bytes]:
        both = "\0".join(("", self.server.username, self.server.secret))
        return self.docmd("AUTH", f"PLAIN {_coded(both)}")

    def _login(self) -> tuple[int, bytes]:
        code, words = self.docmd("AUTH", f"LOGIN {_coded(self.server.username)}")
        return self.docmd(_coded(self.server.secret)) if code == 334 else (code, words)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None:
            self.file = io.BufferedReader(_Replies(self))
        return super().getreply()

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        """In pieces, so that a server which reads slowly cannot stretch the limit either."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        content = memoryview(s.encode(self.command_encoding) if isinstance(s, str) else s)
        self.heard = 0
        for start in range(0, len(content), _CHUNK):
            self.sock.settimeout(min(self.left(), self.pace))
            self.sock.sendall(content[start : start + _CHUNK])

    def has_spoken(self) -> bool:
        """Whether the server said something, or hung up, without being asked."""
        assert self.sock is not None
        waiting = select.poll()
        waiting.register(self.sock, select.POLLIN)
        return bool(waiting.poll(0))

    def last_words(self) -> tuple[int, bytes] | None:
        """What it said, if that can still be read."""
        self.allow(_GLANCE_SECONDS)
        try:
            return self.getreply()
        except OSError:
            return None

    def part(self) -> None:
        """Close politely, without waiting for long."""
        with suppress(OSError):
            self.allow(_PARTING_SECONDS)
            self.docmd("QUIT")
        self.close()


class _Replies(io.RawIOBase):
    """Reads from the client's connection within the client's limit."""

    def __init__(self, client: SmtpClient) -> None:
        self.client = client

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        sock = self.client.sock
        if sock is None:
            return 0
        sock.settimeout(self.client.left())
        try:
            count = sock.recv_into(buffer)
        except ssl.SSLEOFError:
            count = 0
        self.client.heard += count
        if self.client.heard > _LONGEST_REPLY:
            raise ConnectionError("the server does not stop talking")
        return count


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
