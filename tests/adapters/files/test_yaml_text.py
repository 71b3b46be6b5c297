"""YAML from anywhere: plain values, bounded; what is refused is said with its line."""

from __future__ import annotations

from typing import Any

import pytest

from ringback.adapters.files.yaml_text import NotYaml, read_yaml, write_yaml

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
REFUSED = {
    "an alias": (BOMB, "line 2: aliases (*name) are not accepted"),
    "a key twice": ("name: a\nname: b\n", "line 2: “name” is given twice"),
    "too deep": ("[" * 40 + "]" * 40, "it is nested more than 12 levels deep"),
    "too long": ("x" * 400_001, "it is 400,001 characters long; at most 400,000 are read"),
    "half a list": ("nodes: [\n", "line 2: expected the node content, but found '<stream end>'"),
    "a tag": ("a: 1\nb: !!timestamp 2026-03-01\n", "line 2: tags (!name) are not accepted"),
    "a tag on a list": ("a: !!set {x, y}\n", "line 1: tags (!name) are not accepted"),
    "a tab": ("a:\n\tb: 1\n", "line 2: found character '\\t' that cannot start any token"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_accepted_is_refused_in_words(name: str) -> None:
    text, told = REFUSED[name]
    with pytest.raises(NotYaml) as refused:
        read_yaml(text)
    assert str(refused.value) == told


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['true']",
        "\x00",
        "a: \x07b",
        "? [a]\n: b",
        'a: "\\UFFFFFFFF"',
        'a: "\\uD800"',
        "a: [\x01\n\t]",
        "a: !!bool abc",
        "a: !!int x",
        "a: !!binary YQ==",
        "! a",
        "a: [1\n\x0c",
        'a: "\\U00110000"',
    ],
)
def test_code_and_rubbish_are_refused(text: str) -> None:
    with pytest.raises(NotYaml):
        read_yaml(text)


def test_a_date_stays_the_text_that_it_was() -> None:
    assert read_yaml("day: 2026-03-01\nyes: no") == {"day": "2026-03-01", "yes": "no"}
    assert read_yaml("[Yes, No, on, Off, true, False]") == ["Yes", "No", "on", "Off", True, False]


DOCUMENTS: list[dict[str, Any]] = [
    {"text": "a" * 200, "list": ["x", {"y": 1}], "flag": True},
    {"text": "Hello: “you” # no comment\n  second line\n", "empty": ""},
    {"text": "- looks like a list", "word": "yes", "number": "012", "quote": 'it\'s "so"', "emoji": "🦊 ä"},
    {"text": " ".join(["word"] * 80)},
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each["text"][:20])
def test_what_is_written_reads_back_as_the_same(document: dict[str, Any]) -> None:
    assert read_yaml(write_yaml(document)) == document
