"""What became of a mail is written down once, and the plan goes on (A4, A7, C3, C5, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.errors import Refused
from ringback.actions.mailing import settling
from ringback.actions.mailing.claiming import claim_next
from ringback.actions.mailing.doubting import decide_doubt, doubt_unanswered, found_sent
from ringback.actions.mailing.settling import settle
from ringback.actions.reacting import record_reply
from ringback.domain.lanes import Lane
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.domain.mail.sending import LEASE, MOST_ATTEMPTS
from ringback.domain.vocabulary import Channel
from ringback.models import Activity, Enrollment, Mailbox, Message, Touch
from tests.actions.mailing.rows import claimed, mailbox, queued, reminder, state
from tests.actions.rows import fresh_key, open_touches
from tests.cast import NOW, Cast

ACCEPTED = SendResult(Delivery.ACCEPTED, "250 2.0.0 queued as 4711")
SECOND = timedelta(seconds=1)


def ladder_mail(them: Cast) -> Touch:
    """The warm lead's ladder stands on its first mail."""
    Touch.objects.filter(prospect=them.sofia, state="open").update(channel="email", step_id="first-mail", kind="retry")
    Enrollment.objects.filter(prospect=them.sofia).update(step_id="first-mail")
    return Touch.objects.get(prospect=them.sofia, state="open")


def test_C3_a_sent_mail_takes_the_ladder_on_to_its_next_rung(them: Cast) -> None:
    box, touch = mailbox(them.rosa), ladder_mail(them)
    message = queued(box, them.sofia, touch=touch, situation="step")
    settle(claimed=claimed(box), result=ACCEPTED, now=NOW + SECOND)
    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.settled_at, row.answer) == ("sent", NOW + SECOND, "250 2.0.0 queued as 4711")
    touch.refresh_from_db()
    assert (touch.state, touch.closed_at) == ("done", NOW + SECOND)
    assert [each.step_id for each in open_touches(them.sofia)] == ["second-call"]
    said = Activity.objects.get(verb="sent").text
    assert said.startswith("Sent: “Our talk on Monday”. Next: Second call")


def test_an_answer_that_comes_twice_changes_nothing(them: Cast) -> None:
    box = mailbox(them.rosa)
    queued(box, them.sofia, touch=reminder(them))
    found = claimed(box)
    settle(claimed=found, result=ACCEPTED, now=NOW)
    settle(claimed=found, result=SendResult(Delivery.REFUSED, "550 no"), now=NOW)
    settle(claimed=found, result=ACCEPTED, now=NOW)
    assert state(found.message) == "sent"
    assert Activity.objects.filter(verb="sent").count() == 1


def test_C5_a_reply_while_the_mail_is_on_its_way(them: Cast) -> None:
    """The ladder has ended; that the mail was sent stays true, and plants nothing."""
    box, touch = mailbox(them.rosa), ladder_mail(them)
    queued(box, them.sofia, touch=touch, situation="step")
    found = claimed(box)
    record_reply(by=None, prospect=them.sofia, channel=Channel.EMAIL, key=fresh_key(), now=NOW)
    settle(claimed=found, result=ACCEPTED, now=NOW)
    assert state(found.message) == "sent"
    assert [each.kind for each in open_touches(them.sofia)] == ["review"]
    assert Activity.objects.filter(verb="sent").count() == 1


def test_refused_waits_for_a_person_with_the_servers_words(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    settle(claimed=claimed(box), result=SendResult(Delivery.REFUSED, "550 no such user"), now=NOW)
    touch.refresh_from_db()
    assert (state(message), touch.state, touch.lane) == ("failed", "open", Lane.WRITTEN)
    assert touch.held == "The mail was refused: 550 no such user"


def test_not_now_is_tried_again_later_until_it_is_given_up(them: Cast) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.sofia)
    settle(claimed=claimed(box), result=SendResult(Delivery.DEFERRED, "451 greylisted"), now=NOW)
    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.due_at, row.attempts, row.answer) == (
        "queued",
        NOW + timedelta(minutes=1),
        1,
        "451 greylisted",
    )
    assert claim_next(mailbox=box, now=NOW) is None
    Message.objects.filter(pk=message.pk).update(attempts=MOST_ATTEMPTS - 1)
    last = claimed(box, NOW + timedelta(minutes=1))
    settle(claimed=last, result=SendResult(Delivery.DEFERRED, "451 greylisted"), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.answer) == (
        "failed",
        "The server did not take it for a whole day. Last it said: 451 greylisted",
    )


def test_a_mailbox_in_trouble_costs_no_mail_an_attempt(them: Cast) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.sofia)
    settle(claimed=claimed(box), result=SendResult(Delivery.UNREACHABLE, "no route"), now=NOW)
    settle(claimed=claimed(box), result=SendResult(Delivery.UNREACHABLE, "no route"), now=NOW + SECOND)
    row, box = Message.objects.get(pk=message.pk), Mailbox.objects.get(pk=box.pk)
    assert (row.state, row.attempts, row.fence) == ("queued", 0, 2)
    assert (box.trouble, box.trouble_at, box.troubles) == ("no route", NOW, 2)
    assert box.retry_at == NOW + SECOND + timedelta(seconds=60)
    settle(claimed=claimed(box), result=ACCEPTED, now=NOW)
    box.refresh_from_db()
    assert (box.trouble, box.troubles, box.retry_at) == ("", 0, None)


def test_a_claim_that_is_never_answered_is_in_doubt_and_not_sent_again(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    claimed(box)
    assert doubt_unanswered(now=NOW + LEASE) == 0
    assert doubt_unanswered(now=NOW + LEASE + SECOND) == 1
    assert doubt_unanswered(now=NOW + LEASE + SECOND) == 0
    assert state(message) == "unknown"
    assert claim_next(mailbox=box, now=NOW + timedelta(days=1)) is None
    touch.refresh_from_db()
    assert touch.state == "open"


def test_a_late_answer_ends_the_doubt(them: Cast) -> None:
    box = mailbox(them.rosa)
    queued(box, them.sofia, touch=reminder(them))
    found = claimed(box)
    doubt_unanswered(now=NOW + LEASE + SECOND)
    settle(claimed=found, result=ACCEPTED, now=NOW + LEASE + 2 * SECOND)
    assert state(found.message) == "sent"


def in_doubt(them: Cast) -> Message:
    box = mailbox(them.rosa)
    queued(box, them.sofia, touch=reminder(them))
    found = claimed(box)
    settle(claimed=found, result=SendResult(Delivery.IN_DOUBT, ""), now=NOW)
    return Message.objects.get(pk=found.message.pk)


def test_a_proof_ends_the_doubt_and_the_plan_goes_on(them: Cast) -> None:
    message = in_doubt(them)
    assert message.state == "unknown"
    assert found_sent(message=message, proof="It lies in the Sent folder.", now=NOW)
    assert not found_sent(message=message, proof="Again.", now=NOW)
    assert state(message) == "sent"
    assert not Touch.objects.filter(kind="reminder", state="open").exists()


def test_a_person_says_it_was_sent(them: Cast) -> None:
    message = in_doubt(them)
    decide_doubt(by=them.rosa, message=message, was_sent=True, now=NOW)
    assert state(message) == "sent"
    with pytest.raises(Refused, match="decided in the meantime"):
        decide_doubt(by=them.rosa, message=message, was_sent=False, now=NOW)


def test_a_person_sends_it_again_under_the_same_identity(them: Cast) -> None:
    message = in_doubt(them)
    decide_doubt(by=them.rosa, message=message, was_sent=False, now=NOW)
    again = claimed(message.mailbox)
    assert (again.message.message_id, again.fence) == (message.message_id, 2)


def test_a_mail_whose_reason_is_gone_is_not_sent_again(them: Cast) -> None:
    message = in_doubt(them)
    Touch.objects.filter(pk=message.touch_id).update(state="cancelled", closed_at=NOW)
    assert decide_doubt(by=them.rosa, message=message, was_sent=False, now=NOW) == "withdrawn"
    assert state(message) == "withdrawn"


def test_a_stranger_decides_nothing(them: Cast) -> None:
    message = in_doubt(them)
    with pytest.raises(Refused, match="somebody else"):
        decide_doubt(by=them.otto, message=message, was_sent=True, now=NOW)
    assert state(message) == "unknown"


@pytest.mark.parametrize(
    ("trouble", "told"), [(Refused("No working moment."), " No working moment."), (KeyError("second-call"), "")]
)
def test_a_sent_mail_whose_plan_cannot_go_on_is_left_to_a_person(
    them: Cast, monkeypatch: pytest.MonkeyPatch, trouble: Exception, told: str
) -> None:
    def fails(**_: object) -> None:
        raise trouble

    box, touch = mailbox(them.rosa), ladder_mail(them)
    message = queued(box, them.sofia, touch=touch, situation="step")
    found = claimed(box)
    monkeypatch.setattr(settling, "happen", fails)
    settle(claimed=found, result=ACCEPTED, now=NOW)
    touch.refresh_from_db()
    assert (state(message), touch.state, touch.lane) == ("sent", "open", Lane.WRITTEN)
    assert touch.held == f"{settling.PLAN_STANDS_STILL}{told}"
    assert Activity.objects.filter(verb="sent").count() == 1
