"""The size budgets, and the tree that README shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ringback"
FUNCTION_LINES = 45
FILE_LINES = 300
TYPICAL_LINES = 25

# A longer one states its reason here, as {"path": "reason"}.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {}


def sources() -> Iterator[Path]:
    for path in sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *ROOT.glob("*.py")]):
        if "migrations" not in path.parts:
            yield path


def front_end() -> Iterator[Path]:
    web = PACKAGE / "web"
    for kind in ("assets/**/*.js", "assets/**/*.css", "templates/**/*.html"):
        yield from sorted(web.glob(kind))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """(where, lines from `def` to the end) of every function; decorators and the docstring of a rule do not count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}::{node.name}", lines_of(node)


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", [*sources(), *front_end()], ids=name_of)
def test_file_fits_in_its_budget(path: Path) -> None:
    lines = sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    assert lines <= FILE_LINES or name_of(path) in LONGER_FILES


def test_no_function_is_longer_than_its_budget() -> None:
    long = {where: lines for path in sources() for where, lines in functions(path) if lines > FUNCTION_LINES}
    assert set(long) == set(LONGER_FUNCTIONS), long


def test_nine_of_ten_functions_are_short() -> None:
    lengths = sorted(lines for path in sources() if PACKAGE in path.parents for _, lines in functions(path))
    assert lengths[len(lengths) * 9 // 10] <= TYPICAL_LINES
    assert lengths[len(lengths) // 2] <= 8


def test_readme_tree_is_the_packages_docstrings() -> None:
    """One line for each package one level deep: its name and the first line of its docstring."""
    assert tree_in_readme() == {
        path.parent.name: docstring(path) for path in PACKAGE.glob("*/__init__.py") if path.parent.name != "migrations"
    }


def tree_in_readme() -> dict[str, str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```text\nsrc/ringback/\n(.*?)```", readme, re.DOTALL)
    assert block, "README.md has no ```text block that begins with src/ringback/"
    lines = [line for line in block[1].splitlines() if line.strip()]
    return {name.rstrip("/"): said for name, said in (line.split(maxsplit=1) for line in lines)}


def docstring(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
