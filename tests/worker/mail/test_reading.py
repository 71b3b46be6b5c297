"""Reading inboxes of a real server: what comes in changes the plan within moments, once, and leaves no trace there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.utils import timezone

from ringback.actions.mailboxes import MailboxFields, connect_mailbox
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.trouble import MailboxTrouble
from ringback.models import IncomingMail, Mailbox, Workspace
from ringback.queries.mailboxes import reach, reading_server
from ringback.worker.mail.reading import Readers, catch_up
from tests.cast import Cast, cast
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.meddler import Meddler
from tests.mail_servers.ports import free_port

ADDRESS = "rosa@kilns.example"


def arrange(imap: ImapServer, **changed: Any) -> tuple[Cast, Mailbox]:
    them = cast(timezone.now() - timedelta(minutes=5))
    Workspace.objects.update(private_hosts=True)
    said: dict[str, Any] = {
        "address": ADDRESS,
        "smtp_host": "127.0.0.1",
        "username": imap.server.username,
        "secret": imap.server.secret,
        "imap_host": imap.server.host,
        "imap_port": imap.server.port,
        "imap_security": "none",
        "imap_username": imap.server.username,
        "imap_secret": imap.server.secret,
    }
    fields = MailboxFields(**(said | changed))
    return them, connect_mailbox(by=them.rosa, owner=them.rosa, fields=fields, now=them.now)


def letter(number: int, text: str = "Yes, call me.", *, message_id: bool = True) -> bytes:
    named = f"Message-ID: <{number}@their.example>\r\n" if message_id else ""
    head = f"From: Sofia <person0@example.com>\r\nTo: {ADDRESS}\r\nSubject: Letter {number}\r\n{named}"
    return f"{head}\r\n{text}\r\n".encode()


def reads(mailbox: Mailbox, clock: Callable[[], datetime] = timezone.now) -> int:
    mailbox.refresh_from_db()
    with ImapMailbox(reading_server(mailbox), reach=reach()) as inbox:
        return catch_up(mailbox, inbox, clock, Event())


@pytest.mark.django_db
def test_C5_a_reply_stops_a_cadence_and_no_flag_is_touched(imap_server: ImapServer) -> None:
    them, mailbox = arrange(imap_server)
    imap_server.put(letter(1))
    assert reads(mailbox) == 1
    assert them.sofia.enrollments.get().finish_reason == "replied"
    assert [r"\Seen" in flags for flags in imap_server.flags()] == [False]
    assert reads(mailbox) == 0
    mailbox.refresh_from_db()
    assert mailbox.read_at is not None


@pytest.mark.django_db
def test_a_week_of_mail_is_caught_up_in_order(imap_server: ImapServer) -> None:
    _, mailbox = arrange(imap_server)
    for number in range(25):
        imap_server.put(letter(number))
    assert reads(mailbox) == 25
    subjects = IncomingMail.objects.order_by("id").values_list("subject", flat=True)
    assert list(subjects) == [f"Letter {number}" for number in range(25)]


@pytest.mark.django_db
def test_nothing_is_taken_twice_or_lost_when_it_is_broken_off(imap_server: ImapServer) -> None:
    them, mailbox = arrange(imap_server)
    for number in range(6):
        imap_server.put(letter(number, message_id=number % 2 == 0))
    left = iter(range(4))

    def clock_that_stops() -> datetime:
        next(left)
        return timezone.now()

    with pytest.raises((StopIteration, RuntimeError)):
        reads(mailbox, clock_that_stops)
    assert IncomingMail.objects.count() == 3
    reads(mailbox)
    subjects = IncomingMail.objects.order_by("id").values_list("subject", flat=True)
    assert list(subjects) == [f"Letter {number}" for number in range(6)]
    assert them.sofia.arrangements.filter(event="reply").count() == 6


@pytest.mark.django_db
def test_a_folder_numbered_anew_gives_no_mail_twice(imap_server: ImapServer) -> None:
    _, mailbox = arrange(imap_server, inbox_folder="Work")
    imap_server.create("Work")
    imap_server.put(letter(1), folder="Work")
    imap_server.put(letter(2, message_id=False), folder="Work")
    assert reads(mailbox) == 2
    before = Mailbox.objects.get().uid_validity
    imap_server.delete("Work")
    imap_server.create("Work")
    for number in (1, 2, 3):
        imap_server.put(letter(number, message_id=number != 2), folder="Work")
    reads(mailbox)
    assert Mailbox.objects.get().uid_validity != before
    subjects = IncomingMail.objects.order_by("id").values_list("subject", flat=True)
    assert list(subjects) == ["Letter 1", "Letter 2", "Letter 3"]


@pytest.mark.django_db
def test_a_server_that_says_no_for_a_while_loses_no_mail(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler:
        _, mailbox = arrange(imap_server, imap_port=meddler.server.port)
        imap_server.put(letter(1))
        meddler.answers[b"UID FETCH"] = b"NO not now"
        with pytest.raises(MailboxTrouble, match="does not hand out the mail"):
            reads(mailbox)
        mailbox.refresh_from_db()
        assert (mailbox.last_uid, IncomingMail.objects.count()) == (0, 0)
        meddler.answers.clear()
        assert reads(mailbox) == 1


@pytest.mark.django_db
def test_a_mail_that_the_server_never_hands_out_is_named_and_stops_no_other(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler:
        them, mailbox = arrange(imap_server, imap_port=meddler.server.port)
        for number in (1, 2, 3):
            imap_server.put(letter(number))
        uids = imap_server.uids()
        meddler.answers[rb"UID FETCH .*RFC822\.SIZE"] = b"NO [SERVERBUG] no sizes"
        meddler.answers[rb"UID FETCH %d \(BODY" % uids[1]] = b"NO broken mail"
        assert reads(mailbox) == 3
        named = IncomingMail.objects.order_by("uid").values_list("subject", "because")
        assert [subject for subject, _ in named] == ["Letter 1", "", "Letter 3"]
        assert named[1][1].startswith("Perhaps a person wrote. It could not be read; look at it in your mail program.")
        assert them.sofia.arrangements.filter(event="reply").count() == 2
        assert reads(mailbox) == 0
        mailbox.refresh_from_db()
        assert (mailbox.last_uid, mailbox.reading_trouble) == (uids[2], "")


@pytest.mark.django_db
def test_of_a_mail_that_is_not_handed_out_whole_the_beginning_is_read_and_it_is_said(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler:
        _, mailbox = arrange(imap_server, imap_port=meddler.server.port)
        imap_server.put(letter(1, "Yes.\r\n\r\n" + "x" * 70 * 5_000))
        imap_server.put(letter(2))
        meddler.answers[rb"UID FETCH %d \(BODY\.PEEK\[\]\)" % imap_server.uids()[0]] = b"NO it is broken"
        assert reads(mailbox) == 2
        first, second = IncomingMail.objects.order_by("uid")
        assert (first.subject, "did not hand it out whole" in first.because) == ("Letter 1", True)
        assert (second.subject, "hand it out" in second.because) == ("Letter 2", False)


@pytest.mark.django_db
def test_a_mail_that_cannot_be_stored_stops_no_other(imap_server: ImapServer) -> None:
    _, mailbox = arrange(imap_server)
    imap_server.put(b"\xff\xfe\x00 no mail at all")
    imap_server.put(
        b"From: =?utf-8?B?4oCu?= <\x00@\xff>\r\nSubject: =?utf-16?B?2AA=?=\r\nDate: x\r\n\r\n\x00\xed\xa0\x80"
    )
    imap_server.put(letter(3))
    assert reads(mailbox) == 3
    assert IncomingMail.objects.filter(subject="Letter 3", trouble="").exists()


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    ends = monotonic() + seconds
    while monotonic() < ends:
        if true():
            return True
        sleep(0.05)
    return False


@pytest.mark.django_db(transaction=True)
def test_C5_mail_that_comes_while_it_waits_is_taken_in_within_moments(imap_server: ImapServer) -> None:
    arrange(imap_server)
    readers = Readers(wait_seconds=1)
    assert readers.look(timezone.now()) == 1
    assert readers.look(timezone.now()) == 0
    assert until(lambda: Mailbox.objects.filter(read_at__isnull=False).exists())
    imap_server.put(letter(1))
    came = until(lambda: IncomingMail.objects.filter(trouble="").exists())
    readers.stop(10)
    assert came


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_away_is_told_in_words_and_tried_again_later(imap_server: ImapServer) -> None:
    _, mailbox = arrange(imap_server, imap_port=free_port())
    readers = Readers(wait_seconds=1)
    now = timezone.now()
    readers.look(now)
    assert until(lambda: Mailbox.objects.exclude(reading_trouble="").exists())
    assert readers.look(now) == 0
    Mailbox.objects.filter(pk=mailbox.pk).update(imap_port=imap_server.server.port)
    assert readers.look(now + timedelta(minutes=20)) == 1
    well = until(lambda: Mailbox.objects.filter(reading_trouble="", read_at__isnull=False).exists())
    readers.stop(10)
    assert well


@pytest.mark.django_db(transaction=True)
def test_a_paused_mailbox_is_not_read(imap_server: ImapServer) -> None:
    _, mailbox = arrange(imap_server)
    Mailbox.objects.filter(pk=mailbox.pk).update(paused_at=timezone.now())
    assert Readers().look(timezone.now()) == 0
