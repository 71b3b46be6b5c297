"""Every command, run for everybody, about what belongs to Rosa of team North.

Otto is a rep of team South and Mara its manager; Max is North's manager, Ada the admin. What names no person is for
whoever sits at the machine. A command without a line here fails the test.
"""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import transaction

from ringback.config.cli import COMMANDS, WITHOUT_DJANGO, module_of
from ringback.domain.vocabulary import Role
from ringback.models import Arrangement, Prospect
from tests.actions.rows import snapshot
from tests.cast import Cast, member

AT = "2026-11-23T09:02:00Z"
OF_THE_MACHINE = {"serve", "web", "work", "demo", "plan", "cadences", "mail", "check-sender", "doctor"}
Told = Callable[[Cast, Path, str], list[str]]


def wrapping_up(them: Cast, folder: Path, who: str) -> list[str]:
    return ["wrap_up", str(them.sofia.pk), "--outcome", "no_answer", "--at", AT, "--as", who]


def undoing(them: Cast, folder: Path, who: str) -> list[str]:
    return ["undo", str(Arrangement.objects.filter(prospect=them.sofia).latest("pk").pk), "--as", who]


def importing_for_rosa(them: Cast, folder: Path, who: str) -> list[str]:
    file = folder / "list.csv"
    file.write_text("Name,Phone\nIvo Lind,+49 40 5550199\n")
    return ["import_file", str(file), "--as", who, "--owner", "rosa"]


def exporting(them: Cast, folder: Path, who: str) -> list[str]:
    return ["export", str(folder / who), "--as", who]


def the_day(them: Cast, folder: Path, who: str) -> list[str]:
    return ["today", "--rep", who, "--at", AT]


# What comes of it for Otto, Mara, Rosa, Max, Ada: how it ends, or how many of Rosa's prospects it shows.
EVERYBODY: dict[str, tuple[Told, tuple[int, ...]]] = {
    "wrap-up": (wrapping_up, (2, 2, 0, 0, 0)),
    "undo": (undoing, (2, 2, 0, 0, 0)),
    "import": (importing_for_rosa, (1, 1, 0, 0, 0)),
}
SHOWING: dict[str, tuple[Told, Callable[[Any], int], tuple[int, ...]]] = {
    "today": (the_day, lambda told: len(told["entries"]), (0, 0, 3, 0, 0)),
    "export": (exporting, lambda told: int(told["files"]["prospects.csv"]), (0, 0, 3, 3, 3)),
}


@pytest.fixture
def names(them: Cast) -> tuple[str, ...]:
    member("mara", "Mara Silva", Role.MANAGER, them.otto.team)
    return "otto", "mara", "rosa", "max", "ada"


def ended(words: list[str]) -> tuple[int, Any]:
    """The exit code and what was printed; whatever it wrote is taken back, so that everybody meets the same house."""
    said, before = io.StringIO(), transaction.savepoint()
    code = 0
    try:
        call_command(*words, "--json", stdout=said, stderr=io.StringIO())
    except CommandError as refused:
        code = refused.returncode
    except SystemExit as left:
        code = int(left.code or 0)
    transaction.savepoint_rollback(before)
    return code, json.loads(said.getvalue() or "null")


def test_every_command_has_its_line() -> None:
    assert {*OF_THE_MACHINE, *EVERYBODY, *SHOWING} == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(OF_THE_MACHINE - set(WITHOUT_DJANGO)))
def test_what_is_of_the_machine_acts_for_nobody(name: str) -> None:
    parser = load_command_class("ringback", str(module_of(name))).create_parser("ringback", name)
    assert isinstance(parser, ArgumentParser)
    assert not {"--as", "--rep"} & set(parser._option_string_actions)


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_command_for_everybody(name: str, them: Cast, names: tuple[str, ...], tmp_path: Path) -> None:
    words, codes = EVERYBODY[name]
    assert tuple(ended(words(them, tmp_path, who))[0] for who in names) == codes


@pytest.mark.parametrize("name", SHOWING)
def test_each_command_shows_what_one_may_see(name: str, them: Cast, names: tuple[str, ...], tmp_path: Path) -> None:
    words, count, shown = SHOWING[name]
    assert tuple(count(ended(words(them, tmp_path, who))[1]) for who in names) == shown


@pytest.mark.parametrize("name", EVERYBODY)
def test_refused_commands_change_nothing(name: str, them: Cast, names: tuple[str, ...], tmp_path: Path) -> None:
    words, codes = EVERYBODY[name]
    before, people = snapshot(), Prospect.objects.count()
    for who, code in zip(names, codes, strict=True):
        if not code:
            continue
        with pytest.raises((CommandError, SystemExit)):
            call_command(*words(them, tmp_path, who), stdout=io.StringIO(), stderr=io.StringIO())
    assert Prospect.objects.count() == people
    assert {name: rows for name, rows in snapshot().items() if name != "importrun"} == {
        name: rows for name, rows in before.items() if name != "importrun"
    }
