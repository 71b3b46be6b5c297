"""One IMAP connection: opened, encrypted and logged in."""

from __future__ import annotations

import imaplib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools.errors import ImapToolsError, MailboxLoginError, UnexpectedCommandStatusError
from imap_tools.mailbox import BaseMailBox

from ringback.adapters.mail.hosts import Reach, connect
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble, cleaned, in_words
from ringback.domain.mail.outgoing import MailServer

# A server that only says no for the moment: RFC 5530.
_NOT_NOW = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\]", re.IGNORECASE)
# As imaplib puts an answer that it raises: “UID command error: BAD [b'too large']”.
_BAD = re.compile(r"""[A-Z]+ command error: BAD \[b(['"])(.*)\1\]""")
_LINE_ENDS = re.compile(r"[\r\n\0]")


class _Client(imaplib.IMAP4):
    """imaplib's client over a connection that was checked before it was made."""

    def __init__(self, server: MailServer, reach: Reach, timeout: float) -> None:
        self._server, self._reach = server, reach
        super().__init__(server.host, server.port, timeout)

    def _create_socket(self, timeout: float) -> socket.socket:
        connection = connect(self._server.host, self._server.port, timeout=timeout, reach=self._reach)
        connection.settimeout(timeout)
        if self._server.security != "tls":
            return connection
        return self._reach.tls().wrap_socket(connection, server_hostname=self._server.host)


class Connection(BaseMailBox):
    """imap-tools over our client. May raise everything that `told` translates."""

    def __init__(self, server: MailServer, *, reach: Reach, timeout: float) -> None:
        self._server, self._reach, self._timeout = server, reach, timeout
        self.host = server.host
        super().__init__()
        self.capabilities = set(self.client.capabilities)
        try:
            self._log_in()
        except BaseException:
            self.hang_up()
            raise
        # What a server can do, it often says only to those who have logged in.
        with suppress(imaplib.IMAP4.error):
            self.capabilities |= set(self.client.capability()[1][0].decode("ascii", "replace").upper().split())

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(self._server, self._reach, self._timeout)
        if self._server.security == "starttls":
            if "STARTTLS" not in client.capabilities:
                client.shutdown()
                words = f"{self._server.host} offers no STARTTLS, and no password was sent in the clear."
                raise MailboxTrouble(Trouble.UNREACHABLE, words)
            client.starttls(self._reach.tls())
        return client

    def _log_in(self) -> None:
        name, secret = self._server.username, self._server.secret
        if "LOGINDISABLED" in self.capabilities and "AUTH=PLAIN" not in self.capabilities:
            words = f"{self._server.host} allows no log-in by password on this kind of connection."
            raise MailboxTrouble(Trouble.LOGIN_REFUSED, words)
        if _LINE_ENDS.search(name + secret):
            raise MailboxTrouble(Trouble.LOGIN_REFUSED, "The user name or the password holds a line break.")
        try:
            if "AUTH=PLAIN" in self.capabilities or not (name + secret).isascii():
                self.login_utf8(name, secret, initial_folder=None)
            else:
                self.login(name, secret, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, MailboxLoginError) as error:
            raise self._refusal(said_in(error)) from error

    def _refusal(self, said: str) -> MailboxTrouble:
        trouble = Trouble.UNREACHABLE if _NOT_NOW.search(said) else Trouble.LOGIN_REFUSED
        words = f"{self._server.host} does not accept the user name and the password: {said}"
        return MailboxTrouble(trouble, words)

    def hang_up(self) -> None:
        with suppress(OSError):
            self.client.shutdown()


def said_in(error: Exception) -> str:
    """The server's own words in what a library made of them."""
    if isinstance(error, UnexpectedCommandStatusError):
        answers = error.command_result[1]
        return cleaned(next((each for each in answers if isinstance(each, bytes)), b""))
    if error.args and isinstance(error.args[0], bytes):
        return cleaned(error.args[0])
    said = cleaned(str(error))
    bad = _BAD.fullmatch(said)
    return bad[2] if bad else said


@contextmanager
def told(server: MailServer, *, opening: bool = False) -> Iterator[None]:
    """Whatever the network, the server or a library raises, as MailboxTrouble."""
    try:
        yield
    except OSError as error:
        raise MailboxTrouble(Trouble.UNREACHABLE, in_words(error, server, opening=opening)) from error
    except imaplib.IMAP4.abort as error:
        inner = error.__context__
        cause = inner if isinstance(inner, OSError) else ConnectionAbortedError()
        raise MailboxTrouble(Trouble.UNREACHABLE, in_words(cause, server, opening=opening)) from error
    except (imaplib.IMAP4.error, ImapToolsError, UnicodeError, ValueError, IndexError) as error:
        words = f"{server.host} answers otherwise than a mail server should: {said_in(error)}"
        raise MailboxTrouble(Trouble.REFUSED, words) from error
