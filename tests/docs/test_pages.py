"""The pages name files, functions and pictures that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src/ringback"
LARGEST_PICTURE = 200_000

PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])


def test_life_of_a_follow_up_names_what_exists() -> None:
    text = (DOCS / "life-of-a-follow-up.md").read_text(encoding="utf-8")
    words = re.findall(r"`([^`]+)`", text)
    files = [PACKAGE / word for word in words if "/" in word and not word.startswith("src/")]
    assert len(files) > 15
    assert [path for path in files if not path.exists()] == []
    defined = set().union(*(names_in(path) for path in files if path.suffix == ".py")) | names_in_models()
    named = {word for word in words if word.isidentifier() and ("_" in word or word[0].isupper())} - {"Enter"}
    assert len(named) > 15
    assert named <= defined


def names_in(path: Path) -> set[str]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)}


def names_in_models() -> set[str]:
    return set().union(*(names_in(path) for path in (PACKAGE / "models").glob("*.py")))


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_of_a_page_exist(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    assert [each for each in targets if "://" not in each and not (document.parent / each).exists()] == []


def test_pictures_are_small_and_shown() -> None:
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for picture in sorted((DOCS / "screenshots").glob("*")):
        assert picture.name in shown
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name


def test_decision_records_have_the_four_parts_and_fit_on_half_a_page() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Question", "Decision", "Why", "What it costs"], (
            path.name
        )
        assert len(text.split()) <= 330, path.name
