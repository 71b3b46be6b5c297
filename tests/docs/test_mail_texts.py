"""The tables of docs/mail-texts.md are what the code knows."""

from __future__ import annotations

import re
from pathlib import Path

from ringback.adapters.texts import names_in
from ringback.domain.mail.texts import KINDS, VARIABLES
from ringback.domain.vocabulary import Situation

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "mail-texts.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_every_variable_is_explained() -> None:
    expected = [[f"`{each.name}`", f"{each.meaning} (a list)" if each.is_list else each.meaning] for each in VARIABLES]
    assert rows("What a text may name") == expected


def test_what_each_kind_has_to_say_is_told() -> None:
    def groups(cell: str) -> list[list[str]]:
        return [re.findall(r"`(\w+)`", group) for group in cell.split(";") if "`" in group]

    told = [(row[0], row[1], groups(row[2]), groups(row[3]), row[4]) for row in rows("What each kind has to say")]
    assert told == [
        (
            kind.title,
            "`cadence/step`" if kind.situation is Situation.STEP else f"`{kind.situation}`",
            [list(group) for group in kind.subject],
            [list(group) for group in kind.body],
            kind.rule,
        )
        for kind in KINDS
    ]


def test_its_example_is_a_text() -> None:
    (example,) = re.findall(r"```liquid\n(.*?)```", PAGE, re.DOTALL)
    assert names_in(example) == {"phone", "needs"}
