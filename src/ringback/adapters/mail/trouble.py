"""What went wrong with a connection, in words for whoever set the mailbox up."""

from __future__ import annotations

import re
import socket
import ssl
from enum import StrEnum
from smtplib import SMTPServerDisconnected

from ringback.adapters.mail.hosts import ForbiddenHost
from ringback.domain.mail.outgoing import MailServer

_LONGEST = 400
_OTHERWISE = {"tls": "STARTTLS", "starttls": "TLS from the start", "none": "STARTTLS or TLS"}


def in_words(error: OSError, server: MailServer, *, opening: bool = False) -> str:
    """A sentence; never the secret. While `opening` a connection the settings may be wrong, later they were right."""
    where = f"{server.host}:{server.port}"
    hint = f" Perhaps it wants {_OTHERWISE[server.security]}, or another port." if opening else ""
    match _cause(error):
        case ForbiddenHost():
            return f"{error}."
        case socket.gaierror():
            return f"There is no host named {server.host!r}, or its name cannot be looked up just now."
        case ssl.SSLCertVerificationError() as cause:
            return f"The certificate of {where} does not prove who it is: {cause.verify_message}."
        case ssl.SSLError():
            return f"{where} does not answer in TLS.{hint}"
        case TimeoutError():
            return f"{where} did not answer in time.{hint}"
        case ConnectionRefusedError():
            return f"Nothing listens at {where}. Is the port right?"
        case ConnectionError() | SMTPServerDisconnected():
            return f"{where} broke the connection off.{hint}"
    return f"The connection to {where} failed: {cleaned(str(error.strerror or error))}.{hint}"


def _cause(error: OSError) -> OSError:
    """smtplib calls every end of a connection the same; what it was handling then says which it was."""
    inner = error.__context__
    return inner if isinstance(error, SMTPServerDisconnected) and isinstance(inner, OSError) else error


def cleaned(words: bytes | str) -> str:
    """A server's words on one line, without what could harm a terminal or a page, at most 400 characters."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return re.sub(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]+", " ", text).strip()[:_LONGEST]


class Trouble(StrEnum):
    """What can be wrong with a mailbox that is read: the whole vocabulary."""

    UNREACHABLE = "unreachable"  # no connection, no TLS, or it broke off
    LOGIN_REFUSED = "login_refused"
    FOLDER_MISSING = "folder_missing"
    FOLDER_CLOSED = "folder_closed"  # it is there, and takes no mail at all: full, or not for this user
    NOT_NOW = "not_now"  # the server is there, and says no for the moment
    REFUSED = "refused"  # the server is there, and says no to what was asked


class MailboxTrouble(Exception):
    """`str(error)` is a sentence for whoever set the mailbox up."""

    def __init__(self, trouble: Trouble, words: str) -> None:
        super().__init__(words)
        self.trouble = trouble
