"""The day of one rep: what is offered, what is held, in which order, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ringback.domain.readiness import Known
from ringback.domain.vocabulary import Channel, MachineResult, Outcome, TouchKind, TouchState
from ringback.models import Appointment, Call, Prospect, Touch
from ringback.queries.mail_state import MailState
from ringback.queries.today import Today, today
from tests.actions.mailing.rows import mailbox, queued
from tests.cast import NOW, ZONE, Cast
from tests.queries.conftest import Plan

NIGHTS = (("Pacific/Auckland", "NZ"), ("America/New_York", "US"))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def offered(found: Today) -> list[int]:
    return [entry.touch_id for entry in found.entries]


@pytest.mark.parametrize("rows", [1, 30])
def test_today_takes_four_queries_however_long_the_queue(
    rows: int, them: Cast, plan: Plan, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        plan(number % 3)
    with django_assert_num_queries(4):
        found = today(them.rosa, now=NOW)
    assert len(found.entries) == rows


def test_today_takes_four_queries_when_nothing_is_due(them: Cast, plan: Plan, django_assert_num_queries: Any) -> None:
    later = plan(due_at=NOW + 3 * HOUR)
    plan(due_at=NOW + 5 * HOUR, kind=TouchKind.RETRY)
    with django_assert_num_queries(4):
        found = today(them.rosa, now=NOW)
    assert (found.entries, found.held, found.next_due_at) == ((), (), later.due_at)


def test_next_due_is_nothing_when_nothing_is_planned(them: Cast) -> None:
    assert today(them.rosa, now=NOW).next_due_at is None


def test_queue_order_is_promises_then_leads_then_retries_then_worth_then_paper(them: Cast, plan: Plan) -> None:
    card = plan(kind=TouchKind.THANK_YOU, channel=Channel.CARD)
    mail = plan(channel=Channel.EMAIL)
    small, large = plan(value=500), plan(value=250_000)
    retry = plan(kind=TouchKind.RETRY)
    lead = plan(kind=TouchKind.NEW_LEAD)
    promised = plan(kind=TouchKind.CALL_BACK)
    expected = [promised, lead, retry, large, small, mail, card]
    assert offered(today(them.rosa, now=NOW)) == [touch.pk for touch in expected]


def test_a15_d2_a_lead_that_named_its_need_and_a_near_day_stands_above_an_equal_one(them: Cast, plan: Plan) -> None:
    """The line says why; in the same number of queries."""
    equal, eager = plan(0, value=1_000, due_at=NOW - 2 * HOUR), plan(1, value=1_000)
    told = {"known_answers": int(Known.NEED), "wanted_by": (NOW + timedelta(days=8)).date()}
    Prospect.objects.filter(pk=eager.prospect_id).update(**told)
    first, second = today(them.rosa, now=NOW).entries
    assert (first.touch_id, second.touch_id) == (eager.pk, equal.pk)
    assert first.why == "Worth 1,000, wanted by 1 December, the need known; due at 09:00"


def test_queue_holds_only_open_due_touches_of_the_rep(them: Cast, plan: Plan) -> None:
    mine = plan()
    plan(owner=them.otto)
    plan(owner=None)
    plan(due_at=NOW + HOUR)
    for state in (TouchState.DONE, TouchState.CANCELLED, TouchState.EXPIRED):
        plan(state=state, closed_at=NOW)
    assert offered(today(them.rosa, now=NOW)) == [mine.pk]


def test_queue_is_cut_at_its_limit_and_says_that_more_is_due(them: Cast, plan: Plan) -> None:
    Touch.objects.bulk_create(_many(plan(), 1_004))
    found = today(them.rosa, now=NOW, limit=10)
    assert (len(found.entries), found.progress.due_count, found.progress.due_is_more) == (10, 1_000, True)


@pytest.mark.parametrize("far", [50, 60, 900])
def test_people_behind_a_lane_full_of_night_are_found(
    far: int, them: Cast, plan: Plan, django_assert_num_queries: Any
) -> None:
    asleep = [_asleep(them, zone, country) for zone, country in NIGHTS]
    for prospect in asleep:
        touch = plan(zone=prospect.zone)
        touch.prospect = prospect
        Touch.objects.bulk_create(_many(touch, far // 2, later=-DAY))
        touch.delete()
    awake = [plan(1, due_at=NOW - number * MINUTE) for number in (5, 4, 3, 2, 1)]
    with django_assert_num_queries(5):
        found = today(them.rosa, now=NOW)
    assert offered(found) == [touch.pk for touch in awake]
    assert (len(found.held), found.held_count) == (20, 50)
    assert found.held_because.startswith("Outside their call hours until")


def test_a_page_that_is_full_without_them_looks_no_further(
    them: Cast, plan: Plan, django_assert_num_queries: Any
) -> None:
    asleep = _asleep(them, *NIGHTS[0])
    touch = plan(zone=asleep.zone)
    touch.prospect = asleep
    Touch.objects.bulk_create(_many(touch, 50, later=-DAY))
    for number in range(4):
        plan(1, due_at=NOW - number * MINUTE)
    with django_assert_num_queries(5):
        assert len(today(them.rosa, now=NOW, limit=4).entries) == 4
    for _ in range(4):
        plan(1, kind=TouchKind.CALL_BACK)
    with django_assert_num_queries(4):
        assert len(today(them.rosa, now=NOW, limit=4).entries) == 4


def test_B1_calls_that_could_make_an_appointment_late_are_held_and_mail_is_not(them: Cast, plan: Plan) -> None:
    _appointment(them, NOW + 8 * MINUTE)
    call, mail = plan(), plan(channel=Channel.EMAIL)
    found = today(them.rosa, now=NOW)
    assert offered(found) == [mail.pk]
    assert [(entry.touch_id, entry.rule) for entry in found.held] == [(call.pk, "B1")]
    assert found.held_because == "Held until after your 10:08 appointment: a call now could make you late"


def test_appointment_is_offered_two_minutes_ahead_and_not_earlier(them: Cast, plan: Plan) -> None:
    starts = NOW + 10 * MINUTE
    appointment = _appointment(them, starts)
    touch = plan(kind=TouchKind.APPOINTMENT, due_at=starts, appointment=appointment)
    assert offered(today(them.rosa, now=starts - 3 * MINUTE)) == []
    found = today(them.rosa, now=starts - 2 * MINUTE)
    assert offered(found) == [touch.pk]
    assert found.next_appointment is not None
    assert (found.next_appointment.touch_id, found.next_appointment.starts_at) == (touch.pk, starts)


def test_touch_past_its_latest_moment_is_held_with_the_reason(them: Cast, plan: Plan) -> None:
    plan(channel=Channel.EMAIL, latest_at=NOW - MINUTE)
    found = today(them.rosa, now=NOW)
    assert (found.entries, found.held_because) == ((), "Too late: this made sense until 09:59")


def test_next_appointment_of_somebody_else_is_not_shown(them: Cast) -> None:
    Appointment.objects.create(
        prospect=them.sofia, rep=them.otto, starts_at=NOW + HOUR, zone=ZONE, reason="Prices", agreed_at=NOW
    )
    assert today(them.rosa, now=NOW).next_appointment is None


def test_progress_counts_the_rep_since_midnight_in_the_rep_zone(them: Cast) -> None:
    midnight = NOW - 10 * HOUR  # 00:00 in Berlin is 23:00 UTC the day before
    for rep, at in ((them.rosa, midnight), (them.rosa, NOW), (them.rosa, midnight - MINUTE), (them.otto, NOW)):
        _call(them, rep, at, MachineResult.NO_ANSWER, "")
    _call(them, them.rosa, NOW, MachineResult.ANSWERED, Outcome.NOT_NOW)
    _appointment(them, NOW + DAY)
    progress = today(them.rosa, now=NOW).progress
    assert (progress.calls_done, progress.conversations, progress.appointments_made, progress.due_count) == (3, 1, 1, 0)


def test_entry_carries_the_first_working_number_and_the_local_time(them: Cast, plan: Plan) -> None:
    plan()
    first, _ = them.sofia.contact_points.order_by("id")
    (entry,) = today(them.rosa, now=NOW).entries
    assert (entry.phone, entry.name, entry.local_time) == (first.value, "Sofia Marchetti", "10:00")
    first.failed_at = NOW
    first.save(update_fields=["failed_at"])
    assert today(them.rosa, now=NOW).entries[0].phone == ""


def _many(touch: Touch, count: int, later: timedelta = timedelta(0)) -> list[Touch]:
    columns = {each.attname: getattr(touch, each.attname) for each in Touch._meta.concrete_fields}
    first = NOW - HOUR + later
    return [Touch(**{**columns, "id": None, "due_at": first - number * MINUTE}) for number in range(count)]


def _asleep(them: Cast, zone: str, country: str) -> Prospect:
    """Somebody of Rosa's where it is night while it is ten in Berlin."""
    return Prospect.objects.create(
        owner=them.rosa, last_name="Far", shown_name="Far", zone=zone, country=country, created_at=NOW - DAY
    )


def _appointment(them: Cast, starts_at: Any) -> Appointment:
    return Appointment.objects.create(
        prospect=them.sofia, rep=them.rosa, starts_at=starts_at, zone=ZONE, reason="Prices", agreed_at=NOW
    )


def _call(them: Cast, rep: Any, at: Any, machine: MachineResult, outcome: str) -> None:
    Call.objects.create(prospect=them.sofia, rep=rep, at=at, ended_at=at, machine=machine, outcome=outcome)


def test_what_the_worker_could_not_do_says_why_a_person_has_to(them: Cast, plan: Plan) -> None:
    plan(channel=Channel.EMAIL, held="The mail was refused: 550 No such user")
    plan(1, channel=Channel.EMAIL)
    assert [entry.why for entry in today(them.rosa, now=NOW).entries] == [
        "The mail was refused: 550 No such user",
        "Mail to write, due at 09:00",
    ]


def test_day_tells_of_mails_in_doubt_and_of_mails_that_failed_and_of_no_others(them: Cast, plan: Plan) -> None:
    assert today(them.rosa, now=NOW).mail == MailState()
    box, others = mailbox(them.rosa), mailbox(them.otto)
    held, done = (plan(number, channel=Channel.EMAIL, held="Refused") for number in (0, 1))
    Touch.objects.filter(pk=done.pk).update(state=TouchState.DONE, closed_at=NOW)
    told = (
        {"state": "unknown"},
        {"state": "failed", "settled_at": NOW - 13 * DAY, "touch": held},
        {"state": "failed", "settled_at": NOW - 23 * HOUR},
    )
    not_told = (
        {"state": "failed", "settled_at": NOW, "touch": done},
        {"state": "failed", "settled_at": NOW - 25 * HOUR},
        {"state": "sent", "settled_at": NOW},
        {"state": "queued"},
    )
    for columns in (*told, *not_told):
        queued(box, them.sofia, **columns)
    queued(others, them.sofia, state="unknown")
    assert today(them.rosa, now=NOW).mail == MailState(has_mailbox=True, in_doubt=1, failed=2)


def test_day_tells_of_a_mailbox_in_trouble_unless_it_is_paused(them: Cast) -> None:
    box = mailbox(them.rosa, trouble="No route to host")
    assert today(them.rosa, now=NOW).mail == MailState(has_mailbox=True, trouble=box.address)
    type(box).objects.update(paused_at=NOW)
    assert today(them.rosa, now=NOW).mail == MailState()
