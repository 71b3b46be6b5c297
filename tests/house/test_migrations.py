"""The tables are those of the models, however a house came to them."""

from __future__ import annotations

import os
import subprocess
import sys
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


def _tables(data: Path) -> list[str]:
    """What SQLite says of each table, index and trigger; of a table its columns and checks in no order."""
    show = (
        "import django; django.setup(); from django.db import connection as c; k = c.cursor();"
        "k.execute('SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL');"
        r"print('\n'.join(f'{n}: ' + ' | '.join(sorted(s.split(', '))) for n, s in sorted(k.fetchall())))"
    )
    return [line.replace(")", "") for line in _run(data, "-c", show).splitlines()]


def test_a_house_in_the_midst_of_the_steps_takes_the_rest_and_ends_like_a_new_one(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    _run(old, "-c", IN_STEPS, "0006_article_choice")
    assert "Applying ringback.0007_outbox_by_mailbox... OK" in _run(old, "-m", "django", "migrate")
    _run(new, "-m", "django", "migrate")
    assert _tables(old) == _tables(new)
