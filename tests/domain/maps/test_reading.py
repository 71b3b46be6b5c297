"""A map is read from a plain mapping; everything that is wrong is told at once, with its place (A11)."""

from __future__ import annotations

from typing import Any

import pytest

from ringback.domain.maps.cards import read_cards
from ringback.domain.maps.reading import MapError, read_map
from ringback.domain.maps.writing import as_mapping
from ringback.domain.vocabulary import Learnable, MachineResult, Outcome, Trait
from tests.domain.maps.drawn import case, document, drawn, node

WHOLE = document(
    node("hello", edges=[case("need", remembers=True), case("lost", remembers=False)], opening=True),
    node("need", "appointment", "voicemail", kind="ask", fills="need", covers=["need"], hint="Listen."),
    node("appointment"),
    node("voicemail"),
    node("lost"),
    points=[{"id": "need", "text": "What should be different"}],
    fallbacks={"company": "your company"},
)


def problems(given: Any) -> list[str]:
    with pytest.raises(MapError) as refused:
        read_map(given, file="mine.yaml")
    return [str(problem) for problem in refused.value.problems]


def test_a11_a_map_holds_places_ways_and_leaves_that_are_outcomes() -> None:
    found = read_map(WHOLE)
    assert [each.id for each in found.nodes] == ["hello", "need", "appointment", "voicemail", "lost"]
    assert found.node("hello").edges[0].case == ((Trait.REMEMBERS, True),)
    assert found.node("need").fills is Learnable.NEED
    assert [found.node(each).result for each in ("appointment", "voicemail", "need")] == [
        Outcome.APPOINTMENT,
        MachineResult.VOICEMAIL,
        None,
    ]


def test_yes_and_no_are_truths_where_one_is_asked_for_and_words_where_not() -> None:
    """As people write them by hand: `opening: yes`, `case: {remembers: no}`, `label: Yes`."""
    hand = {"id": "hello", "kind": "say", "text": "Hello.", "opening": "yes", "edges": [
        {"to": "lost", "label": "Yes", "case": {"remembers": "Yes"}},
        {"to": "lost", "label": "No", "case": {"remembers": "no"}},
    ]}  # fmt: skip
    hello = drawn(hand, node("lost")).node("hello")
    assert (hello.opening, [edge.label for edge in hello.edges]) == (True, ["Yes", "No"])
    assert [edge.case for edge in hello.edges] == [((Trait.REMEMBERS, True),), ((Trait.REMEMBERS, False),)]
    assert problems(document({**hand, "opening": "perhaps"}, node("lost"))) == [
        "mine.yaml: node “hello”: opening: should be yes or no, not 'perhaps'"
    ]


def test_what_is_written_reads_back_as_the_same_map() -> None:
    found = read_map(WHOLE)
    assert read_map(as_mapping(found)) == found
    assert as_mapping(found) == as_mapping(read_map(as_mapping(found)))


BAD = {
    "no table": ([], ["mine.yaml: should be a table of fields"]),
    "unknown goal": (
        document(node("hello", "lost", "apointment"), node("lost"), node("appointment")),
        [
            "mine.yaml: node “hello”: edges[2].to: there is no node “apointment” to lead to "
            "(did you mean “appointment”?)"
        ],
    ),
    "unknown start": (
        document(node("hello", "lost"), node("lost"), start="helo"),
        ["mine.yaml: start: there is no node “helo” to begin with (did you mean “hello”?)"],
    ),
    "two of a name": (
        document(node("hello", "lost"), node("hello", "lost"), node("lost")),
        ["mine.yaml: nodes: two nodes have the id “hello”; each needs its own"],
    ),
    "an outcome that goes on": (
        document(node("hello", "lost"), {**node("lost"), "edges": [{"to": "hello", "label": "again"}]}),
        ["mine.yaml: node “lost”: edges: an outcome ends the call, so nothing leads on from it"],
    ),
    "no such point": (
        document(node("hello", "lost", covers=["nede"]), node("lost"), points=[{"id": "need", "text": "Need"}]),
        ["mine.yaml: node “hello”: covers: there is no point “nede” (did you mean “need”?)"],
    ),
    "no such trait": (
        document(node("hello", edges=[case("lost", remember=True)]), node("lost")),
        [
            "mine.yaml: node “hello”: edges[1].case.remember: is none of: remembers, has_time, distracted, available, "
            "agreed, asked (did you mean “remembers”?)"
        ],
    ),
    "a place with nothing to say": (
        document({"id": "hello", "kind": "say", "edges": [{"to": "lost", "label": "on"}]}, node("lost")),
        ["mine.yaml: node “hello”: text: is missing; say what to say here"],
    ),
    "a voicemail without its place": (
        document(node("hello", "lost"), node("lost"), occasion="voicemail"),
        ["mine.yaml: place: a voicemail has its number in the ladder, from 1 to 3, and no other map has one"],
    ),
    "a language that YAML takes for no": (
        document(node("hello", "lost"), node("lost"), language=False),
        ["mine.yaml: language: should be text, not False"],
    ),
    "ten ways": (
        document(node("hello", *["lost"] * 10), node("lost")),
        ["mine.yaml: node “hello”: edges: has 10 entries; at most 9 fit"],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told_with_file_place_and_what_was_meant(name: str) -> None:
    given, told = BAD[name]
    assert problems(given) == told


def test_everything_wrong_is_told_at_once() -> None:
    given = {"name": "No Name", "language": "en", "nodes": [{"id": "a", "kind": "shout", "colour": "red"}, 7]}
    with pytest.raises(MapError) as refused:
        read_map(given)
    assert {(each.node, each.field) for each in refused.value.problems} == {
        *(("", field) for field in ("name", "title", "occasion", "start")),
        *(("a", field) for field in ("kind", "colour", "text")),
        *(("2", field) for field in ("", "id", "kind", "text")),
    }


def test_a_huge_map_is_refused_without_being_read_through() -> None:
    nodes = [node(f"n{number}", "lost") for number in range(2_000)]
    assert problems(document(*nodes, node("lost")))[0] == "mine.yaml: nodes: has 2001 entries; at most 400 fit"


def test_b5_a_card_asks_at_least_two_questions() -> None:
    card = {"id": "price", "title": "Too expensive", "answer": "Compared with what?", "questions": ["Why?"]}
    with pytest.raises(MapError) as refused:
        read_cards({"language": "en", "cards": [card]})
    assert [str(each) for each in refused.value.problems] == [
        "cards[1].questions: should be at least two: a card asks, it does not argue"
    ]
    assert drawn(node("hello", "lost"), node("lost")).points == ()
