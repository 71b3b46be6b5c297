"""D1: a summary is read, sent, confirmed by a link or asked about; C5: no more mail by one click."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.confirming import confirm_summary, stop_mail
from ringback.actions.errors import Refused
from ringback.actions.incoming import take_in
from ringback.actions.mailing.doubting import decide_doubt, found_sent
from ringback.actions.mailing.drafting import draft_due
from ringback.actions.mailing.settling import settle
from ringback.actions.sending_by_hand import send_draft, take_mail_back
from ringback.actions.touching import finish_touch
from ringback.domain.lanes import AT_THE_DOOR, Lane
from ringback.domain.mail.incoming import Address, Incoming
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Activity, Article, Mailbox, Message, Prospect, Suppression, Touch
from ringback.queries.drafts import draft_of
from tests.actions.mailing.rows import claimed, mailbox
from tests.actions.rows import fresh_key, log, next_week, open_call, open_touches, reached, unreached
from tests.cast import NOW, Cast

SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(days=1)


@pytest.fixture
def box(them: Cast) -> Mailbox:
    return mailbox(them.rosa)


def summary(them: Cast) -> Touch:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    return Touch.objects.get(prospect=them.sofia, kind="summary", state="open")


def send(them: Cast, touch: Touch, *, subject: str = "", markdown: str = "") -> Message:
    draft = draft_of(touch, now=NOW)
    return send_draft(
        by=them.rosa, touch=touch, subject=subject or draft.subject, markdown=markdown or draft.markdown, now=NOW
    )


def sent(them: Cast, box: Mailbox) -> Touch:
    """The summary has gone out."""
    touch = summary(them)
    message = send(them, touch)
    found = claimed(box, NOW + timedelta(minutes=1))
    assert found.message == message
    settle(claimed=found, result=SendResult(Delivery.ACCEPTED, "250 ok"), now=SOON)
    touch.refresh_from_db()
    return touch


def asking(prospect: Prospect) -> list[Touch]:
    return [touch for touch in open_touches(prospect) if touch.kind == "summary"]


def test_D1_sending_queues_the_mail_and_the_touch_waits_for_the_worker(them: Cast, box: Mailbox) -> None:
    touch = summary(them)
    message = send(them, touch, subject="What we said", markdown="Just this, [yes](https://example.com).")
    touch.refresh_from_db()
    assert (touch.state, touch.lane) == ("open", AT_THE_DOOR)
    assert (message.state, message.subject, message.by) == ("queued", "What we said", them.rosa)
    assert message.text.startswith("Just this, yes (https://example.com).\n\nRosa Lindqvist")
    assert (message.to_address, message.situation, message.one_click) == ("person0@example.com", "summary", False)
    assert message.due_at == NOW + timedelta(seconds=30)
    assert send(them, touch, subject="Once more") == message


def test_D1_a_sent_summary_is_asked_about_after_two_business_days(them: Cast, box: Mailbox) -> None:
    touch = sent(them, box)
    assert touch.state == "done"
    (task,) = asking(them.sofia)
    assert (task.channel, task.because_rule, task.lane) == ("task", "D1", Lane.WRITTEN)
    assert task.due_at == NOW.replace(day=25, hour=8)


@pytest.mark.parametrize("how", ["link", "reply"])
def test_D1_a_confirmation_ends_the_asking_and_is_noted_once(them: Cast, box: Mailbox, how: str) -> None:
    touch = sent(them, box)
    assert confirm_summary(touch_id=touch.pk, how=how, now=LATER)
    assert asking(them.sofia) == []
    message = Message.objects.get(touch=touch)
    assert (message.confirmed_at, message.confirmed_by) == (LATER, how)
    assert not confirm_summary(touch_id=touch.pk, how=how, now=LATER + timedelta(days=1))
    message.refresh_from_db()
    assert message.confirmed_at == LATER
    assert Activity.objects.filter(prospect=them.sofia, verb="confirmed").count() == 1


def test_D1_an_old_link_does_not_answer_for_a_newer_summary(them: Cast, box: Mailbox) -> None:
    old = sent(them, box)
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, LATER), LATER)
    newer = Touch.objects.get(prospect=them.sofia, kind="summary", channel="email", state="open")
    finish_touch(by=them.rosa, touch=newer, key=fresh_key(), now=LATER)
    confirm_summary(touch_id=old.pk, how="link", now=LATER + timedelta(hours=1))
    assert len(asking(them.sofia)) == 1
    confirm_summary(touch_id=newer.pk, how="link", now=LATER + timedelta(hours=2))
    assert asking(them.sofia) == []


def test_D1_a_yes_in_their_reply_ends_the_asking_too(them: Cast, box: Mailbox) -> None:
    touch = sent(them, box)
    said = Incoming(
        from_=Address("person0@example.com"),
        subject="Re: Our talk",
        message_id="<yes@their.example>",
        in_reply_to=(Message.objects.get(touch=touch).message_id,),
        text="Passt so, danke!",
        new_text="Passt so, danke!",
    )
    assert len(asking(them.sofia)) == 1
    take_in(mailbox=box, uid_validity=1, uid=1, incoming=said, now=LATER)
    assert asking(them.sofia) == []


def test_D1_a_summary_sent_by_another_program_can_be_confirmed_too(them: Cast) -> None:
    touch = summary(them)
    finish_touch(by=them.rosa, touch=touch, key=fresh_key(), now=SOON)
    assert confirm_summary(touch_id=touch.pk, how="link", now=LATER)
    assert asking(them.sofia) == []


def test_D1_only_a_summary_can_be_confirmed(them: Cast) -> None:
    summary(them)
    reminder = Touch.objects.get(prospect=them.sofia, kind="reminder")
    for touch_id in (reminder.pk, 999_999):
        with pytest.raises(Refused):
            confirm_summary(touch_id=touch_id, how="link", now=LATER)


@pytest.mark.parametrize(
    ("subject", "markdown", "field", "said"),
    [
        (" \n", "Text", "subject", "Write a subject."),
        ("Hi", "Hello [first name?]", "markdown", "Still missing: first name?."),
        ("Hi", " ", "markdown", "Still missing: the words of this mail."),
        ("x" * 401, "Text", "subject", "Subject: at most 400 characters fit, and this has 401. Shorten it."),
        ("Hi", "nul \x00", "markdown", "Text: a character in it (U+0000) cannot be stored. Type it anew."),
    ],
)
def test_what_is_not_ready_is_not_sent(
    them: Cast, box: Mailbox, subject: str, markdown: str, field: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        send_draft(by=them.rosa, touch=summary(them), subject=subject, markdown=markdown, now=NOW)
    assert (refused.value.field, refused.value.message) == (field, said)
    assert not Message.objects.exists()


def test_A7_a_reminder_that_gives_its_time_is_not_sent_by_hand_either(them: Cast, box: Mailbox) -> None:
    summary(them)
    reminder = Touch.objects.get(prospect=them.sofia, kind="reminder")
    body = draft_of(reminder, now=NOW).markdown
    with pytest.raises(Refused, match="A7"):
        send_draft(by=them.rosa, touch=reminder, subject="30 November at 10:00", markdown=body, now=NOW)


def test_nobody_sends_without_a_mailbox_or_for_somebody_elses_prospect(them: Cast) -> None:
    touch = summary(them)
    with pytest.raises(Refused, match="no mailbox"):
        send(them, touch)
    mailbox(them.rosa)
    with pytest.raises(Refused, match="somebody else"):
        send_draft(by=them.otto, touch=touch, subject="Hi", markdown="Text", now=NOW)


def test_C5_nobody_who_asked_for_no_mail_is_written_to(them: Cast, box: Mailbox) -> None:
    touch = summary(them)
    draft = draft_of(touch, now=NOW)
    Suppression.objects.create(value="person0@example.com", reason="Asked", at=NOW)
    with pytest.raises(Refused, match="an e-mail address that works"):
        send_draft(by=them.rosa, touch=touch, subject=draft.subject, markdown=draft.markdown, now=NOW)


def test_A4_a_confirmation_that_was_held_carries_its_invitation(them: Cast, box: Mailbox) -> None:
    summary(them)
    touch = Touch.objects.get(prospect=them.sofia, kind="confirmation")
    Touch.objects.filter(pk=touch.pk).update(held="Not known: their first name.", lane=Lane.WRITTEN)
    message = send(them, touch)
    assert message.invitation_method == "REQUEST"
    assert "BEGIN:VEVENT" in message.invitation
    assert message.appointment_id == touch.appointment_id
    assert message.latest_at == next_week(NOW)
    touch.refresh_from_db()
    assert touch.held == ""


def test_A8_the_article_goes_along(them: Cast, box: Mailbox) -> None:
    summary(them)
    article = Article.objects.create(title="Sailing", topics=["sailing"], text="Wrap up.", added_at=NOW)
    assert send(them, Touch.objects.get(prospect=them.sofia, kind="reminder")).article == article


def test_a_mail_can_be_taken_back_until_it_leaves(them: Cast, box: Mailbox) -> None:
    touch = summary(them)
    message = send(them, touch)
    take_mail_back(by=them.rosa, message=message, now=NOW + timedelta(seconds=5))
    touch.refresh_from_db()
    assert (touch.state, touch.lane) == ("open", Lane.WRITTEN)
    again = send(them, touch)
    assert again != message
    claimed(box, NOW + timedelta(minutes=1))
    with pytest.raises(Refused, match="left already"):
        take_mail_back(by=them.rosa, message=again, now=SOON)


def test_a_mail_that_goes_by_itself_is_held_once_it_was_taken_back(them: Cast, box: Mailbox) -> None:
    summary(them)
    touch = Touch.objects.get(prospect=them.sofia, kind="confirmation")
    message = send(them, touch, markdown="Dear Sofia, until Monday, 30 November, at 10:00.")
    take_mail_back(by=them.rosa, message=message, now=NOW + timedelta(seconds=5))
    touch.refresh_from_db()
    assert (touch.lane, touch.held) == (Lane.WRITTEN, "Taken back by Rosa Lindqvist.")
    draft_due(now=SOON)
    assert not Message.objects.filter(touch=touch, state="queued").exists()


def test_C5_one_click_ends_mail_to_the_person_and_the_address(them: Cast) -> None:
    stop_mail(prospect_id=them.sofia.pk, address="person0@example.com", proof="Clicked.", now=NOW)
    blocks = Suppression.objects.values_list("prospect", "value", "channel", "proof").order_by("value")
    assert list(blocks) == [
        (them.sofia.pk, "", "email", "Clicked."),
        (them.sofia.pk, "person0@example.com", "email", "Clicked."),
    ]
    stop_mail(prospect_id=them.sofia.pk, address="person0@example.com", proof="Again.", now=LATER)
    assert Suppression.objects.count() == 2
    assert open_call(them.sofia).state == "open"


def test_C5_a_rung_by_mail_gives_way_to_the_next_one(them: Cast) -> None:

    log(them.rosa, open_call(them.sofia), unreached(MachineResult.VOICEMAIL, NOW), NOW)
    assert [touch.channel for touch in open_touches(them.sofia)] == ["email"]
    stop_mail(prospect_id=them.sofia.pk, address="person0@example.com", proof="Clicked.", now=SOON)
    assert [touch.channel for touch in open_touches(them.sofia)] == ["call"]


def test_C5_a_merged_person_stands_for_the_one_that_is_left(them: Cast) -> None:
    gone = them.prospects[2]
    Prospect.objects.filter(pk=gone.pk).update(merged_into=them.sofia)
    stop_mail(prospect_id=gone.pk, address="old@example.com", proof="Clicked.", now=NOW)
    assert Suppression.objects.filter(prospect=them.sofia, channel="email").exists()


@pytest.mark.parametrize("how", ["found", "decided", "answered late"])
def test_D1_a_summary_confirmed_while_it_was_in_doubt_is_not_asked_about(them: Cast, box: Mailbox, how: str) -> None:
    touch = summary(them)
    send(them, touch)
    held = claimed(box, SOON)
    if how != "answered late":
        Message.objects.filter(pk=held.message.pk).update(state="unknown", lease_until=None)
    assert confirm_summary(touch_id=touch.pk, how="link", now=SOON)
    if how == "found":
        assert found_sent(message=Message.objects.get(pk=held.message.pk), proof="It lies there.", now=LATER)
    elif how == "decided":
        decide_doubt(by=them.rosa, message=Message.objects.get(pk=held.message.pk), was_sent=True, now=LATER)
    else:
        settle(claimed=held, result=SendResult(Delivery.ACCEPTED, "250"), now=LATER)
    touch.refresh_from_db()
    assert touch.state == "done"
    assert not Touch.objects.filter(prospect=them.sofia, kind="summary", state="open").exists()
