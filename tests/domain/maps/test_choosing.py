"""Which map opens, which case the record speaks for, and how moments are said (A11, A12, A14, B3, C3, C5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ringback.domain.ladder import Position
from ringback.domain.maps.choosing import (
    CallFacts,
    attempt_in,
    occasion_for,
    place_of_message,
    traits_known,
    traits_shown,
)
from ringback.domain.maps.moments import spoken_day, spoken_soon
from ringback.domain.vocabulary import Occasion, Outcome, Temperature, Trait
from ringback.domain.working_time import Moment
from tests.domain.engine import LIBRARY
from tests.domain.maps.drawn import case, drawn, node

WARM, COLD = Temperature.WARM, Temperature.COLD
CASES = [
    ("A14", CallFacts(temperature=WARM), Occasion.FIRST_WARM),
    ("A14", CallFacts(temperature=COLD), Occasion.FIRST_COLD),
    ("B3", CallFacts(talked=True, proposal_sent=True), Occasion.PROPOSAL),
    ("B3", CallFacts(talked=True), Occasion.RECOMMENDATION),
    ("C5", CallFacts(inbound=True, talked=True, proposal_sent=True, attempt=12), Occasion.INBOUND),
    ("A11", CallFacts(temperature=WARM, last_outcome=Outcome.GATEKEEPER), Occasion.GATEKEEPER),
    ("C3", CallFacts(attempt=10), Occasion.REENGAGEMENT),
    ("A14", CallFacts(attempt=9), Occasion.FIRST_COLD),
    ("B3", CallFacts(attempt=30, talked=True, agreed=True), Occasion.RECOMMENDATION),
]


@pytest.mark.parametrize(("rule", "facts", "occasion"), CASES)
def test_the_record_chooses_the_map(rule: str, facts: CallFacts, occasion: Occasion) -> None:
    choice = occasion_for(facts)
    assert (choice.because.rule, choice.occasion) == (rule, occasion)


def test_a12_the_last_walk_knows_the_case_better_than_the_record() -> None:
    facts = CallFacts(talked=True, last_outcome=Outcome.CALL_BACK, temperature=WARM)
    assert traits_known(facts) == {
        Trait.REMEMBERS: True,
        Trait.HAS_TIME: False,
        Trait.DISTRACTED: False,
        Trait.AVAILABLE: True,
        Trait.AGREED: False,
        Trait.ASKED: True,
    }
    assert traits_known(facts, {Trait.AVAILABLE: False})[Trait.AVAILABLE] is False
    assert traits_known(replace(facts, agreed=True), {Trait.AGREED: False})[Trait.AGREED] is True


def test_a12_the_ways_of_a_walk_show_the_case_and_the_last_word_counts() -> None:
    tree = drawn(node("hello", edges=[case("hello", has_time=False), case("lost", has_time=True)]), node("lost"))
    assert traits_shown(tree, [("hello", 1), ("hello", 2)]) == {Trait.HAS_TIME: True}
    assert traits_shown(tree, [("hello", 9), ("gone", 1)]) == {}


def test_the_place_of_a_message_follows_the_messages_left() -> None:
    assert [place_of_message(left) for left in range(5)] == [1, 2, 3, 3, 3]


def test_c3_the_fifth_call_of_the_warm_ladder_is_the_tenth_attempt() -> None:
    moment = Moment(datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC))
    ladder = LIBRARY["warm-first-voicemail"]
    assert attempt_in(ladder, Position("fifth-call", moment)) == 10
    assert attempt_in(LIBRARY["missed-appointment-patient"], Position("persistent", moment, repetition=3)) == 6


NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOON = [
    (timedelta(minutes=10), "in 10 minutes", "in 10 Minuten"),
    (timedelta(hours=5), "around 15:00", "gegen 15 Uhr"),
    (timedelta(hours=25), "tomorrow morning", "morgen Vormittag"),
    (timedelta(hours=30), "tomorrow afternoon", "morgen Nachmittag"),
    (timedelta(days=3), "on Thursday", "am Donnerstag"),
    (timedelta(days=10), "on Thursday 12 March", "am Donnerstag, 12. März"),
]


@pytest.mark.parametrize(("ahead", "english", "german"), SOON)
def test_the_next_try_is_said_as_people_say_it(ahead: timedelta, english: str, german: str) -> None:
    said = [spoken_soon(NOW + ahead, NOW, "Europe/Berlin", language) for language in ("en", "de-AT")]
    assert said == [english, german]


def test_days_are_said_in_the_language_of_the_map() -> None:
    assert [spoken_day(date(2026, 7, 6), each) for each in ("en", "de")] == ["Monday 6 July", "Montag, 6. Juli"]
