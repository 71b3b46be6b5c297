"""The sign of those who wait for SQLite's lock."""

from __future__ import annotations

import fcntl
import gc
import os
import stat
import subprocess
import sys
import time
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
    path = tmp_path / "ringback.sqlite3"
    path.touch(0o640)
    return path


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


def test_file_is_for_all_who_may_open_the_database(database: Path) -> None:
    """Whoever makes it: an import by hand, or the service."""
    before = os.umask(0o077)
    try:
        with Sign(database):
            file = database.with_name("ringback.sqlite3-waiting")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_file_belongs_to_whom_the_database_belongs_to(database: Path) -> None:
    os.chown(database, 65534, 65534)
    with Sign(database):
        assert database.with_name("ringback.sqlite3-waiting").stat().st_uid == 65534


def test_nobody_waits_for_somebody_who_was_stopped_while_looking(database: Path) -> None:
    with Sign(database):
        pass
    looking = os.open(database.with_name("ringback.sqlite3-waiting"), os.O_RDWR)
    fcntl.flock(looking, fcntl.LOCK_EX)
    begun = time.monotonic()
    with Sign(database):
        waited = time.monotonic() - begun
    os.close(looking)
    assert waited < 2


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what is open is not told here")
def test_files_are_closed_with_the_signs_that_nobody_knows_any_more(database: Path) -> None:
    """A thread of a server ends without closing its connection."""
    kept = database.with_name("ringback.sqlite3-waiting")

    def files() -> int:
        gc.collect()
        return sum(link.exists() and link.samefile(kept) for link in Path("/proc/self/fd").iterdir())

    signs = [Sign(database) for _ in range(5)]
    for sign in signs:
        with sign:
            pass
    assert files() == 5
    del sign, signs
    assert files() == 0
