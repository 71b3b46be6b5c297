"""With real processes: what is promised is what the operating system sees."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SUPERVISOR = """
import subprocess, sys
from ringback.management.supervision import Child, run_together
def child(name, code):
    return lambda: Child(name, subprocess.Popen([sys.executable, "-c", code], start_new_session=True))
lasting = "import time, os; os.write(1, str(os.getpid()).encode() + bytes([10])); time.sleep(60)"
raise SystemExit(run_together([child("web", lasting), child("worker", {second})], print))
"""
LASTS, CRASHES = "lasting", '"import time; time.sleep(0.5); raise SystemExit(3)"'


def begin(second: str) -> subprocess.Popen[str]:
    code = SUPERVISOR.replace("{second}", second)
    return subprocess.Popen([sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, text=True)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_both_and_ends_well(number: signal.Signals) -> None:
    supervisor = begin(LASTS)
    assert supervisor.stdout
    pids = [int(supervisor.stdout.readline()) for _ in range(2)]
    supervisor.send_signal(number)
    assert supervisor.wait(10) == 0
    assert [is_alive(pid) for pid in pids] == [False, False]


def test_crash_of_one_ends_the_other_with_a_message() -> None:
    supervisor = begin(CRASHES)
    said, _ = supervisor.communicate(timeout=15)
    pid, message = said.splitlines()
    assert supervisor.returncode == 1
    assert message == "The worker process ended by itself (exit code 3); stopping the rest."
    assert not is_alive(int(pid))


def test_killed_supervisor_does_not_leave_its_children_behind(tmp_path: Path) -> None:
    code = "import time; from ringback.management.supervision import end_with_supervisor as e; e(); time.sleep(60)"
    starter = (
        "import os, subprocess, sys, time\n"
        "from ringback.management.supervision import PARENT_VARIABLE\n"
        "env = {**os.environ, PARENT_VARIABLE: str(os.getpid())}\n"
        f"print(subprocess.Popen([sys.executable, '-c', {code!r}], env=env).pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    pid = int(supervisor.stdout.readline())
    time.sleep(1)
    supervisor.kill()
    supervisor.wait()
    deadline = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Alive and not merely waiting to be collected: an orphan's new parent may take its time."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(said.strip()) and not said.strip().startswith("Z")
