"""What is wrong with a map that can be read: graph, names, length, words (A10, A11, A12, B5, B6, B7, A9)."""

from __future__ import annotations

from typing import Any

import pytest

from ringback.domain.maps.checking import check_map
from ringback.domain.maps.graph import every_case, resolve
from ringback.domain.vocabulary import Trait
from tests.domain.maps.drawn import case, drawn, node

END = node("lost")
LONG = " ".join(["word"] * 90)


def found(*nodes: dict[str, Any], **fields: Any) -> list[tuple[str, str, str]]:
    return [(each.rule, each.node, each.why) for each in check_map(drawn(*nodes, **fields), cards=["price"])]


CASES = {
    "A11 unreachable": ([node("hello", "lost"), node("island", "lost"), END], ("A11", "island", "No way leads here.")),
    "A11 dead end": (
        [node("hello", "lost", "cliff"), node("cliff"), END],
        ("A11", "cliff", "Nothing leads on from here."),
    ),
    "A12 missing branch": (
        [node("hello", edges=[case("lost", remembers=True, has_time=True), case("lost", remembers=False)]), END],
        ("A12", "hello", "No way for the case that they know who you are and they have no time."),
    ),
    "A10 unknown variable": (
        [node("hello", "lost", text="Hello {{ firstname }}."), END],
        ("A10", "hello", "There is no variable “firstname”."),
    ),
    "B5 unknown card": (
        [node("hello", "objects"), node("objects", "lost", kind="objection", card="prize", text=""), END],
        ("B5", "objects", "There is no objection card “prize”."),
    ),
    "B7 long opening": (
        [node("hello", "lost", text=LONG, opening=True), END],
        ("B7", "hello", "This takes about 36 seconds to say; 30 are enough here."),
    ),
    "B6 sending without the gate": (
        [node("hello", "lost", text="Then I will send you some information."), END],
        ("B6", "hello", "Offering to send something gives both sides an easy way out of the talk."),
    ),
    "B4 next steps taken for granted": (
        [node("hello", "lost", text="Then we look at the next steps."), END],
        ("B4", "hello", "Next steps that are taken for granted sound like a decision that was made for them."),
    ),
    "A9 pressure": (
        [node("hello", "lost", text="You need to decide today."), END],
        ("A9", "hello", "A duty makes people look for a way out."),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_fault_is_found_and_named_by_its_rule(name: str) -> None:
    nodes, wanted = CASES[name]
    assert wanted in found(*nodes)


def test_a11_a_loop_without_exit_is_found_at_each_of_its_places() -> None:
    told = found(node("hello", "lost", "round"), node("round", "again"), node("again", "round"), END)
    assert told == [("A11", each, "From here the call goes round and never ends.") for each in ("round", "again")]


def test_a_loop_with_an_exit_is_fine() -> None:
    assert found(node("hello", "round"), node("round", "again"), node("again", "round", "lost"), END) == []


def test_b6_offering_to_send_is_fine_before_the_outcome_that_asks_the_four_questions() -> None:
    gate = {"id": "sent", "kind": "outcome", "result": "send_information"}
    assert found(node("hello", "sent", text="Then I will send you some information."), gate) == []


def test_only_faults_of_the_graph_keep_a_map_from_being_published() -> None:
    told = check_map(drawn(node("hello", "lost", text=f"Act now. {LONG}", opening=True), END))
    assert [(each.rule, each.stops) for each in told] == [("B7", False), ("A9", False)]


def test_b7_german_takes_longer_to_say() -> None:
    text = " ".join(["wort"] * 65)
    assert found(node("hello", "lost", text=text, opening=True), END) == []
    assert found(node("hello", "lost", text=text, opening=True), END, language="de") == [
        ("B7", "hello", "This takes about 34 seconds to say; 30 are enough here.")
    ]


def test_a12_a_case_leads_through_branching_places_only() -> None:
    tree = drawn(
        node("hello", edges=[case("busy", has_time=False), case("talk", has_time=True)]),
        node("busy", edges=[case("lost", remembers=True), case("talk", remembers=False)]),
        node("talk", "lost"),
        END,
    )
    led = {
        (case_[Trait.REMEMBERS], case_[Trait.HAS_TIME]): place.id
        for case_ in every_case((Trait.REMEMBERS, Trait.HAS_TIME))
        if (place := resolve(tree, case_))
    }
    assert led == {(True, True): "talk", (False, True): "talk", (True, False): "lost", (False, False): "talk"}


def test_a12_without_an_edge_for_a_case_nothing_is_resolved_and_circles_end() -> None:
    tree = drawn(node("hello", edges=[case("hello", has_time=False), case("lost", has_time=True)]), END)
    assert resolve(tree, {}) is None
    assert resolve(tree, {Trait.HAS_TIME: False}) == tree.node("hello")
