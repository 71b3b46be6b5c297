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

from ringback.adapters.mail.trouble import MailboxTrouble, Trouble
from ringback.models import Mailbox, Message
from ringback.worker.mail import sent_folder
from ringback.worker.mail.sent_folder import SentFolders, look_into
from tests.actions.mailing.rows import mailbox, queued, state
from tests.cast import NOW, Cast, cast
from tests.mail_servers.imap_server import ImapServer
from tests.worker.mail.test_reading import arrange


class Folder:
    """It holds what is in doubt, and takes whatever is not `too_large`."""

    def __init__(self, held: str = "", too_large: str = "") -> None:
        self.held, self.too_large = held, too_large
        self.taken: list[bytes] = []

    def find_by_message_id(self, _: str, message_id: str) -> bool:
        return message_id == self.held

    def append(self, _: str, raw: bytes) -> None:
        if self.too_large in raw.decode():
            raise MailboxTrouble(Trouble.REFUSED, "over quota")
        self.taken.append(raw)


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    @contextmanager
    def opened(_: object) -> Iterator[Folder]:
        yield folder

    monkeypatch.setattr(sent_folder, "_opened", opened)


def was_sent(them: Cast, box: Mailbox, **columns: Any) -> Message:
    return queued(box, them.sofia, **{"state": "sent", "settled_at": timezone.now(), **columns})


@pytest.mark.django_db
def test_a_folder_that_takes_no_copies_is_searched_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    them = cast()
    box = mailbox(them.rosa, imap_host="127.0.0.1", sent_folder="Sent")
    was_sent(them, box, settled_at=NOW)
    doubted = queued(box, them.sofia, state="unknown")
    stand_in(monkeypatch, Folder(held=doubted.message_id))
    assert look_into(box, NOW) == "over quota"
    assert state(doubted) == "sent"


@pytest.mark.django_db
def test_a_mail_that_the_folder_does_not_take_bars_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    them = cast()
    box = mailbox(them.rosa, imap_host="127.0.0.1", sent_folder="Sent")
    large, small = (was_sent(them, box, text=each, settled_at=NOW) for each in ("Huge", "Small"))
    folder = Folder(too_large="Huge")
    stand_in(monkeypatch, folder)
    assert look_into(box, NOW) == "over quota"
    copied = {each.pk: each.copied_at is not None for each in Message.objects.all()}
    assert (copied, len(folder.taken)) == ({large.pk: False, small.pk: True}, 1)


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
