"""The last look before a mail leaves; of several workers, one hands it over (C5, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.appointing import cancel_appointment
from ringback.actions.enrolling import pause
from ringback.actions.mailboxes import pause_mailbox
from ringback.actions.mailing.claiming import CANNOT_BE_LOOKED_AT, Claimed, Full, claim_next, claims
from ringback.actions.reacting import opt_out
from ringback.domain.lanes import Lane
from ringback.domain.mail.sending import LEASE
from ringback.models import ContactPoint, Enrollment, Message, Prospect, Suppression, Touch
from tests.actions.mailing.rows import claimed, mailbox, queued, reminder, state
from tests.actions.rows import fresh_key
from tests.actions.test_racing import at_once
from tests.cast import NOW, Cast, cast


def test_a_claim_is_written_down_before_anything_is_handed_over(them: Cast) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.sofia, touch=reminder(them))
    found = claimed(box)
    assert (found.message.pk, found.fence) == (message.pk, 1)
    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.fence, row.attempts, row.lease_until) == ("sending", 1, 1, NOW + LEASE)
    assert claim_next(mailbox=box, now=NOW) is None


def test_the_oldest_goes_first_and_nothing_before_its_moment(them: Cast) -> None:
    box = mailbox(them.rosa)
    later = queued(box, them.sofia, due_at=NOW - timedelta(seconds=1))
    first = queued(box, them.prospects[1], due_at=NOW - timedelta(seconds=2))
    queued(box, them.prospects[2], due_at=NOW + timedelta(seconds=1))
    assert [claimed(box).message.pk, claimed(box).message.pk] == [first.pk, later.pk]
    assert claim_next(mailbox=box, now=NOW) is None


def test_a_mailbox_that_is_paused_in_the_midst_of_its_post_sends_no_more(them: Cast) -> None:
    box = mailbox(them.rosa)
    for prospect in them.prospects:
        queued(box, prospect)
    post = claims(mailbox=box, clock=lambda: NOW)
    assert isinstance(next(post), Claimed)
    pause_mailbox(by=them.rosa, mailbox=box, reason="These are the wrong words.", now=NOW)
    assert list(post) == []


def test_C5_whoever_opted_out_gets_nothing_that_was_queued(them: Cast) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.sofia)
    opt_out(by=them.rosa, prospect=them.sofia, proof="Said so.", key=fresh_key(), now=NOW)
    assert claim_next(mailbox=box, now=NOW) is None
    row = Message.objects.get(pk=message.pk)
    assert (row.state, row.answer, row.settled_at) == ("withdrawn", "They asked not to be written to.", NOW)


@pytest.mark.parametrize(("channel", "expected"), [("", "withdrawn"), ("email", "withdrawn"), ("call", "sending")])
def test_C5_an_address_is_blocked_for_whoever_has_it(them: Cast, channel: str, expected: str) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.sofia)
    Suppression.objects.create(value="person0@example.com", channel=channel, reason="Wrote so", at=NOW)
    claim_next(mailbox=box, now=NOW)
    assert state(message) == expected


def test_A4_mail_about_a_cancelled_appointment_stays(them: Cast) -> None:
    box = mailbox(them.rosa)
    touch = reminder(them)
    message = queued(box, them.sofia, touch=touch)
    assert touch.appointment is not None
    cancel_appointment(by=them.rosa, appointment=touch.appointment, reason="", key=fresh_key(), now=NOW)
    assert claim_next(mailbox=box, now=NOW) is None
    assert state(message) == "withdrawn"


def test_C6_mail_of_a_paused_cadence_stays(them: Cast) -> None:
    box = mailbox(them.rosa)
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    touch = Touch.objects.get(prospect=them.sofia, state="open")
    message = queued(box, them.sofia, touch=touch, situation="step")
    pause(by=them.rosa, enrollment=enrollment, reason="", key=fresh_key(), now=NOW)
    assert claim_next(mailbox=box, now=NOW) is None
    assert state(message) == "withdrawn"


def test_C6_an_address_that_came_back_waits_for_a_person(them: Cast) -> None:
    box = mailbox(them.rosa)
    touch = reminder(them)
    message = queued(box, them.sofia, touch=touch)
    ContactPoint.objects.filter(prospect=them.sofia, kind="email").update(failed_at=NOW)
    assert claim_next(mailbox=box, now=NOW) is None
    touch.refresh_from_db()
    assert (state(message), touch.state, touch.lane) == ("withdrawn", "open", Lane.WRITTEN)
    assert touch.held == "Mail to this address came back. Choose another address."


def test_A4_an_address_that_was_taken_out_gets_nothing_that_was_written_before(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    ContactPoint.objects.filter(prospect=them.sofia, kind="email").update(value="new@example.com")
    assert claim_next(mailbox=box, now=NOW) is None
    touch.refresh_from_db()
    assert (state(message), touch.held[:23]) == ("withdrawn", "The address was changed")


def test_a_mail_over_which_the_rules_stumble_hurts_only_itself(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    # A cadence's mail that is late keeps their hours.
    broken = queued(box, them.sofia, touch=touch, situation="step", due_at=NOW - timedelta(hours=2))
    Touch.objects.filter(pk=touch.pk).update(due_at=NOW - timedelta(hours=2))
    good = queued(box, them.prospects[1])
    Prospect.objects.filter(pk=them.sofia.pk).update(zone="", possible_zones=[["odd"]])
    assert claimed(box).message.pk == good.pk
    touch.refresh_from_db()
    assert (state(broken), touch.held) == ("withdrawn", CANNOT_BE_LOOKED_AT)


def test_one_that_may_not_leave_holds_up_nobody(them: Cast) -> None:
    box = mailbox(them.rosa)
    for _ in range(45):
        queued(box, them.sofia, latest_at=NOW - timedelta(seconds=1), due_at=NOW - timedelta(hours=1))
    good = queued(box, them.prospects[1])
    assert claimed(box).message.pk == good.pk


@pytest.mark.parametrize(
    ("cap", "ago", "until"),
    [
        ("per_minute", timedelta(seconds=40), timedelta(seconds=20)),
        ("per_day", timedelta(hours=23), timedelta(hours=1)),
    ],
)
def test_caps_hold_in_any_window_not_by_the_clock(them: Cast, cap: str, ago: timedelta, until: timedelta) -> None:
    box = mailbox(them.rosa, **{cap: 2})
    for _ in range(2):
        queued(box, them.sofia, state="sent", settled_at=NOW - ago)
    waiting = queued(box, them.sofia)
    assert claim_next(mailbox=box, now=NOW) == Full(NOW + until)
    assert state(waiting) == "queued"
    assert isinstance(claim_next(mailbox=box, now=NOW + until + timedelta(seconds=1)), Claimed)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_the_same_mail(transactional_db: None) -> None:
    them = cast()
    box = mailbox(them.rosa)
    messages = {queued(box, prospect).pk for prospect in them.prospects for _ in range(5)}

    def drain() -> list[int]:
        got = []
        while (found := claim_next(mailbox=box, now=NOW)) is not None:
            assert isinstance(found, Claimed)
            got.append(found.message.pk)
        return got

    came = at_once(*[drain] * 4)
    taken = [pk for each in came for pk in each]  # type: ignore[attr-defined]
    assert len(taken) == len(set(taken))
    # A worker passes by a prospect whom another one holds at that moment; its mail is there in the next round.
    assert set(taken) | set(drain()) == messages
