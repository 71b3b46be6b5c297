"""B2, B3, B4: the opening is complete or says what is missing."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.opening import Opening, OpeningFacts, Part, Talk, opening
from ringback.domain.script import LONG_OPENING_SECONDS

FULL = OpeningFacts(
    rep_name="Jo Brandt",
    firm_name="Northgate",
    first_name="Mara",
    talk=Talk.FOLLOW_UP,
    reason="the stock count",
    needs=("fewer late deliveries", "less paper."),
    last_points=("the two depots", "the autumn peak", "who signs off"),
    last_talk_on=date(2025, 3, 3),
)
NEEDS = "fewer late deliveries and less paper"


def parts(of: Opening) -> dict[Part, str]:
    return {sentence.kind: sentence.text for sentence in of.sentences}


def test_B2_a_complete_opening_has_every_part_in_its_order() -> None:
    result = opening(FULL)
    assert result.text == (
        "Hello Mara, this is Jo Brandt from Northgate. "
        "We set this time aside for: the stock count. "
        f"When we spoke on Monday 3 March, this mattered to you: {NEEDS}. "
        "From our last talk I noted: “the two depots”, “the autumn peak”, “who signs off”. "
        "Today I would like to tell you what I recommend and hear what you think; "
        "then we can work out next steps together, if there are any. "
        "How does that sound?"
    )
    assert list(parts(result)) == list(Part)
    assert result.missing == ()


def test_B7_a_complete_opening_is_short_enough() -> None:
    result = opening(FULL)
    assert 0 < result.seconds <= LONG_OPENING_SECONDS
    assert not result.too_long


def test_B7_a_long_need_makes_the_opening_too_long() -> None:
    assert opening(replace(FULL, needs=("word " * 80,))).too_long


def test_B7_at_most_two_needs_and_three_points_are_said() -> None:
    many = replace(FULL, needs=("one", "two", "three"), last_points=("a", "b", "c", "d"))
    said = parts(opening(many))
    assert said[Part.NEED].endswith("this mattered to you: one and two.")
    assert said[Part.LAST_TIME] == "From our last talk I noted: “a”, “b”, “c”."


def test_B2_whole_sentences_that_were_noted_are_quoted_not_woven_in() -> None:
    points = ("They count twice a year, and both times the figures are off.", "“Too much paper”")
    said = parts(opening(replace(FULL, needs=("a count, once and right", "less paper"), last_points=points)))
    assert said[Part.LAST_TIME] == (
        "From our last talk I noted: “They count twice a year, and both times the figures are off”, “Too much paper”."
    )
    assert said[Part.NEED].endswith("this mattered to you: a count, once and right; less paper.")


def test_B2_a_first_call_introduces_the_rep_and_needs_no_past() -> None:
    result = opening(OpeningFacts("Jo Brandt", "Northgate", "Mara", Talk.FIRST, reason="your question on our site"))
    assert result.text == (
        "Hello Mara, my name is Jo Brandt from Northgate. "
        "I am ringing about this: your question on our site. "
        "Today I would like to ask you a few questions and tell you what could help; "
        "then we can work out next steps together, if there are any. "
        "How does that sound?"
    )
    assert result.missing == ()
    assert result.agenda == ("What you would like to change", "What could help", "Next steps, if any")


def test_B2_a_missed_talk_is_taken_up_without_reproach() -> None:
    said = parts(opening(replace(FULL, talk=Talk.MISSED)))
    assert said[Part.REASON] == "We had set a time aside for this and missed each other: the stock count."


def test_B2_the_day_of_the_last_talk_may_be_unknown() -> None:
    said = parts(opening(replace(FULL, last_talk_on=None)))
    assert said[Part.NEED] == f"When we last spoke, this mattered to you: {NEEDS}."


def test_B3_a_proposal_that_was_sent_is_reviewed() -> None:
    result = opening(replace(FULL, proposal_sent_on=date(2025, 3, 4)))
    assert result.agenda == (
        "Review the proposal of Tuesday 4 March",
        "Your questions about it",
        "Next steps, if any",
    )
    assert parts(result)[Part.AGENDA] == (
        "Today I would like to go through the proposal of Tuesday 4 March with you and take your questions; "
        "then we can work out next steps together, if there are any."
    )


def test_B3_without_a_proposal_there_are_recommendations() -> None:
    assert opening(FULL).agenda == ("What we recommend", "Your questions", "Next steps, if any")


def test_B5_what_really_stands_in_the_way_comes_back_on_the_agenda() -> None:
    raised = ("“The price in one sum.”", "  ", "nobody has time to learn it", "the board", "the winter")
    result = opening(replace(FULL, still_open=raised))
    assert result.agenda == (
        "What we recommend",
        "Your questions",
        "What is still open for you: “The price in one sum.”",
        "What is still open for you: “nobody has time to learn it”",
        "What is still open for you: “the board”",
        "Next steps, if any",
    )
    assert parts(result)[Part.AGENDA] == (
        "Today I would like to tell you what I recommend and hear what you think, and come back to what you raised: "
        "“The price in one sum.”; then we can work out next steps together, if there are any."
    )


@pytest.mark.parametrize("talk", Talk)
@pytest.mark.parametrize("proposal", [None, date(2025, 3, 4)])
def test_B4_next_steps_are_always_soft(talk: Talk, proposal: date | None) -> None:
    result = opening(replace(FULL, talk=talk, proposal_sent_on=proposal))
    assert result.agenda[-1] == "Next steps, if any"
    assert "next steps together, if there are any" in parts(result)[Part.AGENDA]


@pytest.mark.parametrize(
    ("fields", "missing", "left_out"),
    [
        pytest.param({"rep_name": ""}, ["rep_name"], {Part.NAME}, id="B2-rep"),
        pytest.param({"rep_name": "Jo"}, ["rep_name"], set(), id="B2-rep-in-full"),
        pytest.param({"firm_name": " "}, ["firm_name"], {Part.NAME}, id="B2-firm"),
        pytest.param({"first_name": ""}, ["first_name"], set(), id="B2-first-name"),
        pytest.param({"reason": ""}, ["reason"], {Part.REASON}, id="B2-reason"),
        pytest.param({"needs": ()}, ["needs"], {Part.NEED}, id="B2-needs"),
        pytest.param({"needs": (" ", ".")}, ["needs"], {Part.NEED}, id="B2-blank-needs"),
        pytest.param({"last_points": ()}, ["last_points"], {Part.LAST_TIME}, id="B2-points"),
        pytest.param({"talk": Talk.FIRST, "reason": "", "needs": ()}, ["reason"], None, id="B2-first-without-reason"),
        pytest.param({"talk": Talk.FIRST, "reason": ""}, [], None, id="B2-first-with-a-need"),
    ],
)
def test_B2_a_missing_piece_is_named_and_not_read_out(
    fields: dict[str, Any], missing: list[str], left_out: set[Part] | None
) -> None:
    result = opening(replace(FULL, **fields))
    assert [each.what for each in result.missing] == missing
    assert all(each.why and each.ask for each in result.missing)
    if left_out is not None:
        assert set(Part) - set(parts(result)) == left_out


TEXT = st.builds(str.__add__, st.text(alphabet="ab \n\t", max_size=9), st.sampled_from(["", ".", " . "]))


@given(
    st.builds(
        OpeningFacts,
        rep_name=TEXT,
        firm_name=TEXT,
        first_name=TEXT,
        talk=st.sampled_from(Talk),
        reason=TEXT,
        needs=st.lists(TEXT).map(tuple),
        last_points=st.lists(TEXT).map(tuple),
        still_open=st.lists(TEXT).map(tuple),
    )
)
def test_B2_no_sentence_ever_has_a_hole(facts: OpeningFacts) -> None:
    for sentence in opening(facts).sentences:
        assert not re.search(r"(:|from|is|about|and) ?[.,]( |$)|  |\n", sentence.text)


GERMAN = replace(
    FULL,
    last_name="Keller",
    language="de",
    reason="die Inventur",
    needs=("weniger Verspätungen", "weniger Papier."),
    last_points=("die zwei Lager", "wer unterschreibt"),
)


def test_B2_what_is_read_out_is_said_in_their_language() -> None:
    assert opening(GERMAN).text == (
        "Guten Tag, Mara Keller, hier ist Jo Brandt von Northgate. "
        "Dafür haben wir uns die Zeit genommen: die Inventur. "
        "Bei unserem Gespräch am Montag, 3. März war Ihnen das wichtig: weniger Verspätungen und weniger Papier. "
        "Notiert habe ich mir beim letzten Mal: „die zwei Lager“, „wer unterschreibt“. "
        "Heute möchte ich Ihnen sagen, was ich empfehle, und hören, was Sie davon halten; "
        "danach schauen wir gemeinsam, ob es einen nächsten Schritt gibt. "
        "Ist das für Sie so in Ordnung?"
    )


@pytest.mark.parametrize("talk", list(Talk))
@pytest.mark.parametrize("language", ["de", "de-AT"])
def test_B3_B4_the_agenda_is_in_their_language_and_soft(talk: Talk, language: str) -> None:
    plain = replace(GERMAN, talk=talk, language=language)
    for facts in (plain, replace(plain, proposal_sent_on=date(2025, 3, 1))):
        assert opening(facts).agenda[-1] == "Nächste Schritte, falls es welche gibt"
        assert not re.search(r"\b(the|you|your|and|next)\b", opening(facts).text)
    assert "Angebot vom Samstag, 1. März" in opening(facts).text


def test_B7_an_objection_is_said_in_the_opening_only_where_there_is_time() -> None:
    result = opening(replace(FULL, still_open=("word " * 40,)))
    assert "What is still open" in result.agenda[-2]
    assert result.text == opening(FULL).text
    assert not result.too_long


def test_B5_a_real_objection_comes_back_in_german_too() -> None:
    result = opening(replace(GERMAN, still_open=("der Preis auf einmal",)))
    assert result.agenda[-2] == "Was für Sie noch offen ist: „der Preis auf einmal“"
    assert "auf das zurückkommen, was Sie angesprochen haben: „der Preis auf einmal“; danach" in result.text
    assert (result.too_long, "Notiert" in result.text) == (False, False)


def test_a_language_without_sentences_of_its_own_is_spoken_to_in_english() -> None:
    assert opening(replace(FULL, language="fr")).text == opening(FULL).text


def test_B2_a_call_of_our_own_choosing_says_so_instead_of_speaking_of_a_time_set_aside() -> None:
    said = parts(opening(replace(FULL, agreed=False)))
    assert said[Part.REASON] == "I am ringing about this: the stock count."


@pytest.mark.parametrize(
    ("talk", "agreed", "needs", "lacks"),
    [
        (Talk.FIRST, False, ("less paper",), ()),
        (Talk.FIRST, False, (), ("reason",)),
        (Talk.FOLLOW_UP, False, ("less paper",), ()),
        (Talk.FOLLOW_UP, False, (), ("reason", "needs")),
        (Talk.FOLLOW_UP, True, ("less paper",), ("reason",)),
    ],
)
def test_B2_what_they_want_to_be_different_is_reason_enough_where_no_time_was_agreed(
    talk: Talk, agreed: bool, needs: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    result = opening(replace(FULL, talk=talk, agreed=agreed, needs=needs, reason=""))
    assert tuple(each.what for each in result.missing) == lacks
