"""The outbox as people see it: which mail stands where, for whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ringback.domain.lanes import AUTOMATIC
from ringback.domain.mail.waiting import Reason, WaitsFor
from ringback.domain.vocabulary import Channel, MailKind, Role, TouchKind
from ringback.models import IncomingMail, Mailbox, Message, Touch
from ringback.queries.outgoing import Outbox, outbox, reason_of
from ringback.queries.outgoing_walk import BOXES_AT_ONCE, MOST_SENT, Section
from tests.actions.mailing.rows import mailbox, queued
from tests.cast import NOW, Cast, member
from tests.queries.conftest import Plan

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Mailboxes, the walk, the mails, the touches, what came back.
QUERIES = 7


@pytest.fixture
def box(them: Cast) -> Mailbox:
    return mailbox(them.rosa)


def sent(box: Mailbox, them: Cast, at: Any = NOW, **columns: Any) -> Message:
    return queued(box, them.sofia, state="sent", settled_at=at, **columns)


def ids(found: Outbox, section: Section) -> list[int]:
    return [mail.pk for mail in found.mails[section]]


def one_of_each(box: Mailbox, them: Cast, plan: Plan, number: int) -> None:
    queued(box, them.sofia, state="unknown")
    queued(box, them.sofia, state="failed", settled_at=NOW)
    queued(box, them.sofia)
    plan(number % 3, channel=Channel.EMAIL, due_at=NOW + HOUR)
    Touch.objects.update(lane=AUTOMATIC)
    sent(box, them)


@pytest.mark.parametrize("rows", [1, 30])
def test_outbox_takes_the_same_queries_however_much_is_in_it(
    rows: int, them: Cast, plan: Plan, box: Mailbox, django_assert_num_queries: Any
) -> None:
    Mailbox.objects.update(per_day=10)
    for number in range(rows):
        one_of_each(box, them, plan, number)
    with django_assert_num_queries(QUERIES):
        found = outbox(them.rosa, now=NOW)
    sections = (Section.DOUBT, Section.FAILED, Section.WAITS, Section.SENT)
    assert [len(found.mails[section]) for section in sections] == [rows] * 4
    assert len(found.coming) == rows


def test_each_mail_stands_in_its_section(them: Cast, box: Mailbox) -> None:
    doubt, failed = queued(box, them.sofia, state="unknown"), queued(box, them.sofia, state="failed", settled_at=NOW)
    leaving = queued(box, them.sofia, state="sending", lease_until=NOW + MINUTE)
    waits, gone = queued(box, them.sofia), sent(box, them)
    queued(box, them.sofia, state="withdrawn", settled_at=NOW)
    queued(box, them.sofia, state="failed", settled_at=NOW - 15 * DAY)
    found = outbox(them.rosa, now=NOW)
    assert {section: ids(found, section) for section in found.mails} == {
        Section.DOUBT: [doubt.pk],
        Section.FAILED: [failed.pk],
        Section.UNDER_WAY: [leaving.pk],
        Section.WAITS: [leaving.pk, waits.pk],
        Section.SENT: [gone.pk],
    }


def test_a_rep_sees_own_mailboxes_a_manager_the_teams_an_admin_all(them: Cast, box: Mailbox) -> None:
    mail = sent(box, them)
    mara = member("mara", "Mara Silva", Role.MANAGER, them.otto.team)
    seen = {
        user.username: ids(outbox(user, now=NOW), Section.SENT)
        for user in (them.rosa, them.otto, them.max, them.ada, mara)
    }
    assert seen == {"rosa": [mail.pk], "otto": [], "max": [mail.pk], "ada": [mail.pk], "mara": []}


def test_mails_that_go_by_themselves_are_those_of_the_owners_in_sight(them: Cast, plan: Plan, box: Mailbox) -> None:
    mine, later = (plan(lane_of, channel=Channel.EMAIL, due_at=NOW + HOUR * (2 - lane_of)) for lane_of in (0, 1))
    others = plan(2, channel=Channel.EMAIL, owner=them.otto)
    Touch.objects.filter(pk__in=[mine.pk, later.pk, others.pk]).update(lane=AUTOMATIC)
    plan(2, channel=Channel.EMAIL)
    assert [touch.pk for touch in outbox(them.rosa, now=NOW).coming] == [later.pk, mine.pk]


def test_sent_mails_go_on_where_the_page_ended_even_if_many_left_at_once(them: Cast) -> None:
    boxes = [mailbox(them.rosa, address=f"rosa{number}@kilns.example") for number in range(2)]
    mails = [sent(boxes[number % 2], them, NOW - MINUTE * (number // 40)) for number in range(MOST_SENT + 30)]
    first = outbox(them.rosa, now=NOW)
    last = Message.objects.get(pk=ids(first, Section.SENT)[-1])
    second = outbox(them.rosa, now=NOW, older_than=last)
    assert (first.more_sent, second.more_sent) == (True, False)
    shown = ids(first, Section.SENT) + ids(second, Section.SENT)
    assert shown == [mail.pk for mail in sorted(mails, key=lambda mail: (mail.settled_at, mail.pk), reverse=True)]
    assert second.mails.get(Section.WAITS, ()) == ()


def test_more_mailboxes_than_one_query_holds_are_all_looked_at(them: Cast, django_assert_num_queries: Any) -> None:
    boxes = [mailbox(them.rosa, address=f"r{number}@kilns.example") for number in range(BOXES_AT_ONCE + 1)]
    mails = {sent(box, them).pk for box in (boxes[0], boxes[-1])}
    assert set(ids(outbox(them.rosa, now=NOW), Section.SENT)) == mails


@pytest.mark.parametrize(
    ("columns", "left", "expected"),
    [
        ({}, 0, Reason(WaitsFor.TURN)),
        ({"per_minute": 2}, 1, Reason(WaitsFor.TURN)),
        ({"per_minute": 2}, 2, Reason(WaitsFor.CAP, NOW - 30 * timedelta(seconds=1) + MINUTE)),
        ({"per_day": 3}, 3, Reason(WaitsFor.CAP, NOW - 30 * timedelta(seconds=1) + DAY)),
        ({"retry_at": NOW + HOUR, "trouble": "No connection"}, 0, Reason(WaitsFor.TROUBLE, NOW + HOUR)),
        ({"paused_at": NOW}, 0, Reason(WaitsFor.MAILBOX)),
    ],
)
def test_a_mail_waits_because(columns: dict[str, Any], left: int, expected: Reason, them: Cast) -> None:
    box = mailbox(them.rosa, **columns)
    mail = queued(box, them.sofia)
    for _ in range(left):
        sent(box, them, NOW - timedelta(seconds=30))
    mail.mailbox.refresh_from_db()
    assert reason_of(mail, NOW) == expected


def test_what_came_back_is_told_by_mail(them: Cast, box: Mailbox) -> None:
    mail, other = sent(box, them), sent(box, them)
    for uid, kind in enumerate((MailKind.OUT_OF_OFFICE, MailKind.REPLY)):
        IncomingMail.objects.create(
            mailbox=box, uid_validity=1, uid=uid, taken_at=NOW, kind=kind, because="It says so.", answers=mail
        )
    answers = outbox(them.rosa, now=NOW).answers
    assert answers == {mail.pk: {MailKind.OUT_OF_OFFICE, MailKind.REPLY}}
    assert other.pk not in answers


def test_what_is_planned_next_is_told_beside_a_refused_mail(them: Cast, plan: Plan, box: Mailbox) -> None:
    queued(box, them.sofia, state="failed", settled_at=NOW)
    plan(kind=TouchKind.CADENCE, due_at=NOW + 2 * HOUR)
    first = plan(kind=TouchKind.RETRY, due_at=NOW + HOUR)
    assert outbox(them.rosa, now=NOW).planned_next == {them.sofia.pk: first}


def test_nobody_without_a_mailbox_in_sight_is_asked_for_more(them: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert outbox(them.otto, now=NOW).senders == 0
