"""Mail that really travels: handed to Postfix, delivered, and read from Dovecot."""

from __future__ import annotations

import email
import email.policy
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from ringback.adapters.calendar.invitation import invitation
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.senders import sender_for
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble
from ringback.domain.mail.invitation import Invitation
from ringback.domain.mail.outgoing import Attachment, Delivery, OutgoingMail, SendResult
from tests.adapters.mail.mails import mail, naughty_strings
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.post_office import IMOGEN, LOST, ROSA, PostOffice

LAST_WEEK = date.today() - timedelta(days=7)
SECURITIES = ["starttls", "tls"]


def send(office: PostOffice, certificates: Certificates, outgoing: OutgoingMail, *, by: str = ROSA) -> SendResult:
    sender = sender_for(office.smtp(by), timeout=15, reach=certificates.reach)
    try:
        return sender.send(outgoing)
    finally:
        sender.close()


def inbox(office: PostOffice, certificates: Certificates, address: str, *, count: int = 1) -> list[EmailMessage]:
    """As soon as so many mails are there."""
    with ImapMailbox(office.imap(address), timeout=15, reach=certificates.reach) as mailbox:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if len(found := list(mailbox.new_mails("INBOX", None, 0, since=LAST_WEEK))) >= count:
                return [email.message_from_bytes(each.raw, policy=email.policy.default) for each in found]  # type: ignore[misc]
            mailbox.wait_for_news("INBOX", 5)
    raise AssertionError(f"{address} has {len(found)} mails, not {count}")


def test_mail_travels_with_everything_it_carries(post_office: PostOffice, certificates: Certificates) -> None:
    starts = datetime(2026, 3, 10, 9, tzinfo=UTC)
    talk = Invitation(
        "u1@ringback.example", 2, starts, starts + timedelta(minutes=30), starts, "Our talk", "About the trial.",
        ROSA, "Rosa Díaz", IMOGEN, "Imogen Hartley",
    )  # fmt: skip
    paper = Attachment("Bürostühle – im Vergleich.pdf", "application/pdf", bytes(range(256)) * 4000)
    outgoing = mail(
        invitation=invitation(talk),
        invitation_method=talk.method,
        attachments=(paper,),
        subject="Unser Gespräch am Dienstag: worüber wir reden wollen, wenn Sie mögen – ganz ohne Eile",
        text="Liebe Imogen,\n.\nbis Dienstag.\n" + "x" * 3000 + "\n",
        in_reply_to="<their@hartley.example>",
        references="<first@hartley.example> <their@hartley.example>",
    )
    assert send(post_office, certificates, outgoing).delivery is Delivery.ACCEPTED
    [message] = inbox(post_office, certificates, IMOGEN)
    for header in ("Message-ID", "In-Reply-To", "References", "Subject"):
        expected = {"Message-ID": outgoing.message_id, "In-Reply-To": outgoing.in_reply_to}
        expected |= {"References": outgoing.references, "Subject": outgoing.subject}
        assert message[header] == expected[header]
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == outgoing.text
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    [event] = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["DTSTART"].dt) == ("u1@ringback.example", 2, starts)
    _, file = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == (paper.name, paper.content)


def test_naughty_strings_travel_and_forge_nothing(
    post_office: PostOffice, certificates: Certificates, shared_data: Path
) -> None:
    """Every tenth: the whole list is tried on what is composed."""
    sendable = [text for text in naughty_strings(shared_data) if not set("\r\n\0\udc80") & set(text)][::10]
    with_sender = sender_for(post_office.smtp(), timeout=15, reach=certificates.reach)
    for text in sendable:
        outgoing = mail(subject=text, to_name=text, text=text, attachments=(Attachment(text, text, text.encode()),))
        assert with_sender.send(outgoing).delivery is Delivery.ACCEPTED, text
    with_sender.close()
    messages = inbox(post_office, certificates, IMOGEN, count=len(sendable))
    assert len(messages) == len(sendable)
    for message in messages:
        assert [message.get_all(name, []) for name in ("Bcc", "Cc")] == [[], []]
        assert [address.addr_spec for address in message["To"].addresses] == [IMOGEN]


def test_plus_address_reaches_its_mailbox(post_office: PostOffice, certificates: Certificates) -> None:
    outgoing = mail(to_address="rosa+t0ken@ringback.example", from_address=IMOGEN)
    assert send(post_office, certificates, outgoing, by=IMOGEN).delivery is Delivery.ACCEPTED
    [message] = inbox(post_office, certificates, ROSA)
    assert (
        message["Delivered-To"] == "rosa+t0ken@ringback.example" or message["To"].addresses[0].username == "rosa+t0ken"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_address": "nobody@hartley.example"}, "User unknown"),
        ({"from_address": IMOGEN, "to_address": ROSA}, "not owned by user rosa@ringback.example"),
    ],
)
def test_refusal_comes_with_the_servers_words(
    post_office: PostOffice, certificates: Certificates, changes: dict[str, str], words: str
) -> None:
    result = send(post_office, certificates, mail(**changes))
    assert result.delivery is Delivery.REFUSED
    assert words in result.answer


def test_mail_for_nobody_comes_back(post_office: PostOffice, certificates: Certificates) -> None:
    outgoing = mail(to_address=LOST)
    assert send(post_office, certificates, outgoing).delivery is Delivery.ACCEPTED
    [report] = inbox(post_office, certificates, ROSA)
    assert report.get_content_type() == "multipart/report"
    assert outgoing.message_id in report.as_string()


@pytest.mark.parametrize("security", SECURITIES)
def test_mailbox_is_read_encrypted_and_news_come_by_idle(
    post_office: PostOffice, certificates: Certificates, security: str
) -> None:
    with ImapMailbox(post_office.imap(IMOGEN, security), timeout=15, reach=certificates.reach) as mailbox:
        assert list(mailbox.new_mails("INBOX", None, 0, since=LAST_WEEK)) == []
        assert mailbox.wait_for_news("INBOX", 0.3) is False
        send(post_office, certificates, mail())
        began = time.monotonic()
        assert mailbox.wait_for_news("INBOX", 20) is True
        assert time.monotonic() - began < 10
        assert len(list(mailbox.new_mails("INBOX", None, 0, since=LAST_WEEK))) == 1


@pytest.mark.parametrize("security", SECURITIES)
def test_wrong_password_and_unproven_certificate(
    post_office: PostOffice, certificates: Certificates, security: str
) -> None:
    wrong = replace(post_office.smtp(security=security), secret="wrong")
    assert sender_for(wrong, timeout=15, reach=certificates.reach).check().delivery is Delivery.UNREACHABLE
    stranger = replace(certificates.reach, authorities=None)
    answer = sender_for(post_office.smtp(security=security), timeout=15, reach=stranger).check().answer
    assert "does not prove who it is" in answer
    for server, reach, trouble in (
        (replace(post_office.imap(security=security), secret="wrong"), certificates.reach, Trouble.LOGIN_REFUSED),
        (post_office.imap(security=security), stranger, Trouble.UNREACHABLE),
    ):
        with pytest.raises(MailboxTrouble) as refused:
            ImapMailbox(server, timeout=15, reach=reach).check("INBOX")
        assert refused.value.trouble is trouble


def test_sent_folder_is_the_one_the_server_marks(post_office: PostOffice, certificates: Certificates) -> None:
    outgoing = mail()
    with ImapMailbox(post_office.imap(), timeout=15, reach=certificates.reach) as mailbox:
        folder = mailbox.guess_sent_folder()
        assert folder == "Gesendet"
        assert not mailbox.find_by_message_id(folder, outgoing.message_id)
        mailbox.append(folder, compose(outgoing).as_bytes())
        assert mailbox.find_by_message_id(folder, outgoing.message_id)
        with pytest.raises(MailboxTrouble) as missing:
            mailbox.append("Nowhere", b"Subject: x\r\n\r\n")
        assert missing.value.trouble is Trouble.FOLDER_MISSING
