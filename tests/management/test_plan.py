"""`ringback plan`: the ladders' dates worked out by hand, and every way to ask for nonsense."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ringback.management.planning import main

# What each ladder plans: (rule, start, zone, region, answers) → the touches as (step, channel, local reading).
PLANS = {
    "C1 over Thanksgiving": (
        ("C1", "2026-11-24T10:00", "America/Los_Angeles", "US-CA", ""),
        [
            ("on-time", "call", "2026-11-24T10:00:00-08:00"),
            ("again", "call", "2026-11-24T10:10:00-08:00"),
            ("half-day", "call", "2026-11-24T14:40:00-08:00"),
            ("persistent", "call", "2026-12-01T14:40:00-08:00"),
            ("persistent", "call", "2026-12-04T14:40:00-08:00"),
            ("persistent", "call", "2026-12-09T14:40:00-08:00"),
            ("persistent", "call", "2026-12-14T14:40:00-08:00"),
            ("last-word", "email", "2026-12-17T14:40:00-08:00"),
        ],
    ),
    "C1 and a busy line, once more after ten minutes": (
        ("C1", "2026-07-06T09:00Z", "Europe/Berlin", "", "busy,answered"),
        [("on-time", "call", "2026-07-06T11:00:00+02:00"), ("on-time", "call", "2026-07-06T11:10:00+02:00")],
    ),
    "C2 in the morning": (
        ("C2", "2026-07-07T10:00", "Europe/Berlin", "DE-BE", ""),
        [
            ("on-time", "call", "2026-07-07T10:00:00+02:00"),
            ("shortly-after", "call", "2026-07-07T10:05:00+02:00"),
            ("end-of-day", "call", "2026-07-07T17:00:00+02:00"),
        ],
    ),
    "C3 three tries within a day": (
        ("C3", "2026-07-07T09:30", "Europe/Berlin", "DE-BE", "voicemail,voicemail,voicemail,answered"),
        [
            ("first-call", "call", "2026-07-07T09:30:00+02:00"),
            ("first-mail", "email", "2026-07-07T09:40:00+02:00"),
            ("second-call", "call", "2026-07-07T14:00:00+02:00"),
            ("third-call", "call", "2026-07-08T09:00:00+02:00"),
            ("second-mail", "email", "2026-07-08T09:10:00+02:00"),
            ("connect", "social", "2026-07-09T09:10:00+02:00"),
            ("follow", "social", "2026-07-10T09:10:00+02:00"),
            ("fourth-call", "call", "2026-07-17T09:10:00+02:00"),
        ],
    ),
    "C4 day 1, 3, 7 (a Sunday), answered": (
        ("C4", "2026-07-06T10:00", "Europe/Berlin", "DE-BE", "no_answer,answered"),
        [
            ("day-1", "call", "2026-07-06T10:00:00+02:00"),
            ("day-3", "email", "2026-07-08T10:00:00+02:00"),
            ("day-7", "call", "2026-07-13T09:00:00+02:00"),
        ],
    ),
}


def arguments(asked: tuple[str, str, str, str, str]) -> list[str]:
    cadence, start, zone, region, answers = asked
    return [cadence, "--from", start, "--zone", zone, "--region", region, "--answers", answers]


@pytest.mark.parametrize("case", PLANS)
def test_plan_gives_the_ladders_moments(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked, expected = PLANS[case]
    assert main([*arguments(asked), "--json"]) == 0
    planned = json.loads(capsys.readouterr().out)
    assert [(each["step"], each["channel"], each["local"]) for each in planned] == expected


def test_plan_names_its_fields_and_says_the_instant_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    main([*arguments(PLANS["C2 in the morning"][0]), "--json"])
    first = json.loads(capsys.readouterr().out)[0]
    assert list(first) == [
        "step", "channel", "due_at", "local", "zone", "because", "repetition", "title", "answer",
    ]  # fmt: skip
    assert (first["due_at"], first["zone"]) == ("2026-07-07T08:00:00Z", "Europe/Berlin")
    assert first["because"]["rule"] == "C2"
    assert first["because"]["text"]


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("C1", "missed-appointment-patient"),
        ("c2", "missed-appointment-brief"),
        ("C3", "warm-first-voicemail"),
        ("C4", "general"),
    ],
)
def test_rule_and_name_mean_the_same_cadence(rule: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (rule, name):
        assert main([asked, "--from", "2026-07-07T10:00", "--zone", "Europe/Berlin", "--json"]) == 0
    out = capsys.readouterr().out
    assert out[: len(out) // 2] == out[len(out) // 2 :]


def test_file_is_planned_like_a_built_in_cadence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "mine"\nrule = "X1"\ntitle = "Mine"\n[[steps]]\nid = "one"\nchannel = "visit"\nwhy = "Look in."\n'
        '[end]\nkind = "release"\n'
    )
    assert main([str(file), "--from", "2026-07-07T10:00", "--zone", "Europe/Berlin", "--json"]) == 0
    assert [(each["channel"], each["answer"]) for each in json.loads(capsys.readouterr().out)] == [("visit", None)]


REFUSED = {
    "cadence": (["genral"], {}, "did you mean “general”"),
    "no file": (["nowhere.toml"], {}, "nowhere.toml: there is no such file"),
    "zone": ([], {"--zone": "Europe/Berln"}, "Europe/Berlin"),
    "region": ([], {"--region": "DE-XY"}, "did you mean"),
    "moment": ([], {"--from": "tomorrow"}, "write it like"),
    "moment that clocks skip": ([], {"--from": "2026-03-29T02:30"}, "did you mean 03:30"),
    "year": ([], {"--from": "9999-12-31T10:00"}, "lies outside the years"),
    "answer": ([], {"--answers": "no_anser"}, "did you mean “no_answer”"),
    "outcome as answer": ([], {"--answers": "appointment"}, "write “answered”"),
    "empty answer": ([], {"--answers": "busy,,busy"}, "is not how a call ends"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nonsense_is_refused_with_what_was_meant(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    cadence, changed, said = REFUSED[case]
    options = {"--from": "2026-07-06T10:00", "--zone": "Europe/Berlin"} | changed
    given = [part for pair in options.items() for part in pair]
    assert main([*(cadence or ["C4"]), *given]) == 2
    told = capsys.readouterr()
    assert said.lower() in told.err.lower()
    assert told.out == ""


def test_reading_that_comes_twice_is_taken_the_first_time_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    main(["C1", "--from", "2026-10-25T02:30", "--zone", "Europe/Berlin", "--json"])
    told = capsys.readouterr()
    assert json.loads(told.out)[0]["due_at"] == "2026-10-25T00:30:00Z"
    assert "comes twice" in told.err
    assert "2026-10-25T02:30+01:00" in told.err


def test_answers_after_the_end_are_remarked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["C2", "--from", "2026-07-07T10:00", "--zone", "Europe/Berlin", "--answers", "answered,busy"])
    told = capsys.readouterr()
    assert "the last 1 of the answers" in told.err
    assert "Answered: the ladder stops" in told.out


def test_table_says_when_where_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments(PLANS["C1 over Thanksgiving"][0]))
    out = capsys.readouterr().out
    assert "Missed appointment, patient (C1), from the agreed moment Tue 24 Nov 2026, 10:00" in out
    assert "holidays of US-CA; nobody answers" in out
    assert "persistent (4)" in out
    assert "as in line 4" in out
    assert "Then released." in out


def test_plan_needs_no_database_and_leaves_nothing_behind(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "RINGBACK_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "postgresql://nowhere.invalid/x",
    }
    code = "import sys; from ringback.config.cli import main; main(sys.argv[1:]); assert 'django' not in sys.modules"
    asked = ["plan", *arguments(PLANS["C2 in the morning"][0])]
    done = subprocess.run([sys.executable, "-c", code, *asked], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "data").exists()
