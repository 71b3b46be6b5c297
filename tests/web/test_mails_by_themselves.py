"""Mails that the worker sends: how they are told of beside what a person does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ringback.actions.mailing.claiming import claim_next
from ringback.actions.mailing.settling import settle
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.mail.identity import key_of_message, message_of_key
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.models import Activity, Arrangement, Mailbox, Message, Touch, User
from tests.actions.mailing.rows import claimed, mailbox, queued, reminder
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def box(them: Cast) -> Mailbox:
    return mailbox(them.rosa)


@pytest.fixture
def rosa(them: Cast, as_user: AsUser) -> Client:
    return as_user(them.rosa)


def read(client: Client, where: str, **posted: Any) -> str:
    answer = client.post(where, posted, follow=True) if posted else client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_planned_mail_says_that_it_goes_by_itself_and_is_held_back_and_released(
    them: Cast, box: Mailbox, rosa: Client
) -> None:
    touch = reminder(them)
    where = f"/prospects/{them.sofia.pk}/"
    page = read(rosa, where)
    assert "Goes by itself" in page
    assert f'href="/mail/review/{touch.pk}/"' in page
    held = read(rosa, f"{where}touches/{touch.pk}/hold", key="h")
    assert "Held back by Rosa Lindqvist." in held
    assert "Let it go" in held
    assert Touch.objects.get(pk=touch.pk).lane != AUTOMATIC
    assert "It goes by itself again." in read(rosa, f"{where}touches/{touch.pk}/release", key="r")
    assert Touch.objects.get(pk=touch.pk).lane == AUTOMATIC


def test_without_a_mailbox_nothing_goes_by_itself(them: Cast, rosa: Client) -> None:
    reminder(them)
    assert "Goes by itself" not in read(rosa, f"/prospects/{them.sofia.pk}/")


def test_a_written_mail_says_that_it_is_on_its_way(them: Cast, box: Mailbox, rosa: Client) -> None:
    queued(box, them.sofia, touch=reminder(them))
    assert "Written, on its way" in read(rosa, f"/prospects/{them.sofia.pk}/")


@pytest.mark.parametrize("planned", [True, False])
@pytest.mark.parametrize("delivery", [Delivery.ACCEPTED, Delivery.REFUSED])
def test_the_story_leads_to_the_mail_whoever_may_read_it(
    planned: bool, delivery: Delivery, them: Cast, box: Mailbox, as_user: AsUser, rosa: Client
) -> None:
    mail = queued(box, them.sofia, touch=reminder(them) if planned else None)
    settle(claimed=claimed(box), result=SendResult(delivery, "said"), now=NOW)
    where, link = f"/prospects/{them.sofia.pk}/", f'href="/mail/outbox/{mail.pk}/"'
    assert link in read(rosa, where)
    assert read(rosa, f"/mail/outbox/{mail.pk}/")
    Message.objects.update(mailbox=mailbox(them.otto))
    assert link not in read(rosa, where)


def test_no_other_key_names_a_mail() -> None:
    assert message_of_key(key_of_message(417)) == 417
    assert [message_of_key(key) for key in ("message-x-sent", "message-1", "", "message-1-sent-again")] == [None] * 4


def test_what_was_arranged_says_which_mails_leave_once_undo_has_run_out(them: Cast, box: Mailbox, rosa: Client) -> None:
    reminder(them)
    row = Arrangement.objects.filter(prospect=them.sofia).latest("pk")
    page = read(rosa, f"/arrangements/{row.pk}/")
    assert page.count("Goes by itself half a minute after this, unless you undo") == 1
    assert page.count("Goes by itself<") >= 1
    Arrangement.objects.filter(pk=row.pk).update(undone_at=NOW + timedelta(seconds=5))
    assert "Goes by itself" not in read(rosa, f"/arrangements/{row.pk}/")


def test_by_hand_nothing_that_was_arranged_leaves_by_itself(them: Cast, rosa: Client) -> None:
    reminder(them)
    row = Arrangement.objects.filter(prospect=them.sofia).latest("pk")
    assert "Goes by itself" not in read(rosa, f"/arrangements/{row.pk}/")


def test_the_house_says_when_the_worker_was_last_seen(them: Cast, as_user: AsUser) -> None:
    assert "never" in read(as_user(them.ada), "/settings/house").partition("was last seen")[2][:80]


def test_claims_leave_what_is_held_back(them: Cast, box: Mailbox, rosa: Client) -> None:
    touch = reminder(them)
    queued(box, them.sofia, touch=touch)
    read(rosa, f"/prospects/{them.sofia.pk}/touches/{touch.pk}/hold", key="h")
    assert claim_next(mailbox=box, now=NOW) is None
    assert Activity.objects.filter(prospect=them.sofia, verb="mail_held").count() == 1
