"""The built-in call maps and objection cards: sound, complete, and their words fit (A9–A12, B3–B7, C1–C3)."""

from __future__ import annotations

import re

import pytest

from ringback.adapters.files.yaml_text import read_yaml, write_yaml
from ringback.domain.maps.cards import read_cards
from ringback.domain.maps.checking import check_map
from ringback.domain.maps.graph import TREE_TRAITS, CallMap, Node, every_case, reached_from, resolve
from ringback.domain.maps.reading import read_map
from ringback.domain.maps.rehearsing import rehearse
from ringback.domain.maps.variables import spoken
from ringback.domain.maps.writing import as_mapping
from ringback.domain.vocabulary import MachineResult, NodeKind, Occasion, Outcome, Trait
from ringback.domain.wording import check_pressure
from ringback.library.scripts import card_documents, map_documents

MAPS = {file: read_map(document, file=file) for file, document in map_documents().items()}
CARDS = {language: read_cards(document, file=language) for language, document in card_documents().items()}
LIVE = {file: each for file, each in MAPS.items() if each.occasion is not Occasion.VOICEMAIL}
VOICEMAILS = {file: each for file, each in MAPS.items() if each.occasion is Occasion.VOICEMAIL}
# What is left when a part is left out: a sentence that begins small, a doubled space, a stray sign.
UNTIDY = re.compile(r"(?<!…)[.?!] [a-zäöü]|  | [,.;:]|[,:]\Z")
# A need is quoted behind a colon, so that no grammar is bent.
NEED_IN_A_SENTENCE = re.compile(r"\b(?:about|with|of|wegen|über|um|für|mit) \{\{ need \}\}")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_occasion_has_its_map_in_both_languages(language: str) -> None:
    names = sorted(file.partition("/")[2] for file in MAPS if file.startswith(f"{language}/"))
    assert names == [
        "first-call-cold", "first-call-warm", "follow-up-proposal", "follow-up-recommendation", "gatekeeper",
        "re-engagement", "they-call-back", "voicemail-1", "voicemail-2", "voicemail-3",
    ]  # fmt: skip
    assert {each.occasion for file, each in MAPS.items() if each.language == language} == set(Occasion)


@pytest.mark.parametrize("file", MAPS)
def test_a_built_in_map_is_without_findings_and_keeps_its_name(file: str) -> None:
    call_map = MAPS[file]
    cards = [card.id for card in CARDS[call_map.language]]
    assert check_map(call_map, cards=cards) == ()
    assert file == f"{call_map.language}/{call_map.name}"


@pytest.mark.parametrize("file", MAPS)
def test_a11_every_place_leads_on_to_an_outcome(file: str) -> None:
    call_map = MAPS[file]
    for node in call_map.nodes:
        ends = {call_map.node(each).result for each in reached_from(call_map, node.id)} - {None}
        assert ends, node.id


@pytest.mark.parametrize("file", LIVE)
def test_a11_a_map_leads_from_the_dial_to_every_outcome_of_the_engine(file: str) -> None:
    call_map = LIVE[file]
    results = {node.result for node in call_map.nodes if node.result}
    without_sale = {Occasion.FIRST_COLD, Occasion.GATEKEEPER}
    expected = set(Outcome) - ({Outcome.WON} if call_map.occasion in without_sale else set())
    if call_map.occasion is Occasion.INBOUND:
        assert results == expected - {Outcome.GATEKEEPER}
    else:
        assert results == expected | (set(MachineResult) - {MachineResult.ANSWERED})


@pytest.mark.parametrize("file", LIVE)
def test_a12_every_case_of_the_conversation_tree_leads_to_words_of_its_own(file: str) -> None:
    """Do they remember you × have they time × distracted × unavailable: sixteen cases, each of them somewhere."""
    call_map = LIVE[file]
    led = {tuple(case.values()): resolve(call_map, case, start="hello") for case in every_case(TREE_TRAITS)}
    assert len(led) == 16
    assert all(node is not None and node.id != "hello" and node.text for node in led.values())
    ids = {values: node.id for values, node in led.items() if node}
    for (remembers, has_time, distracted, available), place in ids.items():
        if not available:
            assert place == "unavailable"
        elif distracted:
            assert place == ("distracted-known" if remembers else "distracted-unknown")
        elif not has_time:
            assert place == ("no-time-known" if remembers else "no-time-unknown")
    assert ids[True, True, False, True] != ids[False, True, False, True]


@pytest.mark.parametrize("file", VOICEMAILS)
def test_a12_every_case_has_a_message_that_fits_it(file: str) -> None:
    """An agreed moment, or what was so last time, or who came to whom: sixty-four cases, seven messages."""
    call_map = VOICEMAILS[file]
    led = {}
    for case in every_case(tuple(Trait)):
        node = resolve(call_map, case)
        assert node is not None
        led[tuple(case.values())] = node
        assert node.kind is NodeKind.LEAVE_MESSAGE
        assert node.id == fitting_message(case)
    assert len(led) == 64
    assert len({node.text for node in led.values()}) == 7


def fitting_message(case: dict[Trait, bool]) -> str:
    if case[Trait.AGREED]:
        return "agreed"
    if not case[Trait.REMEMBERS]:
        return "asked-us" if case[Trait.ASKED] else "stranger"
    if not case[Trait.AVAILABLE]:
        return "unavailable"
    if case[Trait.DISTRACTED]:
        return "distracted"
    return "knows-me" if case[Trait.HAS_TIME] else "no-time"


@pytest.mark.parametrize("language", ["en", "de"])
def test_c1_c2_c3_each_message_fits_its_place_in_the_ladder(language: str) -> None:
    """The first two say when you ring again, all from the second on give a number, the third asks for nothing more."""
    for place in (1, 2, 3):
        for message in messages(MAPS[f"{language}/voicemail-{place}"]):
            assert ("next_try" in message.text) == (place < 3), message.id
            assert place == 1 or "{{ phone }}" in message.text, message.id


def messages(call_map: CallMap) -> list[Node]:
    return [node for node in call_map.nodes if node.kind is NodeKind.LEAVE_MESSAGE]


def test_c1_the_first_message_of_a_missed_appointment_promises_the_next_try() -> None:
    said = spoken(MAPS["en/voicemail-1"].node("agreed").text, {"rep_name": "Rosa", "next_try": "in 10 minutes"})
    assert "I will try again in 10 minutes." in said.text


@pytest.mark.parametrize("file", LIVE)
def test_a12_a_machine_in_a_live_map_hears_the_message_of_its_place(file: str) -> None:
    borrowing = [node.borrows for node in LIVE[file].nodes if node.kind is NodeKind.LEAVE_MESSAGE]
    assert borrowing == ([] if LIVE[file].occasion is Occasion.INBOUND else [Occasion.VOICEMAIL])


@pytest.mark.parametrize("file", LIVE)
def test_b6_nothing_is_sent_but_through_the_gate(file: str) -> None:
    call_map = LIVE[file]
    before = {node.id for node in call_map.nodes for edge in node.edges if edge.to == "send-information"}
    assert before == {"gate"}
    assert "instead" in {edge.to for edge in call_map.node("gate").edges}


@pytest.mark.parametrize("language", ["en", "de"])
def test_b3_a_proposal_is_reviewed_and_questions_asked_else_there_are_recommendations(language: str) -> None:
    proposal, other = MAPS[f"{language}/follow-up-proposal"], MAPS[f"{language}/follow-up-recommendation"]
    assert {"proposal", "questions"} <= {point.id for point in proposal.points}
    assert "recommend" in {point.id for point in other.points}
    assert "{{ proposal_day }}" in proposal.node("hello").text


@pytest.mark.parametrize("file", MAPS)
def test_texts_are_whole_without_a_record_and_quote_a_need_instead_of_bending_it(file: str) -> None:
    call_map = MAPS[file]
    for node in call_map.nodes:
        assert not NEED_IN_A_SENTENCE.search(node.text), node.id
        bare = spoken(node.text, {"rep_name": "Rosa Lind", "firm_name": "Harbour", "phone": "040"}, call_map.fallbacks)
        assert "?]" not in bare.text, node.id
        assert not UNTIDY.search(bare.text), f"{node.id}: {bare.text}"


@pytest.mark.parametrize("file", LIVE)
def test_every_point_is_covered_somewhere_and_every_way_can_be_recognised(file: str) -> None:
    call_map = LIVE[file]
    covered = {point for node in call_map.nodes for point in node.covers}
    assert covered == {point.id for point in call_map.points}
    mute = [
        f"{node.id} {edge.label}"
        for node in call_map.nodes
        for edge in node.edges
        if not edge.says and node.kind is not NodeKind.LEAVE_MESSAGE
    ]
    assert mute == []


def test_both_languages_draw_the_same_graph() -> None:
    for file, english in MAPS.items():
        if english.language == "en":
            german = MAPS[f"de/{english.name}"]
            assert shape(english) == shape(german), file


def shape(call_map: CallMap) -> list[tuple[object, ...]]:
    return [
        (node.id, node.kind, node.fills, node.covers, node.card, node.result, [(e.to, e.case) for e in node.edges])
        for node in call_map.nodes
    ]


@pytest.mark.parametrize("file", LIVE)
def test_a10_a_hundred_practice_calls_all_come_to_an_end(file: str) -> None:
    ends = {LIVE[file].node(rehearse(LIVE[file], seed=seed).path.here).kind for seed in range(100)}
    assert ends == {NodeKind.OUTCOME}


@pytest.mark.parametrize("language", ["en", "de"])
def test_b5_the_cards_ask_and_do_not_push(language: str) -> None:
    cards = CARDS[language]
    assert [card.id for card in cards] == [
        "think-it-over", "too-expensive", "no-need", "has-supplier", "send-something", "no-time", "ask-others",
    ]  # fmt: skip
    assert [card.id for card in cards if card.gate] == ["send-something"]
    for card in cards:
        assert all(question.endswith("?") for question in card.questions)
        assert check_pressure(" ".join((card.answer, *card.questions)), language) == ()


def test_b5_whoever_wants_to_think_it_over_is_asked_what_exactly() -> None:
    thinking = CARDS["en"][0]
    assert "what exactly" in thinking.answer.lower()
    assert any("Who else" in question for question in thinking.questions)


@pytest.mark.parametrize("file", MAPS)
def test_a_map_survives_being_exported_and_imported(file: str) -> None:
    document = as_mapping(MAPS[file])
    assert read_yaml(write_yaml(document)) == document
