"""Something came from them, or was decided about them: what follows (A1, A4, C4, C5, C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ringback.domain import events
from ringback.domain.arrangement import Hang
from ringback.domain.values import AppointmentFacts, ProspectFacts, Standing, TouchFacts
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    Outcome,
    Qualification,
    TouchKind,
)
from tests.domain.clock import instant
from tests.domain.engine import (
    BRIEF,
    COLD,
    FREE,
    GENERAL,
    LIBRARY,
    MONDAY,
    PATIENT,
    PHONE_ONLY,
    SOFIA,
    WARM,
    agreed,
    calendar,
    call_back,
    follows,
    lines,
    on,
    rung,
    talked,
    unanswered,
    without_touch,
)

UNKNOWN = replace(SOFIA, qualification=Qualification.UNKNOWN)

STOPPING = {
    "C5-they-wrote": (events.Replied, {"channel": Channel.EMAIL}, FinishReason.REPLIED, ["review task"]),
    "C5-they-called": (events.Replied, {"channel": Channel.CALL}, FinishReason.REPLIED, ["call_back call"]),
    "C5-opt-out": (events.OptedOut, {"proof": "by mail"}, FinishReason.OPTED_OUT, []),
    "C5-stopped-by-hand": (events.Stopped, {"reason": "no budget"}, FinishReason.STOPPED, []),
    "A1-closed": (events.Closed, {"reason": "bought"}, FinishReason.CLOSED, []),
    "C5-booked": (
        events.AppointmentMade, {"starts_at": instant("2026-07-06 15:00"), "reason": "Talk", "booked": True},
        FinishReason.APPOINTMENT, ["confirmation email", "appointment call"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STOPPING)
@pytest.mark.parametrize("name", [PATIENT, BRIEF, WARM, COLD, GENERAL])
def test_C5_whatever_comes_from_them_stops_the_ladder_at_once(case: str, name: str) -> None:
    make, said, finish, expected = STOPPING[case]
    standing = without_touch(on(name, LIBRARY[name].steps[1].id, "2026-07-08 10:00"))
    arranged = follows(make(instant("2026-07-06 10:00"), **said), standing)
    assert (arranged.finish, arranged.position) == (finish, None)
    assert Hang.ENROLLMENT in arranged.cancels
    assert [f"{touch.kind} {touch.channel}" for touch in arranged.touches] == expected


def test_C5_blocked_channel_is_climbed_round_at_once() -> None:
    event = events.OptedOut(instant("2026-07-06 10:00"), "by mail", frozenset({Channel.CALL}))
    arranged = follows(event, without_touch(on(GENERAL, "day-1", "2026-07-07 10:00")))
    assert (arranged.suppress, arranged.finish, rung(arranged)[0]) == ({Channel.CALL}, None, "day-3")
    untouched = follows(event, without_touch(on(GENERAL, "day-3", "2026-07-07 10:00")))
    assert (untouched.touches, untouched.cancels) == ((), frozenset())


def test_closing_or_opting_out_calls_the_appointment_off() -> None:
    standing = agreed("2026-07-08 10:00", asked=False)
    for event in (events.Closed(instant("2026-07-06 10:00"), "x"), events.OptedOut(instant("2026-07-06 10:00"), "x")):
        assert follows(event, standing).settles is AppointmentState.CANCELLED


AWAY = {
    "C5-back-on-the-business-day-after": (date(2026, 7, 10), "2026-07-13 09:00"),
    "C5-away-until-before-the-rung-changes-nothing": (date(2026, 7, 6), "2026-07-08 10:00"),
    "C5-back-after-Christmas": (date(2026, 12, 24), "2026-12-28 09:00"),
}


@pytest.mark.parametrize("case", AWAY)
def test_absence(case: str) -> None:
    until, due = AWAY[case]
    standing = without_touch(on(GENERAL, "day-58", "2026-07-08 10:00"))
    assert rung(follows(events.OutOfOffice(instant("2026-07-06 10:00"), until), standing)) == (
        "day-58", "2026-07-08 10:00", due,
    )  # fmt: skip


def test_absence_leaves_alone_what_is_paused_and_warns_of_an_appointment() -> None:
    away = events.OutOfOffice(instant("2026-07-06 10:00"), date(2026, 7, 10))
    assert follows(away, replace(without_touch(on(GENERAL, "day-58")), paused=True)).touches == ()
    assert follows(away, agreed("2026-07-10 10:00", asked=False)).gaps == (
        "Your appointment of Friday 10 July at 10:00 falls into their absence: move it.",
    )
    assert follows(away, agreed("2026-07-13 10:00", asked=False)).gaps == ()


def test_resumed_on_the_same_rung() -> None:
    ahead = follows(
        events.Resumed(instant("2026-07-06 10:00")), without_touch(on(GENERAL, "day-58", "2026-07-09 10:00"))
    )
    past = follows(
        events.Resumed(instant("2026-07-11 10:00")), without_touch(on(GENERAL, "day-58", "2026-07-09 10:00"))
    )
    assert rung(ahead) == ("day-58", "2026-07-09 10:00", "2026-07-09 10:00")
    assert rung(past) == ("day-58", "2026-07-09 10:00", "2026-07-13 09:00")


def test_enrolling_by_hand_begins_inside_the_hours_even_a_ladder_for_agreed_moments() -> None:
    for name in (PATIENT, GENERAL):
        arranged = follows(events.Enrolled(instant("2026-07-04 23:00"), name))
        assert (arranged.begin, rung(arranged)[2]) == (name, "2026-07-06 09:00")


def test_A4_cancelled_appointment_is_followed_by_the_general_rhythm_with_today_as_day_1() -> None:
    cancelled = events.AppointmentCancelled(instant("2026-07-06 10:00"), "Ill")
    arranged = follows(cancelled, agreed("2026-07-08 10:00", asked=False))
    assert (arranged.begin, rung(arranged)[0], arranged.settles) == (GENERAL, "day-3", AppointmentState.CANCELLED)
    alone = follows(cancelled, agreed("2026-07-08 10:00", asked=False), UNKNOWN)
    assert (alone.begin, alone.touches, len(alone.gaps)) == ("", (), 1)


def test_A4_moved_appointment_rebuilds_all_around_it() -> None:
    moved = events.AppointmentMoved(instant("2026-07-06 10:00"), instant("2026-07-14 14:00"))
    arranged = follows(moved, agreed("2026-07-08 10:00", asked=False))
    assert arranged.cancels == {Hang.ENROLLMENT, Hang.APPOINTMENT}
    assert lines(arranged) == [
        "confirmation email 2026-07-06 10:00", "reminder email 2026-07-13 10:00", "appointment call 2026-07-14 14:00",
    ]  # fmt: skip
    assert arranged.agrees is not None
    assert (arranged.agrees.moved, arranged.agrees.reason) == (True, "The figures")


def test_one_ladder_at_a_time_whatever_begins_another() -> None:
    running = on(GENERAL, "day-58", "2026-07-20 10:00")
    call = TouchFacts(TouchKind.CALL_BACK, Channel.CALL, instant("2026-07-06 10:00"))
    missed = follows(unanswered("2026-07-06 10:00"), replace(running, touch=call))
    assert (missed.begin, missed.finish) == (BRIEF, FinishReason.MOVED)
    enrolled = follows(events.Enrolled(instant("2026-07-06 10:00"), COLD), without_touch(running))
    assert (enrolled.begin, enrolled.finish) == (COLD, FinishReason.MOVED)


def test_C4_rhythm_that_no_channel_reaches_any_more_stops_and_says_so_but_closes_nobody() -> None:
    arranged = follows(unanswered("2026-07-06 10:00"), on(GENERAL, "day-58"), replace(SOFIA, reachable=frozenset()))
    assert (arranged.finish, arranged.ending, arranged.touches, len(arranged.gaps)) == (
        FinishReason.EXHAUSTED,
        None,
        (),
        1,
    )


def test_skipped_call_back_leaves_nobody_without_a_next_step_unnoticed() -> None:
    skipped = events.TouchDone(instant("2026-07-06 10:00"), skipped=True)
    assert len(follows(skipped, call_back("2026-07-06 10:00")).gaps) == 1
    assert follows(skipped, replace(call_back("2026-07-06 10:00"), call_back=True)).gaps == ()


def test_bounced_mail_looks_for_an_address_and_goes_on() -> None:
    bounced = events.Bounced(instant("2026-07-06 10:05"), "old@example.com")
    arranged = follows(bounced, on(GENERAL, "day-3"))
    assert [touch.kind for touch in arranged.touches] == [TouchKind.FIND_NUMBER, TouchKind.CADENCE]
    assert (arranged.because.rule, rung(arranged)[0]) == ("C6", "day-7")


BESIDE_A_LADDER = replace(
    on(BRIEF, "shortly-after"), touch=None, appointment=AppointmentFacts(instant("2026-07-08 10:00"), "The figures")
)


@pytest.mark.parametrize(
    ("event", "prospect"),
    [
        pytest.param(events.AppointmentMoved(instant(MONDAY), instant("2026-07-14 14:00")), SOFIA, id="C5-moved"),
        pytest.param(
            events.AppointmentCancelled(instant(MONDAY)),
            UNKNOWN,
            id="C5-cancelled-and-not-qualified",
        ),
    ],
)
def test_a_ladder_beside_an_appointment_ends_with_the_step_it_loses(
    event: events.Event, prospect: ProspectFacts
) -> None:
    """A missed call-back can begin one while the appointment stands; it must not be left without its next step."""
    arranged = follows(event, BESIDE_A_LADDER, prospect)
    assert (arranged.finish, arranged.position) == (FinishReason.APPOINTMENT, None)


CONFIRMED = replace(
    agreed("2026-07-08 10:00", asked=False),
    appointment=AppointmentFacts(instant("2026-07-08 10:00"), "The figures", confirmed=True),
)
OFF = "cancellation email 2026-07-06 10:00"


@pytest.mark.parametrize(
    ("event", "prospect", "standing", "told"),
    [
        pytest.param(events.AppointmentCancelled(instant(MONDAY)), SOFIA, CONFIRMED, True, id="A4-called-off-by-us"),
        pytest.param(
            events.AppointmentCancelled(instant(MONDAY), by_them=True), SOFIA, CONFIRMED, False, id="A4-they-know-it"
        ),
        pytest.param(
            events.AppointmentCancelled(instant(MONDAY)),
            SOFIA,
            agreed("2026-07-08 10:00", asked=False),
            False,
            id="A4-it-was-never-in-their-calendar",
        ),
        pytest.param(
            events.AppointmentCancelled(instant("2026-07-08 10:00")), SOFIA, CONFIRMED, False, id="A4-it-has-begun"
        ),
        pytest.param(
            events.AppointmentCancelled(instant(MONDAY)),
            replace(SOFIA, reachable=PHONE_ONLY),
            CONFIRMED,
            False,
            id="A4-no-mail-reaches-them",
        ),
        pytest.param(events.Closed(instant(MONDAY), "Bought elsewhere"), SOFIA, CONFIRMED, True, id="A4-lead-closed"),
        pytest.param(talked(MONDAY, Outcome.LOST), SOFIA, CONFIRMED, True, id="A4-lost-before-it"),
        pytest.param(talked(MONDAY, Outcome.OPT_OUT), SOFIA, CONFIRMED, False, id="C5-opted-out-gets-no-mail"),
        pytest.param(
            talked(MONDAY, Outcome.APPOINTMENT, "2026-07-09 10:00"),
            SOFIA,
            CONFIRMED,
            False,
            id="A4-moved-says-so-itself",
        ),
    ],
)
def test_A4_a_confirmed_appointment_is_called_off_in_writing(
    event: events.Event, prospect: ProspectFacts, standing: Standing, told: bool
) -> None:
    assert (OFF in lines(follows(event, standing, prospect))) is told


SENT_SUMMARY = TouchFacts(TouchKind.SUMMARY, Channel.EMAIL, instant("2026-07-06 10:15"))


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        pytest.param("2026-07-06 10:20", "2026-07-08 09:00", id="D1-two-business-days"),
        pytest.param("2026-07-09 17:00", "2026-07-13 09:00", id="D1-over-a-weekend"),
        pytest.param("2026-07-11 10:00", "2026-07-14 09:00", id="D1-sent-on-a-saturday"),
        pytest.param("2026-12-23 10:00", "2026-12-28 09:00", id="D1-over-christmas"),
    ],
)
def test_D1_a_summary_without_a_confirmation_comes_back(sent: str, asked: str) -> None:
    arranged = follows(events.TouchDone(instant(sent)), replace(FREE, touch=SENT_SUMMARY), calendar=calendar())
    assert lines(arranged) == [f"summary task {asked}"]
    assert arranged.because.rule == "D1"
    assert arranged.cancels == frozenset()


@pytest.mark.parametrize(
    ("touch", "skipped"),
    [
        pytest.param(SENT_SUMMARY, True, id="D1-a-skipped-summary-asks-for-nothing"),
        pytest.param(replace(SENT_SUMMARY, channel=Channel.TASK), False, id="D1-asking-once-is-enough"),
    ],
)
def test_D1_nothing_comes_back(touch: TouchFacts, skipped: bool) -> None:
    arranged = follows(events.TouchDone(instant("2026-07-06 10:20"), skipped=skipped), replace(FREE, touch=touch))
    assert lines(arranged) == []


def test_D1_what_was_confirmed_before_it_was_known_to_be_sent_is_not_asked_about() -> None:
    arranged = follows(events.TouchDone(instant("2026-07-06 10:20"), confirmed=True), replace(FREE, touch=SENT_SUMMARY))
    assert lines(arranged) == []
