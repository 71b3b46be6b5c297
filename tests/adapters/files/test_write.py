"""What we write can be opened in a spreadsheet without running anything, and read back as it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ringback.adapters.files import defuse_formula, restore_formula, write_rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+SUM(A1)", "-2+cmd|x", "@A1", "\t=1", " =1", "＝1", "'=1", "–1", "|calc", "\r=1"]
)
def test_formula_is_defused_and_comes_back(text):
    assert defuse_formula(text) == f"'{text}"
    assert restore_formula(defuse_formula(text)) == text


@pytest.mark.parametrize(
    "text", ["", "+49 30 123-45", "-12", "Anna", "'s-Hertogenbosch", "a=b", "1.5", "+1 (415) 555/2671"]
)
def test_harmless_text_is_untouched(text):
    assert defuse_formula(text) == text
    assert restore_formula(text) == text


def test_written_rows_are_rows(tmp_path):
    target = io.StringIO()
    assert write_rows(target, ["a", "b"], [["=1", None], ['x"y', 3]]) == 2
    assert list(csv.reader(io.StringIO(target.getvalue()))) == [["a", "b"], ["'=1", ""], ['x"y', "3"]]


def test_real_payloads(shared_data: Path):
    payloads = (shared_data / "security" / "csv_injection_payloads.txt").read_text().splitlines()
    naughty = json.loads((shared_data / "security" / "blns.json").read_text())
    for text in [*payloads, *naughty]:
        assert restore_formula(defuse_formula(text)) == text
        assert not defuse_formula(text).startswith(("=", "@", "+c", "-c", "\t", "\r"))
