"""The outbox, one mail of it, and a person's word on a mail of which nobody knows whether it left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ringback.domain.lanes import AUTOMATIC
from ringback.domain.vocabulary import MailKind
from ringback.models import Activity, Article, IncomingMail, Mailbox, Message, Touch, User
from tests.actions.mailing.rows import mailbox, queued, reminder, state
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Session, user, mailboxes, walk, mails, touches, planned next, answers.
QUERIES = 8
MAIL_QUERIES = 7
HEADINGS = ("May have been sent", "Could not be sent", "Waits", "Goes by itself", "Sent")
ATTACK = '"><script>alert(1)</script>'


@pytest.fixture
def box(them: Cast) -> Mailbox:
    return mailbox(them.rosa)


@pytest.fixture
def rosa(them: Cast, as_user: AsUser) -> Client:
    return as_user(them.rosa)


def read(client: Client, where: str = "/mail/outbox/") -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def fill(box: Mailbox, them: Cast, number: int = 0) -> None:
    """One line in every section."""
    queued(box, them.sofia, state="unknown", subject=f"Doubt {number}", answer="Broke off.")
    queued(box, them.sofia, state="failed", settled_at=NOW, subject=f"Refused {number}", answer="550 No such user")
    queued(box, them.sofia, subject=f"Waiting {number}")
    queued(box, them.sofia, state="sent", settled_at=NOW, subject=f"Gone {number}")
    touch = Touch.objects.filter(prospect=them.sofia).first()
    assert touch is not None
    copy = {each.attname: getattr(touch, each.attname) for each in touch._meta.concrete_fields}
    Touch.objects.create(**{**copy, "id": None, "enrollment_id": None, "lane": AUTOMATIC, "channel": "email"})


@pytest.mark.parametrize("rows", [1, 30])
def test_outbox_takes_the_same_queries_for_any_number_of_mails(
    rows: int, them: Cast, box: Mailbox, rosa: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        fill(box, them, number)
    with django_assert_num_queries(QUERIES):
        page = read(rosa)
    assert page.count("data-entry-link") == 5 * rows
    assert len(page) < 300_000


def test_sections_stand_in_the_order_in_which_they_matter(them: Cast, box: Mailbox, rosa: Client) -> None:
    fill(box, them)
    page = read(rosa)
    places = [page.index(f">{heading}</h2>") for heading in HEADINGS]
    assert places == sorted(places)
    for said in ("Doubt 0", "550 No such user", "Planned now:", "Waiting 0", "Gone 0", "Sofia Marchetti"):
        assert said in page


@pytest.mark.parametrize("kept", range(5))
def test_a_section_without_mails_is_not_there(kept: int, them: Cast, box: Mailbox, rosa: Client) -> None:
    fill(box, them)
    wanted = ["unknown", "failed", "queued", "none", "sent"][kept]
    Message.objects.exclude(state=wanted).delete()
    if wanted != "none":
        Touch.objects.filter(lane=AUTOMATIC).delete()
    page = read(rosa)
    assert [heading for heading in HEADINGS if f">{heading}</h2>" in page] == [HEADINGS[kept]]


def test_an_empty_outbox_says_whether_it_could_ever_be_full(them: Cast, rosa: Client) -> None:
    assert "No mailbox is connected" in read(rosa)
    mailbox(them.rosa)
    assert "Nothing is on its way" in read(rosa)


@pytest.mark.parametrize(
    ("columns", "mail", "expected"),
    [
        ({}, {}, "the worker has never been seen"),
        ({"retry_at": NOW + HOUR, "trouble": "No route to host"}, {}, "is tried again Today 11:00. No route to host"),
        ({"paused_at": NOW, "paused_because": "On leave"}, {}, "is paused. On leave"),
        ({}, {"due_at": NOW + HOUR, "attempts": 1, "answer": "451 Later"}, "it is tried again Today 11:00. 451 Later"),
        ({}, {"due_at": NOW + HOUR}, "It leaves Today 11:00."),
        ({"per_day": 1}, {}, "has sent as much as it may; it goes on Tomorrow 10:00"),
    ],
)
def test_what_waits_says_why_and_until_when(
    columns: dict[str, Any], mail: dict[str, Any], expected: str, them: Cast, rosa: Client
) -> None:
    box = mailbox(them.rosa, **columns)
    queued(box, them.sofia, **mail)
    queued(box, them.sofia, state="sent", settled_at=NOW)
    assert expected in read(rosa)


def test_sent_mails_go_on_a_page_later(them: Cast, box: Mailbox, rosa: Client) -> None:
    for number in range(60):
        queued(box, them.sofia, state="sent", settled_at=NOW - MINUTE * number, subject=f"Number {number:02}")
    first = read(rosa)
    where = first.partition('href="/mail/outbox/?before=')[2].partition('"')[0]
    second = read(rosa, f"/mail/outbox/?before={where}")
    assert ("Number 49" in first, "Number 50" in first) == (True, False)
    assert (second.count("data-entry-link"), "Sent earlier" in second, "Number 59" in second) == (10, True, True)


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 40, "٣", ""])
def test_a_forged_page_number_begins_at_the_top(before: str, them: Cast, box: Mailbox, rosa: Client) -> None:
    queued(box, them.sofia, state="sent", settled_at=NOW, subject="Newest")
    page = read(rosa, f"/mail/outbox/?before={before}")
    assert ("Newest" in page, "Sent earlier" in page) == (True, False)


def test_D1_a_sent_summary_says_whether_it_was_confirmed(them: Cast, box: Mailbox, rosa: Client) -> None:
    mail = queued(box, them.sofia, state="sent", settled_at=NOW, situation="summary")
    assert "Not confirmed yet" in read(rosa)
    Message.objects.filter(pk=mail.pk).update(confirmed_at=NOW, confirmed_by="link")
    assert ">Confirmed<" in read(rosa)
    assert "Confirmed by the link in it" in read(rosa, f"/mail/outbox/{mail.pk}/")


@pytest.mark.parametrize(("kind", "said"), [(MailKind.REPLY, "Answered"), (MailKind.BOUNCE, "Came back")])
def test_a_sent_mail_says_what_came_back(kind: MailKind, said: str, them: Cast, box: Mailbox, rosa: Client) -> None:
    mail = queued(box, them.sofia, state="sent", settled_at=NOW)
    assert f">{said}</span>" not in read(rosa)
    came_in(box, mail, kind)
    assert f">{said}</span>" in read(rosa)


def came_in(box: Mailbox, mail: Message, kind: MailKind, **columns: Any) -> IncomingMail:
    usual = {"uid_validity": 1, "uid": 1, "taken_at": NOW, "because": "It answers ours.", "subject": "Re: Our talk"}
    return IncomingMail.objects.create(mailbox=box, kind=kind, answers=mail, **{**usual, **columns})


@pytest.mark.parametrize(
    ("answer", "expected", "said"),
    [("yes", "sent", "Noted as sent"), ("no", "queued", "Goes again")],
)
def test_a_person_decides_a_doubt(
    answer: str, expected: str, said: str, them: Cast, box: Mailbox, rosa: Client
) -> None:
    mail = queued(box, them.sofia, touch=reminder(them), state="unknown", fence=1)
    sent = rosa.post(f"/mail/outbox/{mail.pk}/doubt", {"was_sent": answer, "fence": "1"}, follow=True)
    assert said in sent.content.decode()
    assert state(mail) == expected
    assert mail.touch is not None
    assert Touch.objects.get(pk=mail.touch.pk).state == ("done" if answer == "yes" else "open")


def test_pressing_twice_decides_once_and_says_so(them: Cast, box: Mailbox, rosa: Client) -> None:
    mail = queued(box, them.sofia, state="unknown", fence=1)
    told = [
        rosa.post(f"/mail/outbox/{mail.pk}/doubt", {"was_sent": "yes", "fence": "1"}, follow=True).content.decode()
        for _ in range(2)
    ]
    assert "This has been decided in the meantime." not in told[0]
    assert "This has been decided in the meantime." in told[1]
    assert Activity.objects.filter(prospect=them.sofia, verb="sent").count() == 1


@pytest.mark.parametrize("fence", ["1", "99999999999999999999", "-1", "", "x"])
def test_a_page_about_an_older_attempt_decides_nothing(fence: str, them: Cast, box: Mailbox, rosa: Client) -> None:
    mail = queued(box, them.sofia, state="unknown", fence=2)
    rosa.post(f"/mail/outbox/{mail.pk}/doubt", {"was_sent": "no", "fence": fence})
    assert state(mail) == "unknown"


def test_a_doubt_about_what_was_called_off_is_not_sent_again(them: Cast, box: Mailbox, rosa: Client) -> None:
    touch = reminder(them)
    mail = queued(box, them.sofia, touch=touch, state="unknown")
    Touch.objects.filter(pk=touch.pk).update(state="cancelled", closed_at=NOW)
    told = rosa.post(f"/mail/outbox/{mail.pk}/doubt", {"was_sent": "no", "fence": "0"}, follow=True).content.decode()
    assert "it was for is over" in told
    assert state(mail) == "withdrawn"


def test_a_mail_of_ones_own_about_somebody_elses_prospect_is_read_not_decided(
    them: Cast, box: Mailbox, rosa: Client
) -> None:
    mail = queued(box, them.sofia, state="unknown")
    type(them.sofia).objects.filter(pk=them.sofia.pk).update(owner=them.otto)
    told = rosa.post(f"/mail/outbox/{mail.pk}/doubt", {"was_sent": "yes", "fence": "0"}, follow=True).content.decode()
    assert "belongs to somebody else" in told
    assert state(mail) == "unknown"


def test_a_mail_shows_itself_whole(them: Cast, box: Mailbox, rosa: Client) -> None:
    article = Article.objects.create(title="Glaze without waste", promise="three recipes", text="Mix.", added_at=NOW)
    mail = queued(
        box, them.sofia, state="sent", settled_at=NOW, attempts=2, answer="250 ok", text="Dear Sofia,\n\n* one\n* two",
        invitation="BEGIN:VCALENDAR\r\nDTSTART:20261130T090000Z\r\nEND:VCALENDAR\r\n", invitation_method="REQUEST",
        article=article, one_click=True, copied_at=NOW,
    )  # fmt: skip
    page = read(rosa, f"/mail/outbox/{mail.pk}/")
    for said in (
        "Dear Sofia,\n\n* one", "person0@example.com", "Rosa Lindqvist &lt;rosa@kilns.example&gt;", "Tried 2 times",
        "Invitation for their calendar: Monday 30 November 2026, 10:00 (Europe/Berlin)", "250 ok",
        "Glaze without waste: three recipes",
        "A copy lies in the Sent folder", "ask for no more mail",
    ):  # fmt: skip
        assert said in page


def test_a_mail_stands_among_all_that_was_written_to_and_fro(
    them: Cast, box: Mailbox, rosa: Client, django_assert_num_queries: Any
) -> None:
    first = queued(box, them.sofia, state="sent", settled_at=NOW - HOUR, subject="The beginning")
    second = queued(box, them.sofia, state="sent", settled_at=NOW, subject="Re: The beginning")
    queued(box, them.prospects[1], state="sent", settled_at=NOW, subject="To somebody else")
    came_in(box, first, MailKind.REPLY, subject="Yes, gladly", prospect=them.sofia)
    with django_assert_num_queries(MAIL_QUERIES):
        page = read(rosa, f"/mail/outbox/{second.pk}/")
    letters = page.partition("letters-title")[2]
    assert "To somebody else" not in page
    assert letters.index("The beginning") < letters.index("Yes, gladly")


@pytest.mark.parametrize("text", [ATTACK, "🦊" * 90, "שלום עולם", "\u202egnp.exe", "a" * 400])
def test_no_text_of_a_mail_is_ever_markup(text: str, them: Cast, rosa: Client) -> None:
    box = mailbox(them.rosa, trouble=text, retry_at=NOW + HOUR, from_name=text[:160])
    carried = {"subject": text, "to_name": text[:300], "answer": text, "text": text, "html": text}
    mails = [
        queued(box, them.sofia, state=each, settled_at=None if each in ("queued", "unknown") else NOW, **carried)
        for each in ("queued", "unknown", "failed", "sent")
    ]
    came_in(box, mails[-1], MailKind.REPLY, subject=text, because=text[:300])
    pages = [read(rosa), *(read(rosa, f"/mail/outbox/{mail.pk}/") for mail in mails)]
    assert not any("<script>alert" in page for page in pages)
    assert len(set(pages)) == 5


def test_managers_look_at_the_teams_outbox_and_see_from_where_it_left(
    them: Cast, box: Mailbox, as_user: AsUser, rosa: Client
) -> None:
    mail = queued(box, them.sofia, state="sent", settled_at=NOW)
    mailbox(them.max)
    assert "rosa@kilns.example" in read(as_user(them.max))
    assert as_user(them.otto).get(f"/mail/outbox/{mail.pk}/").status_code == 404
    assert "Our talk" not in read(as_user(them.otto))
    assert "rosa@kilns.example" not in read(rosa)
