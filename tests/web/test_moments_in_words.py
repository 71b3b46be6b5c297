"""“next Tuesday 3pm”: read as a proposal, or refused in words."""

from __future__ import annotations

import pytest

from ringback.web.calls.in_words import read_words
from tests.cast import NOW

ROME = "Europe/Rome"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("next tuesday 3pm", "2026-11-24T15:00"),
        ("tuesday at 3", "2026-11-24T15:00"),
        ("tomorrow 15:00", "2026-11-24T15:00"),
        ("today 17:30", "2026-11-23T17:30"),
        ("friday at 9", "2026-11-27T09:00"),
        ("friday 00:00", "2026-11-27T00:00"),
        ("in 2 hours", "2026-11-23T12:00"),
        ("3.12. 10:00", "2026-12-03T10:00"),
    ],
)
def test_words_are_read_on_the_prospects_clock(said: str, meant: str) -> None:
    found = read_words(said, zone=ROME, now=NOW)
    assert (f"{found.naive:%Y-%m-%dT%H:%M}" if found.naive else found.problem) == meant


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("some time soon", "Not understood"),
        ("tomorrow", "And at what time?"),
        ("friday", "And at what time?"),
        ("next week", "Not understood"),
        ("today 7:30", "has passed"),
        ("28 march 2027 02:30", "does not exist"),
        ("1 june 2039 10:00", "two years"),
    ],
)
def test_words_that_are_no_exact_moment_are_refused(said: str, problem: str) -> None:
    found = read_words(said, zone=ROME, now=NOW)
    assert found.naive is None
    assert problem in found.problem


def test_nothing_said_is_nothing_wrong() -> None:
    found = read_words("  ", zone=ROME, now=NOW)
    assert (found.naive, found.problem) == (None, "")
