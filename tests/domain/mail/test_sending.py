"""When a mail may leave, and when it is tried again (A7, C5, C6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from ringback.domain.call_hours import Window, WorkCalendar
from ringback.domain.mail.sending import (
    MOST_ATTEMPTS,
    Go,
    Hold,
    Leaving,
    Wait,
    Withdraw,
    allowance_ends,
    keeps_hours,
    latest_moment,
    mailbox_rests,
    may_leave,
    next_attempt,
)
from ringback.domain.vocabulary import AppointmentState, ProspectState, Situation, TouchState

# Thursday 9 July 2026, 11:00 in Berlin.
NOW = datetime(2026, 7, 9, 9, 0, tzinfo=UTC)
BERLIN = WorkCalendar(zones=("Europe/Berlin",), window=Window(time(9), time(18)))
PLAIN = Leaving(
    situation=Situation.REMINDER,
    due_at=NOW - timedelta(minutes=1),
    latest_at=NOW + timedelta(hours=3),
    touch=TouchState.OPEN,
    appointment=AppointmentState.AGREED,
    prospect=ProspectState.OPEN,
    suppressed=False,
    address_failed=False,
)
GONE = "The appointment that it speaks of is no more."
DONE = "What it was for is done or cancelled."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, Go(), id="A7-as-planned"),
        pytest.param({"suppressed": True}, Withdraw("They asked not to be written to."), id="C5-opted-out"),
        pytest.param({"touch": TouchState.CANCELLED}, Withdraw(DONE), id="C5-ladder-stopped"),
        pytest.param({"touch": TouchState.DONE}, Withdraw(DONE), id="C6-done-by-hand"),
        pytest.param({"touch": TouchState.EXPIRED}, Withdraw(DONE), id="A7-expired"),
        pytest.param({"appointment": AppointmentState.CANCELLED}, Withdraw(GONE), id="A7-appointment-cancelled"),
        pytest.param({"appointment": AppointmentState.MISSED}, Withdraw(GONE), id="A7-appointment-missed"),
        pytest.param({"appointment": None}, Withdraw(GONE), id="A7-appointment-taken-back"),
        pytest.param({"latest_at": NOW}, Go(), id="A7-last-moment"),
        pytest.param(
            {"latest_at": NOW - timedelta(seconds=1)}, Withdraw("Its moment has passed."), id="A7-outage-outlasted-it"
        ),
        pytest.param(
            {"address_failed": True}, Hold("Mail to this address came back. Choose another address."), id="C6-bounced"
        ),
        pytest.param(
            {"address_gone": True},
            Hold("The address was changed after this mail was written. Look at it once more, then send."),
            id="A4-address-was-taken-out",
        ),
        pytest.param({"address_gone": True, "touch": None, "situation": Situation.OWN}, Go(), id="C6-written-by-hand"),
        pytest.param(
            {"situation": Situation.OWN, "touch": None, "appointment": None, "prospect": ProspectState.CLOSED},
            Withdraw("The lead was closed."),
            id="C6-closed-stays-closed",
        ),
        pytest.param(
            {"situation": Situation.CANCELLATION, "appointment": AppointmentState.CANCELLED},
            Go(),
            id="A4-cancellation-speaks-of-a-cancelled-one",
        ),
        pytest.param(
            {"situation": Situation.STEP, "appointment": None, "latest_at": NOW - timedelta(seconds=1)},
            Hold("It should have gone days ago and its words may no longer fit: read it, then send or skip it."),
            id="C3-stale-words-are-read-first",
        ),
        pytest.param(
            {"suppressed": True, "touch": TouchState.CANCELLED, "address_failed": True},
            Withdraw("They asked not to be written to."),
            id="C5-before-anything-else",
        ),
    ],
)
def test_may_leave(changes: dict[str, object], expected: object) -> None:
    assert may_leave(replace(PLAIN, **changes), BERLIN, NOW) == expected  # type: ignore[arg-type]


NIGHT = datetime(2026, 7, 9, 1, 30, tzinfo=UTC)
STEP = replace(PLAIN, situation=Situation.STEP, appointment=None, latest_at=None)


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        pytest.param(
            replace(STEP, due_at=NIGHT - timedelta(hours=9)),
            Wait(datetime(2026, 7, 9, 7, 0, tzinfo=UTC)),
            id="C3-late-mail-keeps-their-hours",
        ),
        pytest.param(replace(STEP, due_at=NIGHT), Go(), id="C3-punctual-mail-goes-at-its-minute"),
        pytest.param(
            replace(PLAIN, due_at=NIGHT - timedelta(hours=9), latest_at=None), Go(), id="A4-agreement-waits-for-nothing"
        ),
    ],
)
def test_late_mail_of_a_cadence_keeps_their_hours(mail: Leaving, expected: object) -> None:
    assert may_leave(mail, BERLIN, NIGHT) == expected
    calendar = BERLIN if keeps_hours(mail, NIGHT) else None
    assert may_leave(mail, calendar, NIGHT) == expected


@pytest.mark.parametrize(
    ("situation", "latest_at", "expected"),
    [
        pytest.param(Situation.REMINDER, NOW, NOW - timedelta(hours=1), id="A7-not-in-the-last-hour"),
        pytest.param(Situation.CONFIRMATION, NOW, NOW, id="A4-until-it-begins"),
        pytest.param(Situation.SUMMARY, None, None, id="D1-always"),
        # Due on Thursday: until Friday 18:00 in Berlin.
        pytest.param(Situation.STEP, None, datetime(2026, 7, 10, 16, 0, tzinfo=UTC), id="C3-one-business-day"),
    ],
)
def test_latest_moment(situation: Situation, latest_at: datetime | None, expected: datetime | None) -> None:
    assert latest_moment(situation, NOW, latest_at, BERLIN) == expected


def test_a_server_that_says_not_now_is_asked_for_about_a_day() -> None:
    waits = [next_attempt(n, NOW) for n in range(1, MOST_ATTEMPTS)]
    minutes = [(at - NOW) // timedelta(minutes=1) for at in waits if at]
    assert minutes == [1, 5, 15, 30, 60, 120, 240, 240, 240, 240, 240]
    assert next_attempt(MOST_ATTEMPTS, NOW) is None
    assert timedelta(hours=20) < timedelta(minutes=sum(minutes)) < timedelta(hours=26)


def test_a_mailbox_in_trouble_rests_ever_longer_but_not_over_a_quarter_of_an_hour() -> None:
    rests = [(mailbox_rests(n, NOW) - NOW).total_seconds() for n in (1, 2, 3, 7, 1000)]
    assert rests == [30, 60, 120, 900, 900]


@pytest.mark.parametrize(
    ("sent", "cap", "expected"),
    [
        ((0, None), 2, None),
        ((1, NOW), 2, None),
        ((2, NOW - timedelta(seconds=40)), 2, NOW + timedelta(seconds=20)),
        ((5000, NOW), 0, None),
        pytest.param((2, None), 2, NOW + timedelta(seconds=5), id="all-on-their-way"),
    ],
)
def test_caps(sent: tuple[int, datetime | None], cap: int, expected: datetime | None) -> None:
    assert allowance_ends(sent, cap, timedelta(minutes=1), NOW) == expected
