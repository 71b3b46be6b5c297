"""Maps as nobody should send them: the import answers in words, quickly, and nothing is published."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ringback.domain.maps.reading import MOST_NODES
from ringback.models import CallMapVersion, User
from tests.cast import Cast

HEAD = "name: ours\nlanguage: en\ntitle: Ours\noccasion: first_warm\nstart: n0\n"
BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nnodes: [*c, *c]\n"
AsUser = Callable[[User], Client]


def nodes(count: int) -> str:
    chain = (f"- {{id: n{at}, kind: say, text: On., edges: [{{to: n{at + 1}, label: 'on'}}]}}\n" for at in range(count))
    return f"{HEAD}nodes:\n{''.join(chain)}- {{id: n{count}, kind: outcome, result: won}}\n"


REFUSED = {
    "tab": f"{HEAD}nodes:\n\t- id: n0\n",
    "alias bomb": f"{HEAD}{BOMB}",
    "merge key": f"{HEAD}base: &base {{id: n0}}\nnodes:\n  - <<: *base\n",
    "tag": f"{HEAD}nodes: !!python/object/apply:os.system ['true']\n",
    "two documents": f"{HEAD}---\n{HEAD}",
    "key twice": f"{HEAD}{HEAD}",
    "too deep": f"{HEAD}nodes: {'[' * 40}{']' * 40}",
    "control character": f"{HEAD}description: a\x00b\n",
    "too many places": nodes(2_000),
    "too many ways": f"{HEAD}nodes: [{{id: n0, edges: [{'x,' * 9_000}]}}]\n",
    "a list as a key": f"{HEAD}? [a]\n: b\n",
    "no table": "- just\n- a list\n",
    "too long": f"{HEAD}description: {'x' * 500_000}",
}
SHOWN = {
    "circle": f"{HEAD}nodes:\n  - {{id: n0, kind: say, text: On., edges: [{{to: n0, label: on}}]}}\n",
    "no text": f"{HEAD}nodes:\n  - {{id: n0, kind: say}}\n",
    "wrong shapes": f"{HEAD}nodes: [1, x, [a], {{id: [a], edges: {{to: b}}, covers: 7, fills: [x]}}]\npoints: yes\n",
    "keys that are no words": f"{HEAD}1: x\nyes: b\nnodes: []\n",
    "not a language": HEAD.replace("en", "klingon!") + "nodes: []\n",
    "dates and numbers": f"{HEAD}rule: 2026-01-01\nplace: 1e400\nnodes: [{{id: 0x1F, kind: .nan}}]\n",
    "a NUL in the name": HEAD.replace("ours", '"ou\\0rs"') + "nodes: []\n",
    "markup": f"{HEAD}nodes:\n  - {{id: n0, kind: say, text: '<script>alert(1)</script>', title: '\"><b>'}}\n",
}


@pytest.fixture
def browser(them: Cast, as_user: AsUser) -> Client:
    return as_user(them.max)


def sent(browser: Client, text: str) -> Any:
    file = SimpleUploadedFile("mine.yaml", text.encode())
    return browser.post(reverse("script-import"), {"file": file})


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_a_map_is_refused_in_words(browser: Client, name: str) -> None:
    began = time.process_time()
    answer = sent(browser, REFUSED[name])
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert len(answer.content) < 1_500_000
    assert time.process_time() - began < 5
    assert not CallMapVersion.objects.exists()


@pytest.mark.parametrize("name", SHOWN)
def test_a_half_written_map_opens_in_the_editor_with_what_is_wrong(browser: Client, name: str) -> None:
    answer = sent(browser, SHOWN[name])
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "to put right" in page or "to look at" in page
    assert "<script>alert" not in page
    assert not CallMapVersion.objects.exists()


def test_the_largest_map_opens_and_one_more_place_is_too_many(browser: Client) -> None:
    assert "A sound map with 400 places." in sent(browser, nodes(MOST_NODES - 1)).content.decode()
    assert sent(browser, nodes(MOST_NODES)).status_code == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"nodes": "99999", "n0-ways": "99999"},
        {"nodes": "-1"},
        {"nodes": "x", "op": "move-node-0-99999"},
        {"nodes": "2", "n0-ways": "2", "n0-w0-case": "remembers, : , remembers: perhaps", "n1-id": "\x00"},
        {"name": "a\x00b", "language": "e\x00n", "nodes": "1"},
        {"name": "../../etc", "language": "en/../", "nodes": "1"},
        {},
    ],
    ids=str,
)
def test_any_fields_of_the_editor_are_answered(browser: Client, fields: dict[str, str]) -> None:
    for address in (reverse("script-new"), reverse("script-check")):
        assert browser.post(address, fields).status_code in {200, 422}
    assert not CallMapVersion.objects.exists()
