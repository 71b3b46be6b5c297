"""Whole ladders, dial by dial, through the actions: what stands in the rows at every rung and at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from ringback.actions.enrolling import enroll, pause, resume, stop
from ringback.actions.reacting import record_reply
from ringback.actions.touching import finish_touch
from ringback.domain.vocabulary import Channel, MachineResult, Outcome
from ringback.models import Activity, Appointment, Call, Enrollment, Prospect, Touch
from tests.actions.rows import fresh_key, log, open_touches, reached, unreached
from tests.cast import NOW, Cast
from tests.domain.clock import reading


def climb(them: Cast, at_most: int = 30) -> Iterator[Touch]:
    """Do what is due in the ladder, each at its moment and never with an answer."""
    for _ in range(at_most):
        touch = Touch.objects.filter(prospect=them.sofia, state="open", enrollment__isnull=False).first()
        if touch is None:
            return
        yield touch
        if touch.channel == "call":
            log(them.rosa, touch, unreached(MachineResult.NO_ANSWER, touch.due_at), touch.due_at)
        else:
            finish_touch(by=them.rosa, touch=touch, key=fresh_key(), now=touch.due_at)


def in_words(touch: Touch) -> str:
    return f"{touch.step_id} {reading(touch.due_at, touch.zone)}"


def missed_appointment(them: Cast) -> None:
    log(them.rosa, open_touches(them.sofia)[0], reached(Outcome.APPOINTMENT, NOW), NOW)
    call = Touch.objects.get(prospect=them.sofia, kind="appointment", state="open")
    log(them.rosa, call, unreached(MachineResult.VOICEMAIL, call.due_at), call.due_at)


def test_C1_from_the_missed_minute_to_the_polite_release(them: Cast) -> None:
    missed_appointment(them)
    assert Appointment.objects.get().state == "missed"
    assert [in_words(touch) for touch in climb(them)] == [
        "again 2026-11-30 10:10",
        "half-day 2026-11-30 14:40",
        "persistent 2026-12-03 14:40",
        "persistent 2026-12-09 14:40",
        "persistent 2026-12-14 14:40",
        "persistent 2026-12-17 14:40",
        "last-word 2026-12-22 14:40",
    ]
    ladder = Enrollment.objects.get(cadence__name="missed-appointment-patient")
    assert (ladder.state, ladder.finish_reason, ladder.attempts, ladder.messages_left) == (
        "finished",
        "exhausted",
        7,
        1,
    )
    sofia = Prospect.objects.get(pk=them.sofia.pk)
    assert (sofia.state, sofia.close_reason) == ("closed", ladder.cadence.as_value().end.why)
    assert Touch.objects.filter(prospect=sofia, state="open", enrollment__isnull=False).count() == 0
    # One talk, the agreed call that nobody took, and six more.
    assert Call.objects.count() == 8
    assert Activity.objects.filter(prospect=sofia, verb="call").count() == 8


def test_C2_cold_lead_is_handed_over_to_the_general_rhythm(them: Cast) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(temperature="cold")
    missed_appointment(them)
    climbed = climb(them, 4)
    assert [in_words(touch) for touch in climbed] == [
        "shortly-after 2026-11-30 10:05",
        "end-of-day 2026-11-30 17:00",
        "day-3 2026-12-02 17:00",
        "day-7 2026-12-07 09:00",
    ]
    ladders = Enrollment.objects.filter(prospect=them.sofia).order_by("pk")
    assert list(ladders.values_list("cadence__name", "finish_reason")) == [
        ("warm-first-voicemail", "reached"),
        ("missed-appointment-brief", "handed_over"),
        ("general", ""),
    ]


def test_C3_warm_lead_to_the_review_and_on(them: Cast) -> None:
    # The eighth of December is a holiday in Italy, where Sofia is.
    assert [in_words(touch) for touch in climb(them, 13)] == [
        "first-call 2026-11-23 10:00",
        "first-mail 2026-11-23 10:10",
        "second-call 2026-11-23 14:00",
        "third-call 2026-11-24 09:00",
        "second-mail 2026-11-24 09:10",
        "connect 2026-11-25 09:10",
        "follow 2026-11-26 09:10",
        "fourth-call 2026-12-03 09:10",
        "third-mail 2026-12-07 09:10",
        "fifth-call 2026-12-11 09:10",
        "review 2026-12-11 17:00",
        "day-3 2026-12-14 09:00",
        "day-7 2026-12-17 17:00",
    ]


def test_C4_goes_round_for_years_with_one_open_touch_at_a_time(them: Cast) -> None:
    stop(by=them.rosa, enrollment=Enrollment.objects.get(prospect=them.sofia), reason="x", key=fresh_key(), now=NOW)
    enroll(by=them.rosa, prospect=them.sofia, cadence="general", key=fresh_key(), now=NOW)
    seen = [touch.step_id for touch in climb(them, 30) if len(open_touches(them.sofia)) == 1]
    assert len(seen) == 30
    assert seen[-4:] == ["monthly-call", "monthly-mail", "monthly-call", "monthly-mail"]
    last = Touch.objects.filter(prospect=them.sofia).latest("pk")
    assert (last.repetition, last.planned_at.day) == (13, 19)


def test_C5_a_reply_stops_the_ladder_at_once(them: Cast) -> None:
    record_reply(by=None, prospect=them.sofia, channel=Channel.EMAIL, key=fresh_key(), now=NOW)
    assert [(touch.kind, touch.channel) for touch in open_touches(them.sofia)] == [("review", "task")]
    assert Enrollment.objects.get(prospect=them.sofia).finish_reason == "replied"


@pytest.mark.parametrize(
    ("after", "due"),
    [
        pytest.param(timedelta(minutes=3), "2026-11-23 10:10", id="planned-moment-still-ahead"),
        pytest.param(timedelta(days=5), "2026-11-30 09:00", id="planned-moment-passed"),
    ],
)
def test_pause_holds_and_resuming_goes_on_on_the_same_rung(them: Cast, after: timedelta, due: str) -> None:
    log(them.rosa, open_touches(them.sofia)[0], unreached(MachineResult.NO_ANSWER, NOW), NOW)
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    pause(by=them.rosa, enrollment=enrollment, reason="Fair", key=fresh_key(), now=NOW + timedelta(minutes=1))
    assert open_touches(them.sofia) == []
    held = Enrollment.objects.get(prospect=them.sofia)
    assert (held.state, held.step_id, held.pauses.get().by) == ("paused", "first-mail", them.rosa)
    resume(by=them.rosa, enrollment=held, key=fresh_key(), now=NOW + after)
    assert [in_words(touch) for touch in open_touches(them.sofia)] == [f"first-mail {due}"]
    again = Enrollment.objects.get(prospect=them.sofia)
    assert (again.state, again.step_id, again.pauses.get().ended_at) == ("running", "first-mail", NOW + after)


def test_pause_ends_when_the_ladder_does(them: Cast) -> None:
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    pause(by=them.rosa, enrollment=enrollment, reason="", key=fresh_key(), now=NOW)
    held = Enrollment.objects.get(prospect=them.sofia)
    stop(by=them.rosa, enrollment=held, reason="No", key=fresh_key(), now=NOW + timedelta(hours=1))
    assert held.pauses.get().ended_at == NOW + timedelta(hours=1)
