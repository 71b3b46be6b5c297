"""The sign of those who wait for SQLite's lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ringback.adapters.sqlite3 import Sign

RAISE = """
import sys, time
from pathlib import Path
from ringback.adapters.sqlite3 import Sign
with Sign(Path(sys.argv[1])):
    print("raised", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "ringback.sqlite3"


def test_is_seen_by_others_for_as_long_as_it_is_raised(database: Path) -> None:
    mine, theirs = Sign(database), Sign(database)
    assert not mine.is_raised_by_others()
    with theirs:
        assert mine.is_raised_by_others()
    assert not mine.is_raised_by_others()


def test_is_seen_until_the_last_of_several_has_gone(database: Path) -> None:
    mine, first, second = Sign(database), Sign(database), Sign(database)
    with first:
        with second:
            assert mine.is_raised_by_others()
        assert mine.is_raised_by_others()
    assert not mine.is_raised_by_others()


def test_goes_with_whoever_is_killed_while_waiting(database: Path) -> None:
    mine = Sign(database)
    with subprocess.Popen([sys.executable, "-c", RAISE, str(database)], stdout=subprocess.PIPE) as waiting:
        assert waiting.stdout is not None
        waiting.stdout.readline()
        assert mine.is_raised_by_others()
        waiting.kill()
        waiting.wait()
    assert not mine.is_raised_by_others()


def test_goes_with_a_connection_that_closes_and_comes_again(database: Path) -> None:
    mine, theirs = Sign(database), Sign(database)
    with theirs:
        theirs.close()
        assert not mine.is_raised_by_others()
    with theirs:
        assert mine.is_raised_by_others()


def test_goes_down_when_what_was_waited_for_fails(database: Path) -> None:
    mine, theirs = Sign(database), Sign(database)
    with pytest.raises(ZeroDivisionError), theirs:
        raise ZeroDivisionError
    assert not mine.is_raised_by_others()


def test_stops_nobody_where_no_file_can_be_kept(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone" / "ringback.sqlite3"
    mine, theirs = Sign(nowhere), Sign(nowhere)
    with theirs:
        assert not mine.is_raised_by_others()
