from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ringback.management.cadence_files import problems_of
from tests.cast import Cast

KNOWN = {"general"}
GOOD = """
name = "mine"
rule = "X1"
title = "Mine"
[[steps]]
id = "one"
channel = "call"
why = "Because."
[end]
kind = "hand over"
to = "general"
"""

WRONG = {
    "not TOML": ("name = ", "", "is not TOML"),
    "misspelt field": (GOOD.replace("why", "wy"), "steps[1].wy", "is no field of a cadence"),
    "unknown word": (GOOD.replace('"call"', '"cal"'), "steps[1].channel", "did you mean “call”"),
    "no such wait": (GOOD.replace("why", 'wait = "3 bussiness days"\nwhy'), "steps[1].wait", "did you mean"),
    "nowhere to hand over to": (GOOD.replace('"general"', '"generl"'), "end.to", "did you mean “general”"),
    "no steps": ('name = "mine"\nrule = "X1"\ntitle = "Mine"\n[end]\nkind = "release"\n', "steps", "at least one step"),
}


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_good_file_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(written(tmp_path, GOOD), KNOWN) == ()


@pytest.mark.parametrize("case", WRONG)
def test_problem_names_file_field_and_what_was_meant(case: str, tmp_path: Path) -> None:
    text, field, said = WRONG[case]
    file = written(tmp_path, text)
    fitting = [each for each in problems_of(file, KNOWN) if each.field == field and said in each.message]
    assert fitting, problems_of(file, KNOWN)
    assert str(fitting[0]).startswith(f"{file}: ")


def test_unreadable_files_are_problems_not_crashes(tmp_path: Path) -> None:
    binary = tmp_path / "photo.toml"
    binary.write_bytes(b"\xff\xd8\xff\xe0")
    huge = written(tmp_path, "#" * 1_000_001)
    said = [problems_of(path, KNOWN)[0].message for path in (tmp_path / "nix.toml", tmp_path, binary, huge)]
    assert said == [
        "there is no such file",
        "is a folder, not a file",
        "is not text in UTF-8",
        "is larger than a megabyte; a cadence has a few kilobytes",
    ]


@pytest.mark.django_db
def test_check_ends_with_one_and_tells_as_json(tmp_path: Path) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("cadences", "check", str(written(tmp_path, WRONG["unknown word"][0])), "--json", stdout=said)
    assert ended.value.code == 1
    assert [set(each) for each in json.loads(said.getvalue())] == [{"file", "field", "message"}]


@pytest.mark.django_db
def test_check_without_a_file_is_a_wrong_command_line() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("cadences", "check")
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_list_is_the_library_while_nothing_is_published() -> None:
    said = io.StringIO()
    call_command("cadences", "--json", stdout=said)
    listed = {each["name"]: each for each in json.loads(said.getvalue())}
    assert listed["general"]["rule"] == "C4"
    assert {each["version"] for each in listed.values()} == {None}


def test_list_of_an_unknown_name_says_how_to_check_a_file(them: Cast) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("cadences", "list", "mine.toml")
    assert refused.value.returncode == 2
    assert "cadences check FILE" in str(refused.value)


def test_list_tells_versions_and_steps(them: Cast) -> None:
    said = io.StringIO()
    call_command("cadences", "--json", stdout=said)
    listed = {each["name"]: each for each in json.loads(said.getvalue())}
    patient = listed["missed-appointment-patient"]
    assert (patient["version"], patient["built_in"], patient["end"]) == (1, True, {"kind": "release", "to": ""})
    assert patient["steps"][3] == {"id": "persistent", "channel": "call", "wait": "3 business days", "repeat": 4}
    assert listed["warm-first-voicemail"]["inside"] == len(them.prospects)
