"""The cast, for every test of an action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ringback.queries.call_maps import map_value
from ringback.queries.library import cadence_value
from tests.cast import Cast, cast


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
    return cast()
