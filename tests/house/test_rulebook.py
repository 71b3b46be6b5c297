"""Every rule of selling that the product keeps is named by a test that would fail without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

PARTS = {"A": 15, "B": 7, "C": 6, "D": 3, "E": 3}
RULES = [f"{part}{number}" for part, count in PARTS.items() for number in range(1, count + 1)]
COVERED = "A1 A2 A3 A4 A5 A7 A8 A9 A10 A11 A12 A13 A14 A15 B1 B2 B3 B4 B5 B6 B7 C1 C2 C3 C4 C5 C6 D1 D2".split()  # noqa: SIM905 - reads as the rulebook does


def named_in_tests() -> set[str]:
    found: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        if "house" not in path.parts:
            # As a word of its own ("C3"), or as part of a test's name (test_c3_…).
            text = path.read_text(encoding="utf-8")
            found.update(re.findall(r"(?<![A-Za-z0-9])([A-E]1?\d)(?![0-9A-Za-z])", text))
            found.update(name.upper() for name in re.findall(r"_([a-e]1?\d)(?=[_(])", text))
    return found


@pytest.mark.parametrize("rule", COVERED)
def test_rule_is_named_by_a_test(rule: str) -> None:
    assert rule in named_in_tests()


def test_covered_rules_exist() -> None:
    assert set(COVERED) <= set(RULES)
