"""A rep with an empty day, and the means to plan touches for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from ringback.domain.ranking import lane_for
from ringback.domain.vocabulary import Channel, TouchKind
from ringback.models import Touch
from ringback.queries.call_maps import map_value
from ringback.queries.library import cadence_value
from tests.cast import NOW, ZONE, Cast, cast

Plan = Callable[..., Touch]


@pytest.fixture(autouse=True)
def _cadences_are_read_anew() -> Iterator[None]:
    """A rolled-back test gives its row numbers to the next one, whose cadences may be others."""
    cadence_value.cache_clear()
    map_value.cache_clear()
    yield
    cadence_value.cache_clear()
    map_value.cache_clear()


@pytest.fixture
def them(db: None) -> Cast:
    """In no cadence: nothing is planned for anybody."""
    return cast(people=3, cadence="")


@pytest.fixture
def plan(them: Cast) -> Plan:
    """An open touch for one of Rosa's prospects, due an hour ago unless said otherwise."""

    def planned(
        whose: int = 0, kind: TouchKind = TouchKind.CADENCE, channel: Channel = Channel.CALL, **columns: Any
    ) -> Touch:
        prospect, value = them.prospects[whose], columns.pop("value", 5_000)
        usual: dict[str, Any] = {
            "owner": them.rosa,
            "title": "Call",
            "zone": prospect.zone or ZONE,
            "due_at": NOW - timedelta(hours=1),
            "planned_at": NOW,
            "because_rule": "C4",
            "because_text": "Day 7.",
        }
        lane = lane_for(kind, channel, value)
        return Touch.objects.create(
            prospect=prospect, kind=kind, channel=channel, lane=lane, value=value, **{**usual, **columns}
        )

    return planned
