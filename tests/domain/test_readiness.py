"""What their answers are worth in the queue (A15, D2)."""

from datetime import date, timedelta

import pytest

from ringback.domain.readiness import Known, Readiness, expected, learned, of_both
from ringback.domain.vocabulary import Learnable

TODAY = date(2026, 7, 7)
ALL = Known.NEED | Known.DECISION_MAKER | Known.BUDGET | Known.COMPETITOR


@pytest.mark.parametrize(
    ("known", "days", "points"),
    [
        pytest.param(Known.NOTHING, None, 0, id="A15-nothing-known"),
        pytest.param(Known.NEED, None, 1, id="A15-the-need"),
        pytest.param(Known.BUDGET | Known.COMPETITOR, None, 2, id="A15-two-things"),
        pytest.param(Known.NOTHING, 0, 4, id="A15-today"),
        pytest.param(Known.NOTHING, 31, 4, id="A15-within-a-month"),
        pytest.param(Known.NOTHING, 32, 2, id="A15-within-three-months"),
        pytest.param(Known.NOTHING, 92, 2, id="A15-just-within-three-months"),
        pytest.param(Known.NOTHING, 93, 0, id="A15-far-away"),
        pytest.param(Known.NOTHING, -1, 0, id="A15-the-day-has-passed"),
        pytest.param(ALL, 10, 8, id="A15-all-known-and-near"),
    ],
)
def test_points(known: Known, days: int | None, points: int) -> None:
    wanted = None if days is None else TODAY + timedelta(days=days)
    assert Readiness(known, wanted).points(TODAY) == points


def test_a15_each_point_is_a_tenth_of_the_worth() -> None:
    assert expected(1_000, 5) == expected(1_500, 0)
    assert expected(1_000, 5) > expected(1_499, 0)
    assert expected(0, 8) == 0


@pytest.mark.parametrize(
    ("readiness", "words"),
    [
        (Readiness(), ""),
        (Readiness(Known.NEED), "the need known"),
        (Readiness(ALL), "the need, who decides, the budget and whom else they ask known"),
        (Readiness(Known.NEED, date(2026, 7, 31)), "wanted by 31 July, the need known"),
        (Readiness(Known.NOTHING, date(2027, 7, 31)), ""),
    ],
)
def test_d2_the_reason_names_what_they_said(readiness: Readiness, words: str) -> None:
    assert readiness.words(TODAY) == words


def test_d2_answers_add_up_and_the_latest_word_on_the_time_counts() -> None:
    first = learned(Readiness(), [(Learnable.NEED, "one list"), (Learnable.TIMING, "by 31 July")], TODAY)
    assert first == Readiness(Known.NEED, date(2026, 7, 31))
    second = learned(first, [(Learnable.BUDGET, "4,000"), (Learnable.INTEREST, "sailing")], TODAY)
    assert second == Readiness(Known.NEED | Known.BUDGET, date(2026, 7, 31))
    assert learned(second, [(Learnable.TIMING, "no hurry any more")], TODAY) == Readiness(second.known, None)


def test_two_records_of_one_person_know_what_either_knows() -> None:
    one, other = Readiness(Known.NEED, date(2026, 9, 1)), Readiness(Known.BUDGET, date(2026, 8, 1))
    assert of_both(one, other, TODAY) == Readiness(Known.NEED | Known.BUDGET, date(2026, 8, 1))
    assert of_both(one, Readiness(), TODAY) == one


@pytest.mark.parametrize(
    ("one", "other", "stays"),
    [
        (date(2026, 6, 1), date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 6, 1), date(2026, 5, 1), date(2026, 6, 1)),
        (date(2026, 6, 1), None, date(2026, 6, 1)),
        (None, None, None),
    ],
)
def test_d2_a_day_that_has_passed_gives_way_to_one_to_come(
    one: date | None, other: date | None, stays: date | None
) -> None:
    both = [Readiness(wanted_by=one), Readiness(wanted_by=other)]
    assert of_both(both[0], both[1], TODAY) == of_both(both[1], both[0], TODAY) == Readiness(wanted_by=stays)
