"""A mail is read before it goes (D1), its article swapped (A8), and it is called back while it waits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from ringback.domain.vocabulary import Outcome
from ringback.models import Arrangement, Article, ArticleChoice, Message, Touch, User
from ringback.queries.drafts import draft_of
from tests.actions.mailing.rows import mailbox
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def talk(them: Cast) -> Arrangement:
    return log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)


@pytest.fixture
def rosa(them: Cast, as_user: AsUser) -> Client:
    return as_user(them.rosa)


def mail(them: Cast, kind: str) -> Touch:
    return Touch.objects.get(prospect=them.sofia, kind=kind, channel="email")


def where(touch: Touch, what: str = "") -> str:
    return f"/mail/review/{touch.pk}/{what}"


def words(touch: Touch) -> dict[str, str]:
    draft = draft_of(touch, now=NOW)
    return {"subject": draft.subject, "markdown": draft.markdown}


def test_D1_the_summary_is_one_key_away_from_the_arrangement_and_from_today(
    them: Cast, talk: Arrangement, rosa: Client
) -> None:
    touch = mail(them, "summary")
    page = rosa.get(f"/arrangements/{talk.pk}/").content.decode()
    assert f'href="{where(touch)}" data-hotkey="s"' in page
    assert where(touch) in rosa.get(f"/touches/{touch.pk}/").content.decode()


def test_D1_the_page_shows_the_mail_and_sends_it_by_one_key(them: Cast, talk: Arrangement, rosa: Client) -> None:
    mailbox(them.rosa)
    touch = mail(them, "summary")
    page = rosa.get(where(touch)).content.decode()
    assert 'data-hotkey="s"' in page
    assert "less waste" in page
    answer = rosa.post(where(touch), {"subject": "What we said", "markdown": "All *fine*.\r\n\r\nBye"}, follow=True)
    message = Message.objects.get(touch=touch)
    assert (message.subject, message.state, message.by) == ("What we said", "queued", them.rosa)
    assert "<em>fine</em>" in message.html
    assert "On its way" in answer.content.decode()
    assert "data-draft-done" not in answer.content.decode()  # taken back, what was typed stands there again


def test_a_waiting_mail_is_called_back(them: Cast, talk: Arrangement, rosa: Client) -> None:
    mailbox(them.rosa)
    touch = mail(them, "summary")
    rosa.post(where(touch), words(touch))
    page = rosa.post(where(touch, "withdrawal"), follow=True).content.decode()
    assert Message.objects.get(touch=touch).state == "withdrawn"
    assert 'name="markdown"' in page


def test_what_is_missing_is_said_and_what_was_typed_stays(them: Cast, talk: Arrangement, rosa: Client) -> None:
    mailbox(them.rosa)
    touch = mail(them, "summary")
    answer = rosa.post(where(touch), {"subject": "Hi", "markdown": "Dear [first name?], mine"})
    assert answer.status_code == 422
    assert "Still missing: first name?." in answer.content.decode()
    assert "Dear [first name?], mine" in answer.content.decode()
    assert not Message.objects.exists()


def test_without_a_mailbox_the_text_can_be_copied_and_marked_as_sent(
    them: Cast, talk: Arrangement, rosa: Client
) -> None:
    page = rosa.get(where(mail(them, "summary"))).content.decode()
    assert 'data-hotkey="s"' not in page
    assert 'data-copy="#plain-text"' in page
    assert "mailto:person0@example.com" in page
    assert 'data-hotkey="d"' in page


def test_the_preview_follows_what_is_typed_and_escapes_it(them: Cast, talk: Arrangement, rosa: Client) -> None:
    touch = mail(them, "reminder")
    sent = {"subject": "Tomorrow at 10:00", "markdown": "<script>alert(1)</script> **bold** [need?]"}
    page = rosa.post(where(touch, "preview"), sent).content.decode()
    assert "<script>" not in page
    assert "<strong>bold</strong>" in page
    assert '<mark class="gap">[need?]</mark>' in page
    assert "style=" not in page


def test_A8_the_article_of_a_reminder_is_swapped_before_it_goes(them: Cast, talk: Arrangement, rosa: Client) -> None:
    first = Article.objects.create(title="Sailing", topics=["sailing"], text="x", added_at=NOW)
    other = Article.objects.create(title="On glaze", topics=["glaze"], text="x", added_at=NOW)
    touch = mail(them, "reminder")
    assert "Sailing" in rosa.get(where(touch)).content.decode()
    page = rosa.post(where(touch, "article"), {"article": str(other.pk)}, follow=True).content.decode()
    assert "Chosen by Rosa Lindqvist." in page
    assert draft_of(touch, now=NOW).article == other
    rosa.post(where(touch, "article"), {"article": "none"})
    assert draft_of(touch, now=NOW).article is None
    rosa.post(where(touch, "article"), {"article": ""})
    assert draft_of(touch, now=NOW).article == first
    rosa.post(where(touch, "article"), {"article": "999999"})
    assert not ArticleChoice.objects.exists()


def test_only_mails_have_such_a_page_and_what_is_over_says_so(them: Cast, talk: Arrangement, rosa: Client) -> None:
    assert rosa.get(where(open_call(them.sofia))).status_code == 404
    touch = mail(them, "summary")
    Touch.objects.filter(pk=touch.pk).update(state="cancelled", closed_at=NOW)
    assert "no longer planned" in rosa.get(where(touch)).content.decode()
    assert rosa.post(where(touch), words(touch)).status_code == 302
