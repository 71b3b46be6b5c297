"""Settings → Mailboxes, as a rep, a manager and an admin meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ringback.actions.mailboxes import MailboxFields, connect_mailbox
from ringback.models import Activity, Mailbox, Message, User, Workspace
from ringback.queries.mailboxes import reading_server, sending_server
from tests.cast import NOW, Cast
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.smtp_sink import SmtpSink

AsUser = Callable[[User], Client]
PASSWORD, IMAP_PASSWORD = "sage-glaze-91", "cobalt-slip-17"
TYPED = {
    "address": "rosa@example.com",
    "from_name": "Rosa Lindqvist",
    "signature": "Harbour Kilns\n040 555 0102",
    "provider": "",
    "smtp_host": "smtp.example.com",
    "smtp_port": "587",
    "smtp_security": "starttls",
    "username": "rosa",
    "secret": PASSWORD,
    "reads": "on",
    "imap_host": "imap.example.com",
    "imap_port": "993",
    "imap_security": "tls",
    "inbox_folder": "INBOX",
    "sent_folder": "Sent",
    "per_minute": "20",
    "per_day": "300",
}


@pytest.fixture
def rosas(them: Cast) -> Mailbox:
    fields = MailboxFields(
        address="rosa@example.com",
        smtp_host="smtp.example.com",
        username="rosa",
        secret=PASSWORD,
        imap_host="imap.example.com",
        imap_username="rosa-reads",
        imap_secret=IMAP_PASSWORD,
    )
    return connect_mailbox(by=them.rosa, owner=them.rosa, fields=fields, now=NOW)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_rep_connects_the_own_mailbox(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    assert "Connect your mailbox" in text(client.get("/settings/mailboxes/"))
    answer = client.post("/settings/mailboxes/new", TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/mailboxes/")
    row = Mailbox.objects.get()
    assert (row.owner, row.per_day, row.signature) == (
        them.rosa,
        300,
        "Harbour Kilns\r\n040 555 0102".replace("\r", ""),
    )
    assert (sending_server(row).secret, reading_server(row).secret) == (PASSWORD, PASSWORD)
    shown = text(client.get("/settings/mailboxes/"))
    assert ("rosa@example.com" in shown, "Not used yet" in shown, "0 of 300" in shown) == (True, True, True)


def test_secrets_are_in_no_answer(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    rosas.refresh_from_db()
    never = (PASSWORD, IMAP_PASSWORD, rosas.secret, rosas.imap_secret)
    pages = ("/settings/mailboxes/", f"/settings/mailboxes/{rosas.pk}", "/settings/log", "/settings/house")
    client = as_user(them.ada)
    answers = [client.get(page) for page in pages]
    # What was typed does not come back with a refusal either.
    answers.append(client.post(f"/settings/mailboxes/{rosas.pk}", TYPED | {"secret": PASSWORD, "smtp_port": "0"}))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 422]
    assert [secret for answer in answers for secret in never if secret in text(answer)] == []
    assert 'placeholder="unchanged"' in text(answers[1])
    assert not any(secret in entry.text for entry in Activity.objects.all() for secret in never)


def test_unchanged_password_stays_and_a_typed_one_replaces_it(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    typed = TYPED | {"own_login": "on", "imap_username": "rosa-reads", "secret": "", "imap_secret": ""}
    assert client.post(f"/settings/mailboxes/{rosas.pk}", typed | {"from_name": "Rosa L."}).status_code == 302
    row = Mailbox.objects.get()
    assert row.from_name == "Rosa L."
    assert (sending_server(row).secret, reading_server(row).secret) == (PASSWORD, IMAP_PASSWORD)
    client.post(f"/settings/mailboxes/{rosas.pk}", typed | {"secret": "typed-anew-3"})
    assert sending_server(Mailbox.objects.get()).secret == "typed-anew-3"


def test_without_a_log_in_of_its_own_reading_takes_that_of_sending(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    answer = as_user(them.rosa).post(f"/settings/mailboxes/{rosas.pk}", TYPED | {"secret": ""})
    # The kept password of sending would go to a server it was not typed for.
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["secret"])
    assert as_user(them.rosa).post(f"/settings/mailboxes/{rosas.pk}", TYPED).status_code == 302
    assert reading_server(Mailbox.objects.get()).secret == PASSWORD


def test_reading_is_turned_off_by_its_box(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    typed = {name: value for name, value in TYPED.items() if name != "reads"}
    assert as_user(them.rosa).post(f"/settings/mailboxes/{rosas.pk}", typed).status_code == 302
    row = Mailbox.objects.get()
    assert (row.imap_host, row.sent_folder, row.imap_secret) == ("", "", "")


REFUSED = {
    "header-in-name": ({"from_name": "Rosa\r\nBcc: all@example.com"}, "from_name"),
    "no-address": ({"address": "rosa"}, "address"),
    "list-of-addresses": ({"address": "a@example.com, b@example.com"}, "address"),
    "page-as-server": ({"smtp_host": "https://smtp.example.com"}, "smtp_host"),
    "no-server": ({"smtp_host": ""}, "smtp_host"),
    "no-such-port": ({"smtp_port": "70000"}, "smtp_port"),
    "no-such-security": ({"smtp_security": "ssl"}, "smtp_security"),
    "no-encryption": ({"imap_security": "none"}, "imap_security"),
    "no-password": ({"secret": ""}, "secret"),
    "no-key": ({"provider": "postmark", "secret": "", "reads": ""}, "secret"),
    "no-such-provider": ({"provider": "pigeon"}, "provider"),
    "too-many": ({"per_day": "1000000"}, "per_day"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_answered_at_its_field(case: str, them: Cast, as_user: AsUser) -> None:
    typed, field = REFUSED[case]
    answer = as_user(them.rosa).post("/settings/mailboxes/new", TYPED | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Mailbox.objects.exists()


def test_key_of_a_provider_opens_no_inbox(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    answer = client.post("/settings/mailboxes/new", TYPED | {"provider": "postmark"})
    assert list(answer.context["form"].errors) == ["imap_username", "imap_secret"]
    typed = TYPED | {"provider": "postmark", "imap_username": "rosa", "imap_secret": IMAP_PASSWORD}
    assert client.post("/settings/mailboxes/new", typed).status_code == 302
    row = Mailbox.objects.get()
    assert reading_server(row).secret == IMAP_PASSWORD
    # The server and log-in that are hidden on the page do not lead the provider elsewhere.
    assert (row.smtp_host, row.username) == ("", "")


def test_provider_of_another_region_and_with_a_second_key(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    typed = TYPED | {"provider": "mailjet", "reads": "", "api_address": "api.eu.mailjet.com"}
    answer = client.post("/settings/mailboxes/new", typed)
    assert list(answer.context["form"].errors) == ["api_user", "api_address"]
    typed |= {"api_address": "https://api.eu.mailjet.com/v3.1/", "api_user": "user-7"}
    assert client.post("/settings/mailboxes/new", typed).status_code == 302
    row = Mailbox.objects.get()
    assert (row.smtp_host, row.username) == ("https://api.eu.mailjet.com/v3.1/", "user-7")
    shown = text(client.get(f"/settings/mailboxes/{row.pk}"))
    assert ("https://api.eu.mailjet.com/v3.1/" in shown, "user-7" in shown) == (True, True)
    answer = client.post(
        f"/settings/mailboxes/{row.pk}", typed | {"secret": "", "api_address": "https://attacker.example"}
    )
    assert list(answer.context["form"].errors) == ["secret"]


def test_admin_connects_for_somebody_else_and_nobody_else_does(them: Cast, as_user: AsUser) -> None:
    for user in (them.otto, them.max):
        as_user(user).post("/settings/mailboxes/new", TYPED | {"owner": them.rosa.pk, "address": f"{user}@example.com"})
    assert set(Mailbox.objects.values_list("owner__username", flat=True)) <= {"otto", "max"}
    Mailbox.objects.all().delete()
    assert as_user(them.ada).post("/settings/mailboxes/new", TYPED | {"owner": them.rosa.pk}).status_code == 302
    assert Mailbox.objects.get().owner == them.rosa


def test_colleagues_mailboxes_are_not_shown(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    seen = {user: "rosa@example.com" in text(as_user(user).get("/settings/mailboxes/")) for user in roster(them)}
    assert seen == {them.rosa: True, them.max: False, them.otto: False, them.ada: True}


def roster(them: Cast) -> tuple[User, ...]:
    return (them.rosa, them.max, them.otto, them.ada)


def test_pausing_needs_a_reason_and_shows_it(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    client.post(f"/settings/mailboxes/{rosas.pk}/pause", {"reason": " "})
    assert Mailbox.objects.get().paused_at is None
    client.post(f"/settings/mailboxes/{rosas.pk}/pause", {"reason": "<b>On leave</b>"})
    shown = text(client.get("/settings/mailboxes/"))
    assert "&lt;b&gt;On leave&lt;/b&gt;" in shown
    client.post(f"/settings/mailboxes/{rosas.pk}/resumption")
    assert Mailbox.objects.get().paused_at is None


def test_trouble_is_told_in_the_words_it_was_noted_with(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    Mailbox.objects.update(trouble="smtp.example.com:587 refused the password.", trouble_at=NOW)
    assert "refused the password." in text(as_user(them.rosa).get("/settings/mailboxes/"))


def test_tried_before_the_scripts_were_there_is_looked_for_all_the_same(
    them: Cast, rosas: Mailbox, as_user: AsUser, smtp_sink: SmtpSink, imap_server: ImapServer
) -> None:
    Workspace.objects.update(private_hosts=True)
    (out, back), client = (smtp_sink.server, imap_server.server), as_user(them.rosa)
    servers = {"smtp_host": out.host, "smtp_port": str(out.port), "smtp_security": "none", "username": ""}
    servers |= {"imap_host": back.host, "imap_port": str(back.port), "imap_security": "none", "own_login": "on"}
    client.post(
        f"/settings/mailboxes/{rosas.pk}", TYPED | servers | {"imap_username": "rosa", "imap_secret": back.secret}
    )
    shown = text(client.post(f"/settings/mailboxes/{rosas.pk}/trial", follow=True))
    assert "Looking for it in the inbox" in shown
    (next_look,) = re.findall(r'hx-get="([^"]+/arrival[^"]*)"', shown)
    imap_server.put(smtp_sink.wait_for(1)[0].content)
    assert "It arrived in" in text(client.get(unescape(next_look)))
    assert "Looking for it" not in text(client.get("/settings/mailboxes/", {"looking": "made-up"}))


def test_removed_only_while_nothing_went_through_it(them: Cast, rosas: Mailbox, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    Message.objects.create(
        prospect=them.sofia, mailbox=rosas, situation="own", message_id="<1@example.com>", to_address="s@example.com",
        subject="Hello", text="Hello", state="sent", due_at=NOW, created_at=NOW, settled_at=NOW,
    )  # fmt: skip
    answer = client.post(f"/settings/mailboxes/{rosas.pk}/removal", follow=True)
    assert "Pause it instead" in text(answer)
    assert "1 of 400" in text(answer)
    Message.objects.all().delete()
    client.post(f"/settings/mailboxes/{rosas.pk}/removal")
    assert not Mailbox.objects.exists()


def test_servers_of_large_providers_are_known(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.rosa)
    known = client.get("/settings/mailboxes/servers", {"address": "rosa@gmail.com"})
    assert ("smtp.gmail.com" in text(known), "app password" in text(known)) == (True, True)
    typed = {"address": "rosa@gmail.com", "smtp_host": "mail.kilns.example"}
    assert client.get("/settings/mailboxes/servers", typed).status_code == 204
    assert client.get("/settings/mailboxes/servers", {"address": "rosa@kilns.example"}).status_code == 204


@pytest.mark.parametrize("count", [1, 30])
def test_listing_asks_the_same_for_many(
    count: int, them: Cast, as_user: AsUser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Mailbox.objects.bulk_create(
        Mailbox(owner=them.rosa, address=f"m{each}@example.com", from_name="R", smtp_host="h", created_at=NOW)
        for each in range(count)
    )
    client = as_user(them.ada)
    with django_assert_num_queries(7):
        assert text(client.get("/settings/mailboxes/")).count("@example.com</bdi>") == count
