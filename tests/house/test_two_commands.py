"""bin/run and bin/test on machines that lack something: what they say, with stand-ins for the machine's programs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHELL = shutil.which("sh") or "sh"
MODERN = 'case "$*" in *ensurepip*) exit 1 ;; *) exit 0 ;; esac'
OLD = 'case "$*" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac'


def on_machine(folder: Path, call: str, **programs: str) -> subprocess.CompletedProcess[str]:
    """Call a function of bin/environment.sh where only these programs exist."""
    for name, body in {"python3": MODERN, **programs}.items():
        (folder / name).write_text(f"#!{SHELL}\n{body}\n")
        (folder / name).chmod(0o755)
    return subprocess.run(
        [SHELL, "-c", f"set -eu; . bin/environment.sh; {call}"],
        cwd=ROOT,
        env={"PATH": str(folder), "RINGBACK_VENV": str(folder / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_old_python_is_refused_with_its_version(tmp_path: Path) -> None:
    done = on_machine(tmp_path, "find_python", python3=OLD)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr


def test_without_venv_and_root_the_line_to_type_is_said(tmp_path: Path) -> None:
    done = on_machine(tmp_path, "make_environment", id="echo 1000")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("type:  sudo apt-get install -y python3-venv")


def test_as_root_what_makes_environments_is_installed_first(tmp_path: Path) -> None:
    """A bare Debian: python3 that cannot make environments yet, and apt."""
    there = tmp_path / "there"
    done = on_machine(
        tmp_path,
        "make_environment",
        python3=f'case "$*" in *ensurepip*) [ -e "{there}" ] ;; *"-m venv"*) echo "made: $*" ;; *) exit 0 ;; esac',
        id="echo 0",
        **{"apt-get": f'case "$1" in install) echo "$*" >"{there}" ;; esac'},
        mktemp=f'echo "{tmp_path}/log"',
        date="echo 1",
        sleep="exit 0",
        rm="exit 0",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert there.read_text().split()[-1] == "python3-venv"
    assert f"made: -m venv --clear {tmp_path}/venv" in done.stdout


def test_uv_is_used_when_it_is_there(tmp_path: Path) -> None:
    done = on_machine(tmp_path, "make_environment", uv='echo "uv $*"')
    assert done.stdout.startswith("uv venv ")
    assert done.returncode == 0


def test_folder_that_holds_something_else_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv/letters.txt").write_text("dear")
    done = on_machine(tmp_path, "make_environment", uv="exit 0", ls='echo "letters.txt"')
    assert done.returncode == 1
    assert "is not empty and not a Python environment" in done.stderr
    assert (tmp_path / "venv/letters.txt").read_text() == "dear"


STOPPED = "#!/bin/sh\nexit 101\n"


@pytest.mark.parametrize("before", ["", "#!/bin/sh\nexit 0\n"])
@pytest.mark.parametrize("outcome", [0, 100])
def test_servers_for_tests_are_installed_asleep(tmp_path: Path, before: str, outcome: int) -> None:
    """While apt works nothing may start; afterwards, even if it failed, all is as it was."""
    policy, seen = tmp_path / "policy", tmp_path / "seen"
    if before:
        policy.write_text(before)
    done = on_machine(
        tmp_path,
        f'policy_rc_d="{policy}"; apt_install_asleep postfix',
        **{"apt-get": f'case "$1" in install) /bin/cat "{policy}" >"{seen}"; exit {outcome} ;; esac'},
        **{"debconf-set-selections": "exit 0", "rm": '/bin/rm "$@"', "mv": '/bin/mv "$@"', "chmod": '/bin/chmod "$@"'},
    )
    assert (done.returncode, seen.read_text()) == (outcome, STOPPED)
    assert (policy.read_text() if policy.exists() else "") == before
    assert [path.name for path in tmp_path.glob("policy*")] == (["policy"] if before else [])


@pytest.mark.parametrize("script", ["bin/run", "bin/test", "bin/assets", "bin/lock", "bin/environment.sh", ".ci/run"])
def test_script_is_plain_shell(script: str) -> None:
    """No bashisms that a parser can see: Debian's sh is dash."""
    assert subprocess.run([SHELL, "-n", script], cwd=ROOT, check=False).returncode == 0
    assert "[[" not in (ROOT / script).read_text()
