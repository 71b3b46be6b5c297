"""For tests of commands that read and write the database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ringback.queries.library import cadence_value
from tests.cast import Cast, cast


@pytest.fixture
def them(db: None) -> Iterator[Cast]:
    """The cast. Cadences are read anew: a rolled-back test gives its row numbers to the next one."""
    cadence_value.cache_clear()
    yield cast()
    cadence_value.cache_clear()
