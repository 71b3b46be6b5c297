"""Providers by their web interface: what they are given, and what their answers mean."""

from __future__ import annotations

import base64
import socket
from dataclasses import replace

import pytest

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.provider import PROVIDERS, ProviderSender
from ringback.domain.mail.outgoing import Attachment, Delivery, MailServer
from ringback.domain.mail.providers import PROVIDERS as OFFERED
from tests.adapters.mail.mails import mail
from tests.mail_servers.provider_api import KEY, ProviderApi

HERE = Reach(private=True)


def test_provider_is_given_the_whole_mail(provider_api: ProviderApi) -> None:
    outgoing = mail(
        to_name="Hartley, Imogen",
        reply_to="rosa+t@ringback.example",
        in_reply_to="<their@hartley.example>",
        references="<first@hartley.example>",
        unsubscribe_url="https://ringback.example/leave/1",
        invitation="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        invitation_method="REQUEST",
        attachments=(Attachment("Über.txt", "text/plain", "grüß".encode("latin-1")),),
    )
    with ProviderSender("postmark", provider_api.server, timeout=10, reach=HERE) as sender:
        result = sender.send(outgoing)
    assert (result.delivery, result.answer) == (Delivery.ACCEPTED, "postmark took it as b7bc2f4a")
    [given] = provider_api.mails
    assert given["From"] == "Rosa Díaz <rosa@ringback.example>"
    assert given["To"] == '"Hartley, Imogen" <imogen@hartley.example>'
    assert given["ReplyTo"] == "rosa+t@ringback.example"
    assert (given["Subject"], given["TextBody"], given["HtmlBody"]) == (outgoing.subject, outgoing.text, outgoing.html)
    assert {each["Name"]: each["Value"] for each in given["Headers"]} == {
        "Message-ID": outgoing.message_id,
        "In-Reply-To": "<their@hartley.example>",
        "References": "<first@hartley.example>",
        "List-Unsubscribe": "<https://ringback.example/leave/1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    calendar, text = given["Attachments"]
    assert (calendar["Name"], calendar["ContentType"].startswith('text/calendar; method="REQUEST"')) == (
        "invite.ics",
        True,
    )
    assert base64.b64decode(calendar["Content"]) == outgoing.invitation.encode()
    assert (text["Name"], base64.b64decode(text["Content"])) == ("Über.txt", "grüß".encode("latin-1"))


MEANINGS = [
    (422, {"ErrorCode": 300, "Message": "Invalid 'To' address"}, Delivery.REFUSED),
    (422, {"ErrorCode": 406, "Message": "You tried to send to inactive: imogen@hartley.example."}, Delivery.REFUSED),
    (401, {"ErrorCode": 10, "Message": "Bad token"}, Delivery.UNREACHABLE),
    (429, {"ErrorCode": 429, "Message": "Slow down"}, Delivery.DEFERRED),
    (503, {"ErrorCode": 100, "Message": "Maintenance"}, Delivery.DEFERRED),
    (500, {"ErrorCode": 0, "Message": "Oops"}, Delivery.IN_DOUBT),
    (504, {}, Delivery.IN_DOUBT),
    (200, {"nothing": "known"}, Delivery.IN_DOUBT),
]


@pytest.mark.parametrize(("status", "body", "expected"), MEANINGS)
def test_answer_means(provider_api: ProviderApi, status: int, body: dict[str, object], expected: Delivery) -> None:
    provider_api.status, provider_api.body = status, body
    with ProviderSender("postmark", provider_api.server, timeout=10, reach=HERE) as sender:
        result = sender.send(mail())
    assert result.delivery is expected
    assert str(body.get("Message", "")) in result.answer
    assert KEY not in result.answer


def test_provider_that_takes_the_mail_and_hangs_up_leaves_a_doubt(provider_api: ProviderApi) -> None:
    provider_api.hangs_up = True
    with ProviderSender("postmark", provider_api.server, timeout=10, reach=HERE) as sender:
        assert sender.send(mail()).delivery is Delivery.IN_DOUBT


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    server = MailServer(f"http://127.0.0.1:{port}/", 0, "none", "", KEY)
    with ProviderSender("postmark", server, timeout=10, reach=HERE) as sender:
        assert sender.send(mail()).delivery is Delivery.UNREACHABLE


def test_address_in_our_own_network_is_not_reached(provider_api: ProviderApi) -> None:
    """https only, and even then no address that is private."""
    typed = provider_api.server
    result = ProviderSender("postmark", typed, timeout=10).send(mail())
    assert (result.delivery, "must begin with https" in result.answer) == (Delivery.UNREACHABLE, True)
    encrypted = replace(typed, host=typed.host.replace("http:", "https:"))
    assert ProviderSender("postmark", encrypted, timeout=10).send(mail()).delivery is Delivery.UNREACHABLE
    assert provider_api.mails == []


@pytest.mark.parametrize(
    ("provider", "server", "words"),
    [
        ("nobody", MailServer("", 0, "none", "", "key"), "no provider of that name"),
        ("postmark", MailServer("", 0, "none"), "the key is missing"),
        ("mailjet", MailServer("", 0, "none", "", "key"), "MAILJET_API_KEY"),
        ("postal", MailServer("", 0, "none", "", "key"), "POSTAL_API_URL"),
    ],
)
def test_settings_that_are_incomplete_are_named(provider: str, server: MailServer, words: str) -> None:
    result = ProviderSender(provider, server).check()
    assert (result.delivery, words in result.answer) == (Delivery.UNREACHABLE, True), result.answer


def test_every_provider_that_is_offered_is_known() -> None:
    assert set(OFFERED) <= set(PROVIDERS)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailNotSupportedWarning")
def test_every_provider_can_be_set_up(provider: str) -> None:
    server = MailServer("https://api.provider.example/", 0, "none", "name", "key")
    with ProviderSender(provider, server) as sender:
        assert sender.check().delivery is Delivery.ACCEPTED
