"""Nobody was reached: the next rung of the right ladder (A14, A15, C1–C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from ringback.domain import events
from ringback.domain.arrangement import Ending, Hang
from ringback.domain.chooser import cadence_after_missed, cadence_for
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    FirstContact,
    MachineResult,
    Outcome,
    ProspectState,
    Qualification,
    Temperature,
    TouchKind,
)
from tests.domain.clock import instant
from tests.domain.engine import (
    BRIEF,
    COLD,
    EVERYWHERE,
    FREE,
    GENERAL,
    GENERAL_COLD,
    LIBRARY,
    PATIENT,
    PHONE_ONLY,
    SOFIA,
    WARM,
    agreed,
    dials,
    follows,
    lines,
    on,
    rung,
    talked,
    unanswered,
)

BUSY, FAILED, VOICEMAIL = MachineResult.BUSY, MachineResult.FAILED, MachineResult.VOICEMAIL
COLD_LEAD = replace(SOFIA, temperature=Temperature.COLD)
UNKNOWN = replace(SOFIA, qualification=Qualification.UNKNOWN)

CHOSEN = {
    "A14-warm-never-reached": (Temperature.WARM, FirstContact.NONE, WARM),
    "A14-warm-voicemail": (Temperature.WARM, FirstContact.VOICEMAIL, WARM),
    "A14-warm-live": (Temperature.WARM, FirstContact.LIVE, GENERAL),
    "A14-cold-never-reached": (Temperature.COLD, FirstContact.NONE, COLD),
    "A14-cold-voicemail": (Temperature.COLD, FirstContact.VOICEMAIL, COLD),
    "A14-cold-live": (Temperature.COLD, FirstContact.LIVE, GENERAL_COLD),
}


@pytest.mark.parametrize("case", CHOSEN)
def test_chooser(case: str) -> None:
    temperature, first_contact, expected = CHOSEN[case]
    choice = cadence_for(temperature, first_contact)
    assert (choice.cadence, choice.because.rule) == (expected, "A14")


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [
        pytest.param(Temperature.WARM, (PATIENT, "C1"), id="C1-warm-is-waited-for"),
        pytest.param(Temperature.COLD, (BRIEF, "C2"), id="C2-cold-is-not"),
    ],
)
def test_chooser_after_a_missed_appointment(temperature: Temperature, expected: tuple[str, str]) -> None:
    choice = cadence_after_missed(temperature)
    assert (choice.cadence, choice.because.rule) == expected


MISSED = {
    "C1-again-after-ten-minutes": (SOFIA, "2026-07-06 10:00", PATIENT, "again", "2026-07-06 10:10"),
    "C1-dialled-two-minutes-late": (SOFIA, "2026-07-06 10:02", PATIENT, "again", "2026-07-06 10:12"),
    "C1-dialled-the-next-day": (SOFIA, "2026-07-07 16:55", PATIENT, "again", "2026-07-07 17:05"),
    "C2-again-after-five-minutes": (COLD_LEAD, "2026-07-06 10:00", BRIEF, "shortly-after", "2026-07-06 10:05"),
}


@pytest.mark.parametrize("case", MISSED)
@pytest.mark.parametrize("machine", [MachineResult.NO_ANSWER, VOICEMAIL, BUSY])
def test_missed_appointment(case: str, machine: MachineResult) -> None:
    prospect, dialled, name, step, due = MISSED[case]
    arranged = follows(unanswered(dialled, machine), agreed("2026-07-06 10:00"), prospect)
    assert (arranged.begin, arranged.settles, rung(arranged)) == (name, AppointmentState.MISSED, (step, due, due))
    assert arranged.cancels == {Hang.ENROLLMENT, Hang.APPOINTMENT}
    assert [touch.kind for touch in arranged.touches] == [TouchKind.RETRY]


ON_A_RUNG = {
    "C1-half-a-working-day-after-the-second": (
        on(PATIENT, "again", "2026-07-06 10:10"), "half-day", "2026-07-06 14:40",
    ),
    "C1-three-business-days-after-the-third": (
        on(PATIENT, "half-day", "2026-07-06 14:40"), "persistent", "2026-07-09 14:40",
    ),
    "C1-three-more-after-that": (
        on(PATIENT, "persistent", "2026-07-09 14:40", repetition=1), "persistent", "2026-07-14 14:40",
    ),
    "C1-the-last-word-after-four": (
        on(PATIENT, "persistent", "2026-07-22 14:40", repetition=4), "last-word", "2026-07-27 14:40",
    ),
    "C3-mail-after-the-first-call": (on(WARM, "first-call"), "first-mail", "2026-07-06 10:10"),
    "C3-review-at-the-tenth-attempt": (on(WARM, "fifth-call"), "review", "2026-07-06 17:00"),
    "C4-the-31st-comes-back": (
        on(GENERAL, "monthly-call", "2027-02-28 10:00", due="2027-03-01 09:00", anchor=instant("2026-12-31 10:00")),
        "monthly-mail", "2027-03-31 10:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ON_A_RUNG)
def test_next_rung(case: str) -> None:
    standing, step, due = ON_A_RUNG[case]
    assert standing.position is not None
    arranged = follows(events.CallEnded(standing.position.moment.due_at, MachineResult.NO_ANSWER), standing)
    assert (rung(arranged)[0], rung(arranged)[2]) == (step, due)
    assert (arranged.finish, arranged.begin, arranged.cancels) == (None, "", {Hang.ENROLLMENT})


def test_C3_the_tenth_attempt_is_followed_by_a_fresh_look_and_then_the_general_rhythm() -> None:
    review = follows(unanswered("2026-07-23 09:10"), on(WARM, "fifth-call", "2026-07-23 09:10"))
    assert lines(review) == ["review task 2026-07-23 17:00"]
    kept = follows(events.TouchDone(instant("2026-07-23 17:20")), on(WARM, "review", "2026-07-23 17:00"))
    assert (kept.finish, kept.begin, rung(kept)[0]) == (FinishReason.HANDED_OVER, GENERAL, "day-3")


def test_C1_polite_release_closes_the_lead() -> None:
    arranged = follows(events.TouchDone(instant("2026-07-27 15:00")), on(PATIENT, "last-word", "2026-07-27 14:40"))
    assert (arranged.touches, arranged.finish) == ((), FinishReason.EXHAUSTED)
    assert arranged.ending == Ending(ProspectState.CLOSED, LIBRARY[PATIENT].end.why)


def test_C1_without_mail_is_released_after_the_seventh_call() -> None:
    standing = on(PATIENT, "persistent", "2026-07-22 14:40", repetition=4)
    arranged = follows(unanswered("2026-07-22 14:40"), standing, replace(SOFIA, reachable=PHONE_ONLY))
    assert (arranged.touches, arranged.finish) == ((), FinishReason.EXHAUSTED)


HANDED_OVER = {
    "C2-todays-last-try-is-day-1": ("2026-07-06 17:00", ("day-3", "2026-07-08 17:00", "2026-07-08 17:00")),
    "C2-a-last-try-after-hours-is-that-days-day-1": (
        "2026-07-06 18:40", ("day-3", "2026-07-08 09:00", "2026-07-08 09:00"),
    ),
    "C2-on-Friday": ("2026-07-03 17:00", ("day-3", "2026-07-05 17:00", "2026-07-06 09:00")),
}  # fmt: skip


@pytest.mark.parametrize("case", HANDED_OVER)
def test_hand_over(case: str) -> None:
    tried, expected = HANDED_OVER[case]
    standing = on(BRIEF, "end-of-day", tried)
    arranged = follows(unanswered(tried), standing, COLD_LEAD)
    assert (arranged.finish, arranged.begin, rung(arranged)) == (FinishReason.HANDED_OVER, GENERAL, expected)


AGAIN = {
    "C6-busy-in-an-agreed-ladder": (on(PATIENT, "again"), BUSY, ("again", "2026-07-06 10:00", "2026-07-06 10:10")),
    "C6-busy-in-the-rhythm": (on(GENERAL, "day-58"), BUSY, ("day-58", "2026-07-06 10:00", "2026-07-06 12:00")),
    "C6-busy-twice-goes-on": (
        on(PATIENT, "again", attempt=2),
        BUSY,
        ("half-day", "2026-07-06 14:30", "2026-07-06 14:30"),
    ),
}


@pytest.mark.parametrize("case", AGAIN)
def test_busy(case: str) -> None:
    standing, machine, expected = AGAIN[case]
    assert rung(follows(unanswered("2026-07-06 10:00", machine), standing)) == expected


def test_C6_dead_number_holds_the_rung_until_one_is_found() -> None:
    held = follows(unanswered("2026-07-06 10:00", FAILED), on(GENERAL, "day-58"))
    assert (lines(held), rung(held)[0], held.because.rule) == (["find_number task 2026-07-06 10:00"], "day-58", "C6")
    looking = on(GENERAL, "day-58")
    assert looking.touch is not None
    looking = replace(looking, touch=replace(looking.touch, kind=TouchKind.FIND_NUMBER, channel=Channel.TASK))
    found = follows(events.TouchDone(instant("2026-07-07 11:00")), looking)
    assert lines(found) == ["cadence call 2026-07-07 11:00"]
    given_up = follows(events.TouchDone(instant("2026-07-07 11:00"), skipped=True), looking)
    assert rung(given_up)[0] == "monthly-call"
    still_none = replace(SOFIA, reachable=EVERYWHERE - {Channel.CALL})
    assert rung(follows(events.TouchDone(instant("2026-07-07 11:00")), looking, still_none))[0] == "monthly-mail"


def test_C6_dead_number_with_another_one_is_the_same_call_at_once() -> None:
    arranged = follows(
        unanswered("2026-07-06 10:00", FAILED), on(GENERAL, "day-58"), replace(SOFIA, has_other_phone=True)
    )
    assert (lines(arranged), rung(arranged)[0]) == (["cadence call 2026-07-06 10:00"], "day-58")


def test_B1_dead_number_at_the_agreed_minute_with_another_one_keeps_the_appointment() -> None:
    arranged = follows(
        unanswered("2026-07-06 10:00", FAILED), agreed("2026-07-06 10:00"), replace(SOFIA, has_other_phone=True)
    )
    assert (lines(arranged), arranged.settles) == (["appointment call 2026-07-06 10:00"], None)
    assert arranged.touches[0].hang is Hang.APPOINTMENT


FREE_DIALS = {
    "C3-warm": (SOFIA, WARM, "first-mail"),
    "A14-cold": (COLD_LEAD, COLD, "first-mail"),
    "C4-after-a-talk": (replace(SOFIA, first_contact=FirstContact.LIVE), GENERAL, "day-3"),
}


@pytest.mark.parametrize("case", FREE_DIALS)
def test_free_dial_is_the_first_step_of_its_ladder(case: str) -> None:
    prospect, name, step = FREE_DIALS[case]
    arranged = follows(unanswered("2026-07-06 10:00"), FREE, prospect)
    assert (arranged.begin, rung(arranged)[0]) == (name, step)


def test_A15_free_dial_to_somebody_unqualified_begins_nothing_and_says_so() -> None:
    arranged = follows(unanswered("2026-07-06 10:00"), FREE, UNKNOWN)
    assert (arranged.touches, arranged.begin, arranged.because.rule, len(arranged.gaps)) == ((), "", "A15", 1)


@pytest.mark.parametrize("state", [ProspectState.CLOSED, ProspectState.WON])
def test_C6_closed_lead_gets_no_new_ladder(state: ProspectState) -> None:
    arranged = follows(unanswered("2026-07-06 10:00"), FREE, replace(SOFIA, state=state))
    assert (arranged.touches, arranged.begin, arranged.because.rule) == ((), "", "C6")


def test_C6_limits_hold_back_a_rung_and_say_so() -> None:
    rang = dials("2026-07-02 10:00", "2026-07-02 14:00")
    arranged = follows(
        unanswered("2026-07-03 09:30"),
        on(GENERAL, "day-1", "2026-07-03 09:30"),
        replace(SOFIA, dials=rang, reachable=PHONE_ONLY),
    )
    assert rung(arranged) == ("day-7", "2026-07-09 09:30", "2026-07-09 10:00")
    assert arranged.touches[0].because.text.endswith("Held back: 3 calls within seven days are enough.")


def test_first_voicemail_is_remembered_and_nothing_else_is() -> None:
    new = replace(SOFIA, first_contact=FirstContact.NONE)
    for machine, expected in ((VOICEMAIL, FirstContact.VOICEMAIL), (MachineResult.NO_ANSWER, None), (BUSY, None)):
        assert follows(unanswered("2026-07-06 10:00", machine), on(WARM, "first-call"), new).first_contact is expected
    somebody = follows(talked("2026-07-06 10:00", Outcome.GATEKEEPER), on(WARM, "first-call"), new)
    assert (somebody.first_contact, somebody.talked) == (FirstContact.VOICEMAIL, False)


def test_new_warm_lead_stands_in_its_own_lane_only_until_the_first_try() -> None:
    new = replace(SOFIA, first_contact=FirstContact.NONE)
    enrolled = follows(events.Enrolled(instant("2026-07-06 10:00"), WARM), FREE, new)
    assert enrolled.touches[0].kind is TouchKind.NEW_LEAD
    again = follows(unanswered("2026-07-06 10:00", BUSY), on(WARM, "first-call"), SOFIA)
    assert (again.touches[0].kind, again.touches[0].due_at - instant("2026-07-06 10:00")) == (
        TouchKind.RETRY, timedelta(hours=2),
    )  # fmt: skip
