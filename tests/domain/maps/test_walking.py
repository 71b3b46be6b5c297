"""A walk: on, back, jumps, points that tick themselves, answers that become records (A10, D2)."""

from __future__ import annotations

from typing import Any

import pytest

from ringback.domain.maps import walking
from ringback.domain.maps.walking import Learned, NoWay
from ringback.domain.vocabulary import Learnable, ObjectionState, Outcome
from tests.domain.maps.drawn import drawn, node

MAP = drawn(
    node("hello", "need", "price"),
    node("need", "appointment", kind="ask", fills="need", covers=["need"]),
    node("price", "need", kind="objection", card="too-expensive", text="", covers=["price"]),
    node("appointment"),
    points=[{"id": "price", "text": "The price"}, {"id": "need", "text": "The need"}],
)


def places(path: walking.Path) -> list[str]:
    return [visit.node for visit in path.visits]


def walked(*steps: int) -> walking.Path:
    path = walking.begin(MAP)
    for number in steps:
        path = walking.step(MAP, path, number)
    return path


def test_number_keys_lead_on() -> None:
    path = walked(2, 1, 1)
    assert [(visit.node, visit.edge) for visit in path.visits] == [
        ("hello", 2),
        ("price", 1),
        ("need", 1),
        ("appointment", None),
    ]
    assert walking.result_of(MAP, path) is Outcome.APPOINTMENT


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_key_without_a_way_leads_nowhere(number: int) -> None:
    with pytest.raises(NoWay):
        walking.step(MAP, walking.begin(MAP), number)


def test_back_undoes_a_step_and_stops_at_the_start() -> None:
    path = walked(1)
    assert places(walking.back(path)) == ["hello"]
    assert walking.back(walking.back(path)) == walking.begin(MAP)


def test_a_jump_keeps_the_way_and_takes_no_edge() -> None:
    path = walking.jump(MAP, walking.begin(MAP), "need")
    assert [(visit.node, visit.edge) for visit in path.visits] == [("hello", None), ("need", None)]
    assert places(walking.back(path)) == ["hello"]
    with pytest.raises(NoWay):
        walking.jump(MAP, path, "nowhere")


def test_a10_points_tick_themselves_and_the_others_are_shown_as_open() -> None:
    path = walked(1)
    assert walking.covered(MAP, path) == ("need",)
    assert [point.text for point in walking.still_open(MAP, path)] == ["The price"]


def test_d2_answers_become_records_and_an_objection_keeps_its_card() -> None:
    path = walking.answered(walked(2), "  It is more\n than we have. ")
    path = walking.answered(walking.step(MAP, path, 1), "One list for all orders")
    assert walking.learned(MAP, path) == (
        Learned(Learnable.OBJECTION, "It is more than we have.", "too-expensive"),
        Learned(Learnable.NEED, "One list for all orders"),
    )
    assert walking.learned(MAP, walking.answered(path, "")) == (
        Learned(Learnable.OBJECTION, "It is more than we have.", "too-expensive"),
    )


def test_b5_an_objection_keeps_what_it_turned_out_to_be_and_nothing_else_does() -> None:
    visits = [{"node": "price"}, {"node": "need"}]
    path = walking.read_path(
        MAP,
        {
            "visits": visits,
            "answers": [
                {"node": "price", "text": "Too dear", "state": "resolved"},
                {"node": "need", "text": "One list", "state": "real"},
            ],
        },
    )
    assert walking.learned(MAP, path) == (
        Learned(Learnable.OBJECTION, "Too dear", "too-expensive", ObjectionState.RESOLVED),
        Learned(Learnable.NEED, "One list"),
    )
    for unknown in (None, "gone", ["real"], 7):
        given = {"visits": visits, "answers": [{"node": "price", "text": "Too dear", "state": unknown}]}
        assert [each.state for each in walking.learned(MAP, walking.read_path(MAP, given))] == [ObjectionState.OPEN]


def test_a_path_survives_being_stored() -> None:
    path = walking.answered(walked(2, 1), "One list")
    stored = walking.as_document(path)
    stored["answers"][0]["state"] = "false"
    assert walking.as_document(walking.read_path(MAP, stored)) == stored
    assert walking.read_path(MAP, walking.as_document(path)) == path


BAD: list[Any] = [
    None,
    [],
    {},
    {"visits": []},
    {"visits": "hello"},
    {"visits": [{"node": "nowhere"}]},
    {"visits": [{"node": "hello", "edge": 9}]},
    {"visits": [{"node": "hello", "edge": True}]},
    {"visits": [{"node": ["hello"]}]},
    {"visits": [{"node": "hello"}], "answers": [{"node": "nowhere", "text": "x"}]},
    {"visits": [{"node": "hello"}], "answers": 3},
]


@pytest.mark.parametrize("given", BAD, ids=str)
def test_what_is_no_path_on_this_map_is_refused(given: Any) -> None:
    with pytest.raises(NoWay):
        walking.read_path(MAP, given)


def test_an_endless_path_and_a_novel_of_an_answer_are_cut() -> None:
    endless = {"visits": [{"node": "hello", "edge": 1}] * 9_000, "answers": [{"node": "need", "text": "x" * 9_000}]}
    path = walking.read_path(MAP, endless)
    assert (len(path.visits), len(path.answers[0].text)) == (walking.MOST_VISITS, walking.LONGEST_ANSWER)
