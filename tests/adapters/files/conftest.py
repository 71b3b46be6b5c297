"""Opens bytes the way the import does."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from ringback.adapters.files import Options, Table, open_table
from ringback.domain.columns import count_known

Open = Callable[..., Table]


@pytest.fixture
def opened() -> Open:
    def open_bytes(content: bytes | str, **options: object) -> Table:
        raw = content.encode() if isinstance(content, str) else content
        return open_table(io.BytesIO(raw), count_known, options=Options(**options))  # type: ignore[arg-type]

    return open_bytes
