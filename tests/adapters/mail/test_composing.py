"""What a mail looks like on the wire."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from ringback.adapters.mail.addresses import UnsendableMail
from ringback.adapters.mail.composing import compose
from ringback.domain.mail.outgoing import Attachment, OutgoingMail
from tests.adapters.mail.mails import PLAIN, mail, naughty_strings

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]


def read_back(outgoing: OutgoingMail) -> EmailMessage:
    """As a mail program on the other side reads it, from the bytes alone."""
    message = email.message_from_bytes(compose(outgoing).as_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def shape(part: Any) -> Any:
    if part.is_multipart():
        return {part.get_content_subtype(): [shape(each) for each in part.iter_parts()]}
    return part.get_content_type()


def shown(message: EmailMessage, header: str) -> str:
    """The header's text by RFC 2047: blanks between encoded words are none."""
    raw = dict(message.raw_items())[header]
    return str(make_header(decode_header(raw.replace("\r\n", "").replace("\n", ""))))


def test_plain_mail_has_every_header_once() -> None:
    message = read_back(PLAIN)
    assert message.keys() == HEADERS
    assert message["To"] == '"Imogen Hartley" <imogen@hartley.example>' or str(message["To"]).startswith("Imogen")
    assert message["From"].addresses[0].display_name == "Rosa Díaz"
    assert message["From"].addresses[0].addr_spec == "rosa@ringback.example"
    assert message["Date"].datetime == PLAIN.written_at
    assert message["Message-ID"] == "<first@ringback.example>"
    assert shape(message) == {"alternative": ["text/plain", "text/html"]}


def test_mail_without_html_is_one_part() -> None:
    assert shape(read_back(mail(html=""))) == "text/plain"


def test_thread_ids_stay_whole_however_long() -> None:
    long = [f"<{'r' * 120}{number}@mail.example>" for number in range(30)]
    message = compose(mail(in_reply_to=long[-1], references="  ".join(["garbage", *long]))).as_bytes()
    assert f"In-Reply-To: {long[-1]}\r\n".encode() in message
    assert b"References: " + "\r\n ".join([long[0], *long[-20:]]).encode() + b"\r\n" in message


def test_ids_of_others_that_are_no_ids_are_left_out() -> None:
    assert read_back(mail(in_reply_to="<grüß@x>", references="no id at all")).keys() == HEADERS


def test_leaving_takes_one_click_and_the_link_stays_whole() -> None:
    url = "https://ringback.example/leave/" + "x" * 150
    message = compose(mail(unsubscribe_url=url)).as_bytes()
    assert f"List-Unsubscribe: <{url}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n".encode() in message


def test_invitation_is_a_part_that_calendars_know_and_a_file() -> None:
    message = read_back(mail(invitation=ICS, invitation_method="CANCEL"))
    assert shape(message) == {
        "mixed": [{"alternative": ["text/plain", "text/html", "text/calendar"]}, "application/ics"]
    }
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    assert dict(part["Content-Type"].params) == {"charset": "utf-8", "method": "CANCEL"}
    file = next(iter(message.iter_attachments()))
    assert file.get_filename() == "invite.ics"
    assert file.get_content() == ICS.encode()


@pytest.mark.parametrize(
    ("name", "kind", "expected_name", "expected_kind"),
    [
        ("Über das Dach.pdf", "application/pdf", "Über das Dach.pdf", "application/pdf"),
        ("../../etc/passwd", "text/plain", "..-..-etc-passwd", "text/plain"),
        ("", "nonsense", "attachment", "application/octet-stream"),
        ("a.eml", "message/rfc822", "a.eml", "application/octet-stream"),
        ("a\x07b\u2028c.txt", "multipart/mixed", "a b c.txt", "application/octet-stream"),
        ("x" * 200 + ".pdf", "application/pdf; x=y", "x" * 200 + ".pdf", "application/octet-stream"),
    ],
)
def test_attachment_arrives_as_it_was(name: str, kind: str, expected_name: str, expected_kind: str) -> None:
    content = bytes(range(256)) * 20
    message = read_back(mail(attachments=(Attachment(name, kind, content), Attachment("empty.bin", kind, b""))))
    first, second = message.iter_attachments()
    assert (first.get_filename(), first.get_content_type()) == (expected_name, expected_kind)
    assert first.get_payload(decode=True) == content
    assert second.get_payload(decode=True) == b""


def test_domain_goes_out_in_ascii_and_needs_nothing_special() -> None:
    message = compose(mail(to_address="imogen@bücher.example"))
    assert message["To"].addresses[0].addr_spec == "imogen@xn--bcher-kva.example"
    assert message.policy.utf8 is False  # type: ignore[attr-defined]
    assert message.as_bytes().isascii()


def test_letters_beyond_ascii_before_the_at_need_smtputf8() -> None:
    message = compose(mail(to_address="jürgen@hartley.example"))
    assert message.policy.utf8 is True  # type: ignore[attr-defined]
    assert "<jürgen@hartley.example>".encode() in message.as_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c.example",
        "a b@c.example",
        "a@-c-.example",
        "a@c..example",
        "a@c.example, b@c.example",
        "Imogen <a@c.example>",
        "group: a@c.example;",
        "a(comment)@c.example",
        "a@c.example\r\nBcc: b@c.example",
        "a@c.example\0",
        "x" * 400 + "@c.example",
        "a@" + "c" * 64 + ".example",
        "\udc80@c.example",
    ],
)
def test_impossible_address_is_refused(address: str) -> None:
    with pytest.raises(UnsendableMail):
        compose(mail(to_address=address))


FIELDS: dict[str, Callable[[str], dict[str, Any]]] = {
    field: lambda text, field=field: {field: text}  # type: ignore[misc]
    for field in ("from_name", "to_name", "subject", "to_address", "from_address", "reply_to")
} | {
    "references": lambda text: {"references": text},
    "in_reply_to": lambda text: {"in_reply_to": text},
    "unsubscribe_url": lambda text: {"unsubscribe_url": text},
    "message_id": lambda text: {"message_id": text},
    "invitation_method": lambda text: {"invitation": ICS, "invitation_method": text},
    "attachment": lambda text: {"attachments": (Attachment(text, text, b"x"),)},
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("evil", ["a\r\nBcc: all@evil.example", "a\nb", "a\rb", "a\0b"])
def test_break_in_a_header_is_refused(field: str, evil: str) -> None:
    with pytest.raises(UnsendableMail):
        compose(mail(**FIELDS[field](evil)))


def test_naughty_strings_forge_no_header_and_break_no_line(shared_data: Path) -> None:
    strings = [text for text in naughty_strings(shared_data) if not set("\r\n\0") & set(text)]
    for text in strings:
        everywhere = mail(
            **dict.fromkeys(("from_name", "to_name", "subject", "text", "html", "invitation"), text),
            **dict.fromkeys(("references", "in_reply_to"), text),
            invitation_method="REQUEST",
            attachments=(Attachment(text, text, b"x"),),
        )
        assert forged(everywhere) == [], text
    assert len(strings) > 400


@pytest.mark.parametrize("field", ["to_address", "from_address", "reply_to", "unsubscribe_url", "message_id"])
def test_naughty_string_as_an_address_is_refused_or_harmless(field: str, shared_data: Path) -> None:
    refused = 0
    for text in naughty_strings(shared_data):
        try:
            assert forged(mail(**{field: text})) == [], text
        except UnsendableMail:
            refused += 1
    assert refused > 400


def forged(outgoing: OutgoingMail) -> list[str]:
    """Headers that nobody asked for, and lines that SMTP does not allow."""
    raw = compose(outgoing).as_bytes()
    keys = email.message_from_bytes(raw, policy=email.policy.default).keys()
    expected = {*HEADERS, "Reply-To", "References", "In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"}
    unfit = re.compile(rb"[\r\n\0]|.{999}")
    bad_lines = [repr(line) for line in raw.split(b"\r\n") if unfit.search(line)]
    return [key for key in keys if key not in expected or keys.count(key) > 1] + bad_lines


@pytest.mark.parametrize(("field", "header"), [("subject", "Subject"), ("to_name", "To"), ("from_name", "From")])
def test_naughty_strings_arrive_as_they_were_written(field: str, header: str, shared_data: Path) -> None:
    for text in naughty_strings(shared_data):
        if set("\r\n\0\udc80\u2028") & set(text):
            continue
        message = email.message_from_bytes(compose(mail(**{field: text})).as_bytes(), policy=email.policy.default)
        expected = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        got = " ".join("".join(char if char.isprintable() else " " for char in _name(message, header)).split())
        assert got == expected


def _name(message: Any, header: str) -> str:
    if header == "Subject":
        return shown(message, header)
    raw = dict(message.raw_items())[header].replace("\r\n", "").replace("\n", "")
    phrase = raw.rpartition(" <")[0]
    if phrase.startswith('"'):
        return email.utils.unquote(phrase)
    return str(make_header(decode_header(phrase)))
