"""The examples of docs/commands.md and docs/ladders.md: read, run, compared; or written anew.

To write what the commands print now into the pages: RINGBACK_WRITE_DOCS=1 python -m pytest tests/docs
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from ringback.config.cli import module_of
from ringback.management import planning

DOCS = Path(__file__).resolve().parents[2] / "docs"
WRITING = os.environ.get("RINGBACK_WRITE_DOCS") == "1"
BLOCK = re.compile(r"```console\n\$ ringback (?P<command>.*?)\n(?P<output>.*?)```", re.DOTALL)
TABLE = re.compile(r"```csv\n(?P<text>.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    command: str
    output: str


def examples(page: str) -> list[Example]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return [Example(each["command"], each["output"]) for each in BLOCK.finditer(text)]


def list_file(page: str) -> str:
    found = TABLE.search((DOCS / page).read_text(encoding="utf-8"))
    assert found, "the page shows no list to import"
    return found["text"]


def run(command: str) -> str:
    """What the command prints on its output."""
    name, *words = shlex.split(command)
    said = io.StringIO()
    if name == "plan":
        with contextlib.redirect_stdout(said):
            assert planning.main(words) == 0
    else:
        module = module_of(name)
        assert module, name
        call_command(module, *words, stdout=said, stderr=io.StringIO())
    return said.getvalue().rstrip("\n") + "\n"


def run_all(shown: list[Example]) -> dict[str, str]:
    """One after the other. Numbers differ from database to database: `undo` takes the one that was printed last."""
    outputs: dict[str, str] = {}
    for each in shown:
        command = each.command
        if command.startswith("undo "):
            command = re.sub(r"\d+", re.findall(r'"arrangement": (\d+)', "".join(outputs.values()))[-1], command)
        outputs[each.command] = run(command)
    return outputs


def write(page: str, outputs: dict[str, str]) -> None:
    """Put the outputs in the place of those that the page shows."""
    path = DOCS / page
    text = BLOCK.sub(
        lambda found: f"```console\n$ ringback {found['command']}\n{outputs[found['command']]}```",
        path.read_text(encoding="utf-8"),
    )
    path.write_text(text, encoding="utf-8")


def shape(output: str) -> Any:
    """What must not change: of JSON every key and kind of value; of text the words without numbers."""
    try:
        return kinds(json.loads(output))
    except ValueError:
        return " ".join(re.sub(r"\d+", "#", output).split())


def kinds(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: kinds(each) for name, each in value.items()}
    if isinstance(value, list):
        return [kinds(each) for each in value]
    return type(value).__name__
