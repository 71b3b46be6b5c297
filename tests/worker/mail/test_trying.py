"""A trial of a mailbox before real servers: every way in which it can fail, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from ringback.actions.mailboxes import MailboxFields, connect_mailbox
from ringback.adapters.mail.provider import PROVIDERS as BACKENDS
from ringback.adapters.secrets import seal
from ringback.domain.mail.identity import message_id
from ringback.domain.mail.providers import PROVIDERS
from ringback.models import Mailbox, Workspace
from ringback.worker.mail.trying import (
    ARRIVE,
    CONNECT,
    COPY,
    SEND,
    Step,
    Trial,
    look_for,
    trial_mail,
    try_copying,
    try_sending,
)
from tests.cast import NOW, Cast, cast
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.ports import free_port
from tests.mail_servers.provider_api import KEY, ProviderApi
from tests.mail_servers.smtp_sink import SmtpSink, Trick

ADDRESS = "rosa@kilns.example"
MESSAGE_ID = message_id("0" * 32, ADDRESS)
Start = Callable[..., SmtpSink]


@pytest.fixture
def them(db: None) -> Cast:
    found = cast(people=0)
    Workspace.objects.update(private_hosts=True)
    return found


def connected(them: Cast, sink: SmtpSink, imap: ImapServer | None = None, **changed: Any) -> Mailbox:
    """A mailbox of Rosa's at these servers."""
    server = sink.server
    said: dict[str, Any] = {
        "address": ADDRESS,
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_security": server.security,
        "username": server.username,
        "secret": server.secret,
    }
    if imap is not None:
        said |= {
            "imap_host": imap.server.host,
            "imap_port": imap.server.port,
            "imap_security": "none",
            "imap_username": imap.server.username,
            "imap_secret": imap.server.secret,
        }
    return connect_mailbox(by=them.rosa, owner=them.rosa, fields=MailboxFields(**(said | changed)), now=NOW)


def tried(mailbox: Mailbox, to: str = "") -> Trial:
    return try_sending(mailbox=mailbox, to=to, now=timezone.now(), seconds=2)


def test_mail_is_sent_to_itself_and_found(them: Cast, smtp_sink: SmtpSink, imap_server: ImapServer) -> None:
    mailbox = connected(them, smtp_sink, imap_server)
    Mailbox.objects.update(trouble="It was away.", troubles=2, retry_at=NOW)
    trial = tried(mailbox)
    assert [(step.step, step.passed) for step in trial.steps] == [(CONNECT, True), (SEND, True)]
    (mail,) = smtp_sink.mails
    assert (mail.sender, mail.recipients, mail.message["Message-ID"]) == (ADDRESS, (ADDRESS,), trial.message_id)
    assert mail.message["From"] == f"Rosa Lindqvist <{ADDRESS}>"
    assert look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=True) is None
    imap_server.put(mail.content)
    arrived = look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=True)
    assert arrived is not None
    assert (arrived.step, arrived.passed) == (ARRIVE, True)
    mailbox.refresh_from_db()
    assert (mailbox.trouble, mailbox.troubles, mailbox.retry_at) == ("", 0, None)


def test_mail_to_somebody_else(them: Cast, smtp_sink: SmtpSink) -> None:
    trial = tried(connected(them, smtp_sink), to="ada@kilns.example")
    assert smtp_sink.mails[0].recipients == ("ada@kilns.example",)
    assert trial.to == "ada@kilns.example"


def test_encrypted_and_logged_in(them: Cast, start_smtp_sink: Start, certificates: Certificates, settings: Any) -> None:
    settings.MAIL_AUTHORITIES = certificates.authorities
    for number, security in enumerate(("starttls", "tls")):
        sink = start_smtp_sink(security=security, username="rosa", secret="open sesame")
        assert tried(connected(them, sink, address=f"r{number}@kilns.example")).passed


def by_provider(them: Cast, api: ProviderApi, imap: ImapServer, key: str) -> Mailbox:
    fields = MailboxFields(
        address=ADDRESS,
        provider="postmark",
        smtp_host=api.server.host,
        secret=key,
        imap_host=imap.server.host,
        imap_port=imap.server.port,
        imap_security="none",
        imap_username=imap.server.username,
        imap_secret=imap.server.secret,
    )
    return connect_mailbox(by=them.rosa, owner=them.rosa, fields=fields, now=NOW)


def test_mail_of_a_provider_is_found_though_it_has_another_identity(
    them: Cast, provider_api: ProviderApi, imap_server: ImapServer
) -> None:
    mailbox = by_provider(them, provider_api, imap_server, KEY)
    trial = tried(mailbox)
    assert trial.passed
    (mail,) = provider_api.mails
    imap_server.put(f"Message-ID: <b7bc2f4a@postmark.example>\r\nSubject: {mail['Subject']}\r\n\r\nHello\r\n".encode())
    arrived = look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=True)
    assert arrived is not None
    assert arrived.passed
    assert look_for(mailbox=mailbox, message_id=MESSAGE_ID, may_still_come=True) is None


def test_key_that_a_provider_does_not_know(them: Cast, provider_api: ProviderApi, imap_server: ImapServer) -> None:
    trial = tried(by_provider(them, provider_api, imap_server, "sage-glaze-91"))
    assert (trial.steps[-1].step, trial.passed) == (SEND, False)
    assert "token" in trial.steps[-1].words
    assert "sage-glaze-91" not in trial.steps[-1].words


def test_every_provider_that_can_be_chosen_can_be_sent_through() -> None:
    assert set(PROVIDERS) == set(BACKENDS)
    assert {name for name, each in PROVIDERS.items() if each.user} <= {
        name for name, each in BACKENDS.items() if each.user
    }


CONNECTING: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "no-such-host": ({}, {"smtp_host": "nowhere.invalid"}, "There is no host named"),
    "nobody-listens": ({}, {"smtp_port": free_port()}, "Nothing listens at"),
    "tls-where-there-is-none": ({}, {"smtp_security": "tls"}, "TLS"),
    "starttls-where-there-is-none": ({}, {"smtp_security": "starttls"}, "STARTTLS"),
    "unknown-certificate": ({"security": "starttls"}, {}, "certificate"),
    "wrong-password": ({"username": "rosa", "secret": "right"}, {"secret": "wrong"}, "535"),
}


@pytest.mark.parametrize("case", CONNECTING)
def test_no_connection_says_why(case: str, them: Cast, start_smtp_sink: Start) -> None:
    server, said, words = CONNECTING[case]
    sink = start_smtp_sink(**server)
    trial = tried(connected(them, sink, **said))
    (step,) = trial.steps
    assert (step.step, step.passed, trial.message_id) == (CONNECT, False, "")
    assert words in step.words
    assert "wrong" not in step.words
    assert sink.mails == []


SENDING: dict[str, tuple[dict[str, str], str]] = {
    "refused-sender": ({"MAIL": "550 5.7.60 You may not send as this address"}, "does not take the sender: 550"),
    "refused-recipient": ({"RCPT": "550 5.1.1 No such person"}, "does not take the recipient: 550"),
    "refused-mail": ({"END": "554 5.7.1 Looks like spam"}, "does not take the mail: 554"),
    "not-now": ({"RCPT": "450 4.2.0 Greylisted"}, "just now, and would be asked again later"),
}


@pytest.mark.parametrize("case", SENDING)
def test_refusal_says_of_what(case: str, them: Cast, smtp_sink: SmtpSink) -> None:
    answers, words = SENDING[case]
    smtp_sink.answers |= answers
    trial = tried(connected(them, smtp_sink))
    assert [(step.step, step.passed) for step in trial.steps] == [(CONNECT, True), (SEND, False)]
    assert words in trial.steps[-1].words


def test_broken_off_in_the_act_says_that_nobody_knows(them: Cast, smtp_sink: SmtpSink) -> None:
    smtp_sink.play(Trick.KEEP_AND_DROP)
    assert "may have been sent" in tried(connected(them, smtp_sink)).steps[-1].words


def test_private_address_is_told_apart_from_a_broken_server(them: Cast, smtp_sink: SmtpSink) -> None:
    mailbox = connected(them, smtp_sink)
    Workspace.objects.update(private_hosts=False)
    assert "private address" in tried(mailbox).steps[0].words


def test_password_of_another_key_is_told_before_anything_is_tried(them: Cast, smtp_sink: SmtpSink) -> None:
    mailbox = connected(them, smtp_sink)
    mailbox.secret = mailbox.imap_secret = seal("x", ["another key"])
    for step in (tried(mailbox).steps[0], look_for(mailbox=mailbox, message_id=MESSAGE_ID, may_still_come=True)):
        assert isinstance(step, Step)
        assert "another secret key" in step.words
    assert smtp_sink.sessions == 0


READING: dict[str, tuple[dict[str, Any], str]] = {
    "wrong-password": ({"imap_secret": "wrong"}, "127.0.0.1"),
    "no-such-folder": ({"inbox_folder": "Sales"}, "has no folder “Sales”"),
    "nobody-listens": ({"imap_port": free_port()}, "Nothing listens at"),
}


@pytest.mark.parametrize("case", READING)
def test_unreadable_inbox_is_told_at_once(case: str, them: Cast, smtp_sink: SmtpSink, imap_server: ImapServer) -> None:
    said, words = READING[case]
    step = look_for(
        mailbox=connected(them, smtp_sink, imap_server, **said), message_id=MESSAGE_ID, may_still_come=True, seconds=3
    )
    assert step is not None
    assert (step.step, step.passed) == (ARRIVE, False)
    assert words in step.words
    assert "“wrong”" not in step.words


def test_copy_is_tried_where_copies_are_wanted(them: Cast, smtp_sink: SmtpSink, imap_server: ImapServer) -> None:
    mailbox = connected(them, smtp_sink, imap_server, sent_folder="Sent")
    imap_server.create("Gesendet")
    failed = tried(mailbox).steps[-1]
    assert (failed.step, failed.passed) == (COPY, False)
    assert failed.words == (
        "Your mail is sent, but no copies of it are kept: 127.0.0.1 has no folder “Sent”, or does not open it. "
        "Its folder for sent mail seems to be “Gesendet”: put that in as the folder for copies."
    )
    mailbox.sent_folder = "Gesendet"
    trial = tried(mailbox)
    assert (trial.passed, trial.steps[-1].words) == (True, "A copy of it lies in “Gesendet”.")
    assert len(imap_server.flags("Gesendet")) == 1
    mail = trial_mail(mailbox, ADDRESS, NOW)
    imap_server.put(f"Message-ID: {mail.message_id}\r\n\r\nx\r\n".encode(), folder="Gesendet")
    by_itself = try_copying(mailbox=mailbox, mail=mail)
    assert by_itself is not None
    assert (by_itself.passed, "by itself" in by_itself.words) == (True, True)
    assert len(imap_server.flags("Gesendet")) == 2


def test_what_landed_in_spam_or_nowhere(them: Cast, smtp_sink: SmtpSink, imap_server: ImapServer) -> None:
    mailbox = connected(them, smtp_sink, imap_server)
    imap_server.create("Junk")
    trial = tried(mailbox)
    lost = look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=False)
    imap_server.put(smtp_sink.mails[0].content, folder="Junk")
    spam = look_for(mailbox=mailbox, message_id=trial.message_id, may_still_come=False)
    assert lost is not None
    assert spam is not None
    assert ("did not arrive in time" in lost.words, "went to “Junk”" in spam.words) == (True, True)
    assert (lost.passed, spam.passed) == (False, False)
