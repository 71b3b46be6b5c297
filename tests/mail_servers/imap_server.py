"""pymap, an IMAP server in memory, in a process of its own."""

from __future__ import annotations

import imaplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ringback.domain.mail.outgoing import MailServer
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.ports import free_port, wait_until_open

USER, SECRET = "rosa", "open sesame"


@dataclass(frozen=True, slots=True)
class ImapServer:
    """`server` speaks without encryption; STARTTLS is offered too, for 127.0.0.1 in our certificate."""

    server: MailServer

    def put(self, raw: bytes, *, folder: str = "INBOX", flags: str = "") -> None:
        """Deliver a mail, as if it came in now."""
        with self.client() as client:
            _good(client.append(folder, flags, "", raw))

    def create(self, folder: str) -> None:
        with self.client() as client:
            _good(client.create(folder))

    def delete(self, folder: str) -> None:
        with self.client() as client:
            _good(client.delete(folder))

    def empty(self) -> None:
        """As on the first day: an empty INBOX, and no other folder."""
        with self.client() as client:
            for line in client.list()[1]:
                name = str(line, "ascii").split(maxsplit=2)[2]
                if name != "INBOX":
                    _good(client.delete(name))
            client.select("INBOX")
            client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
            client.expunge()

    def flags(self, folder: str = "INBOX") -> list[str]:
        """Every mail's flags, as the server has them."""
        with self.client() as client:
            _good(client.select(folder, readonly=True))
            _, answers = client.fetch("1:*", "(FLAGS)")
        return [str(each, "ascii") for each in answers if isinstance(each, bytes)]

    def uids(self) -> list[int]:
        """Of all mails in INBOX, the oldest first."""
        with self.client() as client:
            _good(client.select("INBOX", readonly=True))
            return sorted(map(int, client.uid("SEARCH", "ALL")[1][0].split()))

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4(self.server.host, self.server.port, timeout=10)
        client.login(self.server.username, self.server.secret)
        yield client
        client.logout()


@contextmanager
def running_imap_server(certificates: Certificates) -> Iterator[ImapServer]:
    port = free_port()
    tls = ["--cert", str(certificates.certificate), "--key", str(certificates.key)]
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", "from pymap.main import main; main()"),
            *("--host", "127.0.0.1", "--port", str(port), *tls),
            *("dict", "--demo-user", USER, "--demo-password", SECRET),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_open(port, process)
        yield ImapServer(MailServer("127.0.0.1", port, "none", USER, SECRET))
    finally:
        process.terminate()
        process.wait(10)


def _good(answer: tuple[str, list[object]]) -> None:
    assert answer[0] == "OK", answer
