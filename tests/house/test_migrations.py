"""The tables are those of the models, however a house came to them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command

IN_STEPS = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

steps = MigrationExecutor(connection)
steps.loader.replace_migrations = False
steps.loader.build_graph()
others = [node for node in steps.loader.graph.leaf_nodes() if node[0] != "ringback"]
steps.migrate([*others, ("ringback", sys.argv[1])])
"""


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _run(data: Path, *command: str) -> str:
    told = {**os.environ, "RINGBACK_DATA": str(data), "DJANGO_SETTINGS_MODULE": "ringback.config.settings"}
    told.pop("DATABASE_URL", None)
    done = subprocess.run([sys.executable, *command], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _tables(database: Path) -> list[str]:
    """What SQLite says of each table, index and trigger; of a table its columns and checks in no order."""
    with closing(sqlite3.connect(database)) as opened:
        said = opened.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name, sql").fetchall()
    return [f"{name}: {' | '.join(sorted(sql.replace(')', '').split(', ')))}" for name, sql in said]


def test_a_house_in_the_midst_of_the_steps_takes_the_rest_and_ends_like_a_new_one(
    tmp_path: Path, prepared_database: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    _run(old, "-c", IN_STEPS, "0006_article_choice")
    assert "Applying ringback.0007_outbox_by_mailbox... OK" in _run(old, "-m", "django", "migrate")
    assert _tables(old / "ringback.sqlite3") == _tables(prepared_database)
