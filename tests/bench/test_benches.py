"""The benches still run. What they measure is judged by a person, on a quiet machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("bench", "line"),
    [
        ("wrap_up.py", r"wrap-up, unanswered .* ratio +\d+\.\d\d   n=\d+   aim ≤ 2"),
        ("today.py", r"today, none due .* \d+ queries, \d+ kB   aim ≤ 8 queries, ≤ 100 kB: met"),
        ("call_screen.py", r"call screen, 200 events .* n=3   aim ≤ 150 ms: \w+   \d+ queries   aim ≤ 12: "),
        ("prospects.py", r"prospects, by phone .* ms   aim ≤ 300 ms"),
    ],
)
def test_bench_runs_and_prints_its_figure(bench: str, line: str) -> None:
    command = [sys.executable, f"bench/{bench}", "--quick", "--database", "sqlite"]
    environment = {**os.environ, "RINGBACK_TEST_DATABASE_URL": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert re.search(line, done.stdout), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("how", "doubled"), [((), r"doubled +0 .* aim 0: met"), (("--naive",), r"doubled +[1-9]\d* .* aim 0: MISSED")]
)
def test_a_worker_that_is_killed_doubles_no_mail_and_a_simple_loop_does(how: tuple[str, ...], doubled: str) -> None:
    """The harness must be able to fail, or its zero would say nothing."""
    command = [sys.executable, "bench/kill_mail.py", "--quick", "--database", "sqlite", *how]
    environment = {**os.environ, "RINGBACK_TEST_DATABASE_URL": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert re.search(doubled, done.stdout), done.stdout + done.stderr
    assert re.search(r"lost +0 ", done.stdout), done.stdout


def test_mail_is_read_rightly(shared_data: Path) -> None:
    command = [sys.executable, "bench/classify_mail.py", "--data", str(shared_data / "mail")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout.count(": met") == 5, done.stdout + done.stderr
