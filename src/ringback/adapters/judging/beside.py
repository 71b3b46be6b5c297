"""Judging in a process of its own, so that it goes on while the database writes.

A plain process with two pipes: it is nobody's copy (no locks, connections or threads of a server come along), it works
alike on every system, and it ends with this one, because writing into a pipe that nobody reads fails. The pipe is the
queue, and its size bounds what is read ahead.
"""

from __future__ import annotations

import fcntl
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ringback.adapters.files import Table
from ringback.adapters.judging import wire
from ringback.adapters.judging.chunks import Chunk, Task, judged
from ringback.adapters.judging.tables import TABLE_ROWS

log = logging.getLogger("ringback.import")

WORTH_BYTES = 400_000
MEANWHILE_ROWS = TABLE_ROWS
_PIPE_BYTES = 1 << 20
_Process = subprocess.Popen[bytes]


def worth_a_process(path: Path) -> bool:
    """Some 5,000 rows; below that a process is longer in starting than it saves."""
    return (os.cpu_count() or 1) > 1 and path.is_file() and path.stat().st_size >= WORTH_BYTES


def judged_beside(path: Path, table: Table, task: Task) -> Iterator[Chunk]:
    """What `judged` gives; its first chunks are made here, while the process is still getting up.

    If the process is lost, or stumbles, judging goes on here after the last line it gave; an error in the file itself
    then shows itself here as it is.
    """
    with _process() as process:
        assert process.stdout is not None
        first = list(islice(judged(table, task), MEANWHILE_ROWS // task.chunk_rows))
        last_line = max([task.after_line, *(chunk.last_line for chunk in first)])
        _hand_over(process, path, replace(task, after_line=last_line))
        yield from first
        while content := wire.receive(process.stdout):
            chunk = wire.unpacked(content)
            last_line = max(last_line, chunk.last_line)
            yield chunk
    if content is None:
        log.warning("the judging process of %s ended early; going on without it after line %d", path.name, last_line)
        yield from judged(table, replace(task, after_line=last_line))


@contextmanager
def _process() -> Iterator[_Process]:
    """The process, getting up; it is gone when this ends."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __package__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Ctrl-C is for the importing process; this one notices that nobody reads any more.
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        _widen(process.stdout.fileno())
        yield process
    finally:
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.kill()
        process.wait()


def _hand_over(process: _Process, path: Path, task: Task) -> None:
    """A process that is gone already is noticed where it is read from, not where it is written to."""
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        wire.send(process.stdin, pickle.dumps((path.absolute(), task)))


def _widen(pipe: int) -> None:
    """Room for some chunks, so that neither side waits for every single one; where the system allows it."""
    if widen := getattr(fcntl, "F_SETPIPE_SZ", None):
        try:
            fcntl.fcntl(pipe, widen, _PIPE_BYTES)
        except OSError:
            log.debug("the pipe stays as it is")
