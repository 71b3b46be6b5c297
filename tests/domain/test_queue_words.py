"""Why each line of the queue stands where it stands, in words."""

from datetime import timedelta

import pytest

from ringback.domain.ranking import Entry
from ringback.domain.vocabulary import Channel, TouchKind
from tests.domain.clock import instant
from tests.domain.queue import NOW, ago, entry, ranked

TEN = instant("2025-03-05 10:00")


@pytest.mark.parametrize(
    ("line", "why", "rule"),
    [
        pytest.param(
            entry(kind=TouchKind.APPOINTMENT, due_at=TEN),
            "Agreed for 10:00, 3 minutes ago: call now",
            "B1",
            id="B1-late",
        ),
        pytest.param(entry(kind=TouchKind.APPOINTMENT, due_at=NOW), "Agreed for 10:03: call now", "B1", id="B1-now"),
        pytest.param(
            entry(kind=TouchKind.APPOINTMENT, due_at=NOW + timedelta(minutes=2)),
            "Agreed for 10:05: get ready, it begins in 2 minutes",
            "B1",
            id="B1-soon",
        ),
        pytest.param(
            entry(kind=TouchKind.APPOINTMENT, due_at=instant("2025-03-04 16:00")),
            "Agreed for yesterday 16:00, 18 hours ago: call now",
            "B1",
            id="B1-yesterday",
        ),
        pytest.param(
            entry(kind=TouchKind.CALL_BACK, due_at=NOW), "Promised call-back at 10:03", "A2", id="A2-call-back"
        ),
        pytest.param(
            entry(kind=TouchKind.CALL_BACK, due_at=instant("2025-03-05 09:03")),
            "Promised call-back at 09:03, 1 hour ago",
            "A2",
            id="A2-call-back-late",
        ),
        pytest.param(
            entry(kind=TouchKind.NEW_LEAD, came_in_at=ago(minutes=4)),
            "Warm lead, came in 4 minutes ago: speed matters",
            "A14",
            id="A14-fresh",
        ),
        pytest.param(
            entry(kind=TouchKind.NEW_LEAD, due_at=ago(seconds=20)),
            "Warm lead, came in a moment ago: speed matters",
            "A14",
            id="A14-arrival-unknown",
        ),
        pytest.param(
            entry(kind=TouchKind.NEW_LEAD, came_in_at=instant("2025-03-03 22:15")),
            "Warm lead, waiting since Monday 22:15",
            "A14",
            id="A14-old",
        ),
        pytest.param(
            entry(kind=TouchKind.RETRY, attempt=2, last_try_at=TEN),
            "Second try: nobody answered at 10:00",
            "D3",
            id="D3-retry",
        ),
        pytest.param(
            entry(kind=TouchKind.RETRY, attempt=3, last_try_at=instant("2025-03-04 16:46")),
            "Third try: nobody answered yesterday at 16:46",
            "D3",
            id="D3-retry-after-yesterday",
        ),
        pytest.param(
            entry(kind=TouchKind.RETRY, attempt=3, last_try_at=instant("2025-02-27 16:46")),
            "Third try: nobody answered on Thursday at 16:46",
            "D3",
            id="D3-retry-after-days",
        ),
        pytest.param(entry(kind=TouchKind.RETRY, attempt=12), "12th try, due at 10:00", "D3", id="D3-last-try-unknown"),
        pytest.param(entry(kind=TouchKind.RETRY, attempt=22), "22nd try, due at 10:00", "D3", id="D3-ordinal"),
        pytest.param(
            entry(value=25_000, due_at=instant("2025-03-03 14:00")),
            "Worth 25,000 and due since Monday",
            "A15",
            id="A15-value",
        ),
        pytest.param(entry(), "No value noted yet, due at 10:00", "A15", id="A15-no-value"),
        pytest.param(entry(kind=TouchKind.COMMITMENT, channel=Channel.TASK), "Promised for today", "A3", id="A3-today"),
        pytest.param(
            entry(kind=TouchKind.COMMITMENT, channel=Channel.TASK, due_at=instant("2025-03-04 12:00")),
            "Promised for yesterday and still open",
            "A3",
            id="A3-overdue",
        ),
        pytest.param(
            entry(
                kind=TouchKind.COMMITMENT,
                channel=Channel.TASK,
                due_at=instant("2025-03-05 01:00"),
                zone="America/New_York",
            ),
            "Promised for yesterday and still open",
            "A3",
            id="A3-the-day-is-the-prospects",
        ),
        pytest.param(
            entry(kind=TouchKind.REVIEW, channel=Channel.TASK),
            "Decide whether this lead is still worth your time, due at 10:00",
            "E3",
            id="E3-review",
        ),
        pytest.param(entry(channel=Channel.CHAT), "Chat message to write, due at 10:00", "C4", id="C4-chat"),
        pytest.param(
            entry(kind=TouchKind.THANK_YOU, channel=Channel.CARD, latest_at=instant("2025-03-06 16:00")),
            "Card to write: it must be posted by tomorrow 16:00 to arrive in time",
            "A5",
            id="A5-card",
        ),
        pytest.param(
            entry(value=2, due_at=instant("2025-02-20 09:00")),
            "Worth 2 and due since 20 February; moved up after waiting 13 days",
            "A15",
            id="A15-weeks-ago",
        ),
    ],
)
def test_each_line_says_why_it_stands_where_it_stands(line: Entry, why: str, rule: str) -> None:
    (only,) = ranked(line).offered
    assert (only.why, only.rule) == (why, rule)
