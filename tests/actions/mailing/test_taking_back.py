"""Undo calls mails back that have not left; what a person changes does not write a mail twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.enrolling import pause
from ringback.actions.errors import Refused
from ringback.actions.mailing.claiming import claim_next
from ringback.actions.mailing.settling import settle
from ringback.actions.prospecting import ProspectFields, assign, change_prospect
from ringback.actions.touching import finish_touch, reschedule_touch
from ringback.actions.undoing import undo
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, Lane
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.models import Arrangement, Enrollment, Message, Touch
from tests.actions.mailing.rows import claimed, mailbox, queued, reminder, state
from tests.actions.rows import fresh_key
from tests.cast import NOW, Cast


def test_planted_mails_of_whoever_has_a_mailbox_wait_for_the_worker(them: Cast) -> None:
    by_hand = reminder(them)
    assert by_hand.lane == Lane.WRITTEN
    undo(by=them.rosa, arrangement=Arrangement.objects.get(pk=by_hand.arrangement_id), now=NOW)
    mailbox(them.rosa)
    assert reminder(them).lane == AUTOMATIC


def test_undo_calls_back_what_has_not_left(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    undo(by=them.rosa, arrangement=Arrangement.objects.get(pk=touch.arrangement_id), now=NOW)
    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.touch_id, row.answer) == ("withdrawn", None, "What it was for was taken back.")
    assert claim_next(mailbox=box, now=NOW) is None


def test_undo_is_refused_while_the_mail_is_handed_over_and_changes_nothing(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    queued(box, them.sofia, touch=touch)
    waiting = queued(box, them.sofia, touch=Touch.objects.get(prospect=them.sofia, kind="confirmation"))
    claimed(box)
    with pytest.raises(Refused, match="being sent at this moment"):
        undo(by=them.rosa, arrangement=Arrangement.objects.get(pk=touch.arrangement_id), now=NOW)
    assert {state(each) for each in Message.objects.all()} == {"sending", "queued"}
    assert Touch.objects.filter(pk=touch.pk, state="open").exists()
    assert Message.objects.filter(pk=waiting.pk).exists()


@pytest.mark.parametrize("live", [True, False])
def test_a_touch_whose_mail_is_written_is_not_written_again(them: Cast, live: bool) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    queued(box, them.sofia, touch=touch, state="queued" if live else "withdrawn")
    change_prospect(by=them.rosa, prospect=them.sofia, fields=ProspectFields(value=123), now=NOW)
    touch.refresh_from_db()
    assert (touch.value, touch.lane) == (123, AT_THE_DOOR if live else AUTOMATIC)


def test_a_new_owner_without_a_mailbox_does_it_by_hand(them: Cast) -> None:
    mailbox(them.rosa)
    touch = reminder(them)
    assign(by=them.ada, prospect=them.sofia, owner=them.max, now=NOW)
    touch.refresh_from_db()
    assert (touch.owner, touch.lane) == (them.max, Lane.WRITTEN)


@pytest.mark.parametrize("worded", [False, True])
def test_a_written_mail_that_is_given_another_moment_does_not_leave_now(them: Cast, worded: bool) -> None:
    box = mailbox(them.rosa)
    Touch.objects.filter(prospect=them.sofia, state="open").update(channel="email", kind="retry")
    touch = Touch.objects.get(prospect=them.sofia, state="open")
    message = queued(box, them.sofia, touch=touch, situation="step", by=them.rosa if worded else None)
    later = NOW + timedelta(days=2)
    reschedule_touch(by=them.rosa, touch=touch, due_at=later, key=fresh_key(), now=NOW)
    touch.refresh_from_db()
    assert (state(message), touch.due_at) == ("withdrawn", later)
    assert touch.lane == (Lane.WRITTEN if worded else AUTOMATIC)
    assert claim_next(mailbox=box, now=NOW) is None


def test_a_mail_that_is_handed_over_is_given_no_other_moment(them: Cast) -> None:
    box = mailbox(them.rosa)
    Touch.objects.filter(prospect=them.sofia, state="open").update(channel="email", kind="retry")
    touch = Touch.objects.get(prospect=them.sofia, state="open")
    queued(box, them.sofia, touch=touch, situation="step")
    claimed(box)
    with pytest.raises(Refused, match="stays as it is"):
        reschedule_touch(by=them.rosa, touch=touch, due_at=NOW + timedelta(days=2), key=fresh_key(), now=NOW)


def sent_reminder(them: Cast) -> Message:
    box = mailbox(them.rosa)
    queued(box, them.sofia, touch=reminder(them))
    found = claimed(box)
    settle(claimed=found, result=SendResult(Delivery.ACCEPTED, "250 OK"), now=NOW)
    return found.message


def test_what_a_mail_that_has_left_brought_about_cannot_be_taken_back(them: Cast) -> None:
    message = sent_reminder(them)
    with pytest.raises(Refused, match="That mail has left"):
        undo(by=them.rosa, arrangement=Arrangement.objects.get(event="sent"), now=NOW)
    assert (state(message), Touch.objects.get(pk=message.touch_id).state) == ("sent", "done")


@pytest.mark.parametrize("skipped", [False, True])
def test_a_touch_is_not_done_by_hand_while_its_mail_is_handed_over(them: Cast, skipped: bool) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    claimed(box)
    with pytest.raises(Refused, match="being sent at this moment"):
        finish_touch(by=them.rosa, touch=touch, key=fresh_key(), now=NOW, skipped=skipped)
    assert (state(message), Touch.objects.get(pk=touch.pk).state) == ("sending", "open")


def test_a_touch_done_by_hand_takes_its_written_mail_back(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    finish_touch(by=them.rosa, touch=touch, key=fresh_key(), now=NOW)
    assert (state(message), Touch.objects.get(pk=touch.pk).state) == ("withdrawn", "done")


def test_C6_a_cadence_is_not_paused_while_its_mail_is_handed_over(them: Cast) -> None:
    box = mailbox(them.rosa)
    touch = Touch.objects.get(prospect=them.sofia, state="open")
    queued(box, them.sofia, touch=touch, situation="step")
    claimed(box)
    with pytest.raises(Refused, match="being sent at this moment"):
        pause(by=them.rosa, enrollment=Enrollment.objects.get(prospect=them.sofia), reason="", key=fresh_key(), now=NOW)
    assert Touch.objects.get(pk=touch.pk).state == "open"
