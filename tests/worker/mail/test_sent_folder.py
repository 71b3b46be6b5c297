"""The Sent folder: what cannot be copied there does not hinder the search for what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ringback.adapters.mail.trouble import MailboxTrouble, Trouble
from ringback.worker.mail import sent_folder
from tests.actions.mailing.rows import mailbox, queued, state
from tests.cast import NOW, cast


class FullFolder:
    """It takes nothing, and holds what is in doubt."""

    def __init__(self, held: str) -> None:
        self.held = held

    def find_by_message_id(self, _: str, message_id: str) -> bool:
        return message_id == self.held

    def append(self, *_: object) -> None:
        raise MailboxTrouble(Trouble.REFUSED, "over quota")


@pytest.mark.django_db
def test_a_folder_that_takes_no_copies_is_searched_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    them = cast()
    box = mailbox(them.rosa, imap_host="127.0.0.1", sent_folder="Sent")
    queued(box, them.sofia, state="sent", settled_at=NOW)
    doubted = queued(box, them.sofia, state="unknown")

    @contextmanager
    def opened(_: object) -> Iterator[FullFolder]:
        yield FullFolder(doubted.message_id)

    monkeypatch.setattr(sent_folder, "_opened", opened)
    sent_folder.look_into_sent_folders(NOW)
    assert state(doubted) == "sent"
