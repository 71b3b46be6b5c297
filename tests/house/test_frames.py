"""A page with a frame of its own says what was done, too: once, after its header and before the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src/ringback/web/templates"
INCLUDE = re.compile(r'{% include "([^"]+)"[^%]*%}')
NOTE = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.DOTALL)
FRAME = re.compile(r"{%\s*block\s+frame\s*%}")
MESSAGES = "partials/toasts.html"


def frames() -> list[str]:
    """The templates that have a frame of their own."""
    paths = sorted(TEMPLATES.rglob("*.html"))
    return [path.relative_to(TEMPLATES).as_posix() for path in paths if FRAME.search(path.read_text("utf-8"))]


def laid_out(name: str) -> str:
    """A template's text with what it includes in place, but for the messages themselves."""
    text = NOTE.sub("", (TEMPLATES / name).read_text("utf-8"))
    return INCLUDE.sub(lambda match: match[0] if match[1] == MESSAGES else laid_out(match[1]), text)


def test_there_are_frames_to_look_at() -> None:
    assert {"base.html", "calls/page.html"} < set(frames())


@pytest.mark.parametrize("name", frames())
def test_frame_has_the_messages_once_under_its_header(name: str) -> None:
    frame = FRAME.split(laid_out(name))[1]
    above, *below = frame.split(f'{{% include "{MESSAGES}" %}}')
    assert len(below) == 1
    assert above.count("<header") == above.count("</header>")
    assert "<main" not in above
    assert "<header" not in below[0].partition("<main")[0]
