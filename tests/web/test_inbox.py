"""The inbox: who wrote what, what it was taken for, what followed, and one key that says it is something else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client

from ringback.actions import incoming as acts
from ringback.domain.mail.incoming import Address, Attached, Headers, Incoming
from ringback.models import IncomingMail, Mailbox, User
from tests.cast import Cast

AsUser = Callable[[User], Client]
_uids = count(1)


@pytest.fixture
def mailbox(them: Cast) -> Mailbox:
    return Mailbox.objects.create(
        owner=them.rosa, address="rosa@kilns.example", from_name="Rosa", imap_host="imap.example", created_at=them.now
    )


def came(mailbox: Mailbox, them: Cast, text: str = "Yes, call me.", **said: object) -> IncomingMail:
    given = Incoming(
        **{
            "from_": Address("person0@example.com", "Sofia Marchetti"),
            "subject": "Re: Our talk",
            "text": f"{text}\n\n> what we wrote",
            "new_text": text,
            "message_id": f"<{next(_uids)}@x>",
            **said,
        }  # type: ignore[arg-type]
    )
    return acts.take_in(mailbox=mailbox, uid_validity=1, uid=next(_uids), incoming=given, now=them.now)


def page(client: Client, path: str = "/mail/") -> str:
    return client.get(path).content.decode()


def test_reply_shows_its_new_words_why_and_what_followed(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    came(mailbox, them, attachments=(Attached("offer.pdf", 48_000),))
    shown = page(as_user(them.rosa))
    for words in (
        "Sofia Marchetti",
        "Yes, call me.",
        "A person’s reply",
        "nothing marks it as automatic",
        "offer.pdf (48 kB)",
    ):
        assert words in shown
    assert "the ladder stops at once" in shown
    assert "what we wrote" not in shown


def test_replies_come_first_and_automatic_mail_waits_for_nobody(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    machine = Headers(auto_submitted="auto-replied")
    came(mailbox, them, "Yes, call me.")
    came(mailbox, them, "I am out of the office.", headers=machine)
    came(mailbox, them, "Ticket #4 was opened.", headers=machine)
    shown = page(as_user(them.rosa))
    places = [shown.index(words) for words in ("Yes, call me.", "I am out of the office.", "Ticket #4 was opened.")]
    assert places == sorted(places)
    assert shown.index('id="looked-title"') < places[2]
    assert page(as_user(them.rosa), "/mail/open/") == "1"


def test_one_key_says_it_is_something_else_and_undoes_what_followed(
    them: Cast, mailbox: Mailbox, as_user: AsUser
) -> None:
    row = came(mailbox, them, "Please remove me from your list.")
    client = as_user(them.rosa)
    answer = client.post(f"/mail/in/{row.pk}/reading", {"kind": "reply"})
    assert answer.url == f"/mail/#in-{row.pk}"
    shown = page(client)
    assert "it was taken for: Wants to be left alone" in shown
    row.refresh_from_db()
    assert row.kind == "reply"


def test_looked_at_leaves_the_open_ones_and_can_be_put_back(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row, client = came(mailbox, them), as_user(them.rosa)
    client.post(f"/mail/in/{row.pk}/look")
    assert page(client, "/mail/open/") == ""
    client.post(f"/mail/in/{row.pk}/look", {"again": "1"})
    assert page(client, "/mail/open/") == "1"


def test_day_of_return_can_be_given(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row = came(mailbox, them, "I am out of the office.", headers=Headers(auto_submitted="auto-replied"))
    client = as_user(them.rosa)
    assert "No day of return can be read from it" in page(client)
    client.post(f"/mail/in/{row.pk}/return", {"until": "not a day"})
    client.post(f"/mail/in/{row.pk}/return", {"until": "2026-12-04"})
    row.refresh_from_db()
    assert (row.trouble, row.facts["until"]) == ("", "2026-12-04")


def test_mail_of_nobody_is_given_to_a_prospect(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row, client = came(mailbox, them, from_=Address("s@private.example", "Sofia")), as_user(them.rosa)
    assert "say whose mail it is" in page(client)
    assert "Sofia Marchetti" in page(client, f"/mail/in/{row.pk}/prospect/")
    client.post(f"/mail/in/{row.pk}/prospect/", {"prospect": str(them.sofia.pk)})
    row.refresh_from_db()
    assert (row.prospect, row.trouble) == (them.sofia, "")


def test_html_is_shown_as_it_was_made_harmless(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row = came(mailbox, them, "<script>alert(1)</script>", html="<p><b>Yes</b></p>")
    shown = page(as_user(them.rosa), f"/mail/in/{row.pk}/")
    assert "<p><b>Yes</b></p>" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "what we wrote" in shown


def test_the_story_of_the_prospect_holds_what_they_wrote(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    came(mailbox, them, "Yes, call me on Thursday.")
    assert "Yes, call me on Thursday." in page(as_user(them.rosa), f"/prospects/{them.sofia.pk}/")


def test_the_task_to_answer_shows_what_they_wrote(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row = came(mailbox, them, "Yes, call me on Thursday.")
    assert row.arrangement is not None
    touch = row.arrangement.touches.get()
    assert "Yes, call me on Thursday." in page(as_user(them.rosa), f"/touches/{touch.pk}/")


def test_manager_and_admin_see_what_others_do_not(them: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    row = came(mailbox, them)
    for user, sees in ((them.rosa, True), (them.max, True), (them.ada, True), (them.otto, False)):
        client = as_user(user)
        assert ("Yes, call me." in page(client)) is sees
        assert client.get(f"/mail/in/{row.pk}/").status_code == (200 if sees else 404)
        assert client.post(f"/mail/in/{row.pk}/reading", {"kind": "nonsense"}).status_code == (302 if sees else 404)


@pytest.mark.parametrize("mails", [1, 30])
def test_page_asks_as_often_for_one_mail_as_for_thirty(
    them: Cast, mailbox: Mailbox, as_user: AsUser, mails: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(mails):
        came(mailbox, them)
    client = as_user(them.rosa)
    client.get("/mail/")
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        client.get("/mail/")
