"""The pages behind the links of a mail: a look does nothing, the button does it once (C5, D1)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine as clock
from django.test import Client
from django.urls import reverse

from ringback.domain.vocabulary import Outcome
from ringback.models import Mailbox, Message, Prospect, Suppression, Touch
from ringback.queries.mail_links import confirm_url, stop_url
from tests.actions.mailing.rows import mailbox
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW, Cast

MAIL = "person0@example.com"


@pytest.fixture
def visitor() -> Client:
    """Whoever opens a link of a mail: not logged in, without cookies, and CSRF is really checked."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def summary(them: Cast) -> Touch:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    touch = Touch.objects.get(prospect=them.sofia, kind="summary", channel="email")
    box: Mailbox = mailbox(them.rosa)
    Touch.objects.filter(pk=touch.pk).update(state="done", closed_at=NOW)
    Message.objects.create(
        prospect=them.sofia, mailbox=box, touch=touch, situation="summary", message_id="<a@b>", to_address=MAIL,
        subject="s", text="t", state="sent", settled_at=NOW, due_at=NOW, created_at=NOW,
    )  # fmt: skip
    touch.refresh_from_db()
    return touch


def path(url: str) -> str:
    return urlsplit(url).path


def test_the_addresses_in_mails_are_the_pages_addresses(them: Cast) -> None:
    token = path(confirm_url(1)).split("/")[3]
    assert path(confirm_url(1)) == reverse("answer-confirm", args=[token])
    token = path(stop_url(1, MAIL)).split("/")[3]
    assert path(stop_url(1, MAIL)) == reverse("answer-stop", args=[token])


def test_D1_a_look_confirms_nothing_and_the_button_does_it_once(summary: Touch, visitor: Client) -> None:
    where = path(confirm_url(summary.pk))
    for _ in range(3):
        page = visitor.get(where)
        assert page.status_code == 200
        assert "Yes, that is right" in page.content.decode()
    assert visitor.head(where).status_code == 200
    message = Message.objects.get(touch=summary)
    assert message.confirmed_at is None
    for _ in range(2):
        page = visitor.post(where)
        assert "Rosa Lindqvist now knows" in page.content.decode()
    message.refresh_from_db()
    assert (message.confirmed_at, message.confirmed_by) == (NOW + timedelta(minutes=1), "link")
    assert "Thank you" in visitor.get(where).content.decode()


def test_D1_the_page_speaks_the_prospects_language_and_names_the_firm(summary: Touch, visitor: Client) -> None:
    Prospect.objects.filter(pk=summary.prospect_id).update(language="de")
    page = visitor.get(path(confirm_url(summary.pk))).content.decode()
    assert '<html lang="de">' in page
    assert "Stimmt die Zusammenfassung?" in page
    assert "Harbour Kilns" in page
    assert "<script" not in page


def test_D1_the_link_runs_out_after_sixty_days(summary: Touch, visitor: Client) -> None:
    where = path(confirm_url(summary.pk))
    for days, code in ((59, 200), (61, 410)):
        with clock.travel(NOW + timedelta(days=days), tick=False):
            assert visitor.post(where).status_code == code


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_link_that_was_cut_off_is_told_in_words(summary: Touch, visitor: Client, method: str, cut: int) -> None:
    for url in (confirm_url(summary.pk), stop_url(summary.prospect_id, MAIL)):
        where = path(url)[: -cut - 1] or "/"
        page = getattr(visitor, method)(f"{where.rstrip('/')}/")
        assert page.status_code == 404
    assert not Suppression.objects.exists()


def test_one_kind_of_link_does_not_open_the_other(summary: Touch, visitor: Client) -> None:
    token = path(stop_url(summary.pk, MAIL)).split("/")[3]
    assert visitor.post(reverse("answer-confirm", args=[token])).status_code == 404
    token = path(confirm_url(summary.pk)).split("/")[3]
    assert visitor.post(reverse("answer-stop", args=[token])).status_code == 404


def test_C5_one_click_of_a_mail_program_ends_mail_without_cookies(them: Cast, visitor: Client) -> None:
    where = path(stop_url(them.sofia.pk, MAIL))
    assert visitor.get(where).status_code == 200
    assert not Suppression.objects.exists()
    form = "application/x-www-form-urlencoded"
    answer = visitor.post(where, "List-Unsubscribe=One-Click", content_type=form, HTTP_USER_AGENT="Mailer/1")
    assert answer.status_code == 200
    assert answer.cookies == {}
    row = Suppression.objects.get(prospect=them.sofia, value="")
    assert (row.channel, row.by) == ("email", None)
    assert "by one click in their mail program" in row.proof
    assert "Mailer/1" in row.proof


def test_C5_the_button_on_the_page_does_the_same(them: Cast, visitor: Client) -> None:
    page = visitor.post(path(stop_url(them.sofia.pk, MAIL))).content.decode()
    assert f"Harbour Kilns will no longer write to {MAIL}" in page
    assert "on the page" in Suppression.objects.get(prospect=them.sofia, value="").proof


def test_no_page_tells_its_address_to_others_or_is_kept(summary: Touch, visitor: Client) -> None:
    page = visitor.get(path(confirm_url(summary.pk)))
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.headers["Cache-Control"]


def test_a_prospect_that_was_deleted_is_a_link_that_does_not_work(visitor: Client, db: None) -> None:
    assert visitor.post(path(stop_url(999_999, MAIL))).status_code == 404
    assert visitor.post(path(confirm_url(999_999))).status_code == 404
