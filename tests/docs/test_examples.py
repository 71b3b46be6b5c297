"""Whatever the documentation shows a command print, it prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ringback.queries.library import cadence_value
from tests.cast import cast
from tests.docs.examples import WRITING, examples, list_file, run, run_all, shape, write


@pytest.fixture
def a_house(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The cast's firm, standing in a folder with the list that the page shows."""
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(list_file("commands.md"), encoding="utf-8")
    cadence_value.cache_clear()
    cast()
    yield
    cadence_value.cache_clear()


def test_ladders_page_is_what_plan_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    shown = examples("ladders.md")
    outputs = {each.command: run(each.command) for each in shown}
    if WRITING:
        write("ladders.md", outputs)
    else:
        assert {each.command: each.output for each in shown} == outputs
    assert {each.command.split()[1] for each in shown} == {"C1", "C2", "C3", "C4"}


@pytest.mark.usefixtures("a_house")
def test_commands_page_shows_what_the_commands_print() -> None:
    shown = examples("commands.md")
    outputs = run_all(shown)
    if WRITING:
        write("commands.md", outputs)
    else:
        assert {each.command: shape(each.output) for each in shown} == {
            command: shape(output) for command, output in outputs.items()
        }


def test_commands_page_shows_every_command_with_json() -> None:
    told = {each.command.split()[0] for each in examples("commands.md") if "--json" in each.command}
    assert told >= {"today", "wrap-up", "undo", "plan", "cadences", "import", "export"}
