"""A reader that is killed in the middle of taking mails in, again and again: nothing twice, nothing lost."""

from __future__ import annotations

import os
import signal
from random import Random
from time import sleep

import pytest
from django.db import connections

from ringback.models import IncomingMail, Mailbox
from tests.mail_servers.imap_server import ImapServer
from tests.worker.mail.test_reading import arrange, letter, reads

MAILS = 24


def lives_for(seconds: float, mailbox: Mailbox) -> None:
    """A process of its own reads, and is gone without a word."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            reads(mailbox)
        finally:
            os._exit(0)
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.django_db(transaction=True)
def test_C5_nothing_is_taken_twice_or_lost_by_a_reader_that_is_killed(imap_server: ImapServer) -> None:
    them, mailbox = arrange(imap_server)
    for number in range(MAILS):
        imap_server.put(letter(number, message_id=number % 4 != 0))  # some carry no name of their own
    chance, in_the_middle, longer = Random(11), 0, 1.0
    while (before := IncomingMail.objects.count()) < MAILS:
        lives_for(longer * chance.uniform(0.05, 0.3), mailbox)
        taken = IncomingMail.objects.count() - before
        in_the_middle += 0 < taken < MAILS - before
        longer *= 1.0 if taken else 1.5  # on a busy machine it may die before it took anything
    assert in_the_middle >= 3
    reads(mailbox)
    assert reads(mailbox) == 0
    rows = IncomingMail.objects.order_by("id")
    assert [row.subject for row in rows] == [f"Letter {number}" for number in range(MAILS)]
    assert {(row.kind, row.trouble, row.prospect_id) for row in rows} == {("reply", "", them.sofia.pk)}
    # What each brought about happened once, and is that mail's own.
    assert them.sofia.arrangements.filter(event="reply").count() == MAILS
    assert len({row.arrangement_id for row in rows}) == MAILS
