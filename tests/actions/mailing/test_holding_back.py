"""A person keeps back a mail that would go by itself, and lets it go again."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from ringback.actions.errors import Refused
from ringback.actions.mailing import drafting
from ringback.actions.mailing.holding_back import hold_back, let_go
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, Lane
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.models import Activity, Mailbox, Prospect, Touch
from tests.actions.mailing.rows import mailbox, queued, reminder, state
from tests.cast import NOW, Cast


@pytest.fixture
def box(them: Cast) -> Mailbox:
    return mailbox(them.rosa)


def stands(touch: Touch) -> tuple[int, str]:
    return Touch.objects.values_list("lane", "held").get(pk=touch.pk)


def test_a_mail_that_is_held_back_stands_in_the_queue_until_it_is_let_go(them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    assert stands(touch) == (AUTOMATIC, "")
    hold_back(by=them.rosa, touch=touch, now=NOW)
    assert stands(touch) == (Lane.WRITTEN, "Held back by Rosa Lindqvist.")
    let_go(by=them.rosa, touch=touch, now=NOW)
    assert stands(touch) == (AUTOMATIC, "")
    told = Activity.objects.filter(prospect=them.sofia, verb__startswith="mail_").order_by("pk")
    assert [each.verb for each in told] == ["mail_held", "mail_let_go"]


def test_a_written_mail_that_is_held_back_leaves_the_outbox(them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    mail = queued(box, them.sofia, touch=touch)
    hold_back(by=them.rosa, touch=touch, now=NOW)
    assert state(mail) == "withdrawn"
    assert stands(touch) == (Lane.WRITTEN, "Held back by Rosa Lindqvist.")


@pytest.mark.parametrize("under_way", ["sending", "unknown"])
def test_a_mail_on_its_way_is_not_held_back(under_way: str, them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    mail = queued(box, them.sofia, touch=touch, state=under_way, lease_until=NOW)
    with pytest.raises(Refused, match="stays as it is"):
        hold_back(by=them.rosa, touch=touch, now=NOW)
    assert (state(mail), stands(touch)) == (under_way, (AT_THE_DOOR, ""))


def test_what_is_done_or_by_hand_is_neither_held_back_nor_let_go(them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    with pytest.raises(Refused, match="somebody was quicker"):
        let_go(by=them.rosa, touch=touch, now=NOW)
    hold_back(by=them.rosa, touch=touch, now=NOW)
    with pytest.raises(Refused, match="somebody was quicker"):
        hold_back(by=them.rosa, touch=touch, now=NOW)
    Touch.objects.filter(pk=touch.pk).update(state="done", closed_at=NOW)
    with pytest.raises(Refused, match="somebody was quicker"):
        let_go(by=them.rosa, touch=touch, now=NOW)


def test_nothing_is_let_go_without_a_mailbox(them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    hold_back(by=them.rosa, touch=touch, now=NOW)
    Mailbox.objects.update(paused_at=NOW)
    with pytest.raises(Refused, match="No mailbox is connected"):
        let_go(by=them.rosa, touch=touch, now=NOW)


def test_somebody_elses_mail_stays_as_it_is(them: Cast, box: Mailbox) -> None:
    touch = reminder(them)
    Prospect.objects.filter(pk=them.sofia.pk).update(owner=them.otto)
    with pytest.raises(Refused, match="belongs to somebody else"):
        hold_back(by=them.rosa, touch=touch, now=NOW)
    assert stands(touch) == (AUTOMATIC, "")


def test_a_database_out_of_reach_holds_no_mail(them: Cast, box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    touch = reminder(them)
    monkeypatch.setattr(drafting, "draft_of", locked)
    with pytest.raises(OperationalError):
        drafting.draft_due(now=touch.due_at + UNDO_WAIT)
    assert stands(touch) == (AUTOMATIC, "")
