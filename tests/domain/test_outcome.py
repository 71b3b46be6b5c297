"""What a wrap-up asks for before it can be saved (A1, A2, A4, B5, B6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ringback.domain.events import Gate, Promise
from ringback.domain.outcome import MACHINE_RESULTS, OUTCOMES, missing_answers
from ringback.domain.vocabulary import MachineResult, Outcome, Party
from tests.domain.clock import instant
from tests.domain.engine import talked, unanswered

EMPTY = Promise(Party.US, " ", date(2026, 7, 8))

MISSING = {
    "A1-appointment-without-a-moment": (Outcome.APPOINTMENT, {"next_at": None}, [("next_at", "A1")]),
    "A4-appointment-without-a-reason": (Outcome.APPOINTMENT, {"reason": " "}, [("reason", "A4")]),
    "A1-call-back-without-a-moment": (Outcome.CALL_BACK, {"next_at": None}, [("next_at", "A1")]),
    "A2-they-call-without-a-moment": (Outcome.THEY_CALL, {"next_at": None}, [("next_at", "A1")]),
    "A1-lost-without-a-reason": (Outcome.LOST, {"close_reason": ""}, [("close_reason", "A1")]),
    "B6-no-gate": (Outcome.SEND_INFORMATION, {"gate": None}, [("gate", "B6")]),
    "B6-three-yeses": (Outcome.SEND_INFORMATION, {"gate": Gate(True, True, True)}, [("gate", "B6")]),
    "B6-four-yeses": (Outcome.SEND_INFORMATION, {"gate": Gate(True, True, True, True)}, []),
    "A1-thinking-without-anything": (
        Outcome.THINKING, {"next_at": None, "reason": ""}, [("next_at", "A1"), ("reason", "A4")],
    ),
    "A1-not-now-needs-no-moment": (Outcome.NOT_NOW, {"next_at": None}, []),
    "A1-not-now-in-the-past": (Outcome.NOT_NOW, {"next_at": instant("2026-07-05 10:00")}, [("next_at", "A1")]),
    "A1-the-very-moment": (Outcome.CALL_BACK, {"next_at": instant("2026-07-06 10:00")}, [("next_at", "A1")]),
    "A1-in-three-years": (Outcome.CALL_BACK, {"next_at": instant("2029-07-06 10:00")}, [("next_at", "A1")]),
    "A1-no-outcome": (None, {}, [("outcome", "A1")]),
    "A3-an-empty-promise": (Outcome.WON, {"promises": (EMPTY,)}, [("promises", "A3")]),
    "A1-won-needs-nothing": (Outcome.WON, {"next_at": None, "reason": ""}, []),
    "C6-somebody-else-needs-nothing": (Outcome.GATEKEEPER, {"next_at": None, "reason": ""}, []),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSING)
def test_missing_answer(case: str) -> None:
    outcome, changes, expected = MISSING[case]
    said = talked("2026-07-06 10:00", Outcome.WON, "2026-07-14 14:00", gate=Gate(True, True, True, True))
    event = replace(said, outcome=outcome, **changes)
    assert [(each.field, each.rule) for each in missing_answers(event, now=event.at)] == expected


def test_B5_thinking_asks_for_what_is_behind_it() -> None:
    event = talked("2026-07-06 10:00", Outcome.THINKING, "2026-07-14 14:00")
    assert [(each.field, each.rule) for each in missing_answers(event, now=event.at, has_objection=False)] == [
        ("objections", "B5")
    ]
    assert missing_answers(event, now=event.at, has_objection=True) == ()


def test_A1_nobody_reached_means_no_outcome() -> None:
    event = replace(unanswered("2026-07-06 10:00"), outcome=Outcome.LOST)
    assert [each.field for each in missing_answers(event, now=event.at)] == ["outcome"]


def test_every_ending_has_one_key_of_its_own() -> None:
    keys = [each.hotkey for each in (*OUTCOMES, *MACHINE_RESULTS)]
    assert len(keys) == len(set(keys))
    assert {each.outcome for each in OUTCOMES} == set(Outcome)
    assert {each.machine for each in MACHINE_RESULTS} == set(MachineResult) - {MachineResult.ANSWERED}
