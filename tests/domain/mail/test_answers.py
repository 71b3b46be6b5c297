"""Answers of calendars, and who has left: which count, and what follows (A1, A4, C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ringback.domain import events
from ringback.domain.arrangement import Hang
from ringback.domain.mail.answers import EARLIER, NO_APPOINTMENT, Entry, why_it_does_not_count
from ringback.domain.values import AppointmentFacts, ProspectFacts, Standing
from ringback.domain.vocabulary import AppointmentState, CalendarAnswer, FinishReason, Qualification
from tests.domain.clock import instant
from tests.domain.engine import FREE, GENERAL, MONDAY, PHONE_ONLY, SOFIA, agreed, follows, lines, on, without_touch

STANDING = Entry("a@ringback", 2)


@pytest.mark.parametrize(
    ("answered", "standing", "why"),
    [
        pytest.param(STANDING, STANDING, "", id="A4-this-version"),
        pytest.param(Entry("a@ringback", 3), STANDING, "", id="A4-a-later-one-than-known"),
        pytest.param(Entry("a@ringback", 1), STANDING, EARLIER, id="A4-moved-since"),
        pytest.param(Entry("b@ringback", 2), STANDING, NO_APPOINTMENT, id="A4-another-entry"),
        pytest.param(STANDING, None, NO_APPOINTMENT, id="A4-nothing-stands"),
        pytest.param(Entry("", 0), STANDING, NO_APPOINTMENT, id="A4-an-answer-without-a-name"),
    ],
)
def test_which_answer_counts(answered: Entry, standing: Entry | None, why: str) -> None:
    assert why_it_does_not_count(answered, standing) == why


TALK = "2026-07-14 14:00"
AHEAD = agreed(TALK, asked=False)
PROPOSED = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)
NO_PHONE = replace(SOFIA, reachable=SOFIA.reachable - PHONE_ONLY)


@pytest.mark.parametrize(
    ("answer", "more", "prospect", "expected", "settles"),
    [
        pytest.param(CalendarAnswer.ACCEPTED, {}, SOFIA, [], None, id="A4-accepted-stands"),
        pytest.param(CalendarAnswer.TENTATIVE, {}, SOFIA, [], None, id="A4-perhaps-stands"),
        pytest.param(
            CalendarAnswer.COUNTER, {"starts_at": PROPOSED}, SOFIA, ["review task 2026-07-06 10:30"], None,
            id="A1-counter-is-looked-at-while-the-old-one-stands",
        ),
        pytest.param(
            CalendarAnswer.COUNTER, {}, SOFIA, ["review task 2026-07-06 10:30"], None, id="A1-counter-without-a-moment"
        ),
        pytest.param(
            CalendarAnswer.DECLINED, {}, SOFIA, ["call_back call 2026-07-06 10:30"], AppointmentState.CANCELLED,
            id="A1-declined-is-called-at-once",
        ),
    ],
)  # fmt: skip
def test_answered(
    answer: CalendarAnswer,
    more: dict[str, datetime],
    prospect: ProspectFacts,
    expected: list[str],
    settles: AppointmentState | None,
) -> None:
    arranged = follows(events.InvitationAnswered(instant("2026-07-06 10:30"), answer, **more), AHEAD, prospect)
    assert lines(arranged) == expected
    assert arranged.settles is settles
    assert arranged.because.rule == ("A4" if not expected else "A1")
    assert (Hang.APPOINTMENT in arranged.cancels) is (settles is not None)


def test_A1_declined_in_the_evening_is_called_in_the_morning() -> None:
    event = events.InvitationAnswered(instant("2026-07-06 21:30"), CalendarAnswer.DECLINED)
    assert lines(follows(event, AHEAD)) == ["call_back call 2026-07-07 09:00"]


def test_A1_declined_without_a_number_is_looked_at_and_the_rhythm_goes_on() -> None:
    event = events.InvitationAnswered(instant("2026-07-06 10:30"), CalendarAnswer.DECLINED)
    arranged = follows(event, AHEAD, NO_PHONE)
    assert lines(arranged)[0] == "review task 2026-07-06 10:30"
    assert arranged.settles is AppointmentState.CANCELLED


def test_A4_what_they_wrote_beside_it_is_told() -> None:
    event = events.InvitationAnswered(instant("2026-07-06 10:30"), CalendarAnswer.ACCEPTED, comment="Looking forward")
    assert "“Looking forward”" in follows(event, AHEAD).because.text


LADDER = without_touch(on(GENERAL, "day-7", MONDAY))
WITH_TALK = replace(FREE, appointment=AppointmentFacts(instant(TALK), "The figures"))


@pytest.mark.parametrize(
    ("standing", "successor", "title", "finish", "gaps"),
    [
        pytest.param(
            LADDER, "", "Find out who has taken over", FinishReason.STOPPED, 0, id="C6-the-ladder-stops"
        ),
        pytest.param(
            LADDER, "enzo@lumen.example", "Find out who has taken over: enzo@lumen.example", FinishReason.STOPPED, 1,
            id="C6-their-answer-names-somebody",
        ),
        pytest.param(WITH_TALK, "", "Find out who has taken over", None, 1, id="C6-the-appointment-is-a-gap"),
        pytest.param(FREE, "", "Find out who has taken over", None, 0, id="C6-nothing-planned"),
    ],
)  # fmt: skip
def test_left_company(standing: Standing, successor: str, title: str, finish: FinishReason | None, gaps: int) -> None:
    arranged = follows(events.LeftCompany(instant("2026-07-06 10:30"), successor), standing)
    assert [touch.title for touch in arranged.touches] == [title]
    assert lines(arranged) == ["review task 2026-07-06 10:30"]
    assert (arranged.because.rule, arranged.finish, len(arranged.gaps)) == ("C6", finish, gaps)
    assert arranged.cancels == frozenset({Hang.ENROLLMENT})


def test_C6_an_appointment_is_not_called_off_by_itself_when_somebody_has_left() -> None:
    unqualified = replace(SOFIA, qualification=Qualification.UNKNOWN)
    assert follows(events.LeftCompany(instant("2026-07-06 10:30"), ""), WITH_TALK, unqualified).settles is None
