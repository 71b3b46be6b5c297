"""The ground that benches stand on: a throw-away data folder and database, with the product's own settings.

Durability is as in a real installation: SQLite in a file with WAL and synchronous=FULL, PostgreSQL with fsync and
synchronous_commit on.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql")
BESIDE_POSTGRES = "RINGBACK_TEST_DATABASE_URL"


def each_database(measure: Callable[[argparse.Namespace], None], options: argparse.ArgumentParser) -> None:
    """Run `measure` on the database that --database names, or on one after the other, each in its own process."""
    options.add_argument("--database", choices=DATABASES)
    options.add_argument(
        "--quick", action="store_true", help="small sizes: shows that it runs, its figures mean little"
    )
    chosen = options.parse_args()
    if chosen.database is None:
        raise SystemExit(max(again(["--database", database]) for database in DATABASES))
    if chosen.database == "postgresql" and not os.environ.get(BESIDE_POSTGRES):
        raise SystemExit(again([], beside=[str(ROOT / "bin" / "with-postgres"), "--durable"]))
    with standing(chosen.database):
        measure(chosen)


def again(more: list[str], beside: list[str] | None = None) -> int:
    return subprocess.call([*(beside or []), sys.executable, *sys.argv, *more])


@contextmanager
def standing(database: str) -> Iterator[None]:
    """Settings, tables and built-in cadences in a folder that is gone afterwards."""
    folder = tempfile.mkdtemp(prefix="ringback-bench-", dir="/tmp")
    # A terminated bench must still clean up: turn the signal into an ordinary exit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.environ["RINGBACK_DATA"] = folder
    os.environ["DATABASE_URL"] = os.environ[BESIDE_POSTGRES] if database == "postgresql" else ""
    os.environ["RINGBACK_LOG"] = "WARNING"
    os.environ["DJANGO_SETTINGS_MODULE"] = "ringback.config.settings"
    for name in ("RINGBACK_DEBUG", "RINGBACK_URL", "RINGBACK_HOSTS", "RINGBACK_PROXY"):
        os.environ.pop(name, None)
    try:
        set_up()
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_up() -> None:
    import django

    django.setup()
    furnish()


def furnish() -> None:
    """Tables, built-in cadences and texts, and a firm, in the database that is in use."""
    from django.core.management import call_command
    from django.utils import timezone

    from ringback.actions.mail_texts import install_mail_texts
    from ringback.actions.publishing import install_library
    from ringback.library import cadence_documents, mail_documents
    from ringback.models import Workspace

    call_command("migrate", verbosity=0)
    install_library(documents=cadence_documents(), now=timezone.now())
    install_mail_texts(texts=mail_documents(), now=timezone.now())
    Workspace.objects.create(pk=1, firm_name="Bench", zone="Europe/Berlin", region="DE-BE", currency="EUR")


def one_more_database() -> str:
    """Another empty database beside the first; its name, for `use`."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"{connection.settings_dict['NAME']}.other"
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE other")
    return "other"


def use(name: str) -> None:
    """From now on everything happens in the database of this name."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def medians(times: dict[str, list[float]]) -> dict[str, float]:
    return {name: median(each) for name, each in times.items()}


def verdict(value: float, aim: float, unit: str = "") -> str:
    return f"aim ≤ {aim:g}{unit}: {'met' if value <= aim else 'MISSED'}"
