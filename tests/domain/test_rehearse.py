"""The ladders C1–C4 on real calendars: every touch of each, to the minute."""

from __future__ import annotations

import pytest

from ringback.domain.call_hours import WorkCalendar
from ringback.domain.contact_policy import Dial
from ringback.domain.ladder import Climb, first_rung, next_rung
from ringback.domain.policy import Policy
from ringback.domain.rehearse import rehearse
from ringback.domain.vocabulary import Channel, MachineResult
from tests.domain.clock import BERLIN, instant, reading
from tests.domain.engine import BRIEF, CHRISTMAS, COLD, GENERAL, GENERAL_COLD, LIBRARY, PATIENT, PHONE_ONLY, WARM

NEW_YORK, SYDNEY, HONOLULU = "America/New_York", "Australia/Sydney", "Pacific/Honolulu"
BUSY, FAILED, VOICEMAIL = MachineResult.BUSY, MachineResult.FAILED, MachineResult.VOICEMAIL
NO_ANSWER, ANSWERED = MachineResult.NO_ANSWER, MachineResult.ANSWERED


def walk(name, start, zone=BERLIN, answers=(), most=18, channels=frozenset(Channel)) -> tuple[list[str], str]:
    """“step 2026-07-06 10:00” for each touch, read in `zone`, and the ending."""
    found = rehearse(
        LIBRARY[name],
        start=instant(start, zone),
        calendar=WorkCalendar((zone,), holidays=CHRISTMAS),
        answers=answers,
        channels=channels,
        library=LIBRARY,
        most=most,
    )
    return [f"{each.step_id} {reading(each.due_at, zone)}" for each in found.touches], found.ending


LADDERS = {
    "C1-Monday-morning": (
        PATIENT, "2026-07-06 10:00", BERLIN,
        ["on-time 2026-07-06 10:00", "again 2026-07-06 10:10", "half-day 2026-07-06 14:40",
         "persistent 2026-07-09 14:40", "persistent 2026-07-14 14:40", "persistent 2026-07-17 14:40",
         "persistent 2026-07-22 14:40", "last-word 2026-07-27 14:40"],
    ),
    "C1-late-on-Friday-the-half-day-goes-over-the-weekend": (
        PATIENT, "2026-07-03 16:30", BERLIN,
        ["on-time 2026-07-03 16:30", "again 2026-07-03 16:40", "half-day 2026-07-06 12:10",
         "persistent 2026-07-09 12:10", "persistent 2026-07-14 12:10", "persistent 2026-07-17 12:10",
         "persistent 2026-07-22 12:10", "last-word 2026-07-27 12:10"],
    ),
    "C1-agreed-in-the-evening-is-kept-to-the-minute-and-the-rest-goes-into-the-window": (
        PATIENT, "2026-07-03 19:30", BERLIN,
        ["on-time 2026-07-03 19:30", "again 2026-07-06 09:00", "half-day 2026-07-06 13:30",
         "persistent 2026-07-09 13:30", "persistent 2026-07-14 13:30", "persistent 2026-07-17 13:30",
         "persistent 2026-07-22 13:30", "last-word 2026-07-27 13:30"],
    ),
    "C1-over-Christmas-and-New-Year": (
        PATIENT, "2026-12-23 10:00", BERLIN,
        ["on-time 2026-12-23 10:00", "again 2026-12-23 10:10", "half-day 2026-12-23 14:40",
         "persistent 2026-12-29 14:40", "persistent 2027-01-04 14:40", "persistent 2027-01-07 14:40",
         "persistent 2027-01-12 14:40", "last-word 2027-01-15 14:40"],
    ),
    "C1-agreed-on-a-holiday-is-kept-too": (
        PATIENT, "2026-12-25 11:00", BERLIN,
        ["on-time 2026-12-25 11:00", "again 2026-12-28 09:00", "half-day 2026-12-28 13:30",
         "persistent 2026-12-31 13:30", "persistent 2027-01-06 13:30", "persistent 2027-01-11 13:30",
         "persistent 2027-01-14 13:30", "last-word 2027-01-19 13:30"],
    ),
    "C1-over-the-spring-night-of-New-York": (
        PATIENT, "2026-03-06 16:30", NEW_YORK,
        ["on-time 2026-03-06 16:30", "again 2026-03-06 16:40", "half-day 2026-03-09 12:10",
         "persistent 2026-03-12 12:10", "persistent 2026-03-17 12:10", "persistent 2026-03-20 12:10",
         "persistent 2026-03-25 12:10", "last-word 2026-03-30 12:10"],
    ),
    "C1-over-the-autumn-night-of-Sydney": (
        PATIENT, "2026-04-02 12:00", SYDNEY,
        ["on-time 2026-04-02 12:00", "again 2026-04-02 12:10", "half-day 2026-04-02 16:40",
         "persistent 2026-04-07 16:40", "persistent 2026-04-10 16:40", "persistent 2026-04-15 16:40",
         "persistent 2026-04-20 16:40", "last-word 2026-04-23 16:40"],
    ),
    "C2-in-the-morning": (
        BRIEF, "2026-07-06 10:00", BERLIN,
        ["on-time 2026-07-06 10:00", "shortly-after 2026-07-06 10:05", "end-of-day 2026-07-06 17:00"],
    ),
    "C2-at-the-end-of-the-day-the-last-try-is-tomorrow": (
        BRIEF, "2026-07-06 17:30", BERLIN,
        ["on-time 2026-07-06 17:30", "shortly-after 2026-07-06 17:35", "end-of-day 2026-07-07 17:00"],
    ),
    "C2-on-a-Saturday": (
        BRIEF, "2026-07-04 11:00", BERLIN,
        ["on-time 2026-07-04 11:00", "shortly-after 2026-07-06 09:00", "end-of-day 2026-07-06 17:00"],
    ),
    "C3-from-Monday-morning": (
        WARM, "2026-07-06 09:30", BERLIN,
        ["first-call 2026-07-06 09:30", "first-mail 2026-07-06 09:40", "second-call 2026-07-06 14:00",
         "third-call 2026-07-07 09:00", "second-mail 2026-07-07 09:10", "connect 2026-07-08 09:10",
         "follow 2026-07-09 09:10", "fourth-call 2026-07-16 09:10", "third-mail 2026-07-20 09:10",
         "fifth-call 2026-07-23 09:10", "review 2026-07-23 17:00"],
    ),
    "C3-from-Friday-afternoon": (
        WARM, "2026-07-03 15:00", BERLIN,
        ["first-call 2026-07-03 15:00", "first-mail 2026-07-03 15:10", "second-call 2026-07-06 09:00",
         "third-call 2026-07-06 14:00", "second-mail 2026-07-06 14:10", "connect 2026-07-07 14:10",
         "follow 2026-07-08 14:10", "fourth-call 2026-07-15 14:10", "third-mail 2026-07-17 14:10",
         "fifth-call 2026-07-22 14:10", "review 2026-07-22 17:00"],
    ),
    "C3-a-lead-that-comes-in-on-Sunday-night": (
        WARM, "2026-07-05 23:30", HONOLULU,
        ["first-call 2026-07-06 09:00", "first-mail 2026-07-06 09:10", "second-call 2026-07-06 14:00",
         "third-call 2026-07-07 09:00", "second-mail 2026-07-07 09:10", "connect 2026-07-08 09:10",
         "follow 2026-07-09 09:10", "fourth-call 2026-07-16 09:10", "third-mail 2026-07-20 09:10",
         "fifth-call 2026-07-23 09:10", "review 2026-07-23 17:00"],
    ),
    "A14-the-calmer-ladder-for-cold-leads": (
        COLD, "2026-07-06 09:30", BERLIN,
        ["first-call 2026-07-06 09:30", "first-mail 2026-07-07 09:30", "second-call 2026-07-10 09:30",
         "third-call 2026-07-17 09:30", "second-mail 2026-07-22 09:30"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LADDERS)
def test_ladder(case: str) -> None:
    name, start, zone, expected = LADDERS[case]
    assert walk(name, start, zone)[0] == expected


RHYTHMS = {
    "C4-days-1-3-7-14-28-58-and-monthly-shifts-do-not-add-up": (
        GENERAL, "2026-07-06 09:30",
        ["day-1 2026-07-06 09:30", "day-3 2026-07-08 09:30", "day-7 2026-07-13 09:00", "day-14 2026-07-20 09:00",
         "day-28 2026-08-03 09:00", "day-58 2026-09-01 09:30", "monthly-call 2026-10-01 09:30",
         "monthly-mail 2026-11-02 09:00", "monthly-call 2026-12-01 09:30", "monthly-mail 2027-01-04 09:00"],
    ),
    "C4-the-31st-comes-back-after-February": (
        GENERAL, "2026-12-04 10:00",
        ["day-1 2026-12-04 10:00", "day-3 2026-12-07 09:00", "day-7 2026-12-10 10:00", "day-14 2026-12-17 10:00",
         "day-28 2026-12-31 10:00", "day-58 2027-02-01 09:00", "monthly-call 2027-03-01 09:00",
         "monthly-mail 2027-03-30 10:00", "monthly-call 2027-04-30 10:00", "monthly-mail 2027-05-31 09:00"],
    ),
    "C4-begun-on-a-Saturday-day-1-is-Monday": (
        GENERAL_COLD, "2026-07-04 12:00",
        ["day-1 2026-07-06 09:00", "day-3 2026-07-08 09:00", "day-7 2026-07-13 09:00", "day-14 2026-07-20 09:00",
         "day-28 2026-08-03 09:00", "day-58 2026-09-01 09:00", "monthly-call 2026-10-01 09:00",
         "monthly-mail 2026-11-02 09:00", "monthly-call 2026-12-01 09:00", "monthly-mail 2027-01-04 09:00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RHYTHMS)
def test_rhythm(case: str) -> None:
    name, start, expected = RHYTHMS[case]
    assert walk(name, start, most=10)[0] == expected


ANSWERS = {
    "C1-voicemail-goes-on-like-no-answer": (PATIENT, [VOICEMAIL], ["on-time 10:00", "again 10:10", "half-day 14:40"]),
    "C1-busy-is-the-same-step-once-more": (PATIENT, [BUSY], ["on-time 10:00", "on-time 10:10", "again 10:20"]),
    "C1-busy-twice-goes-on": (PATIENT, [BUSY, BUSY], ["on-time 10:00", "on-time 10:10", "again 10:20"]),
    "C1-dead-number-is-looked-for": (PATIENT, [FAILED], ["on-time 10:00", "on-time 10:00", "on-time 10:00"]),
    "C3-busy-tries-the-next-part-of-the-day": (
        WARM,
        [BUSY],
        ["first-call 10:00", "first-call 12:00", "first-mail 12:10"],
    ),
    "C5-answered-ends-it": (PATIENT, [NO_ANSWER, ANSWERED], ["on-time 10:00", "again 10:10"]),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_answer(case: str) -> None:
    name, answers, expected = ANSWERS[case]
    found, _ = walk(name, "2026-07-06 10:00", answers=answers)
    assert [line.replace("2026-07-06 ", "") for line in found[:3]] == expected


def test_C5_answered_says_that_the_ladder_stops() -> None:
    assert walk(PATIENT, "2026-07-06 10:00", answers=[ANSWERED]) == (
        ["on-time 2026-07-06 10:00"],
        "Answered: the ladder stops, and the outcome decides (C5).",
    )


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        pytest.param(PATIENT, "Then released. ", id="C1-released-politely"),
        pytest.param(BRIEF, "Then handed over to “General rhythm”. ", id="C2-handed-over"),
        pytest.param(WARM, "Then handed over to “General rhythm”. ", id="C3-handed-over-after-the-review"),
        pytest.param(GENERAL, "And so on from “Monthly call”. ", id="C4-for-ever"),
    ],
)
def test_ending(name: str, begins: str) -> None:
    assert walk(name, "2026-07-06 10:00")[1].startswith(begins)


def test_channels_that_do_not_reach_them_are_passed_over_and_their_waits_still_count() -> None:
    assert walk(GENERAL, "2026-07-06 09:30", most=6, channels=PHONE_ONLY)[0] == [
        "day-1 2026-07-06 09:30",
        "day-7 2026-07-13 09:00",
        "day-14 2026-07-20 09:00",
        "day-58 2026-09-01 09:30",
        "monthly-call 2026-10-01 09:30",
        "monthly-call 2026-12-01 09:30",
    ]


def test_rhythm_without_any_channel_ends_instead_of_searching_for_ever() -> None:
    assert walk(GENERAL, "2026-07-06 09:30", channels=frozenset({Channel.TASK}))[0] == []


MOST_TWO = Policy(calls_per_week=2)
LIMITS = {
    "C6-one-try-in-each-part-of-the-day": (("2026-07-08 09:10",), "2026-07-08 09:30", "2026-07-08 12:00"),
    "C6-afternoon-then-the-end-of-the-day": (("2026-07-08 12:10",), "2026-07-08 12:30", "2026-07-08 17:00"),
    "C6-end-of-the-day-then-tomorrow": (("2026-07-08 17:10",), "2026-07-08 17:20", "2026-07-09 09:00"),
    "C6-two-in-seven-days-are-enough": (
        ("2026-07-06 09:00", "2026-07-07 09:00"), "2026-07-08 09:30", "2026-07-13 09:00",
    ),
    "C6-the-week-rolls": (("2026-07-01 10:00", "2026-07-07 09:00"), "2026-07-08 09:30", "2026-07-08 10:00"),
    "C6-a-week-full-of-a-Sunday": (("2026-07-05 09:00", "2026-07-05 15:00"), "2026-07-08 09:30", "2026-07-13 09:00"),
}  # fmt: skip


@pytest.mark.parametrize("case", LIMITS)
@pytest.mark.parametrize("ladder", [GENERAL, PATIENT])
def test_limit_and_the_exemption_of_agreed_ladders(case: str, ladder: str) -> None:
    rang, wanted, expected = LIMITS[case]
    if case == "C6-the-week-rolls":
        wanted = "2026-07-08 09:30"
    climb = Climb(WorkCalendar((BERLIN,)), MOST_TWO, tuple(Dial(instant(each)) for each in rang))
    found = first_rung(LIBRARY[ladder], instant(wanted), climb)
    assert found is not None
    assert reading(found.due_at) == (wanted if ladder == PATIENT else expected)


def test_C6_dials_for_an_agreed_moment_do_not_count_against_the_week() -> None:
    climb = Climb(
        WorkCalendar((BERLIN,)),
        MOST_TWO,
        (Dial(instant("2026-07-06 09:00"), agreed=True), Dial(instant("2026-07-07 09:00"), agreed=True)),
    )
    found = first_rung(LIBRARY[GENERAL], instant("2026-07-08 09:30"), climb)
    assert found is not None
    assert reading(found.due_at) == "2026-07-08 09:30"


DONE_LATE = {
    "C4-done-on-the-day": ("2026-07-08 16:00", "2026-07-13 09:00", "2026-07-12 09:30"),
    "C4-one-business-day-late-keeps-the-days": ("2026-07-09 09:29", "2026-07-13 09:00", "2026-07-12 09:30"),
    "C4-later-than-a-business-day-counts-from-the-real-moment": (
        "2026-07-09 11:00", "2026-07-13 11:00", "2026-07-13 11:00",
    ),
    "C4-a-week-late": ("2026-07-15 11:00", "2026-07-20 09:00", "2026-07-19 11:00"),
}  # fmt: skip


@pytest.mark.parametrize("case", DONE_LATE)
def test_late(case: str) -> None:
    done, due, planned = DONE_LATE[case]
    climb = Climb(WorkCalendar((BERLIN,)), Policy())
    first = first_rung(LIBRARY[GENERAL], instant("2026-07-06 09:30"), climb)
    assert first is not None
    mail = next_rung(LIBRARY[GENERAL], first.position, first.due_at, climb)
    assert mail is not None
    assert reading(mail.due_at) == "2026-07-08 09:30"
    after = next_rung(LIBRARY[GENERAL], mail.position, instant(done), climb)
    assert after is not None
    assert (reading(after.due_at), reading(after.position.moment.planned_at)) == (due, planned)


def test_every_because_names_its_rule_and_a_shift_says_from_where_and_why() -> None:
    found = rehearse(
        LIBRARY[GENERAL], start=instant("2026-12-19 10:00"), calendar=WorkCalendar((BERLIN,), holidays=CHRISTMAS)
    )
    assert {each.because.rule for each in found.touches} == {"C4"}
    shifted = next(each for each in found.touches if each.step_id == "day-7")
    assert reading(shifted.due_at) == "2026-12-28 09:00"
    assert shifted.because.text.endswith("Moved from Sunday 27 December (no working day) to Monday 28 December.")
