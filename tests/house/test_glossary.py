"""The glossary and the code use the same words."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import pytest

from ringback.domain import vocabulary

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
WORD_SETS = {
    name: each for name, each in vars(vocabulary).items() if isinstance(each, type) and issubclass(each, StrEnum)
}
WORD_SETS.pop("StrEnum")


def sections() -> dict[str, str]:
    _, *parts = re.split(r"^## (.+)$", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_set_of_words_has_its_section_and_no_other() -> None:
    assert set(sections()) == {"Things", *WORD_SETS}


@pytest.mark.parametrize("name", WORD_SETS)
def test_every_word_has_its_line_in_the_order_of_the_code(name: str) -> None:
    lines = re.findall(r"^\| `([a-z_]+)` \| \S.* \|$", sections()[name], re.MULTILINE)
    assert lines == [str(word) for word in WORD_SETS[name]]
