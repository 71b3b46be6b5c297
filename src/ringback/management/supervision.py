"""Two child processes that live and die together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

STOP_SECONDS = 15
LOOK_EVERY = 0.2
PARENT_VARIABLE = "RINGBACK_SUPERVISOR"


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]


class Stopped(Exception):
    """Somebody asked this process to stop."""


def program() -> list[str]:
    """The words that start this same installation again."""
    script = Path(sys.executable).with_name("ringback")
    if script.exists():
        return [str(script)]
    return [sys.executable, "-c", "from ringback.config.cli import main; raise SystemExit(main())"]


def start(name: str, arguments: Sequence[str]) -> Child:
    # In a session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops both in order.
    process = subprocess.Popen(
        [*program(), name, *arguments], start_new_session=True, env={**os.environ, PARENT_VARIABLE: str(os.getpid())}
    )
    return Child(name, process)


def run_together(starts: Sequence[Callable[[], Child]], say: Callable[[str], None]) -> int:
    """Start all, wait until a signal comes or one ends, stop the rest. Returns the exit code to end with."""
    children: list[Child] = []
    try:
        with signals_raise_stopped():
            children.extend(begin() for begin in starts)
            ended = first_to_end(children)
        say(f"The {ended.name} process ended by itself ({describe(ended.process.returncode)}); stopping the rest.")
        return 1
    except Stopped:
        say("Stopping …")
        return 0
    finally:
        stop_all(children)


class signals_raise_stopped:
    """While inside, SIGINT and SIGTERM raise Stopped; afterwards both are ignored, lest stopping be cut short."""

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)

    @staticmethod
    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG004 - the signature signal handlers have
        raise Stopped


def first_to_end(children: Sequence[Child]) -> Child:
    while True:
        for child in children:
            if child.process.poll() is not None:
                return child
        time.sleep(LOOK_EVERY)


def stop_all(children: Sequence[Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            # The whole session: a server's own worker processes must not outlive it.
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def describe(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def end_with_supervisor() -> None:
    """If the supervisor is killed outright it cannot stop its children: they notice, and stop themselves."""
    supervisor = os.environ.pop(PARENT_VARIABLE, "")
    if not supervisor:
        return

    def watch() -> None:
        while os.getppid() == int(supervisor):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="supervisor-watch", daemon=True).start()
