"""What must not be in tracked files, and what must not be written where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ringback"

# Written in pieces: this file is a tracked file too.
REGISTRIES = [
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "py" + "pi.org",
    "python" + "hosted",
    "js" + "delivr",
    "un" + "pkg.com",
]
MACHINE_PATHS = re.compile("(?<![\\w./-])/(?:" + "home" + "|" + "Users" + "|" + "work" + "|root" + ")/[a-z]")


@cache
def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", errors="ignore")


def test_no_registry_is_named() -> None:
    found = [(name, host) for name, text in texts() for host in REGISTRIES if host in text]
    assert found == []


def test_no_path_of_one_machine_is_named() -> None:
    found = [(name, match[0]) for name, text in texts() for match in MACHINE_PATHS.finditer(text)]
    assert found == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted(ROOT.glob("requirements*.txt"))
    assert len(locks) == 3
    for path in locks:
        text = path.read_text()
        pins = re.findall(r"^[a-z0-9][\w.\-]*(?:\[[^\]]*\])?==", text, re.MULTILINE)
        assert len(pins) == len(
            re.findall(r"^\S[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
        )
        assert "://" not in text
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_package_lock_needs_no_particular_platform() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert [word for word in ('"optional"', '"os"', '"cpu"', '"libc"', '"hasInstallScript"') if word in text] == []


def test_built_files_are_not_tracked() -> None:
    built = ("src/ringback/web/static/", "node_modules/", "dist/")
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if name.startswith(built) or name.endswith(".mo")] == []


def test_pages_take_nothing_from_elsewhere_and_hold_no_inline_code() -> None:
    outside = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?:https?:)?//""", re.IGNORECASE)
    inline = re.compile(
        r"""<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=["']|\son[a-z]+=["']|javascript:""", re.IGNORECASE
    )
    found = [
        (path.relative_to(ROOT).as_posix(), match[0])
        for path in sorted((PACKAGE / "web" / "templates").rglob("*.html"))
        for pattern in (outside, inline)
        for match in pattern.finditer(without_comments(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def without_comments(template: str) -> str:
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", template, flags=re.DOTALL)


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda path: path.name)
def test_domain_imports_the_standard_library_only(path: Path) -> None:
    foreign = {name for name in imports(path) if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in foreign if not name.startswith("ringback.domain")} == set()


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda path: path.name)
def test_domain_never_reads_the_clock(path: Path) -> None:
    clocks = re.compile(r"\b(?:datetime|date)\.(?:now|utcnow|today)\(|\btime\.(?:time|monotonic)\(|\bos\.environ")
    assert clocks.findall(path.read_text(encoding="utf-8")) == []


def test_no_package_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [path for path in PACKAGE.rglob("*") if path.stem in vague and "static" not in path.parts] == []
