"""The shelf of texts and its editor: lint on save, a live preview, own copies, versions (A7, A9, A10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ringback.models import MailText, User
from tests.cast import Cast

AsUser = Callable[[User], Client]
BODY = "{{ first_name }}, {{ appointment_day }} {{ appointment_time }}: {{ appointment_reason }}"
WHERE = "/mail/texts/en/confirmation/"


def text(owner: User | None = None, **at: Any) -> MailText:
    return MailText.objects.get(**{"key": "confirmation", "language": "en", "owner": owner, "retired_at": None, **at})


def test_A10_a_reps_text_is_an_own_copy_whatever_is_asked(them: Cast, as_user: AsUser) -> None:
    rosa = as_user(them.rosa)
    answer = rosa.post(WHERE, {"subject": "Mine", "body": BODY, "own": ""})
    assert answer.headers["Location"] == f"{WHERE}?own=1&saved=1"
    assert (text(them.rosa).subject, text().built_in) == ("Mine", True)
    page = rosa.get("/mail/texts/").content.decode()
    assert "your own copy" in page
    assert "Rosa Lindqvist" in as_user(them.max).get("/mail/texts/").content.decode()
    assert "Rosa Lindqvist" not in as_user(them.otto).get("/mail/texts/").content.decode().partition("<main")[2]


def test_A10_a_manager_writes_the_houses_text_and_may_go_back(them: Cast, as_user: AsUser) -> None:
    max_ = as_user(them.max)
    built_in = text()
    for subject in ("First", "Second"):
        max_.post(WHERE, {"subject": subject, "body": BODY})
    assert (text().subject, text().version, text().published_by) == ("Second", 3, them.max)
    first = MailText.objects.get(key="confirmation", language="en", subject="First")
    max_.post(f"{WHERE}restoration", {"version": first.pk})
    assert (text().subject, text().version) == ("First", 4)
    max_.post(f"{WHERE}retirement", {})
    assert (text().subject, text().built_in, text().version) == (built_in.subject, True, 5)


def test_A10_dropping_the_own_copy_brings_the_houses_back(them: Cast, as_user: AsUser) -> None:
    rosa = as_user(them.rosa)
    rosa.post(WHERE, {"subject": "Mine", "body": BODY})
    rosa.post(f"{WHERE}retirement", {"own": "1"})
    assert not MailText.objects.filter(owner=them.rosa, retired_at=None).exists()
    assert text().built_in


@pytest.mark.parametrize(
    ("where", "subject", "body", "said"),
    [
        (WHERE, "Hi", "{{ appointment_day }}", "(A4)"),
        (WHERE, "Hi", BODY + "{{ frist_name }}", "There is no variable “frist_name”."),
        (WHERE, "Hi", BODY + " Make a decision.", "(A9)"),
        (WHERE, "Hi", BODY + "{% include 'x' %}", "Unexpected tag"),
        (WHERE, " ", BODY, "Write a subject."),
        ("/mail/texts/en/reminder/", "{{ appointment_day }} {{ appointment_time }}", BODY, "(A7)"),
    ],
)
def test_A7_A9_what_is_wrong_is_not_saved_and_stays_on_the_page(
    them: Cast, as_user: AsUser, where: str, subject: str, body: str, said: str
) -> None:
    versions = MailText.objects.count()
    answer = as_user(them.rosa).post(where, {"subject": subject, "body": body})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert MailText.objects.count() == versions


def test_the_preview_reads_for_a_real_prospect(them: Cast, as_user: AsUser) -> None:
    rosa = as_user(them.rosa)
    sent = {"subject": "For {{ first_name }}", "body": "{{ company }} {{ appointment_day }}", "prospect": them.sofia.pk}
    page = rosa.post(f"{WHERE}preview", sent).content.decode()
    assert "For Sofia" in page
    assert "Lumen Ceramics" in page
    assert "[appointment day?]" in page
    assert "the day of the agreed talk" in page


def test_nobody_previews_for_somebody_elses_prospect(them: Cast, as_user: AsUser) -> None:
    sent = {"subject": "For {{ first_name }}", "body": "x", "prospect": them.sofia.pk}
    assert "Sofia" not in as_user(them.otto).post(f"{WHERE}preview", sent).content.decode()
    assert "Sofia" not in as_user(them.otto).get("/mail/texts/people/?q=sofia").content.decode()
    assert "Sofia" in as_user(them.rosa).get("/mail/texts/people/?q=sofia").content.decode()


def test_mails_of_cadences_are_on_the_shelf_and_their_own_words_can_be_replaced(them: Cast, as_user: AsUser) -> None:
    max_ = as_user(them.max)
    where = "/mail/texts/en/warm-first-voicemail/first-mail/"
    assert where in max_.get("/mail/texts/").content.decode()
    assert "These words stand in the cadence itself" in max_.get(where).content.decode()
    max_.post(where, {"subject": "Ours", "body": "Hello {{ first_name }}"})
    assert MailText.objects.get(key="warm-first-voicemail/first-mail", language="en").subject == "Ours"
    max_.post(f"{where}retirement", {})
    assert "These words stand in the cadence itself" in max_.get(where).content.decode()


@pytest.mark.parametrize("where", ["/mail/texts/en/nothing/", "/mail/texts/xx/confirmation/", "/mail/texts/en/a/b/"])
def test_there_is_no_page_for_what_is_no_mail(them: Cast, as_user: AsUser, where: str) -> None:
    assert as_user(them.max).get(where).status_code == 404
