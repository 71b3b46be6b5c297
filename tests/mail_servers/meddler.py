"""A connection that somebody meddles with: passes everything on to a real server, until it is told not to."""

from __future__ import annotations

import re
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Self

from ringback.domain.mail.outgoing import MailServer


class Meddler:
    """`server` is how to reach the real one through it. `changes` replaces what the server says, `asks` what it is
    asked; `answers` maps the pattern of a command (IMAP) to what is answered in the server's place, blank to hang up;
    `cut()` breaks every connection off; while `silent` nothing the server says gets through.
    """

    def __init__(self, behind: MailServer) -> None:
        self.changes: dict[bytes, bytes] = {}
        self.asks: dict[bytes, bytes] = {}
        self.answers: dict[bytes, bytes] = {}
        self.silent = False
        self._behind = behind
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def server(self) -> MailServer:
        return replace(self._behind, port=self._listening.getsockname()[1])

    def cut(self) -> None:
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection((self._behind.host, self._behind.port))
                self._open += [here, there]
                threading.Thread(target=self._pass_on, args=(here, there, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(there, here, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, from_server: bool) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                if not from_server and (answer := self._own_answer(content)) is not None:
                    if not answer:
                        break
                    source.sendall(answer)
                    continue
                for old, new in (self.changes if from_server else self.asks).items():
                    content = content.replace(old, new)
                if not (from_server and self.silent):
                    target.sendall(content)
            source.shutdown(socket.SHUT_RDWR)
            target.shutdown(socket.SHUT_WR)

    def _own_answer(self, asked: bytes) -> bytes | None:
        """With the command's own tag; None where the real server is asked."""
        tag = asked.split(b" ", 1)[0]
        found = (answer for pattern, answer in self.answers.items() if re.search(pattern, asked))
        return next((answer and b"%s %s\r\n" % (tag, answer) for answer in found), None)
