"""For tests that make a company."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ringback.queries.library import cadence_value


@pytest.fixture(autouse=True)
def _cadences_are_read_anew() -> Iterator[None]:
    """A rolled-back test gives its row numbers to the next one, whose cadences may be others."""
    cadence_value.cache_clear()
    yield
    cadence_value.cache_clear()
