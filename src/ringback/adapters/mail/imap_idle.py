"""Waiting for a mail server to speak first (RFC 2177).

imap-tools asks the socket only, and so sleeps on when the server's “go ahead” and its news came in one TLS record.
"""

from __future__ import annotations

import imaplib
import io
import select
import socket
import time
from typing import cast

from ringback.adapters.mail.imap_client import Connection


def idle(connection: Connection, seconds: float) -> bool:
    """Whether mail came into the open folder, before the time was over or a moment later."""
    client = connection.client
    tag = _begin(client)
    news = _has_news(client)
    until = time.monotonic() + seconds
    while not news and (left := until - time.monotonic()) > 0 and _speaks(client, left):
        news = b" EXISTS" in client._get_line().upper()
    client.send(b"DONE\r\n")
    connection.consume_until_tagged_response(tag)
    return news or _has_news(client)


def _begin(client: imaplib.IMAP4) -> bytes:
    tag: bytes = client._command("IDLE")
    while client._get_response() is not None:
        if client.tagged_commands[tag]:
            raise client.error("the server does not wait for news")
    return tag


def _has_news(client: imaplib.IMAP4) -> bool:
    return client.response("EXISTS")[1] != [None]


def _speaks(client: imaplib.IMAP4, seconds: float) -> bool:
    """Whether a line can be read, waiting for it if need be. Raises IMAP4.abort if the server hung up."""
    until = time.monotonic() + seconds
    while not _has_line(client):
        left = until - time.monotonic()
        if left <= 0 or not _readable(client.sock, left):
            return False
        if _has_line(client) is False:
            raise client.abort("the server hung up")
    return True


def _has_line(client: imaplib.IMAP4) -> bool | None:
    """Looks without waiting; None if something came that is no part of the conversation (TLS speaks for itself)."""
    before = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(_reader(client).peek(1))
    except OSError:
        return None
    finally:
        client.sock.settimeout(before)


def _readable(connection: socket.socket, seconds: float) -> bool:
    waiting = select.poll()
    waiting.register(connection, select.POLLIN)
    return bool(waiting.poll(seconds * 1000))


def _reader(client: imaplib.IMAP4) -> io.BufferedReader:
    """Python 3.14 renamed it."""
    return cast(io.BufferedReader, getattr(client, "_file", None) or client.file)
