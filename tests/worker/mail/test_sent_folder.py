"""Sent folders of real servers: copies, doubts, and what is said when a folder cannot be used."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ringback.actions.mailboxes import MailboxFields, change_mailbox
from ringback.adapters.mail.imap import ImapMailbox
from ringback.domain.mail.copies import Looked
from ringback.models import Mailbox, Message
from ringback.queries.outbox import waiting_copies
from ringback.worker.mail.sent_folder import SentFolders, look_into
from tests.actions.mailing.rows import mailbox, queued, state
from tests.cast import Cast
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.meddler import Meddler
from tests.worker.mail.test_reading import arrange

LARGE, TOO_LARGE = "x" * 60 + "\r\n", rb"APPEND .*\{\d{5,}\}"


def was_sent(them: Cast, box: Mailbox, **columns: Any) -> Message:
    return queued(box, them.sofia, **{"state": "sent", "settled_at": timezone.now(), **columns})


@contextmanager
def meddled(imap_server: ImapServer) -> Iterator[tuple[Meddler, Cast, Mailbox]]:
    """A Sent folder behind a connection that is meddled with."""
    with Meddler(imap_server.server) as meddler:
        imap_server.create("Sent")
        them, box = arrange(imap_server, sent_folder="Sent", imap_port=meddler.server.port)
        yield meddler, them, box


def copies() -> list[tuple[bool, str]]:
    """Whether a copy lies there, and why it was refused; the oldest mail first."""
    rows = Message.objects.order_by("pk").values_list("copied_at", "copy_refused")
    return [(at is not None, why.partition(": ")[2]) for at, why in rows]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", [b"NO [OVERQUOTA] no", b"NO Mailbox is full", b"NO [NOPERM] no", b"NO [UNAVAILABLE] x"]
)
def test_a_folder_that_takes_no_copies_is_searched_all_the_same(imap_server: ImapServer, said: bytes) -> None:
    with meddled(imap_server) as (meddler, them, box):
        waiting, doubted = was_sent(them, box), queued(box, them.sofia, state="unknown")
        imap_server.put(f"Message-ID: {doubted.message_id}\r\n\r\nx\r\n".encode(), folder="Sent")
        meddler.answers[b"APPEND"] = said
        assert said.split(b" ", 1)[1].decode() in look_into(box, timezone.now()).trouble
        assert state(doubted) == "sent"
        meddler.answers.clear()
        assert look_into(box, timezone.now()) == Looked()
        waiting.refresh_from_db()
        assert waiting.copied_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("said", [b"NO [TOOBIG] too large", b"BAD too large", b"NO [LIMIT] too large", b""])
def test_a_mail_that_the_folder_does_not_take_bars_no_other(imap_server: ImapServer, said: bytes) -> None:
    with meddled(imap_server) as (meddler, them, box):
        large, small = (was_sent(them, box, text=each) for each in (LARGE * 1000, "Small"))
        meddler.answers[TOO_LARGE] = said
        assert list(look_into(box, timezone.now()).refused) == [large.pk]
        [(large_lies, why), small_lies] = copies()
        assert (large_lies, small_lies, bool(why) or not said) == (False, (True, ""), True)
        assert len(imap_server.flags("Sent")) == 1
        # Nothing is left to be done there, and the mail itself says why.
        assert waiting_copies(box.pk, now=timezone.now()) == []
        client = Client()
        client.force_login(them.rosa)
        assert "No copy lies in the Sent folder" in client.get(f"/mail/outbox/{large.pk}/").content.decode()
        assert "No copy lies" not in client.get(f"/mail/outbox/{small.pk}/").content.decode()
        assert client.get("/mail/outbox/").content.decode().count("No copy kept") == 1


@pytest.mark.django_db
def test_a_folder_is_well_after_one_mail_that_it_does_not_take_and_in_trouble_after_three(
    imap_server: ImapServer,
) -> None:
    with meddled(imap_server) as (meddler, them, box):
        meddler.answers[b"APPEND"] = b"NO not of this kind"
        for _ in range(2):
            was_sent(them, box)
            assert look_into(box, timezone.now()).trouble == ""
        was_sent(them, box)
        assert look_into(box, timezone.now()).trouble.endswith("not of this kind")
        # Now it is the folder's: none of the three is given up.
        meddler.answers.clear()
        assert look_into(box, timezone.now()) == Looked()
        assert copies() == [(True, "")] * 3


@pytest.mark.django_db
def test_a_line_that_breaks_once_costs_no_copy(imap_server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with meddled(imap_server) as (meddler, them, box):
        was_sent(them, box)
        meddler.answers[b"APPEND"] = b""
        append = ImapMailbox.append

        def append_on_a_better_line(self: ImapMailbox, folder: str, raw: bytes) -> None:
            try:
                append(self, folder, raw)
            finally:
                meddler.answers.clear()

        monkeypatch.setattr(ImapMailbox, "append", append_on_a_better_line)
        assert look_into(box, timezone.now()) == Looked()
        assert copies() == [(True, "")]


@pytest.mark.django_db
def test_a_server_that_always_breaks_off_is_in_trouble_itself(imap_server: ImapServer) -> None:
    with meddled(imap_server) as (meddler, them, box):
        for _ in range(2):
            was_sent(them, box)
        meddler.answers[b"APPEND"] = b""
        assert "broke the connection off" in look_into(box, timezone.now()).trouble
        assert copies() == [(False, ""), (False, "")]


@pytest.mark.django_db
def test_what_was_refused_is_tried_again_once_the_mailbox_is_changed(imap_server: ImapServer) -> None:
    with meddled(imap_server) as (meddler, them, box):
        was_sent(them, box)
        meddler.answers[b"APPEND"] = b"NO no"
        look_into(box, timezone.now())
        assert copies() == [(False, "no")]
        change_mailbox(by=them.rosa, mailbox=box, fields=MailboxFields(sent_folder="Other"), now=timezone.now())
        assert len(waiting_copies(box.pk, now=timezone.now())) == 1


def looks(folders: SentFolders, now: datetime) -> int:
    started = folders.look(now)
    folders.wait(20)
    return started


@pytest.mark.django_db(transaction=True)
def test_a_copy_goes_into_the_folder_once(imap_server: ImapServer) -> None:
    them, box = arrange(imap_server, sent_folder="Sent")
    imap_server.create("Sent")
    was_sent(them, box)
    folders = SentFolders()
    assert (looks(folders, timezone.now()), looks(folders, timezone.now())) == (1, 0)
    assert len(imap_server.flags("Sent")) == 1
    assert Mailbox.objects.get().copying_trouble == ""


@pytest.mark.django_db(transaction=True)
def test_the_page_of_mailboxes_says_which_folder_is_missing_and_which_may_be_meant(imap_server: ImapServer) -> None:
    them, box = arrange(imap_server, sent_folder="Outgoing")
    imap_server.create("Gesendet")
    was_sent(them, box)
    folders, now = SentFolders(), timezone.now()
    assert looks(folders, now) == 1
    client = Client()
    client.force_login(them.rosa)
    page = client.get("/settings/mailboxes/").content.decode()
    assert "No copies of sent mails are kept: 127.0.0.1 has no folder “Outgoing”" in page
    assert "seems to be “Gesendet”" in page
    # It rests, is tried again, and is well once the folder is right.
    assert looks(folders, now) == 0
    Mailbox.objects.update(sent_folder="Gesendet")
    assert looks(folders, now + timedelta(minutes=20)) == 1
    assert (Mailbox.objects.get().copying_trouble, Mailbox.objects.get().copying_trouble_at) == ("", None)
    assert len(imap_server.flags("Gesendet")) == 1


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_stalls_delays_no_other(imap_server: ImapServer) -> None:
    them, box = arrange(imap_server, sent_folder="Sent")
    imap_server.create("Sent")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = {"imap_host": "127.0.0.1", "imap_port": silent.getsockname()[1], "imap_security": "none"}
        stalled = mailbox(them.max, sent_folder="Sent", **where)
        for each in (stalled, box):
            was_sent(them, each)
        folders = SentFolders()
        assert folders.look(timezone.now()) == 2
        folders._rounds.of[box.pk].thread.join(10)  # type: ignore[union-attr]
        assert Message.objects.get(mailbox=box).copied_at is not None
        assert folders._rounds.of[stalled.pk].thread.is_alive()  # type: ignore[union-attr]
        assert folders.look(timezone.now()) == 0
    # The server is gone: the thread ends, and says so.
    folders.wait(40)
    stalled.refresh_from_db()
    assert stalled.copying_trouble.startswith("No copies of sent mails are kept: 127.0.0.1:")
