"""Talks that collide: only one of two can be called on its minute (B1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ringback.domain.clash import AgreedTalk, clashing
from ringback.domain.policy import Policy

THREE = datetime(2026, 11, 24, 15, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def talk(minutes: int, name: str = "Sofia") -> AgreedTalk:
    return AgreedTalk(THREE + timedelta(minutes=minutes), name)


@pytest.mark.parametrize(
    ("talks", "found"),
    [
        pytest.param([], None, id="B1 nothing agreed"),
        pytest.param([talk(0)], talk(0), id="B1 the same minute"),
        pytest.param([talk(-14)], talk(-14), id="B1 the other is still going on"),
        pytest.param([talk(14)], talk(14), id="B1 the other begins before this ends"),
        pytest.param([talk(-15), talk(15)], None, id="B1 one after the other"),
        pytest.param([talk(10), talk(-5)], talk(-5), id="B1 the nearest of several"),
        pytest.param([talk(5, "b"), talk(-5, "a")], talk(-5, "a"), id="B1 of two as near the earlier"),
    ],
)
def test_talk_that_overlaps_is_found(talks: list[AgreedTalk], found: AgreedTalk | None) -> None:
    assert clashing(THREE, talks, QUARTER) == found


@pytest.mark.parametrize(("set_to", "kept"), [(10, 15), (15, 15), (45, 45)])
def test_talk_takes_what_the_house_says_but_no_less_than_its_calendar_entry(set_to: int, kept: int) -> None:
    assert Policy(talk_minutes=set_to).talk_length == timedelta(minutes=kept)
