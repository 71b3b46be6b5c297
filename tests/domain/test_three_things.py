"""A13: what a rep is told before the dial, the weightiest first, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ringback.domain.three_things import KnownFacts, Owed, mood_trend, three_things
from ringback.domain.vocabulary import Mood, Temperature

TODAY = date(2026, 11, 23)
LATE, DUE, AHEAD = (Owed(f"the plan {day}", date(2026, 11, day)) for day in (20, 23, 27))
TALKED = KnownFacts(today=TODAY, talked=True, need="fewer lists", decision_maker="Enzo", interest="sailing")

A13: list[tuple[str, dict[str, Any], list[str]]] = [
    ("little is known: ask", {"need": "", "decision_maker": "", "interest": ""}, ["B2", "B5"]),
    ("who decides, need, interest", {}, ["B5", "B2", "A8"]),
    ("what we owe comes first", {"ours": (LATE,), "moods": (Mood.BAD,)}, ["A3", "A13", "B5"]),
    ("due today counts, due later does not", {"ours": (DUE, AHEAD)}, ["A3", "B5", "B2"]),
    ("nothing is late ahead of its day", {"ours": (AHEAD,), "theirs": (AHEAD,)}, ["B5", "B2", "A8"]),
    ("they are late", {"theirs": (LATE,)}, ["D3", "B5", "B2"]),
    ("a good end heals a bad talk", {"moods": (Mood.BAD, Mood.GOOD)}, ["B5", "B2", "A8"]),
    ("a proposal is out", {"proposal_sent_on": date(2026, 11, 16)}, ["B3", "B5", "B2"]),
    ("hard to reach", {"unanswered": 4}, ["B5", "C6", "B2"]),
    ("three tries are not many", {"unanswered": 3}, ["B5", "B2", "A8"]),
    ("first contact", {"talked": False, "decision_maker": "", "need": ""}, ["A14", "B2", "B5"]),
]


@pytest.mark.parametrize(("changed", "rules"), [case[1:] for case in A13], ids=[case[0] for case in A13])
def test_a13_three_things_by_weight(changed: dict[str, Any], rules: list[str]) -> None:
    assert [each.rule for each in three_things(replace(TALKED, **changed))] == rules


def test_a13_a_real_objection_outranks_an_open_one_and_both_are_named_in_their_words() -> None:
    facts = replace(TALKED, real_objection="the total", open_objection="the timing", decision_maker="")
    assert [each.text for each in three_things(facts)][:2] == [
        "A real objection stands: “the total”. It belongs on the agenda.",
        "Not settled yet: “the timing”. Is it the real reason?",
    ]


def test_a13_words_with_braces_are_left_as_they_are() -> None:
    assert "{}" in three_things(replace(TALKED, decision_maker="{} & {0}"))[0].text


@pytest.mark.parametrize(
    ("temperature", "source", "text"),
    [
        (Temperature.WARM, "the website", "they came to you through the website."),
        (Temperature.COLD, "", "you come to them: say in one breath why."),
    ],
)
def test_a14_the_first_contact_says_who_came_to_whom(temperature: Temperature, source: str, text: str) -> None:
    facts = KnownFacts(today=TODAY, temperature=temperature, source=source)
    assert three_things(facts)[0].text.endswith(text)


@pytest.mark.parametrize(
    ("moods", "trend"),
    [("", 0), ("g", 0), ("gb", -1), ("bg", 1), ("nn", 0), ("bbg", 1), ("gbn", 0), ("bgggb", -1)],
)
def test_a13_the_trend_weighs_the_last_talk_against_the_two_before(moods: str, trend: int) -> None:
    named = {"g": Mood.GOOD, "n": Mood.NEUTRAL, "b": Mood.BAD}
    assert mood_trend(tuple(named[each] for each in moods)) == trend
