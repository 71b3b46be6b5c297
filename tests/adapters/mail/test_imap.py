"""Reading a real mailbox: nothing twice, nothing left out, and no trace."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ringback.adapters.mail import imap, imap_fetching
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.imap_fetching import FetchedMail
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble
from ringback.domain.mail.outgoing import MailServer
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.meddler import Meddler

HERE = Reach(private=True)
# The server dates what it is given by its own clock.
LAST_WEEK = date.today() - timedelta(days=7)
TOMORROW = date.today() + timedelta(days=1)


def raw(number: int, body: str = "Hello Rosa.") -> bytes:
    return f"From: imogen@hartley.example\r\nMessage-ID: <r{number}@hartley.example>\r\n\r\n{body}\r\n".encode()


@pytest.fixture
def mailbox(imap_server: ImapServer) -> Iterator[ImapMailbox]:
    with ImapMailbox(imap_server.server, timeout=5, reach=HERE) as mailbox:
        yield mailbox


def read_on(mailbox: ImapMailbox, last: FetchedMail | None, *, most: int = 200) -> list[FetchedMail]:
    validity, uid = (last.uid_validity, last.uid) if last else (None, 0)
    return list(mailbox.new_mails("INBOX", validity, uid, since=LAST_WEEK, most=most))


def test_mails_come_in_order_whole_and_once(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    for number in range(3):
        imap_server.put(raw(number))
    first = read_on(mailbox, None, most=2)
    assert [mail.raw for mail in first] == [raw(0), raw(1)]
    second = read_on(mailbox, first[-1])
    assert [mail.raw for mail in second] == [raw(2)]
    assert read_on(mailbox, second[-1]) == []
    imap_server.put(raw(3))
    assert [mail.raw for mail in read_on(mailbox, second[-1])] == [raw(3)]


def test_first_contact_begins_with_the_day_asked_for(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    imap_server.put(raw(1))
    assert list(mailbox.new_mails("INBOX", None, 0, since=TOMORROW)) == []


def test_no_flag_is_touched(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    imap_server.put(raw(0))
    imap_server.put(raw(1), flags=r"(\Seen \Flagged)")
    before = imap_server.flags()
    assert len(read_on(mailbox, None)) == 2
    assert mailbox.find_by_message_id("INBOX", "<r0@hartley.example>")
    assert imap_server.flags() == before


def test_folder_numbered_anew_is_read_anew(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    imap_server.create("Leads")
    imap_server.put(raw(0), folder="Leads")
    imap_server.put(raw(1), folder="Leads")
    [_, old] = mailbox.new_mails("Leads", None, 0, since=LAST_WEEK)
    imap_server.delete("Leads")
    imap_server.create("Leads")
    imap_server.put(raw(2), folder="Leads")
    [new] = mailbox.new_mails("Leads", old.uid_validity, old.uid, since=LAST_WEEK)
    assert new.raw == raw(2)
    assert new.uid_validity != old.uid_validity


def test_of_an_enormous_mail_the_beginning_is_read(
    imap_server: ImapServer, mailbox: ImapMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit lowered to a megabyte: a test server takes its time over thirty."""
    monkeypatch.setattr(imap_fetching, "WHOLE_UP_TO", 1024**2)
    text = "The answer is yes.\r\n" + "x" * 70 + "\r\n" * 1024**2
    imap_server.put(raw(0, text))
    imap_server.put(raw(1))
    enormous, usual = read_on(mailbox, None)
    assert (enormous.whole, enormous.size, len(enormous.raw)) == (False, len(raw(0, text)), 256 * 1024)
    assert b"\r\n\r\nThe answer is yes.\r\n" in enormous.raw
    assert (usual.whole, usual.raw) == (True, raw(1))


@pytest.mark.parametrize("idle", [True, False])
def test_news_ends_the_waiting(imap_server: ImapServer, idle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "_POLL_SECONDS", 0.2)
    with Meddler(imap_server.server) as meddler:
        if not idle:
            meddler.changes[b" IDLE"] = b""
        with ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
            assert read_on(mailbox, None) == []
            assert mailbox.wait_for_news("INBOX", 0.3) is False
            timer = threading.Timer(0.5, imap_server.put, [raw(0)])
            timer.start()
            began = time.monotonic()
            assert mailbox.wait_for_news("INBOX", 20) is True
            assert time.monotonic() - began < 5
            timer.join()
            assert [mail.raw for mail in read_on(mailbox, None)] == [raw(0)]


def test_mail_that_came_between_looking_and_waiting_is_news(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    assert read_on(mailbox, None) == []
    imap_server.put(raw(0))
    began = time.monotonic()
    assert mailbox.wait_for_news("INBOX", 20) is True
    assert time.monotonic() - began < 5


def test_connection_that_broke_is_made_again(imap_server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        imap_server.put(raw(0))
        [mail] = read_on(mailbox, None)
        meddler.cut()
        with pytest.raises(MailboxTrouble) as broken:
            read_on(mailbox, mail)
        assert broken.value.trouble is Trouble.UNREACHABLE
        imap_server.put(raw(1))
        [new] = read_on(mailbox, mail)
        assert new.raw == raw(1)

        meddler.cut()  # a pause later it is noticed before anything is asked
        monkeypatch.setattr(imap, "_SURELY_ALIVE_SECONDS", 0.0)
        assert read_on(mailbox, new) == []


def three(imap_server: ImapServer, mailbox: ImapMailbox) -> list[FetchedMail]:
    for number in range(3):
        imap_server.put(raw(number))
    return read_on(mailbox, None)


def body_of(mail: FetchedMail) -> bytes:
    return rb"UID FETCH %d \(BODY\.PEEK\[\]" % mail.uid


@pytest.mark.parametrize("said", [b"NO [SERVERBUG] broken", b"BAD broken", b""])
def test_mail_that_the_server_cannot_hand_out_bars_no_other_and_is_named(imap_server: ImapServer, said: bytes) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        _, bad, last = three(imap_server, mailbox)
        meddler.answers[body_of(bad)] = said
        found = read_on(mailbox, None)
        assert [(mail.raw, bool(mail.problem)) for mail in found] == [(raw(0), False), (b"", True), (raw(2), False)]
        assert (found[1].uid, "broke" in found[1].problem) == (bad.uid, True)
        assert mailbox.looked_to == (last.uid_validity, last.uid)


@pytest.mark.parametrize("said", [b"NO too much", b""])
def test_of_a_mail_that_is_not_handed_out_whole_the_beginning_is_read(imap_server: ImapServer, said: bytes) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        _, bad, _ = three(imap_server, mailbox)
        meddler.answers[body_of(bad) + rb"\)"] = said
        assert [(mail.raw, mail.problem) for mail in read_on(mailbox, None)] == [(raw(each), "") for each in range(3)]


def test_mail_that_is_gone_meanwhile_is_left_out(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        _, gone, last = three(imap_server, mailbox)
        meddler.answers[body_of(gone)] = b"OK nothing there"
        assert [mail.raw for mail in read_on(mailbox, None)] == [raw(0), raw(2)]
        assert mailbox.looked_to == (last.uid_validity, last.uid)
        assert read_on(mailbox, replace(last, uid=last.uid + 9)) == []
        assert mailbox.looked_to is None


@pytest.mark.parametrize("said", [b"NO not of this one", b"BAD not of this one", b""])
def test_mail_whose_size_is_not_told_spoils_no_other_and_is_read_itself(imap_server: ImapServer, said: bytes) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        _, bad, _ = three(imap_server, mailbox)
        meddler.answers[rb"UID FETCH [\d,]*\b%d\b[\d,]* \(RFC822\.SIZE\)" % bad.uid] = said
        assert [(mail.raw, mail.whole) for mail in read_on(mailbox, None)] == [(raw(each), True) for each in range(3)]
        meddler.answers[body_of(bad)] = said
        assert [mail.raw for mail in read_on(mailbox, None)] == [raw(0), b"", raw(2)]


def test_server_that_hands_out_nothing_is_in_trouble_itself(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        three(imap_server, mailbox)
        for refused in (b"UID FETCH", b"BODY"):
            meddler.answers = {refused: b"NO not today"}
            with pytest.raises(MailboxTrouble, match="does not hand out the mail just now: not today") as trouble:
                read_on(mailbox, None)
            assert (trouble.value.trouble, mailbox.looked_to) == (Trouble.UNREACHABLE, None)
        meddler.answers = {b"UID FETCH": b""}
        with pytest.raises(MailboxTrouble, match="broke the connection off"):
            read_on(mailbox, None)
        meddler.answers = {}
        assert len(read_on(mailbox, None)) == 3


def test_no_for_the_moment_passes_not_even_one_mail_over(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox:
        first, bad, _ = three(imap_server, mailbox)
        meddler.answers[body_of(bad)] = b"NO [INUSE] somebody else reads it"
        with pytest.raises(MailboxTrouble, match="INUSE") as trouble:
            read_on(mailbox, None)
        assert trouble.value.trouble is Trouble.NOT_NOW
        assert mailbox.looked_to == (first.uid_validity, first.uid)


def test_server_that_falls_silent_costs_its_time_only(imap_server: ImapServer) -> None:
    with Meddler(imap_server.server) as meddler, ImapMailbox(meddler.server, timeout=3, reach=HERE) as mailbox:
        mailbox.check("INBOX")
        meddler.silent = True
        began = time.monotonic()
        with pytest.raises(MailboxTrouble, match="did not answer in time"):
            mailbox.check("INBOX")
        assert time.monotonic() - began < 8


def test_copy_is_put_into_a_folder_and_found_by_its_id(imap_server: ImapServer, mailbox: ImapMailbox) -> None:
    imap_server.create("Sent")
    assert not mailbox.find_by_message_id("Sent", "<r7@hartley.example>")
    mailbox.append("Sent", raw(7))
    assert mailbox.find_by_message_id("Sent", "<r7@hartley.example>")
    assert not mailbox.find_by_message_id("Sent", '<r7@hartley.example" OR ALL>')
    assert imap_server.flags("Sent")[0].count(r"\Seen") == 1


def test_folder_that_is_missing(mailbox: ImapMailbox) -> None:
    asks = [
        lambda: mailbox.check("Nowhere"),
        lambda: mailbox.append("Nowhere", raw(0)),
        lambda: list(mailbox.new_mails("Nowhere", None, 0, since=LAST_WEEK)),
        lambda: mailbox.find_by_message_id("Nowhere", "<x@y>"),
    ]
    for ask in asks:
        with pytest.raises(MailboxTrouble, match="has no folder “Nowhere”") as missing:
            ask()
        assert missing.value.trouble is Trouble.FOLDER_MISSING
    mailbox.check("INBOX")


@pytest.mark.parametrize("name", ["Gesendete Objekte", "Sent Items", "Éléments envoyés"])
def test_sent_folder_is_guessed_by_its_name(imap_server: ImapServer, mailbox: ImapMailbox, name: str) -> None:
    assert mailbox.guess_sent_folder() == ""
    with mailbox._ready() as connection:
        connection.folder.create(name)
    assert mailbox.guess_sent_folder() == name
    assert set(mailbox.folders()) == {"INBOX", name}


@pytest.mark.parametrize("secret", ["wrong", "größer", 'quo"te\\', "a\r\nA1 LOGOUT"])
def test_wrong_password(imap_server: ImapServer, secret: str) -> None:
    with (
        ImapMailbox(replace(imap_server.server, secret=secret), timeout=5, reach=HERE) as mailbox,
        pytest.raises(MailboxTrouble) as refused,
    ):
        mailbox.check("INBOX")
    assert refused.value.trouble is Trouble.LOGIN_REFUSED
    assert secret not in str(refused.value)


def test_starttls(imap_server: ImapServer, certificates: Certificates) -> None:
    encrypted = replace(imap_server.server, security="starttls")
    with ImapMailbox(encrypted, timeout=5, reach=certificates.reach) as mailbox:
        mailbox.check("INBOX")
    with ImapMailbox(encrypted, timeout=5, reach=HERE) as mailbox:
        with pytest.raises(MailboxTrouble, match="does not prove who it is") as unproven:
            mailbox.check("INBOX")
        assert unproven.value.trouble is Trouble.UNREACHABLE


def test_starttls_is_never_done_without(imap_server: ImapServer) -> None:
    with Meddler(replace(imap_server.server, security="starttls")) as meddler:
        meddler.changes[b" STARTTLS"] = b""
        with (
            ImapMailbox(meddler.server, timeout=5, reach=HERE) as mailbox,
            pytest.raises(MailboxTrouble, match="offers no STARTTLS"),
        ):
            mailbox.check("INBOX")


def test_hosts_that_cannot_be_read() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        silent = MailServer("127.0.0.1", listening.getsockname()[1], "none", "rosa", "x")
        cases = [
            (silent, HERE, "did not answer in time"),
            (replace(silent, security="tls"), HERE, "did not answer in time"),
            (replace(silent, host="mail.nowhere.invalid"), HERE, "no host named"),
            (silent, Reach(), "private address"),
        ]
        for server, reach, words in cases:
            with pytest.raises(MailboxTrouble, match=words) as trouble:
                ImapMailbox(server, timeout=0.4, reach=reach).check("INBOX")
            assert trouble.value.trouble is Trouble.UNREACHABLE
    with pytest.raises(MailboxTrouble, match="Nothing listens"):
        ImapMailbox(silent, timeout=2, reach=HERE).check("INBOX")
