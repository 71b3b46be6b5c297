"""Whatever breaks, wherever: what the sender says is never contradicted by what the server has."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.smtp import SmtpSender
from ringback.domain.mail.outgoing import Delivery, MailServer
from tests.adapters.mail.mails import mail
from tests.mail_servers.smtp_sink import SmtpSink

ROUNDS = 120


class Breaking:
    """Passes bytes between a client and the sink, and cuts both after so many of one direction."""

    def __init__(self, sink: SmtpSink) -> None:
        self.sink = sink
        self.after, self.of_server = 0, False
        self.listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def server(self) -> MailServer:
        return MailServer("127.0.0.1", self.listening.getsockname()[1], "none")

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self.listening.accept()
                there = socket.create_connection(("127.0.0.1", self.sink.server.port))
                threading.Thread(target=self.carry, args=(here, there, False), daemon=True).start()
                threading.Thread(target=self.carry, args=(there, here, True), daemon=True).start()

    def carry(self, source: socket.socket, target: socket.socket, from_server: bool) -> None:
        left = self.after if from_server is self.of_server else 10**9
        with suppress(OSError):
            while left > 0 and (content := source.recv(min(left, 65536))):
                target.sendall(content)
                left -= len(content)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def breaking(smtp_sink: SmtpSink) -> Iterator[Breaking]:
    breaking = Breaking(smtp_sink)
    yield breaking
    breaking.listening.close()


def test_cut_after_any_number_of_bytes_the_sender_never_lies(smtp_sink: SmtpSink, breaking: Breaking) -> None:
    """Accepted is kept; deferred, refused and unreachable are not; only a doubt may be either."""
    chance = random.Random(20260302)
    seen: dict[tuple[Delivery, bool], int] = {}
    for _ in range(ROUNDS):
        breaking.of_server = chance.random() < 0.5
        breaking.after = chance.randrange(1, 420 if breaking.of_server else 1_300)
        outgoing = mail()
        with SmtpSender(breaking.server, timeout=5, reach=Reach(private=True)) as sender:
            delivery = sender.send(outgoing).delivery
        settle(smtp_sink)
        kept = any(outgoing.message_id.encode() in each.content for each in smtp_sink.mails)
        seen[delivery, kept] = seen.get((delivery, kept), 0) + 1
    assert not {(Delivery.ACCEPTED, False), (Delivery.DEFERRED, True), (Delivery.UNREACHABLE, True)} & set(seen), seen
    assert {(Delivery.ACCEPTED, True), (Delivery.DEFERRED, False), (Delivery.UNREACHABLE, False)} <= set(seen), seen
    assert {delivery for delivery, _ in seen} == set(Delivery) - {Delivery.REFUSED}, seen


def settle(sink: SmtpSink) -> None:
    """Until the server has done what it was told: a connection made now is answered after all that came before."""
    for _ in range(2):
        with socket.create_connection(("127.0.0.1", sink.server.port), timeout=5) as connection:
            connection.recv(100)
