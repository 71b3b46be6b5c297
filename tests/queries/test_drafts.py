"""A mail as it would go now: words, values, gaps, findings, article, address (A4–A9, C5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ringback.actions.appointing import move_appointment
from ringback.actions.mail_texts import publish_mail_text
from ringback.actions.publishing import publish_cadence
from ringback.domain.vocabulary import Channel, Situation, TouchKind
from ringback.library import cadence_documents
from ringback.models import (
    Appointment,
    ArticleChoice,
    CadenceVersion,
    Call,
    ContactPoint,
    Enrollment,
    Mailbox,
    MailText,
    Message,
    Prospect,
    Suppression,
    Touch,
    User,
    Workspace,
)
from ringback.queries.drafts import draft_of, reworded
from tests.actions.rows import fresh_key
from tests.cast import NOW, Cast, cast
from tests.queries.mails import article, mail, speaking, talked


@pytest.fixture
def them(db: None) -> Cast:
    found = cast()
    talked(found)
    return found


def step_mail(them: Cast, step_id: str, cadence: str = "warm-first-voicemail") -> Touch:
    """An open mail of a cadence, of somebody who stands on that step."""
    prospect = them.prospects[2]
    enrollment = Enrollment.objects.get(prospect=prospect)
    version = CadenceVersion.objects.get(name=cadence, retired_at=None)
    Enrollment.objects.filter(pk=enrollment.pk).update(step_id=step_id, cadence=version)
    Touch.objects.filter(enrollment=enrollment, state="open").update(
        channel=Channel.EMAIL, kind=TouchKind.RETRY, step_id=step_id
    )
    return Touch.objects.get(enrollment=enrollment, state="open")


def test_A4_the_confirmation_gives_moment_zone_and_reason(them: Cast) -> None:
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert (draft.situation, draft.language, draft.to_address) == ("confirmation", "en", "person0@example.com")
    assert (draft.gaps, draft.findings, draft.hold) == ((), (), "")
    assert (draft.personal, draft.wants_invitation) == (True, True)
    for said in ("Monday 30 November at 10:00", "Rome time", "Walk through the kiln's figures", "Rosa Lindqvist"):
        assert said in draft.text
    assert "Walk through the kiln&#x27;s figures" in draft.html or "kiln's figures" in draft.html


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"language": "de"}, "Montag, 30. November um 10:00 Uhr"),
        ({"language": "de-CH"}, "Montag, 30. November um 10:00 Uhr"),
        ({"language": "fr"}, "Monday 30 November at 10:00"),
        ({"language": "", "country": "US"}, "Monday, November 30 at 10:00 AM"),
    ],
    ids=["german", "german-of-a-country", "no-text-in-french", "american"],
)
def test_days_and_times_are_in_the_language_of_the_words(them: Cast, columns: dict[str, str], said: str) -> None:
    speaking(them.sofia, **columns)
    assert said in draft_of(mail(them.sofia, "confirmation"), now=NOW).text


def test_A7_an_american_reminder_passes_its_checks(them: Cast) -> None:
    speaking(them.sofia, country="US", zone="America/New_York")
    draft = draft_of(mail(them.sofia, "reminder"), now=NOW)
    assert draft.findings == ()
    assert "New York time" in draft.text


def test_without_a_language_the_houses_counts(them: Cast) -> None:
    Workspace.objects.update(language="de")
    assert draft_of(mail(them.sofia, "reminder"), now=NOW).language == "de"


@pytest.mark.parametrize("language", ["en", "de"])
def test_A7_the_reminder_carries_the_articles_promise_and_no_time(them: Cast, language: str) -> None:
    speaking(them.sofia, language=language)
    article(promise="what to wear at sea")
    draft = draft_of(mail(them.sofia, "reminder"), now=NOW)
    assert draft.hold == ""
    assert "what to wear at sea" in draft.subject
    assert "30" in draft.subject
    assert "10:00" not in draft.subject
    assert "Sailing in winter" in draft.text
    assert draft.article is not None
    assert "sailing" in draft.article_because


def test_A7_without_an_article_the_subject_carries_the_topic(them: Cast) -> None:
    draft = draft_of(mail(them.sofia, "reminder"), now=NOW)
    assert draft.subject == "Our talk on Monday 30 November: Walk through the kiln's figures"
    assert (draft.article, draft.hold) == (None, "")
    assert "P.S." not in draft.text


def test_A7_a_time_in_the_reason_keeps_the_reminder_from_going(them: Cast) -> None:
    Appointment.objects.update(reason="The offer, at 10:00")
    draft = draft_of(mail(them.sofia, "reminder"), now=NOW)
    assert [(each.rule, each.field, each.excerpt) for each in draft.findings] == [("A7", "subject", "10:00")]
    assert "(A7)" in draft.hold


def test_A9_pressure_in_what_was_noted_is_found_in_the_mail(them: Cast) -> None:
    Appointment.objects.update(reason="Your final decision")
    assert {each.rule for each in draft_of(mail(them.sofia, "confirmation"), now=NOW).findings} == {"A9"}


def test_notes_stay_in_the_house_until_a_person_sends_them(them: Cast) -> None:
    """A note is written for oneself; only the summary, which is read before it goes, quotes it."""
    Call.objects.update(notes="Sounds tired.\n- Likes the glaze")
    texts = {kind: draft_of(mail(them.sofia, kind), now=NOW).text for kind in ("confirmation", "reminder", "summary")}
    assert [kind for kind, text in texts.items() if "Sounds tired" in text] == ["summary"]


def test_D1_the_summary_holds_all_that_was_said_and_a_link(them: Cast) -> None:
    draft = draft_of(mail(them.sofia, "summary"), now=NOW)
    assert draft.gaps == ()
    for said in (
        "less waste",
        "Liked the glaze.",
        "too dear",
        "Send the price list (by Wednesday 25 November)",
        "Send the drawings (by Thursday 26 November)",
        "Monday 30 November at 10:00 (Rome time): Walk through the kiln's figures",
        "/answer/confirm/",
    ):
        assert said in draft.text


def test_a_moved_appointment_is_confirmed_as_a_change_only_if_they_hold_a_confirmation(them: Cast) -> None:
    first = mail(them.sofia, "confirmation")
    appointment = Appointment.objects.get(prospect=them.sofia)
    later = appointment.starts_at + timedelta(days=1)
    move_appointment(by=them.rosa, appointment=appointment, starts_at=later, reason="", key=fresh_key(), now=NOW)
    assert draft_of(mail(them.sofia, "confirmation"), now=NOW).situation is Situation.CONFIRMATION
    Touch.objects.filter(pk=first.pk).update(state="done", closed_at=NOW)
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert draft.situation is Situation.CHANGE
    assert "Tuesday 1 December" in draft.text


def test_what_is_missing_is_named_and_shown(them: Cast) -> None:
    speaking(them.sofia, first_name="", last_name="")
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert draft.gaps == ("their first name",)
    assert "[first name?]" in draft.text
    assert draft.hold == "Not known: their first name."


def test_A10_a_reps_own_text_stands_before_the_houses(them: Cast) -> None:
    body = "{{ first_name }}: {{ appointment_day }}, {{ appointment_time }}, {{ appointment_reason }}. {mark}"

    def publish(by: User, mark: str, *, own: bool) -> None:
        publish_mail_text(
            by=by, key="confirmation", language="en", subject="Yes", body=body.replace("{mark}", mark), own=own, now=NOW
        )

    touch = mail(them.sofia, "confirmation")
    publish(them.max, "House", own=False)
    assert "House" in draft_of(touch, now=NOW).text
    publish(them.rosa, "Own", own=True)
    assert "Own" in draft_of(touch, now=NOW).text
    publish(them.otto, "Not hers", own=True)
    assert "Own" in draft_of(touch, now=NOW).text


def test_a_reps_own_german_text_counts_for_germans_only(them: Cast) -> None:
    row = MailText.objects.get(key="rebook", language="de")
    MailText.objects.create(
        key="confirmation", language="de", owner=them.rosa, version=1, subject="Ja", body=row.body, published_at=NOW
    )
    assert draft_of(mail(them.sofia, "confirmation"), now=NOW).subject.startswith("Our talk")
    speaking(them.sofia, language="de")
    assert draft_of(mail(them.sofia, "confirmation"), now=NOW).subject == "Ja"


def test_C3_a_cadences_mail_speaks_their_language_and_can_be_stopped_with_one_click(them: Cast) -> None:
    touch = step_mail(them, "first-mail")
    need(touch.prospect)
    english = draft_of(touch, now=NOW)
    assert (english.situation, english.key, english.personal) == ("step", "warm-first-voicemail/first-mail", False)
    assert english.hold == ""
    assert "/answer/stop/" in english.text
    assert "/answer/stop/" in english.html
    assert english.text.count("Rosa Lindqvist") == 1
    speaking(touch.prospect, language="de")
    german = draft_of(touch, now=NOW)
    assert german.language == "de"
    assert german.subject == "Ihre Anfrage: kürzere Wege"


def test_where_the_house_reworded_a_step_the_built_in_translation_no_longer_stands_for_it(them: Cast) -> None:
    document = cadence_documents()["warm-first-voicemail"]
    publish_cadence(by=them.max, document=document | {"title": "Ours"}, now=NOW)
    touch = step_mail(them, "first-mail")
    speaking(touch.prospect, language="de")
    need(touch.prospect)
    assert draft_of(touch, now=NOW).language == "de"
    steps = [each | {"say": "Call me."} if each["id"] == "first-mail" else each for each in document["steps"]]
    publish_cadence(by=them.max, document=document | {"steps": steps}, now=NOW)
    assert "Call me." in draft_of(step_mail(them, "first-mail"), now=NOW).text


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_place_for_words_of_ones_own_needs_a_person(them: Cast, language: str) -> None:
    touch = step_mail(them, "third-mail")
    speaking(touch.prospect, language=language)
    need(touch.prospect)
    draft = draft_of(touch, now=NOW)
    assert len(draft.gaps) == 1
    own = draft.markdown.replace(f"[{draft.gaps[0]}]", "Stack them by size.")
    assert reworded(draft, touch=touch, subject=draft.subject, markdown=own, now=NOW).gaps == ()
    assert reworded(draft, touch=touch, subject=draft.subject, markdown=draft.markdown, now=NOW).gaps == draft.gaps


@pytest.mark.parametrize(
    ("block", "address"),
    [
        ({"value": "person0@example.com"}, "second@example.com"),
        ({"value": "person0@example.com", "channel": "call"}, "person0@example.com"),
        ({"value": "person0@example.com", "lifted_at": NOW}, "person0@example.com"),
        ({"channel": "email", "prospect": True}, ""),
        ({"prospect": True}, ""),
    ],
    ids=["C5-address", "another-channel", "lifted", "C5-person-by-mail", "C5-person"],
)
def test_C5_only_an_address_that_may_be_written_to(them: Cast, block: dict[str, Any], address: str) -> None:
    ContactPoint.objects.create(prospect=them.sofia, kind="email", value="second@example.com", position=5)
    whose = {"prospect": them.sofia} if block.pop("prospect", False) else {}
    Suppression.objects.create(reason="Asked", at=NOW, **whose, **block)
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert draft.to_address == address
    assert ("an e-mail address that works" in draft.gaps) == (not address)


def test_an_address_that_failed_is_passed_over(them: Cast) -> None:
    ContactPoint.objects.filter(prospect=them.sofia, kind="email").update(failed_at=NOW)
    assert draft_of(mail(them.sofia, "confirmation"), now=NOW).to_address == ""


def test_A8_never_the_same_article_twice(them: Cast) -> None:
    older, newer = article(), article("Sailing with children", added_at=NOW)
    touch = mail(them.sofia, "reminder")
    assert draft_of(touch, now=NOW).article == newer
    sent(them, them.sofia, newer, "sent")
    assert draft_of(touch, now=NOW).article == older
    sent(them, them.sofia, older, "withdrawn")
    assert draft_of(touch, now=NOW).article == older
    sent(them, them.sofia, older, "unknown")
    assert draft_of(touch, now=NOW).article is None


def test_A8_what_a_person_chose_goes_instead(them: Cast) -> None:
    article()
    other = article("On glaze", topics=["glaze"])
    touch = mail(them.sofia, "reminder")
    choice = ArticleChoice.objects.create(touch=touch, article=other, by=them.rosa, at=NOW)
    assert draft_of(touch, now=NOW).article == other
    choice.article = None
    choice.save()
    draft = draft_of(touch, now=NOW)
    assert draft.article is None
    assert "Rosa Lindqvist" in draft.article_because


def test_the_mailboxs_signature_and_the_postal_address_stand_below(them: Cast) -> None:
    Mailbox.objects.create(owner=them.rosa, address="rosa@kilns.example", created_at=NOW, signature="R. <L.>\n*Kilns*")
    Workspace.objects.update(postal_address="Kai 1, Hamburg")
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert "Kind regards\nR. <L.>\n*Kilns*\n" in draft.text
    assert "R. &lt;L.&gt;<br />" in draft.html
    assert draft.text.rstrip().endswith("Harbour Kilns, Kai 1, Hamburg")


def test_names_that_look_like_markup_stay_names(them: Cast) -> None:
    speaking(them.sofia, first_name="[Sofia](https://evil.example) <b>{{ rep_name }}</b> *x*")
    draft = draft_of(mail(them.sofia, "confirmation"), now=NOW)
    assert "[Sofia](https://evil.example) <b>{{ rep_name }}</b> *x*" in draft.text
    assert "<b>" not in draft.html
    assert 'href="https://evil' not in draft.html


def need(prospect: Prospect) -> None:
    prospect.needs.create(text="kürzere Wege", learned_at=NOW)


def sent(them: Cast, prospect: Prospect, what: Any, state: str) -> None:
    box, _ = Mailbox.objects.get_or_create(owner=them.rosa, address="rosa@kilns.example", defaults={"created_at": NOW})
    Message.objects.create(
        prospect=prospect,
        mailbox=box,
        situation="reminder",
        message_id=fresh_key(),
        to_address="x@example.com",
        subject="s",
        text="t",
        state=state,
        article=what,
        due_at=NOW,
        created_at=NOW,
    )
