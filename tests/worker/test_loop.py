from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from ringback.worker.heartbeat import Pulse, last_seen
from ringback.worker.jobs import Job, clear_expired_sessions
from ringback.worker.loop import periodic

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@dataclass
class Steps:
    """A clock that moves a second with every look, and stops the loop after so many seconds."""

    stop: Event
    seconds: int
    now: datetime = field(default=START)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        if self.now >= START + timedelta(seconds=self.seconds):
            self.stop.set()
        return self.now


def run_for(seconds: int, jobs: list[Job], folder: Path) -> Path:
    stop = Event()
    beat = folder / "beat.json"
    periodic(jobs, Steps(stop, seconds), stop, Pulse(beat), pause=0)
    return beat


def test_failing_job_never_stops_the_others(tmp_path: Path) -> None:
    done: list[datetime] = []

    def fail(now: datetime) -> None:
        raise RuntimeError("mailbox full")

    jobs = [Job("fails", timedelta(seconds=10), fail), Job("works", timedelta(seconds=10), done.append)]
    beat = run_for(100, jobs, tmp_path)
    assert len(done) >= 5
    seen = last_seen(beat)
    assert seen is not None
    assert seen.failing == {"fails": "RuntimeError: mailbox full"}


def test_failure_is_forgotten_when_the_job_works_again(tmp_path: Path) -> None:
    turns: list[datetime] = []

    def fail_once(now: datetime) -> None:
        turns.append(now)
        if len(turns) == 1:
            raise RuntimeError

    seen = last_seen(run_for(60, [Job("once", timedelta(seconds=5), fail_once)], tmp_path))
    assert len(turns) > 1
    assert seen is not None
    assert seen.failing == {}


def test_job_waits_its_turn(tmp_path: Path) -> None:
    turns: list[datetime] = []
    run_for(60, [Job("rare", timedelta(days=1), turns.append)], tmp_path)
    assert len(turns) == 1


def test_stop_is_heeded_between_jobs(tmp_path: Path) -> None:
    stop = Event()
    later: list[datetime] = []
    jobs = [Job("stops", timedelta(days=1), lambda _: stop.set()), Job("later", timedelta(days=1), later.append)]
    periodic(jobs, Steps(stop, 100), stop, Pulse(tmp_path / "beat.json"), pause=0)
    assert later == []


def test_unreadable_heartbeat_counts_as_never_seen(tmp_path: Path) -> None:
    beat = tmp_path / "beat.json"
    assert last_seen(beat) is None
    for text in ("", "[]", '{"at": "soon", "failing": {}}'):
        beat.write_text(text)
        assert last_seen(beat) is None


def test_only_sessions_that_ran_out_are_cleared() -> None:
    for key, hours in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data=SessionStore().encode({}), expire_date=START + timedelta(hours=hours)
        )
    assert clear_expired_sessions(START) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
