"""Touches other than calls, and what comes from the prospects."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ringback.actions.errors import Refused
from ringback.actions.reacting import opt_out, record_absence, record_bounce, record_reply
from ringback.actions.touching import finish_touch, reschedule_touch
from ringback.domain.vocabulary import Channel, MachineResult, Outcome
from ringback.models import Activity, Commitment, ContactPoint, Enrollment, Suppression, Touch
from tests.actions.rows import fresh_key, log, open_call, open_touches, reached, snapshot, unreached
from tests.cast import NOW, Cast

LATER = NOW + timedelta(minutes=12)


def mail_of(them: Cast) -> Touch:
    log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    return open_touches(them.sofia)[0]


@pytest.mark.parametrize(("skipped", "verb"), [(False, "done"), (True, "skipped")])
def test_done_or_skipped_the_ladder_goes_on(them: Cast, skipped: bool, verb: str) -> None:
    mail = mail_of(them)
    finish_touch(by=them.max, touch=mail, skipped=skipped, key=fresh_key(), now=LATER)
    mail.refresh_from_db()
    assert (mail.state, mail.closed_by, [touch.step_id for touch in open_touches(them.sofia)]) == (
        "done", them.max, ["second-call"],
    )  # fmt: skip
    assert Activity.objects.filter(prospect=them.sofia).latest("pk").verb == verb


def test_same_key_twice_climbs_once_and_another_key_is_told(them: Cast) -> None:
    mail = mail_of(them)
    first = finish_touch(by=them.rosa, touch=mail, key="once", now=LATER)
    before = snapshot()
    assert finish_touch(by=them.rosa, touch=mail, key="once", now=LATER).pk == first.pk
    with pytest.raises(Refused, match="somebody was quicker"):
        finish_touch(by=them.rosa, touch=mail, key="twice", now=LATER)
    assert snapshot() == before


@pytest.mark.parametrize(("skipped", "state"), [(False, "kept"), (True, "dropped")])
def test_A3_commitment_ends_with_its_task(them: Cast, skipped: bool, state: str) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.CALL_BACK, NOW), NOW)
    owed = Touch.objects.filter(kind="commitment", state="open").order_by("due_at").first()
    finish_touch(by=them.rosa, touch=owed, skipped=skipped, key=fresh_key(), now=LATER)
    assert list(Commitment.objects.order_by("pk").values_list("state", "closed_at")) == [(state, LATER), ("open", None)]


def test_call_needs_its_outcome_and_an_agreed_one_is_not_skipped(them: Cast) -> None:
    with pytest.raises(Refused, match="A call has an outcome"):
        finish_touch(by=them.rosa, touch=open_call(them.sofia), key="k", now=NOW)
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    agreed = Touch.objects.get(kind="appointment")
    with pytest.raises(Refused, match="not skipped"):
        finish_touch(by=them.rosa, touch=agreed, skipped=True, key="k", now=NOW)


def test_rescheduled_later_steps_count_from_the_new_day(them: Cast) -> None:
    call = open_call(them.sofia)
    new = NOW + timedelta(days=2, hours=1)
    reschedule_touch(by=them.rosa, touch=call, due_at=new, key=fresh_key(), now=NOW, reason="Fair")
    call.refresh_from_db()
    ladder = Enrollment.objects.get(prospect=them.sofia)
    assert (call.due_at, call.planned_at, ladder.due_at, ladder.planned_at, call.state) == (new, new, new, new, "open")


BAD_MOMENTS = {
    "in-the-past": NOW - timedelta(minutes=1),
    "too-far": NOW + timedelta(days=800),
    "C6-at-night": NOW.replace(day=24, hour=22),
    "C6-on-Sunday": NOW.replace(day=29),
    "without-a-zone": NOW.replace(day=24, tzinfo=None),
}


@pytest.mark.parametrize("case", BAD_MOMENTS)
def test_call_is_not_rescheduled_to(them: Cast, case: str) -> None:
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        reschedule_touch(by=them.rosa, touch=open_call(them.sofia), due_at=BAD_MOMENTS[case], key="k", now=NOW)
    assert refusal.value.field == "due_at"
    assert snapshot() == before


def test_what_hangs_on_an_appointment_moves_with_it_alone(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    for touch in Touch.objects.filter(appointment__isnull=False, state="open"):
        with pytest.raises(Refused, match="move the appointment"):
            reschedule_touch(by=them.rosa, touch=touch, due_at=LATER, key="k", now=NOW)


def test_C5_they_called_at_night_and_are_called_back_in_the_morning(them: Cast) -> None:
    night = NOW.replace(hour=22)
    record_reply(by=None, prospect=them.sofia, channel=Channel.CALL, key=fresh_key(), now=night)
    assert open_call(them.sofia).due_at == NOW.replace(day=24, hour=8)


def test_C5_message_of_somebody_who_may_not_be_called_is_not_lost(them: Cast) -> None:
    opt_out(by=them.rosa, prospect=them.sofia, proof="Wrote so", key=fresh_key(), now=NOW)
    record_reply(by=None, prospect=them.sofia, channel=Channel.CALL, key=fresh_key(), now=LATER)
    assert [(touch.kind, touch.channel) for touch in open_touches(them.sofia)] == [("review", "task")]


@pytest.mark.parametrize("until", [date(2026, 11, 22), date(2029, 1, 1), date.max])
def test_absence_of_another_age_is_refused(them: Cast, until: date) -> None:
    with pytest.raises(Refused) as refusal:
        record_absence(by=them.rosa, prospect=them.sofia, until=until, key="k", now=NOW)
    assert refusal.value.field == "until"


def test_bounced_address_is_not_written_to_again(them: Cast) -> None:
    record_bounce(by=None, prospect=them.sofia, address="person0@example.com", key=fresh_key(), now=NOW)
    assert ContactPoint.objects.get(value="person0@example.com").failed_at == NOW
    log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    assert [touch.step_id for touch in open_touches(them.sofia) if touch.enrollment_id] == ["second-call"]


@pytest.mark.parametrize("proof", ["", " ", "x\x00", "x" * 20_001])
def test_opting_out_needs_its_proof(them: Cast, proof: str) -> None:
    with pytest.raises(Refused) as refusal:
        opt_out(by=them.rosa, prospect=them.sofia, proof=proof, key="k", now=NOW)
    assert (refusal.value.field, Suppression.objects.count()) == ("proof", 0)
