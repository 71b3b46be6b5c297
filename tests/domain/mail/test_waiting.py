"""Why a written mail has not left yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ringback.domain.mail.waiting import Reason, Waiting, WaitsFor, reason_to_wait

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SOON, LATER, PAST = NOW + 5 * MINUTE, NOW + 30 * MINUTE, NOW - MINUTE


def waiting(**facts: Any) -> Waiting:
    usual = {
        "under_way": False,
        "due_at": PAST,
        "attempts": 0,
        "paused": False,
        "retry_at": None,
        "rests_until": None,
    }
    return Waiting(**{**usual, **facts})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Reason(WaitsFor.TURN)),
        ({"due_at": SOON}, Reason(WaitsFor.MOMENT, SOON)),
        ({"due_at": SOON, "attempts": 2}, Reason(WaitsFor.AGAIN, SOON)),
        ({"retry_at": SOON}, Reason(WaitsFor.TROUBLE, SOON)),
        ({"retry_at": PAST}, Reason(WaitsFor.TURN)),
        ({"due_at": SOON, "retry_at": LATER}, Reason(WaitsFor.TROUBLE, LATER)),
        ({"due_at": LATER, "retry_at": SOON}, Reason(WaitsFor.MOMENT, LATER)),
        ({"rests_until": SOON}, Reason(WaitsFor.CAP, SOON)),
        ({"rests_until": PAST}, Reason(WaitsFor.TURN)),
        ({"rests_until": SOON, "due_at": LATER}, Reason(WaitsFor.MOMENT, LATER)),
        ({"paused": True, "due_at": LATER, "retry_at": SOON}, Reason(WaitsFor.MAILBOX)),
        ({"under_way": True, "paused": True}, Reason(WaitsFor.BEING_SENT)),
    ],
)
def test_a_mail_waits_for(facts: dict[str, Any], expected: Reason) -> None:
    assert reason_to_wait(waiting(**facts), NOW) == expected
