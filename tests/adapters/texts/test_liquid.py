"""Texts are filled, gaps are named, and no text can hang or read what it should not."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from ringback.adapters.texts import LONGEST_TEXT, TextTrouble, fill_text, names_in

VALUES = {"first_name": "Mara", "vacant": " ", "needs": ("less waste", "", "more time"), "none": ()}


@pytest.mark.parametrize(
    ("template", "text", "missing"),
    [
        ("Hello {{ first_name }}", "Hello Mara", ()),
        ("Hello {{ last_name }}", "Hello [last name?]", ("last_name",)),
        ("{{ vacant }}{{ vacant }}", "[vacant?][vacant?]", ("vacant",)),
        ("{% if vacant %}x{{ vacant }}{% endif %}", "", ()),
        ("{% unless last_name %}x{% endunless %}", "x", ()),
        ("{% for each in needs %}- {{ each }}\n{% endfor %}", "- less waste\n- more time\n", ()),
        ("{% for each in none %}{{ each }}{% endfor %}", "", ("none",)),
        ("{% if none %}{% for each in none %}{{ each }}{% endfor %}{% endif %}", "", ()),
        ("{{ needs | join: ', ' }}", "less waste, more time", ()),
        ("{{ last_name | upcase }}", "[LAST NAME?]", ("last_name",)),
        ("{{ last_name | default: 'you' }}", "you", ()),
        ("{{ first_name.__class__ }}", "[first name?]", ("first_name",)),
        ("{% comment %}{{ secret }}{% endcomment %}", "", ()),
        ("{% if last_name == 'x' or first_name == 'Mara' %}y{% endif %}", "y", ()),
    ],
)
def test_filled(template: str, text: str, missing: tuple[str, ...]) -> None:
    filled = fill_text(template, VALUES)
    assert (filled.text, filled.missing) == (text, missing)


def test_values_are_one_line_and_never_read_as_templates() -> None:
    assert fill_text("{{ a }}", {"a": "x\r\nBcc: y {{ b }}"}).text == "x Bcc: y {{ b }}"


def test_names_are_those_asked_for_or_tested_but_not_those_of_loops() -> None:
    template = "{{ a }}{% if b %}{{ c | upcase }}{% endif %}{% for d in needs %}{{ d }}{{ forloop.index }}{% endfor %}"
    assert names_in(template) == {"a", "b", "c", "needs"}


@pytest.mark.parametrize(
    "template",
    [
        "{% include 'x' %}",
        "{% render 'x' %}",
        "{% assign a = 'x' %}",
        "{% capture a %}x{% endcapture %}",
        "{{ a | replace: 'a', 'b' }}",
        "{{ a | append: a }}",
        "{% if %}",
        "{% if a %}",
        "{{ a",
        "{% for i in (1..1000000000) %}x{% endfor %}",
        "{{ (1..1000000000) | join }}",
        "{% for a in (1..9) reversed %}x{% endfor %}",
        "x" * (LONGEST_TEXT + 1),
        "{{ a }}" * 501,
        "{% if a %}" * 40,
    ],
)
def test_what_is_no_template_is_refused_in_words(template: str) -> None:
    with pytest.raises(TextTrouble):
        names_in(template)


def test_trouble_says_where() -> None:
    with pytest.raises(TextTrouble, match="Line 3") as trouble:
        names_in("one\ntwo\n{% include 'x' %}")
    assert trouble.value.line == 3


@pytest.mark.parametrize(
    "template",
    [
        "{{" * 9000,
        "{{ a" + "(" * 15_000,
        "{% for a in b %}" * 8 + "x" + "{% endfor %}" * 8,
        "{% for a in b %}" + "y" * 18_000 + "{% endfor %}",
        "{{ a" + " | upcase" * 2000 + "}}",
        "{% if " + "a and " * 3000 + "a %}x{% endif %}",
        "{{ a" + "[a" * 6000,
    ],
    ids=["brackets", "parentheses", "nested-loops", "long-output", "filters", "conditions", "nested-names"],
)
def test_no_text_takes_long(template: str) -> None:
    began = time.process_time()
    with suppress(TextTrouble):
        assert len(fill_text(template, {"b": ("x",) * 200, "a": "y"}).text) <= 40_000
    assert time.process_time() - began < 2
