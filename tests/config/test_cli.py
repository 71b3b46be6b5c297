import os
import subprocess
import sys
from pathlib import Path

import pytest

from ringback import __version__
from ringback.config.cli import COMMANDS, available, main


def test_help_lists_ours_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    listed = [line.split()[0] for line in lines[2:] if line]
    assert listed == [*available(), "manage"]


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"ringback {__version__}\n"


def test_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 2
    assert "there is no command “migrate”" in capsys.readouterr().err


def test_wrong_option_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--xml"])
    assert ended.value.code == 2
    assert "unrecognized arguments: --xml" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["plan", "C4", "--from", "2026-07-07T10:00", "--zone", "UTC"], ["--help"]])
def test_reader_that_has_seen_enough_is_no_error(words: list[str], tmp_path: Path) -> None:
    """`ringback plan C4 … | head -3`."""
    start = [sys.executable, "-c", "from ringback.config.cli import main; raise SystemExit(main())", *words]
    told = {**os.environ, "RINGBACK_DATA": str(tmp_path)}
    with subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=told, text=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert (process.returncode, said) == (0, "")


@pytest.mark.parametrize("command", [name for name in COMMANDS if name in available()])
def test_command_explains_itself_under_the_name_that_was_typed(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: ringback {command} ")
    assert "--settings" not in said
