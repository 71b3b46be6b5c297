"""What an import has committed moves from SQLite's log into the database beside it."""

import threading
import time
from pathlib import Path

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


def size_of_database() -> int:
    return Path(connection.settings_dict["NAME"]).stat().st_size


@pytest.mark.usefixtures("_only_beside")
def test_many_rows_move_at_once_and_the_log_begins_anew():
    before = size_of_database()
    with Checkpoints() as checkpoints:
        Company.objects.bulk_create([Company(name="x" * 200, match_name=f"{n}") for n in range(3_000)])
        checkpoints.committed(WORTH_ROWS)
        until = time.monotonic() + 20
        while size_of_database() == before and time.monotonic() < until:
            time.sleep(0.01)
    assert size_of_database() > before + 3_000 * 200


@pytest.mark.usefixtures("_only_beside")
def test_few_rows_stay_where_they_are():
    before = size_of_database()
    with Checkpoints() as checkpoints:
        Company.objects.bulk_create([Company(name="x" * 200, match_name=f"{n}") for n in range(3_000)])
        checkpoints.committed(WORTH_ROWS - 1)
        assert "checkpoints" not in {thread.name for thread in threading.enumerate()}
    assert size_of_database() == before
