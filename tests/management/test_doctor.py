from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from ringback.management.health import State, examine
from ringback.worker.heartbeat import FILE, Pulse

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings) -> Path:
    settings.DATA = tmp_path
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    return tmp_path


def state_of(check: str, now: datetime = NOW) -> State:
    return {finding.check: finding.state for finding in examine(now)}[check]


def test_every_finding_that_is_not_well_says_what_to_do() -> None:
    for finding in examine(NOW):
        assert bool(finding.do) == (finding.state is not State.OK)


def test_worker_is_judged_by_its_last_sign_of_life(data: Path) -> None:
    assert state_of("worker") is State.WARN
    pulse = Pulse(data / FILE)
    pulse.beat(NOW)
    assert state_of("worker", NOW + timedelta(seconds=30)) is State.OK
    assert state_of("worker", NOW + timedelta(seconds=90)) is State.WARN
    pulse.failed("mail", NOW, RuntimeError("full"))
    assert state_of("worker", NOW) is State.WARN


def test_zone_data_grows_old() -> None:
    assert state_of("time zones") is State.OK
    assert state_of("time zones", NOW.replace(year=2035)) is State.WARN


def test_unbuilt_static_files_fail_and_end_with_one(data: Path) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json", stdout=said)
    assert ended.value.code == 1
    findings = {each["check"]: each for each in json.loads(said.getvalue())}
    assert findings["static files"]["state"] == "fail"
    assert findings["database"]["state"] == "ok"
    assert set(findings["python"]) == {"check", "state", "found", "do"}


def test_healthy_installation_ends_well(data: Path, settings) -> None:
    (data / "static").mkdir()
    (data / "static/.stamp").write_text("x")
    said = io.StringIO()
    call_command("doctor", stdout=said)
    assert "✓ database" in said.getvalue()
    assert "! worker        never seen" in said.getvalue()
