"""For every test. Nothing here imports Django: tests/domain runs without it."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Playwright runs an event loop in the test's thread; Django would otherwise refuse the ORM beside a live server.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def missing(what: str) -> None:
    """At a desk a missing tool skips the test, and says so; on the build machine it is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and with CI=true nothing may be skipped", pytrace=False)
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Chromium from the system, not one downloaded by Playwright, and quiet on the network."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        missing("Chromium")
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
