"""Handing mail over to real servers that are in order, and to such as are not."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.smtp import SmtpSender
from ringback.domain.mail.outgoing import Delivery, MailServer
from tests.adapters.mail.mails import mail
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.smtp_sink import SmtpSink, Trick

HERE = Reach(private=True)
SHORT = 0.6


@pytest.fixture
def sender(smtp_sink: SmtpSink) -> Iterator[SmtpSender]:
    with SmtpSender(smtp_sink.server, timeout=SHORT, reach=HERE) as sender:
        yield sender


def test_mail_arrives_as_it_was_composed(smtp_sink: SmtpSink, sender: SmtpSender) -> None:
    text = "Dear Imogen,\n.\n..two dots\n.hidden\nÜber alles\n"
    result = sender.send(mail(text=text, html=""))
    assert result.delivery is Delivery.ACCEPTED
    assert result.answer == "250 2.0.0 OK: queued as 4ABC"
    [received] = smtp_sink.mails
    assert (received.sender, received.recipients) == ("rosa@ringback.example", ("imogen@hartley.example",))
    assert received.message.get_content().replace("\r\n", "\n") == text


def test_one_connection_carries_many_mails(smtp_sink: SmtpSink, sender: SmtpSender) -> None:
    assert [sender.send(mail()).delivery for _ in range(5)] == [Delivery.ACCEPTED] * 5
    assert (len(smtp_sink.mails), smtp_sink.sessions) == (5, 1)


def test_mail_of_many_megabytes_arrives_whole(smtp_sink: SmtpSink) -> None:
    with SmtpSender(smtp_sink.server, timeout=60, reach=HERE) as sender:
        assert sender.send(mail(text="long line " * 2_000_000, html="")).delivery is Delivery.ACCEPTED
    assert len(smtp_sink.mails[0].message.get_content()) > 20_000_000


@pytest.mark.parametrize("trick", [Trick.DROP_AT_MAIL, Trick.ACCEPT_AND_DIE])
def test_stale_connection_is_opened_again(smtp_sink: SmtpSink, sender: SmtpSender, trick: Trick) -> None:
    """The last line of both cases is the same: two mails, each once."""
    if trick is Trick.ACCEPT_AND_DIE:
        smtp_sink.play(trick, times=1)
    assert sender.send(mail()).delivery is Delivery.ACCEPTED
    if trick is Trick.DROP_AT_MAIL:
        smtp_sink.play(trick, times=1)
    time.sleep(0.05)
    assert sender.send(mail()).delivery is Delivery.ACCEPTED
    assert (len(smtp_sink.mails), smtp_sink.sessions) == (2, 2)


ANSWERS = [
    ("MAIL", "451 4.3.0 Try later", Delivery.DEFERRED),
    ("MAIL", "550 5.7.1 Sender not owned by user", Delivery.REFUSED),
    ("MAIL", "530 5.7.0 Authentication required", Delivery.UNREACHABLE),
    ("MAIL", "421 4.7.0 Too much", Delivery.DEFERRED),
    ("MAIL", "hello", Delivery.DEFERRED),
    ("RCPT", "450 4.2.0 Greylisted", Delivery.DEFERRED),
    ("RCPT", "550 5.1.1 No such user", Delivery.REFUSED),
    ("DATA", "451 4.3.0 Not now", Delivery.DEFERRED),
    ("DATA", "554 5.5.1 No", Delivery.REFUSED),
    ("END", "452 4.3.1 Full", Delivery.DEFERRED),
    ("END", "550 5.7.1 Spam", Delivery.REFUSED),
    ("END", "550 5.4.5 Daily user sending limit exceeded", Delivery.DEFERRED),
    ("END", "421 4.3.2 Closing", Delivery.DEFERRED),
    ("END", "354 what", Delivery.IN_DOUBT),
]


@pytest.mark.parametrize(("at", "answer", "expected"), ANSWERS)
def test_answer_means(smtp_sink: SmtpSink, sender: SmtpSender, at: str, answer: str, expected: Delivery) -> None:
    smtp_sink.answers[at] = answer
    result = sender.send(mail())
    assert (result.delivery, smtp_sink.mails) == (expected, [])
    assert answer.partition(" ")[2] in result.answer
    smtp_sink.answers.clear()
    assert sender.send(mail()).delivery is Delivery.ACCEPTED


BREAKS = [
    (Trick.STALL_AT_MAIL, Delivery.DEFERRED, 0),
    (Trick.DRIP_AT_MAIL, Delivery.DEFERRED, 0),
    (Trick.DROP_AT_MAIL, Delivery.DEFERRED, 0),
    (Trick.DROP_IN_DATA, Delivery.DEFERRED, 0),
    (Trick.STALL_IN_DATA, Delivery.DEFERRED, 0),
    (Trick.STALL_AT_END, Delivery.IN_DOUBT, 0),
    (Trick.DROP_AT_END, Delivery.IN_DOUBT, 0),
    (Trick.KEEP_AND_DROP, Delivery.IN_DOUBT, 1),
    (Trick.KEEP_AND_BABBLE, Delivery.IN_DOUBT, 1),
    (Trick.ACCEPT_AND_DIE, Delivery.ACCEPTED, 1),
]


@pytest.mark.parametrize(("trick", "expected", "kept"), BREAKS)
def test_break_means(smtp_sink: SmtpSink, sender: SmtpSender, trick: Trick, expected: Delivery, kept: int) -> None:
    """In the middle of a mail means: of one that does not fit into what the system takes at once."""
    large = trick in (Trick.DROP_IN_DATA, Trick.STALL_IN_DATA)
    smtp_sink.play(trick)
    outgoing = mail(text="long line " * (1_000_000 if large else 10))
    began = time.monotonic()
    result = sender.send(outgoing)
    assert (result.delivery, len(smtp_sink.mails)) == (expected, kept)
    assert time.monotonic() - began < 4 * SHORT + 3 * large
    assert ("may have been sent" in result.answer) is (expected is Delivery.IN_DOUBT)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_encrypted_and_logged_in(
    start_smtp_sink: Callable[..., SmtpSink], certificates: Certificates, security: str
) -> None:
    sink = start_smtp_sink(security=security, username="rosa@ringback.example", secret="gehëim 密")
    with SmtpSender(sink.server, timeout=5, reach=certificates.reach) as sender:
        assert sender.check().delivery is Delivery.ACCEPTED
        assert sender.send(mail()).delivery is Delivery.ACCEPTED
        assert sender.send(mail()).delivery is Delivery.ACCEPTED
    assert len(sink.mails) == 2


def test_wrong_password_is_the_mailboxs_fault(start_smtp_sink: Callable[..., SmtpSink]) -> None:
    sink = start_smtp_sink(username="rosa", secret="right")
    wrong = MailServer(sink.server.host, sink.server.port, "none", "rosa", "wrong-secret")
    result = SmtpSender(wrong, timeout=5, reach=HERE).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert "does not accept the user name and the password: 535" in result.answer
    assert "wrong-secret" not in result.answer


@pytest.mark.parametrize("kind", ["expired", "elsewhere", "certificate"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_certificate_that_proves_nothing_ends_it(
    start_smtp_sink: Callable[..., SmtpSink], certificates: Certificates, kind: str, security: str
) -> None:
    """The good certificate too, when nobody said that its authority is to be believed."""
    sink = start_smtp_sink(
        security=security, tls=certificates.tls(getattr(certificates, kind)), username="r", secret="s"
    )
    reach = HERE if kind == "certificate" else certificates.reach
    result = SmtpSender(sink.server, timeout=5, reach=reach).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert "does not prove who it is" in result.answer


def test_starttls_is_never_done_without(smtp_sink: SmtpSink) -> None:
    plain = smtp_sink.server
    result = SmtpSender(MailServer(plain.host, plain.port, "starttls"), timeout=2, reach=HERE).send(mail())
    assert (result.delivery, smtp_sink.mails) == (Delivery.UNREACHABLE, [])
    assert "offers no STARTTLS" in result.answer


def test_tls_where_none_is_spoken_says_what_to_try(smtp_sink: SmtpSink) -> None:
    plain = smtp_sink.server
    result = SmtpSender(MailServer(plain.host, plain.port, "tls"), timeout=2, reach=HERE).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert "does not answer in TLS. Perhaps it wants STARTTLS" in result.answer


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    result = SmtpSender(MailServer("127.0.0.1", port, "none"), timeout=2, reach=HERE).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert result.answer == f"Nothing listens at 127.0.0.1:{port}. Is the port right?"


def test_host_that_does_not_exist() -> None:
    result = SmtpSender(MailServer("mail.nowhere.invalid", 25, "none"), timeout=2, reach=HERE).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert "no host named 'mail.nowhere.invalid'" in result.answer


def test_server_that_says_nothing_costs_its_time_only() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = MailServer("127.0.0.1", listening.getsockname()[1], "none")
        result = SmtpSender(server, timeout=0.3, reach=HERE).send(mail())
    assert result.delivery is Delivery.UNREACHABLE
    assert "did not answer in time" in result.answer


def test_loopback_is_forbidden_unless_allowed(smtp_sink: SmtpSink) -> None:
    result = SmtpSender(smtp_sink.server, timeout=2).send(mail())
    assert (result.delivery, smtp_sink.sessions) == (Delivery.UNREACHABLE, 0)
    assert "private address" in result.answer


def test_mail_that_is_none_is_refused_without_a_connection(smtp_sink: SmtpSink, sender: SmtpSender) -> None:
    result = sender.send(mail(to_name="a\r\nBcc: all@evil.example"))
    assert (result.delivery, smtp_sink.sessions) == (Delivery.REFUSED, 0)


def test_letters_beyond_ascii_before_the_at(smtp_sink: SmtpSink, sender: SmtpSender) -> None:
    assert sender.send(mail(to_address="jürgen@bücher.example")).delivery is Delivery.ACCEPTED
    assert smtp_sink.mails[0].recipients == ("jürgen@xn--bcher-kva.example",)


def test_letters_beyond_ascii_where_the_server_cannot(start_smtp_sink: Callable[..., SmtpSink]) -> None:
    sink = start_smtp_sink(smtputf8=False)
    with SmtpSender(sink.server, timeout=2, reach=HERE) as sender:
        assert sender.send(mail(to_address="jürgen@hartley.example")).delivery is Delivery.REFUSED
        assert sender.send(mail(to_address="imogen@bücher.example")).delivery is Delivery.ACCEPTED
