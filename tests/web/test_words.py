"""Words for what is stored as a code."""

from __future__ import annotations

import pytest

from ringback.web.words import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "English"), ("DE", "German"), ("de-AT", "German"), ("it", "Italian"), ("xx", "xx"), ("", "")],
)
def test_a_language_is_called_by_its_name(code: str, name: str) -> None:
    assert language_name(code) == name
