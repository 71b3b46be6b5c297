"""When a call is permitted where the zone is not known for sure (C6, “Unknown zone: the intersection”)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from ringback.domain.call_hours import Window, first_open
from ringback.domain.contact_policy import CallHours, call_hours, next_day_part
from tests.domain.clock import instant, reading

NEW_YORK, CHICAGO, LOS_ANGELES = "America/New_York", "America/Chicago", "America/Los_Angeles"
BERLIN, AUCKLAND = "Europe/Berlin", "Pacific/Auckland"
NOW = datetime(2026, 7, 6, 6, 0, tzinfo=UTC)
OFFICE = Window(time(9), time(18))
LEGAL = Window(time(8), time(20))


def hours(*zones: str, window: Window = OFFICE, legal: Window = LEGAL) -> CallHours:
    return call_hours(
        zones,
        house_zone=BERLIN,
        window=window,
        hard_stop=legal,
        workdays=frozenset(range(5)),
        holidays={date(2026, 7, 7): "Fair"},
        now=NOW,
    )


ALL_THREE = "Time zone unknown: these hours suit all 3 that are possible."
ALL_TWO = "Time zone unknown: these hours suit all 2 that are possible."
HOUSE = "Time zone unknown: the house's own is assumed."
LEGAL_ONLY = "Time zone unknown: only the legal hours suit all that are possible."
NONE_SUITS = "Time zone unknown, and no hour suits all that are possible: the house's own is assumed."
UNKNOWN = {
    "C6-known": ((NEW_YORK,), "2026-07-06 09:00", NEW_YORK, ""),
    "C6-three-zones-of-one-country": ((NEW_YORK, CHICAGO, LOS_ANGELES), "2026-07-06 12:00", NEW_YORK, ALL_THREE),
    "C6-same-clock-under-two-names": ((BERLIN, "Europe/Rome"), "2026-07-06 09:00", BERLIN, ""),
    "C6-far-apart-fits-the-legal-hours-alone": ((LOS_ANGELES, BERLIN), None, LOS_ANGELES, LEGAL_ONLY),
    "C6-near-enough-in-July-but-not-in-January": (
        ("Africa/Cairo", "Australia/Sydney"),
        None,
        "Africa/Cairo",
        LEGAL_ONLY,
    ),
    "C6-so-far-apart-that-nothing-fits": ((LOS_ANGELES, AUCKLAND), "2026-07-06 09:00", BERLIN, NONE_SUITS),
    "C6-nothing-known": ((), "2026-07-06 09:00", BERLIN, HOUSE),
    "C6-a-zone-that-is-no-more": (("Europe/Atlantis",), "2026-07-06 09:00", BERLIN, HOUSE),
    "C6-one-zone-that-is-no-more": (("Europe/Atlantis", CHICAGO), "2026-07-06 09:00", CHICAGO, ""),
    "C6-two": ((NEW_YORK, CHICAGO), "2026-07-06 10:00", NEW_YORK, ALL_TWO),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_possible_zones(case: str) -> None:
    zones, opens, zone, doubt = UNKNOWN[case]
    found = hours(*zones)
    assert (found.calendar.zone, found.doubt) == (zone, doubt)
    first = first_open(NOW, found.calendar)
    assert found.calendar.is_open(first)
    if opens is not None:
        assert reading(first, zone) == opens


@pytest.mark.parametrize(
    ("window", "legal", "expected"),
    [
        pytest.param((8, 21), (9, 20), (9, 20), id="C6-law-narrows-the-house"),
        pytest.param((10, 16), (9, 20), (10, 16), id="C6-house-narrows-the-law"),
        pytest.param((5, 7), (9, 20), (9, 20), id="C6-house-outside-the-law-gives-way"),
    ],
)
def test_legal_hours(window: tuple[int, int], legal: tuple[int, int], expected: tuple[int, int]) -> None:
    found = hours(BERLIN, window=Window(*map(time, window)), legal=Window(*map(time, legal)))
    assert found.calendar.window == Window(*map(time, expected))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-07-06 09:30", "2026-07-06 12:00", id="C6-morning-to-afternoon"),
        pytest.param("2026-07-06 13:00", "2026-07-06 17:00", id="C6-afternoon-to-the-end"),
        pytest.param("2026-07-06 17:00", "2026-07-08 09:00", id="C6-end-of-the-day-over-the-fair"),
        pytest.param("2026-07-10 17:30", "2026-07-13 09:00", id="C6-end-of-the-week"),
        pytest.param("2026-07-05 11:00", "2026-07-06 12:00", id="C6-from-a-Sunday"),
    ],
)
def test_next_part_of_the_day(at: str, expected: str) -> None:
    assert reading(next_day_part(instant(at), hours(BERLIN).calendar)) == expected
