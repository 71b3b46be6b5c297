"""The built-in cadences: they read without problems, keep the rulebook's numbers, and are short enough to say."""

import re
from datetime import timedelta

import pytest

from ringback.domain.cadence import EndKind, Purpose, Start, Step, read_cadence
from ringback.domain.script import TOO_LONG_SECONDS, fill, speaking_seconds, variables_of
from ringback.domain.vocabulary import Channel, Temperature
from ringback.domain.waits import describe_wait
from ringback.domain.working_time import Moment, WorkCalendar, wait_from
from ringback.library import cadence_documents
from tests.domain.clock import BERLIN, instant

CADENCES = {name: read_cadence(document, file=name) for name, document in cadence_documents().items()}
STEPS = [pytest.param(step, id=f"{name}-{step.id}") for name, cadence in CADENCES.items() for step in cadence.steps]
CALLS = [each for each in STEPS if each.values[0].channel is Channel.CALL]

VALUES = {
    "first_name": "Konstantina",
    "rep_name": "Maximilian Oberhauser",
    "firm_name": "Northgate Logistics Partners",
    "company": "Harbour and Sons",
    "need": "getting the monthly stock figures without three days of counting",
    "phone": "+44 20 7946 0958",
    "later_time": "half past three this afternoon",
    "appointment_day": "Wednesday, 26 November",
}


def ladder(name: str) -> list[tuple[str, str, str, int]]:
    return [(step.id, step.channel, describe_wait(step.wait), step.repeat) for step in CADENCES[name].steps]


def test_the_library_holds_exactly_these() -> None:
    assert {name: (each.rule, each.start, each.temperature) for name, each in CADENCES.items()} == {
        "missed-appointment-patient": ("C1", Start.AGREED, Temperature.WARM),
        "missed-appointment-brief": ("C2", Start.AGREED, Temperature.COLD),
        "warm-first-voicemail": ("C3", Start.FIRST_TOUCH, Temperature.WARM),
        "general": ("C4", Start.FIRST_TOUCH, None),
        "general-cold": ("C4", Start.FIRST_TOUCH, Temperature.COLD),
        "cold-first-voicemail": ("A14", Start.FIRST_TOUCH, Temperature.COLD),
    }


@pytest.mark.parametrize("name", CADENCES)
def test_a_file_is_named_like_its_cadence_and_hands_over_to_one_that_exists(name: str) -> None:
    cadence = CADENCES[name]
    assert cadence.name == name
    assert cadence.source
    assert cadence.description
    assert cadence.end.why
    if cadence.end.kind is EndKind.HAND_OVER:
        assert cadence.end.to in CADENCES


def test_C1_patient_ladder() -> None:
    assert ladder("missed-appointment-patient") == [
        ("on-time", "call", "at once", 1),
        ("again", "call", "10 minutes", 1),
        ("half-day", "call", "half a working day", 1),
        ("persistent", "call", "3 business days", 4),
        ("last-word", "email", "3 business days", 1),
    ]
    cadence = CADENCES["missed-appointment-patient"]
    assert cadence.step("last-word").purpose is Purpose.LAST_WORD
    assert cadence.end.kind is EndKind.RELEASE
    assert "later_time" in variables_of(cadence.step("again").voicemail)
    assert "ten minutes" in cadence.step("on-time").voicemail


def test_C2_brief_ladder() -> None:
    assert ladder("missed-appointment-brief") == [
        ("on-time", "call", "at once", 1),
        ("shortly-after", "call", "5 minutes", 1),
        ("end-of-day", "call", "end of the day", 1),
    ]
    assert (CADENCES["missed-appointment-brief"].end.kind, CADENCES["missed-appointment-brief"].end.to) == (
        EndKind.HAND_OVER,
        "general",
    )


def test_C3_warm_ladder() -> None:
    assert ladder("warm-first-voicemail") == [
        ("first-call", "call", "at once", 1),
        ("first-mail", "email", "10 minutes", 1),
        ("second-call", "call", "next half day", 1),
        ("third-call", "call", "next half day", 1),
        ("second-mail", "email", "10 minutes", 1),
        ("connect", "social", "1 business day", 1),
        ("follow", "social", "1 business day", 1),
        ("fourth-call", "call", "5 business days", 1),
        ("third-mail", "email", "2 business days", 1),
        ("fifth-call", "call", "3 business days", 1),
        ("review", "task", "end of the day", 1),
    ]
    assert CADENCES["warm-first-voicemail"].urgent


def test_E3_the_lead_is_looked_at_afresh_after_exactly_ten_attempts() -> None:
    steps = CADENCES["warm-first-voicemail"].steps
    assert [step.purpose for step in steps[:10]] == [Purpose.TRY] * 10
    assert [step.purpose for step in steps[10:]] == [Purpose.REVIEW]


@pytest.mark.parametrize("name", ["general", "general-cold"])
def test_C4_days_1_3_7_14_28_58_and_then_monthly(name: str) -> None:
    cadence = CADENCES[name]
    day, days = 1, [1]
    for step in cadence.steps[1:6]:
        assert describe_wait(step.wait).endswith("days")
        day += step.wait.amount
        days.append(day)
    assert days == [1, 3, 7, 14, 28, 58]
    assert [describe_wait(step.wait) for step in cadence.steps[6:]] == ["1 month", "1 month"]
    assert (cadence.end.kind, cadence.end.to) == (EndKind.REPEAT, cadence.steps[6].id)


def test_C4_mixes_phone_mail_chat_and_visit() -> None:
    assert {step.channel for step in CADENCES["general"].steps} == {
        Channel.CALL,
        Channel.EMAIL,
        Channel.CHAT,
        Channel.VISIT,
    }


def test_A14_cold_ladders_call_less_than_warm_ones() -> None:
    def calls(name: str) -> int:
        return sum(step.repeat for step in CADENCES[name].steps if step.channel is Channel.CALL)

    assert calls("cold-first-voicemail") < calls("warm-first-voicemail")
    assert calls("general-cold") < calls("general")
    assert Channel.VISIT not in {step.channel for step in CADENCES["general-cold"].steps}


@pytest.mark.parametrize("step", STEPS)
def test_A10_every_step_has_its_words_and_only_known_variables(step: Step) -> None:
    assert step.title
    assert step.say
    assert bool(step.voicemail) == (step.channel is Channel.CALL)
    assert bool(step.subject) == (step.channel is Channel.EMAIL)
    assert variables_of(step.title + step.why) == ()
    for text in (step.say, step.voicemail, step.subject):
        filled = fill(text, VALUES)
        assert filled.missing == ()
        assert "{" not in filled.text


@pytest.mark.parametrize("step", CALLS)
def test_B7_words_to_say_are_short_even_with_long_names(step: Step) -> None:
    assert speaking_seconds(fill(step.voicemail, VALUES).text) < TOO_LONG_SECONDS
    assert speaking_seconds(fill(step.say, VALUES).text) < TOO_LONG_SECONDS


@pytest.mark.parametrize("step", CALLS)
def test_B2_a_voicemail_says_who_rings_and_why(step: Step) -> None:
    assert {"first_name", "rep_name", "firm_name"} <= set(variables_of(step.voicemail))
    assert re.search(r"need|phone", " ".join(variables_of(step.voicemail)))


def test_C3_three_calls_fit_into_24_hours() -> None:
    calendar = WorkCalendar((BERLIN,))
    cadence = CADENCES["warm-first-voicemail"]
    for start in ("2025-03-04 09:00", "2025-03-04 11:30", "2025-03-04 14:00", "2025-03-04 17:00"):
        moment = Moment(instant(start), instant(start))
        for step in cadence.steps[1:4]:
            moment = wait_from(moment, moment.due_at, step.wait, calendar)
        assert moment.due_at - instant(start) <= timedelta(hours=24), start
