"""By when it matters to them, in their words (D2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.when_wanted import TOO_FAR, wanted_by

SAID = date(2026, 7, 7)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("By the end of the quarter, ideally.", date(2026, 9, 30)),
        ("End of March", date(2027, 3, 31)),
        ("by March", date(2027, 3, 31)),
        ("before September", date(2026, 9, 1)),
        ("31 July", date(2026, 7, 31)),
        ("on the 3rd of August", date(2026, 8, 3)),
        ("August 15, 2027", date(2027, 8, 15)),
        ("2026-10-01", date(2026, 10, 1)),
        ("until 1 February 2027, when the audit is", date(2027, 2, 1)),
        ("this month", date(2026, 7, 31)),
        ("Next month we decide", date(2026, 8, 31)),
        ("this week", date(2026, 7, 12)),
        ("next week", date(2026, 7, 19)),
        ("next quarter", date(2026, 12, 31)),
        ("Next year", date(2027, 12, 31)),
        ("in Q4", date(2026, 12, 31)),
        ("second quarter", date(2027, 6, 30)),
        ("within three weeks", date(2026, 7, 28)),
        ("in 2 months", date(2026, 9, 5)),
        ("in a few weeks", date(2026, 7, 28)),
        ("As soon as possible", date(2026, 7, 14)),
        ("It is urgent", date(2026, 7, 14)),
        ("before summer", date(2027, 5, 31)),
        ("in spring, perhaps", date(2027, 5, 31)),
        ("before Christmas", date(2026, 12, 24)),
        ("Bis Ende März", date(2027, 3, 31)),
        ("bis 15.9.", date(2026, 9, 15)),
        ("am 15. 9. 2027", date(2027, 9, 15)),
        ("bis zum 30. September", date(2026, 9, 30)),
        ("vor dem Herbst", date(2026, 8, 31)),
        ("bis Jahresende", date(2026, 12, 31)),
        ("Am besten bis Quartalsende.", date(2026, 9, 30)),
        ("bis Ende des Monats", date(2026, 7, 31)),
        ("noch dieses Jahr", date(2026, 12, 31)),
        ("nächste Woche", date(2026, 7, 19)),
        ("in zwei Wochen", date(2026, 7, 21)),
        ("in ein paar Monaten", date(2026, 10, 5)),
        ("im dritten Quartal", date(2026, 9, 30)),
        ("so bald wie möglich", date(2026, 7, 14)),
        ("im Mai", date(2027, 5, 31)),
    ],
)
def test_d2_the_day_they_named(words: str, day: date) -> None:
    assert wanted_by(words, SAID) == day


@pytest.mark.parametrize(
    "words",
    [
        "", "We are in no hurry.", "Das hat Zeit.", "Es eilt nicht.", "It may take a while", "Not this year.",
        "Nicht dieses Jahr", "31 February", "the 45th of March", "in 2040-01-01", "when the roof is done",
        "31.13.", "version 2.0.1", "a march through the offices", "prices fall", "yesterday", "1 July 2026",
    ],
)  # fmt: skip
def test_d2_what_names_no_day_is_none(words: str) -> None:
    assert wanted_by(words, SAID) is None


@pytest.mark.parametrize(
    "words",
    [
        "not before March", "Nicht vor März.", "frühestens im März", "im März frühestens", "in March at the earliest",
        "not until March", "erst im März", "no sooner than 31 March", "nicht vor dem 1. März", "after the end of March",
        "nach Weihnachten", "since 31 March", "not this fall", "diesen Herbst nicht", "not immediately",
        "nicht so dringend", "the budget is gone this year", "This year the budget is gone", "won't be this month",
        "Dieses Jahr gibt es kein Budget", "there is no money left for this quarter", "im März haben wir keine Zeit",
        "heute nicht", "gestern entschieden", "guten Morgen", "they do it all at once", "today they use Excel",
        "bis heute ging es so", "until today all was well",
    ],
)  # fmt: skip
def test_d2_what_is_ruled_out_or_may_only_come_later_is_none(words: str) -> None:
    assert wanted_by(words, date(2026, 11, 25)) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("no later than 31 March", date(2027, 3, 31)),
        ("bis März, nicht später", date(2027, 3, 31)),
        ("by March or not at all", date(2027, 3, 31)),
        ("by March if not sooner", date(2027, 3, 31)),
        ("We do not hesitate, by March it stands", date(2027, 3, 31)),
        ("Not now. In March.", date(2027, 3, 31)),
        ("not all of it, but by March", date(2027, 3, 31)),
        ("by today", date(2026, 12, 2)),
        ("noch heute", date(2026, 12, 2)),
        ("bis morgen", date(2026, 12, 2)),
    ],
)
def test_d2_a_not_of_something_else_leaves_the_day(words: str, day: date) -> None:
    assert wanted_by(words, date(2026, 11, 25)) == day


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_d2_any_words_are_read_and_never_name_a_day_that_has_passed(words: str, said_on: date) -> None:
    day = wanted_by(words, said_on)
    assert day is None or timedelta(0) <= day - said_on <= TOO_FAR
