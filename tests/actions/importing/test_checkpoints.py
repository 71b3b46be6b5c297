"""What an import has committed moves from SQLite's log into the database beside it."""

import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from ringback.actions.importing.checkpoints import WORTH_ROWS, Checkpoints
from ringback.models import Company

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_writer]


@pytest.fixture
def _only_beside():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
        yield
        cursor.execute("PRAGMA wal_autocheckpoint = 1000")


ROWS = 3_000


def write_rows() -> None:
    Company.objects.bulk_create([Company(name="x" * 200, match_name=f"{n}") for n in range(ROWS)])


READ = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1], uri=True).execute(sys.argv[2]).fetchone())"


def rows_in_database() -> int:
    """What is in the database's own file, the log left aside; -1 in the middle of a move.

    Another process looks: to open and close the file here would drop the locks of this one's connections.
    """
    uri = f"{Path(connection.settings_dict['NAME']).absolute().as_uri()}?immutable=1"
    query = f"SELECT COUNT(*) FROM {Company._meta.db_table}"
    told = subprocess.run([sys.executable, "-c", READ, uri, query], capture_output=True, text=True, check=False)
    return int(told.stdout or -1)


@pytest.mark.usefixtures("_only_beside")
def test_many_rows_move_at_once():
    with Checkpoints() as checkpoints:
        write_rows()
        assert rows_in_database() == 0
        checkpoints.committed(WORTH_ROWS)
        until = time.monotonic() + 20
        while rows_in_database() != ROWS and time.monotonic() < until:
            time.sleep(0.01)
    assert rows_in_database() == ROWS


@pytest.mark.usefixtures("_only_beside")
def test_few_rows_stay_where_they_are():
    with Checkpoints() as checkpoints:
        write_rows()
        checkpoints.committed(WORTH_ROWS - 1)
        assert checkpoints._thread is None
    assert rows_in_database() == 0


@pytest.mark.usefixtures("_only_beside")
def test_rows_stay_where_no_thread_can_be_begun(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    with Checkpoints() as checkpoints:
        write_rows()
        checkpoints.committed(WORTH_ROWS)
    assert rows_in_database() == 0
