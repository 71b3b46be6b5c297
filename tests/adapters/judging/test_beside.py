"""A list judged in a process of its own comes to the same, and losing that process loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ringback.adapters.files import Options, Table, open_table
from ringback.adapters.judging import Task, beside, judged, judged_beside, worth_a_process
from ringback.domain.columns import count_known, guess_columns
from ringback.domain.importing import Expectations

HEADER = "First Name,Last Name,Phone,Email,Country,Notes,Shoe size,Lead Temperature,Tags\n"


def a_list(path: Path, rows: int) -> Path:
    lines = [
        f"Ann{at},Öz🦊,+49 30 {2_000_000 + at},a{at}@firm.example.com,Deutschland,x,4{at % 5},{'hot' * (at % 2)},a;b\n"
        for at in range(rows)
    ]
    lines[7] = "Nobody,,,,,,,,\n"
    lines[900] = 'Quote,"un"closed,+49 30 999111,q@firm.example.com,Atlantis,,,,\n'
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def opened(path: Path) -> tuple[Table, Task]:
    table = open_table(path, count_known)
    return table, Task(guess_columns(table.header, table.sample()), Expectations("DE"), Options())


@pytest.mark.parametrize("in_tables", [False, True])
@pytest.mark.parametrize("after_line", [0, 700, 905, 4_600])
def test_process_gives_what_judging_here_gives(tmp_path, after_line, in_tables):
    table, task = opened(a_list(tmp_path / "list.csv", 4_600))
    task = Task(task.columns, task.expected, task.file, after_line, in_tables)
    here = list(judged(table, task))
    there = list(judged_beside(tmp_path / "list.csv", table, task))
    assert [(list(each.entries), each.findings, each.read, each.last_line) for each in there] == [
        (list(each.entries), each.findings, each.read, each.last_line) for each in here
    ]
    assert sum(each.read for each in there) == max(4_600 - max(after_line - 1, 0), 0)


def test_repairs_told_before_are_not_told_again(tmp_path):
    table, task = opened(a_list(tmp_path / "list.csv", 2_600))
    task = Task(task.columns, task.expected, task.file, 1_500)
    assert not [finding for chunk in judged(table, task) for finding in chunk.findings if finding.line <= 1_500]


def test_lost_process_loses_no_row(tmp_path):
    path = a_list(tmp_path / "list.csv", 30_000)
    table, task = opened(path)
    chunks = judged_beside(path, table, task)
    lines = [each.line for _ in range(beside.MEANWHILE_ROWS // 200 + 1) for each in next(chunks).entries]
    for process in children():
        os.kill(process, signal.SIGKILL)
    for chunk in chunks:
        lines += [each.line for each in chunk.entries]
    assert lines == [line for line in range(2, 30_002) if line != 9]


def test_process_that_cannot_start_working_is_done_without(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(beside.sys, "executable", "/bin/false")
    path = a_list(tmp_path / "list.csv", 4_000)
    table, task = opened(path)
    assert sum(chunk.read for chunk in judged_beside(path, table, task)) == 4_000
    assert "ended early" in caplog.text


def test_process_ends_when_nobody_reads_on(tmp_path):
    path = a_list(tmp_path / "list.csv", 30_000)
    chunks = judged_beside(path, *opened(path))
    next(chunks)
    assert children()
    chunks.close()
    assert not children()


def test_process_ends_with_its_parent(tmp_path):
    path = a_list(tmp_path / "list.csv", 30_000)
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from tests.adapters.judging.test_beside import children, opened\n"
        "from ringback.adapters.judging import judged_beside\n"
        "path = Path(sys.argv[1])\n"
        "chunks = judged_beside(path, *opened(path)); next(chunks)\n"
        "print(*children(), flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 20
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(child)


def test_short_list_is_not_worth_a_process(tmp_path):
    assert not worth_a_process(a_list(tmp_path / "short.csv", 1_000))
    assert not worth_a_process(tmp_path)


def children() -> list[int]:
    """The processes that this one has started and that are still running."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,stat=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    lines = [line.split(None, 2) for line in found.stdout.splitlines()]
    return [int(pid) for pid, state, args in lines if "ringback.adapters.judging" in args and "Z" not in state]


def alive(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and "Z" not in found.stdout
