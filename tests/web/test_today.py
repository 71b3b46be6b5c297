"""Today: whom to call now and why, in few queries and few bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ringback.actions.appointing import make_appointment
from ringback.models import Arrangement, Mailbox, Message, Prospect, Touch, User
from tests.actions.mailing.rows import mailbox, queued
from tests.cast import NOW, cast

pytestmark = pytest.mark.django_db

# Session, user, and the four of the day.
QUERIES = 6


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        yield


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("people", [1, 30])
def test_today_takes_the_same_queries_for_any_number_of_entries(people: int, django_assert_num_queries: Any) -> None:
    client = logged_in(cast(people=people).rosa)
    with django_assert_num_queries(QUERIES):
        page = client.get("/today/")
    assert page.content.decode().count("data-entry-link") == people


@pytest.mark.parametrize(("channel", "most"), [("call", 80_000), ("email", 85_000)])
def test_today_with_fifty_entries_and_long_names_stays_far_below_a_hundred_kilobytes(channel: str, most: int) -> None:
    found = cast(people=50)
    Prospect.objects.update(
        shown_name="Dr. Maximiliane Freifrau von Hohenstein-Waldburg zu Zeil" + " und Söhne" * 20,
        company_name="Vereinigte Gießereien und Armaturenwerke Oberösterreich Holding GmbH & Co. KG",
    )
    Touch.objects.update(channel=channel)
    page = logged_in(found.rosa).get("/today/")
    assert page.content.decode().count("data-entry-link") == 50
    assert len(page.content) <= most


def test_many_who_wait_are_counted_and_a_few_of_them_named() -> None:
    found = cast(people=40)
    Prospect.objects.update(zone="Pacific/Auckland", country="NZ", region="")
    Touch.objects.update(zone="Pacific/Auckland")
    page = logged_in(found.rosa).get("/today/")
    assert page.content.decode().count('<bdi class="one-line font-medium"') == 20
    for said in ("40 wait", "and 20 more", "Outside their call hours until", "Nothing to call right now"):
        assert said in page.content.decode()
    assert len(page.content) <= 80_000


def test_entry_says_who_why_where_and_how_often() -> None:
    page = logged_in(cast(people=1).rosa).get("/today/").content.decode()
    for said in ("Sofia Marchetti", "Lumen Ceramics", "First try", "€48,000", "10:01", "A14"):
        assert said in page


def test_day_with_nothing_due_says_what_comes_next() -> None:
    found = cast(people=1)
    Touch.objects.update(due_at=NOW + timedelta(hours=3))
    page = logged_in(found.rosa).get("/today/").content.decode()
    assert "Nothing is due now" in page
    assert "Today 13:00" in page


def test_b1_call_that_could_make_an_appointment_late_is_held_with_the_reason() -> None:
    found = cast(people=2)
    soon = NOW + timedelta(minutes=8)
    make_appointment(by=found.rosa, prospect=found.sofia, starts_at=soon, reason="Quotes", key="a", now=NOW)
    page = logged_in(found.rosa).get("/today/").content.decode()
    assert "could make you late" in page
    assert 'data-state="ahead"' in page


def test_others_see_nothing_of_the_reps_day() -> None:
    found = cast(people=1)
    assert "Sofia" not in logged_in(found.max).get("/today/").content.decode()


def mail_of(found: Any) -> Touch:
    touch: Touch = Touch.objects.get(prospect=found.sofia, state="open")
    Touch.objects.filter(pk=touch.pk).update(channel="email", step_id="first-mail", kind="retry")
    touch.refresh_from_db()
    return touch


def test_mail_shows_its_text_filled_in_and_a_link_to_the_mail_program() -> None:
    found = cast(people=1)
    page = logged_in(found.rosa).get(f"/touches/{mail_of(found).pk}/").content.decode()
    assert "Hello Sofia" in page
    assert "mailto:person0@example.com?subject=" in page
    assert "Not known: what matters to them most lately" in page


def test_done_marks_the_touch_once_and_offers_undo() -> None:
    found = cast(people=1)
    client, touch = logged_in(found.rosa), mail_of(found)
    first = client.post(f"/touches/{touch.pk}/completion", {"key": "k1"})
    again = client.post(f"/touches/{touch.pk}/completion", {"key": "k1"})
    assert first.url == again.url
    touch.refresh_from_db()
    assert touch.state == "done"
    assert "data-undo-form" in client.get(first.url).content.decode()


@pytest.mark.parametrize("path", ["/touches/{touch}/", "/prospects/{prospect}/call/", "/arrangements/{arrangement}/"])
def test_stolen_id_in_the_address_is_not_found(path: str) -> None:
    found = cast(people=1)
    stranger = User.objects.create_user("nina", role="rep")
    facts = {
        "touch": Touch.objects.get().pk,
        "prospect": found.sofia.pk,
        "arrangement": Arrangement.objects.get().pk,
    }
    assert logged_in(found.rosa).get(path.format(**facts)).status_code == 200
    assert logged_in(stranger).get(path.format(**facts)).status_code == 404


def test_stranger_is_sent_to_the_log_in() -> None:
    assert Client().get("/today/").url.startswith("/login/")


def test_mail_that_may_not_have_gone_stands_above_the_day() -> None:
    found = cast(people=1)
    client = logged_in(found.rosa)
    assert "may not have gone" not in client.get("/today/").content.decode()
    queued(mailbox(found.rosa), found.sofia, state="unknown")
    page = client.get("/today/").content.decode()
    assert ("1 mail may not have gone." in page, "could not be sent" in page) == (True, False)
    assert "Mail waits: the worker has never been seen." in page
    assert "may not have gone" not in logged_in(found.max).get("/today/").content.decode()
    for _ in range(2):
        queued(Mailbox.objects.get(), found.sofia, state="failed", settled_at=NOW)
    page = client.get("/today/").content.decode()
    assert "1 mail may not have gone. 2 mails could not be sent." in page
    Message.objects.filter(state="unknown").update(state="sent", settled_at=NOW)
    page = client.get("/today/").content.decode()
    assert ("2 mails could not be sent." in page, "may not have gone" in page) == (True, False)


def test_mailbox_in_trouble_is_told_above_the_day_in_no_more_queries(django_assert_num_queries: Any) -> None:
    found = cast(people=1)
    mailbox(found.rosa, trouble="No route to host", address="<b>@kilns.example")
    client = logged_in(found.rosa)
    with django_assert_num_queries(QUERIES):
        page = client.get("/today/").content.decode()
    assert "Mail waits: &lt;b&gt;@kilns.example is in trouble." in page
