"""A walked call: its way, the answers, the gate; undo takes all back; practice stays apart (A10, B5, B6, D2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ringback.actions.errors import Refused
from ringback.actions.learning import settle_objection
from ringback.actions.publishing_maps import install_maps
from ringback.actions.undoing import undo
from ringback.actions.walking import Walked, record_rehearsal
from ringback.actions.wrapping_up import WrapUp, preview_wrap_up, wrap_up
from ringback.domain.events import CallEnded, Gate
from ringback.domain.readiness import Known, Readiness
from ringback.domain.vocabulary import GateChoice, Learnable, MachineResult, ObjectionState, Outcome
from ringback.library.scripts import map_documents
from ringback.models import (
    Arrangement,
    Call,
    CallMapVersion,
    Circumstance,
    GateDecision,
    Need,
    Objection,
    ObjectionChange,
    Walk,
)
from tests.cast import NOW, Cast

FILE = "en/first-call-warm"
AT = NOW + timedelta(minutes=1)
NEXT = NOW + timedelta(days=7)
PATH: dict[str, Any] = {
    "visits": [
        {"node": "dial", "edge": 1},
        {"node": "hello", "edge": 1},
        {"node": "agenda", "edge": 1},
        {"node": "need", "edge": 1},
        {"node": "today", "edge": 2},
        {"node": "timing", "edge": 1},
        {"node": "decides", "edge": 1},
        {"node": "say-back-need", "edge": 1},
        {"node": "next-step", "edge": 2},
        {"node": "weigh-up", "edge": 1},
        {"node": "thinking"},
    ],
    "answers": [
        {"node": "need", "text": "Orders get lost between two lists."},
        {"node": "today", "text": "Kiln & Co"},
        {"node": "timing", "text": "Before the summer"},
        {"node": "decides", "text": "Her partner Enzo"},
        {"node": "weigh-up", "text": "Whether the team will use it"},
    ],
}


@pytest.fixture
def map_id(them: Cast) -> int:
    install_maps(documents={FILE: map_documents()[FILE]}, now=NOW)
    return CallMapVersion.objects.get().pk


def ended(outcome: Outcome | None = Outcome.THINKING, **fields: Any) -> CallEnded:
    machine = MachineResult.ANSWERED if outcome else MachineResult.NO_ANSWER
    moment = {"next_at": NEXT, "reason": "Go on"} if outcome else {}
    return CallEnded(at=AT, machine=machine, outcome=outcome, **{**moment, **fields})


def save(them: Cast, given: WrapUp, key: str = "walk") -> Arrangement:
    return wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=given, touch_id=None, key=key, now=AT)


def test_a10_the_way_of_a_call_is_kept_with_its_map_and_its_end(them: Cast, map_id: int) -> None:
    save(them, WrapUp(event=ended(), walk=Walked(map_id, PATH, NOW)))
    walk = Walk.objects.get()
    assert (walk.map_id, walk.prospect, walk.rep, walk.result, walk.rehearsal) == (
        map_id, them.sofia, them.rosa, "thinking", False,
    )  # fmt: skip
    assert walk.call == Call.objects.get()
    assert walk.edges[:3] == ["dial:1", "hello:1", "agenda:1"]
    assert (walk.started_at, walk.ended_at) == (NOW, AT)


def test_d2_what_was_answered_becomes_records_and_undo_takes_them_back(them: Cast, map_id: int) -> None:
    arrangement = save(them, WrapUp(event=ended(), walk=Walked(map_id, PATH)))
    assert list(Need.objects.values_list("text", flat=True)) == ["Orders get lost between two lists."]
    assert list(Objection.objects.values_list("text", "card")) == [("Whether the team will use it", "")]
    assert sorted(Circumstance.objects.values_list("kind", "text")) == [
        (Learnable.COMPETITOR, "Kiln & Co"),
        (Learnable.DECISION_MAKER, "Her partner Enzo"),
        (Learnable.TIMING, "Before the summer"),
    ]
    them.sofia.refresh_from_db()
    assert them.sofia.readiness == Readiness(Known.NEED | Known.DECISION_MAKER | Known.COMPETITOR, date(2027, 5, 31))
    undo(by=them.rosa, arrangement=arrangement, now=AT)
    them.sofia.refresh_from_db()
    assert (them.sofia.known_answers, them.sofia.wanted_by) == (None, None)
    assert [model.objects.count() for model in (Walk, Need, Objection, Circumstance, Call)] == [0] * 5


def test_what_was_typed_as_well_is_written_once(them: Cast, map_id: int) -> None:
    given = WrapUp(event=ended(), needs=("orders get LOST between two lists.",), walk=Walked(map_id, PATH))
    save(them, given)
    assert list(Need.objects.values_list("text", flat=True)) == ["orders get LOST between two lists."]


def test_b5_an_objection_from_the_walk_is_enough_to_think_it_over_and_names_its_card(them: Cast, map_id: int) -> None:
    path = {
        "visits": [{"node": "hesitates", "edge": 2}, {"node": "too-expensive"}],
        "answers": [{"node": "too-expensive", "text": "Twice what we planned"}],
    }
    given = WrapUp(event=ended(), walk=Walked(map_id, path))
    preview_wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=given, touch_id=None, now=AT)
    save(them, given)
    assert list(Objection.objects.values_list("text", "card")) == [("Twice what we planned", "too-expensive")]
    with pytest.raises(Refused, match="what they want to think over"):
        save(them, WrapUp(event=ended()), key="without")


@pytest.mark.parametrize("walked", [Walked(0, PATH), Walked(-1, {"visits": "x"})])
def test_a_call_is_kept_even_if_its_way_lies_on_no_map(them: Cast, map_id: int, walked: Walked) -> None:
    save(them, WrapUp(event=ended(None), walk=walked))
    assert (Call.objects.count(), Walk.objects.count()) == (1, 0)


SHUT = Gate(several_calls=True, need_uncovered=True, will_value_it=False, recipient_decides=False)


def test_b6_a_shut_gate_keeps_information_back_unless_a_reason_is_given(them: Cast) -> None:
    event = ended(Outcome.SEND_INFORMATION, gate=SHUT)
    with pytest.raises(Refused, match="Not all four answers are yes"):
        save(them, WrapUp(event=event))
    save(them, WrapUp(event=replace(event, gate_override="Their purchasing asks for it in writing.")))
    decision = GateDecision.objects.get()
    assert (decision.choice, decision.shut_by, decision.reason, decision.by) == (
        GateChoice.OVERRIDDEN,
        ["will_value_it", "recipient_decides"],
        "Their purchasing asks for it in writing.",
        them.rosa,
    )


def test_b6_that_a_rep_heeded_the_gate_is_recorded_and_an_open_gate_is_not(them: Cast) -> None:
    save(them, WrapUp(event=ended(Outcome.APPOINTMENT, gate=SHUT), gate_heeded=True))
    assert list(GateDecision.objects.values_list("choice", "reason")) == [(GateChoice.HEEDED, "")]
    open_gate = Gate(several_calls=True, need_uncovered=True, will_value_it=True, recipient_decides=True)
    save(them, WrapUp(event=ended(Outcome.SEND_INFORMATION, gate=open_gate)), key="open")
    assert GateDecision.objects.count() == 1


def test_b5_what_an_objection_turned_out_to_be_keeps_its_history(them: Cast, map_id: int) -> None:
    objection = Objection.objects.create(prospect=them.sofia, text="Too expensive", raised_at=NOW)
    for state, words in ((ObjectionState.REAL, "It is the total"), (ObjectionState.RESOLVED, "In two parts")):
        settle_objection(by=them.rosa, objection=objection, state=state, now=AT, words=words)
    settle_objection(by=them.rosa, objection=objection, state=ObjectionState.RESOLVED, now=AT)
    settle_objection(by=them.rosa, objection=objection, state=ObjectionState.RESOLVED, now=AT, words=" That \n helps ")
    assert list(ObjectionChange.objects.order_by("id").values_list("before", "after", "words")) == [
        ("open", "real", "It is the total"),
        ("real", "resolved", "In two parts"),
        ("resolved", "resolved", "That helps"),
    ]
    assert list(them.sofia.activities.filter(rule="B5").order_by("id").values_list("text", flat=True)) == [
        "The objection is real: Too expensive. Said: “It is the total”",
        "The objection is resolved: Too expensive. Said: “In two parts”",
        "The objection is resolved: Too expensive. Said: “That helps”",
    ]


def test_a_rehearsal_belongs_to_nobody_and_is_kept_apart(them: Cast, map_id: int) -> None:
    walk = record_rehearsal(by=them.rosa, map_id=map_id, path=PATH, seed=7, started_at=NOW, now=AT)
    assert (walk.rehearsal, walk.prospect, walk.call, walk.seed, walk.result) == (True, None, None, 7, "thinking")
    with pytest.raises(Refused, match="does not lie on the map"):
        record_rehearsal(by=them.rosa, map_id=map_id, path={}, seed=7, started_at=NOW, now=AT)
