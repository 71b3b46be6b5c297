"""`ringback serve` as a newcomer meets it: a real server, a real worker, a real Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ringback.worker.heartbeat import FILE, last_seen
from tests.conftest import missing

BUILT = Path(__file__).resolve().parents[2] / "src/ringback/web/static/.stamp"
START = [sys.executable, "-c", "from ringback.config.cli import main; raise SystemExit(main())"]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return {**kept, "RINGBACK_DATA": str(data)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    if not BUILT.is_file():
        missing("the built style sheet (bin/assets)")
    return free_port()


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    words = [*START, "serve", "--migrate", "--port", str(port)]
    process = subprocess.Popen(words, env=environment(tmp_path), stdout=subprocess.PIPE, text=True)
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(20)


def fetch(url: str) -> tuple[int, str]:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def read_up_to(word: str, process: subprocess.Popen[str]) -> str:
    """What it says, up to the line with this word, or all if it ends without it."""
    said = ""
    assert process.stdout is not None
    while word not in said and (line := process.stdout.readline()):
        said += line
    return said


def test_first_start_serves_pages_works_and_stops_cleanly(
    served: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    status, page = fetch(f"http://127.0.0.1:{port}/login/")
    assert status == 200
    style = re.search(r'href="(/static/app\.[0-9a-f]+\.css)"', page)
    assert style
    assert fetch(f"http://127.0.0.1:{port}{style[1]}")[0] == 200
    deadline = time.monotonic() + 20
    while last_seen(tmp_path / FILE) is None and time.monotonic() < deadline:
        time.sleep(0.2)
    assert last_seen(tmp_path / FILE) is not None
    # The link is said once the address answers, which may be a moment after it answered us.
    assert re.search(rf"http://127\.0\.0\.1:{port}/setup/[\w-]{{20,}}/", read_up_to("/setup/", served))
    served.send_signal(signal.SIGINT)
    served.communicate(timeout=20)
    assert served.returncode == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.usefixtures("prepared_database")
def test_for_scripts_serve_and_work_say_in_one_line_where_they_are(tmp_path: Path, port: int) -> None:
    words = [*START, "serve", "--port", str(port), "--json"]
    with subprocess.Popen(words, env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as process:
        told = json.loads(read_up_to("{", process))
        assert told == {
            "address": f"http://127.0.0.1:{port}", "data": str(tmp_path), "setup_link": told["setup_link"],
            "logins_file": None,
        }  # fmt: skip
        assert fetch(told["setup_link"])[0] == 200
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
    assert (process.returncode, rest) == (0, "")
    words = [*START, "work", "--json"]
    with subprocess.Popen(words, env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as worker:
        told = json.loads(read_up_to("{", worker))
        assert told == {"data": str(tmp_path), "only_mail": False, "process": worker.pid}
        worker.send_signal(signal.SIGINT)
        worker.communicate(timeout=20)
    assert worker.returncode == 0


def test_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), data=tmp_path)
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}: another program uses it" in done.stderr


def test_old_database_is_not_touched_without_being_asked(tmp_path: Path) -> None:
    done = run("serve", "--port", str(free_port()), data=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("ringback serve: The database lacks ")
    assert done.stderr.endswith("then add --migrate.\n")


def test_wrong_database_url_is_one_sentence(tmp_path: Path) -> None:
    done = run("serve", data=tmp_path, DATABASE_URL="mysql://x")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "ringback: DATABASE_URL begins with “mysql”; Ringback knows postgresql:// (leave it out for SQLite)"
    ]


def test_command_on_an_unprepared_database_is_told_in_one_line(tmp_path: Path) -> None:
    done = run("today", data=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "ringback today: the database is not prepared yet: start “ringback serve --migrate” once\n"


def run(*words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*START, *words], env={**environment(data), **more}, capture_output=True, text=True, check=False, timeout=60
    )
