"""Texts are filled from the record; a piece that is missing is never read out as an empty phrase (A10, B2)."""

from __future__ import annotations

import pytest

from ringback.domain.maps.texts import Filling, show_map
from ringback.domain.maps.variables import VARIABLES, how_to_ask, longest_form, spoken
from ringback.domain.vocabulary import Occasion, Trait
from tests.domain.maps.drawn import case, drawn, node

TEXT = "Hello[[ {{ first_name }}]], this is {{ rep_name }}.[[ You said: {{ need }}.]] Is it about {{ company }}?"

CASES = {
    "A10 all known": (
        {"first_name": "Sofia", "rep_name": "Rosa Lind", "need": "one list", "company": "Lumen"},
        {},
        "Hello Sofia, this is Rosa Lind. You said: one list. Is it about Lumen?",
        (),
    ),
    "A10 a part is left out": (
        {"rep_name": "Rosa Lind", "company": "Lumen"},
        {},
        "Hello, this is Rosa Lind. Is it about Lumen?",
        ("first_name", "need"),
    ),
    "A10 a fall-back stands in": (
        {"rep_name": "Rosa Lind"},
        {"company": "your company"},
        "Hello, this is Rosa Lind. Is it about your company?",
        ("first_name", "need", "company"),
    ),
    "B2 a gap is shown": (
        {"first_name": "Sofia", "company": "Lumen"},
        {},
        "Hello Sofia, this is [rep name?]. Is it about Lumen?",
        ("rep_name", "need"),
    ),
    "blank counts as unknown": (
        {"first_name": " \n", "rep_name": "Rosa", "company": "L"},
        {},
        "Hello, this is Rosa. Is it about L?",
        ("first_name", "need"),
    ),
    "values are not read for variables": (
        {"rep_name": "{{ need }}", "company": "[[x]]"},
        {},
        "Hello, this is {{ need }}. Is it about [[x]]?",
        ("first_name", "need"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_filled_or_says_what_is_missing(name: str) -> None:
    values, fallbacks, text, gaps = CASES[name]
    found = spoken(TEXT, values, fallbacks)
    assert (found.text, found.gaps) == (text, gaps)


def test_every_variable_says_how_its_gap_is_closed_in_both_languages() -> None:
    assert [name for name in VARIABLES if how_to_ask(name, "en") == how_to_ask(name, "de")] == []
    assert how_to_ask("need", "pt-BR") == how_to_ask("need", "en")


def test_the_longest_form_has_every_optional_part() -> None:
    assert longest_form("Hello[[ {{ first_name }}]].") == "Hello something like this."


def test_a_shown_map_carries_keys_gaps_seconds_and_own_words() -> None:
    found = show_map(
        drawn(node("hello", "lost", text="Hello {{ name }}."), node("lost")),
        7,
        Filling(values={}, own={"hello": "Hi {{ name }}, Rosa here."}),
    )
    hello = found["nodes"]["hello"]
    assert (hello["text"], hello["own"], hello["seconds"]) == ("Hi [name?], Rosa here.", True, 2)
    assert hello["gaps"] == [{"name": "name", "ask": "Ask for the full name and note it."}]
    assert hello["edges"] == [{"key": 1, "to": "lost", "label": "to lost", "says": []}]


def test_a12_a_voicemail_map_enters_at_the_case_that_the_record_speaks_for() -> None:
    message = {"kind": "leave_message", "text": "Back soon."}
    voicemail = drawn(
        node("which", edges=[case("known", remembers=True), case("new", remembers=False)]),
        node("known", "voicemail", **message),
        node("new", "voicemail", **message),
        node("voicemail"),
        occasion="voicemail",
        place=1,
    )
    assert show_map(voicemail, 1, Filling({}, traits={Trait.REMEMBERS: False}))["entry"] == "new"
    assert show_map(voicemail, 1, Filling({}))["entry"] == "which"


def test_a_message_borrows_the_words_of_the_map_for_its_place() -> None:
    borrowing = drawn(
        {
            "id": "message",
            "kind": "leave_message",
            "borrows": "voicemail",
            "edges": [{"to": "voicemail", "label": "on"}],
        },
        node("voicemail"),
    )
    filling = Filling({"rep_name": "Rosa"}, borrowed={Occasion.VOICEMAIL: "This is {{ rep_name }}."})
    assert show_map(borrowing, 1, filling)["nodes"]["message"]["text"] == "This is Rosa."
