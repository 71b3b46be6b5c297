"""For every test. Nothing here imports Django: tests/domain runs without it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

pytest_plugins = ["tests.mail_servers.fixtures"]

# The shell is Chromium without its windows: it lays out and runs pages alike, and opens one in a third of the time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_reset_sequences"}
BROWSER_FIXTURES = {"page", "browser", "context", "new_context"}
SHARED = Path(__file__).resolve().parents[2] / "shared"
SHARED_ABSENT = "../shared is not beside this checkout"
ON_BUILD_MACHINE = os.environ.get("CI") == "true"
TALLY = os.environ.get("RINGBACK_TEST_TALLY", "")

# A desk looks for new cases at every run; the build machine repeats the same ones, so that a change is judged by what
# it changed. bin/test --fast tries a few.
settings.register_profile("desk", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True)
settings.register_profile("fast", deadline=None, max_examples=10, database=None)
settings.load_profile("fast" if os.environ.get("RINGBACK_FAST") else "build" if ON_BUILD_MACHINE else "desk")

# Playwright runs an event loop in the test's thread; Django would otherwise refuse the ORM beside a live server.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only what depends on the database: for the second run, on the other one",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        kept = [item for item in items if depends_on_database(item) and not item.get_closest_marker("one_writer")]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def depends_on_database(item: pytest.Item) -> bool:
    """Tests that reach the database; in the browser the main path is proof enough, the rest looks the same."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & BROWSER_FIXTURES:
        return item.get_closest_marker("main_path") is not None
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


def missing(what: str) -> NoReturn:
    """At a desk a missing tool skips the test, and says so; on the build machine it is a failure."""
    if ON_BUILD_MACHINE:
        pytest.fail(f"{what} is missing, and with CI=true nothing may be skipped", pytrace=False)
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real exports from the field. They are not part of the checkout: the one thing a test may skip for anywhere."""
    if not (SHARED / "data").is_dir():
        pytest.skip(SHARED_ABSENT)
    return SHARED / "data"


@pytest.fixture
def prepared_database(tmp_path: Path, django_db_setup: None) -> Path:
    """`ringback.sqlite3` of a house that nobody has entered yet: a copy of the tests' own, which costs no migrating."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the tests' own database is no file to copy")
    copy = tmp_path / "ringback.sqlite3"
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as kept, closing(sqlite3.connect(copy)) as ours:
        kept.backup(ours)
    return copy


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Chromium from the system, not one downloaded by Playwright, and quiet on the network."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None) or missing("Chromium")
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {
        "executable_path": found,
        "args": [
            *root,
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a skipped test fails the run."""
    if not on_controller(session.config) or not ON_BUILD_MACHINE:
        return
    if unexcused_skips(session.config) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if ON_BUILD_MACHINE and on_controller(config) and (skips := unexcused_skips(config)):
        terminalreporter.section("skipped, which CI=true forbids", red=True)
        for report in skips:
            terminalreporter.line(f"{report.nodeid}: {reason(report)}")
    if TALLY and on_controller(config):
        add_up(terminalreporter, Path(TALLY))


def add_up(terminalreporter: Any, tally: Path) -> None:
    """bin/test runs pytest once for each database; this line tells what all of them come to."""
    passed = len(terminalreporter.stats.get("passed", []))
    with tally.open("a") as file:
        file.write(f"{passed}\n")
    runs = [int(line) for line in tally.read_text().split()]
    terminalreporter.line(f"{sum(runs)} passed in {len(runs)} run(s) so far: {' + '.join(map(str, runs))}")


def unexcused_skips(config: pytest.Config) -> list[Any]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report for report in skipped if SHARED_ABSENT not in reason(report)]


def reason(report: Any) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def on_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")
