"""What is written in a mailbox that has stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from ringback.actions.deciding import locked_prospect
from ringback.actions.mailboxes import pause_mailbox, resume_mailbox
from ringback.actions.mailing import stopping
from ringback.actions.mailing.drafting import draft_due
from ringback.actions.mailing.stopping import take_back_from_stopped
from ringback.actions.settling import change_user
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, Lane
from ringback.models import Mailbox, Message, Prospect, Touch, User
from ringback.queries.library import cadence_value
from tests.actions.mailing.rows import mailbox, queued, reminder, state
from tests.cast import NOW, Cast, cast


def stands(touch: Touch) -> tuple[int, str]:
    return Touch.objects.values_list("lane", "held").get(pk=touch.pk)


def pause(them: Cast, box: Mailbox) -> None:
    pause_mailbox(by=them.rosa, mailbox=box, reason="Moving house", now=NOW)


def test_goes_by_another_mailbox_of_the_rep(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    other = mailbox(them.rosa, address="second@kilns.example")
    pause(them, box)
    assert (state(message), stands(touch)) == ("withdrawn", (AUTOMATIC, ""))
    draft_due(now=NOW + timedelta(minutes=1))
    assert [each.mailbox for each in Message.objects.filter(touch=touch, state="queued")] == [other]


def test_waits_in_today_without_another_and_goes_when_it_runs_again(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    pause(them, box)
    assert (state(message), stands(touch)) == ("withdrawn", (Lane.WRITTEN, ""))
    resume_mailbox(by=them.rosa, mailbox=box, now=NOW)
    assert stands(touch) == (AUTOMATIC, "")


def test_words_of_a_person_wait_for_a_person_with_the_reason(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    mailbox(them.rosa, address="second@kilns.example")
    queued(box, them.sofia, touch=touch, by=them.rosa)
    pause(them, box)
    assert stands(touch) == (Lane.WRITTEN, "The mailbox rosa@kilns.example is paused: Moving house")


@pytest.mark.parametrize("under_way", ["sending", "unknown"])
def test_what_is_on_its_way_stays_as_it_is(them: Cast, under_way: str) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    lease = {"lease_until": NOW} if under_way == "sending" else {}
    message = queued(box, them.sofia, touch=touch, state=under_way, **lease)
    pause(them, box)
    assert (state(message), stands(touch)) == (under_way, (AT_THE_DOOR, ""))


def test_somebody_who_leaves_leaves_no_mail_behind(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    change_user(by=them.ada, user=them.rosa, fields={"is_active": False}, now=NOW)
    assert (state(message), stands(touch)) == ("withdrawn", (Lane.WRITTEN, ""))


@pytest.mark.django_db(transaction=True)
def test_somebody_leaves_while_a_prospect_of_theirs_is_held(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their own row is free before any prospect is locked: whoever holds a prospect may need the row."""
    cadence_value.cache_clear()
    them = cast()
    queued(mailbox(them.rosa), them.sofia, touch=reminder(them))
    seen: list[tuple[bool, bool]] = []

    def lock(prospect_id: int) -> Prospect:
        seen.append((User.objects.get(pk=them.rosa.pk).is_active, outermost() == 1))
        return locked_prospect(prospect_id)

    def outermost() -> int:
        return len(connection.savepoint_ids) + connection.in_atomic_block

    monkeypatch.setattr(stopping, "locked_prospect", lock)
    change_user(by=them.ada, user=them.rosa, fields={"is_active": False}, now=NOW)
    assert seen == [(False, True)]


def test_the_worker_finds_what_was_written_in_that_very_moment(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    pause(them, box)
    message = queued(box, them.sofia, touch=touch)
    assert (take_back_from_stopped(now=NOW), take_back_from_stopped(now=NOW)) == (1, 0)
    assert (state(message), stands(touch)) == ("withdrawn", (Lane.WRITTEN, ""))
