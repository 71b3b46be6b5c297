"""What is wrong with a text before it is filled (A4, A5, A7, A9, A10, D1)."""

from __future__ import annotations

import re

import pytest

from ringback.domain.mail.phrases import agenda_in
from ringback.domain.mail.texts import lint_text, places_in, without_sign_off
from ringback.domain.pressure import SOFTENED

REMINDER = "{{ appointment_day }} {{ appointment_time }} {{ needs }} {{ agenda }} {{ article_title }}"


def found(key: str, subject: str, body: str, language: str = "en") -> list[tuple[str, str, str]]:
    def names(text: str) -> frozenset[str]:
        return frozenset(re.findall(r"\{\{ (\w+)", text))

    used = {"in_subject": names(subject), "in_body": names(body)}
    return [(each.rule, each.field, each.excerpt) for each in lint_text(key, subject, body, language=language, **used)]


@pytest.mark.parametrize(
    ("key", "subject", "body", "expected"),
    [
        pytest.param("reminder", "{{ appointment_day }}", REMINDER, [], id="A7-good"),
        pytest.param("reminder", "Our call", REMINDER, [("A7", "subject", "")], id="A7-no-date"),
        pytest.param(
            "reminder",
            "{{ appointment_day }} at {{ appointment_time }}",
            REMINDER,
            [("A7", "subject", "{{ appointment_time }}")],
            id="A7-time-in-the-subject",
        ),
        pytest.param("reminder", "{{ appointment_day }}", "", [("A7", "body", "")] * 6, id="A7-lacks-everything"),
        pytest.param(
            "reminder",
            "{{ appointment_day }}",
            REMINDER.replace("needs", "appointment_reason"),
            [],
            id="A7-recap-by-the-reason",
        ),
        pytest.param("confirmation", "Hi", "{{ appointment_reason }}", [("A4", "body", "")] * 2, id="A4-no-moment"),
        pytest.param("thank_you", "Hi", "Thank you", [("A5", "body", "")], id="A5-no-day"),
        pytest.param("summary", "Hi", "{{ needs }}{{ ours }}{{ theirs }}", [("D1", "body", "")], id="D1-no-link"),
        pytest.param("rebook", "Hi", "{{ frist_name }}", [("A10", "body", "frist_name")], id="A10-unknown"),
        pytest.param("general/day-3", "Last chance", "x", [("A9", "subject", "Last chance")], id="A9-subject"),
        pytest.param("general/day-3", "x", "make a decision", [("A9", "body", "make a decision")], id="A9-body"),
    ],
)
def test_findings(key: str, subject: str, body: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(key, subject, body) == expected


def test_A10_what_was_probably_meant_is_proposed() -> None:
    (finding,) = lint_text("rebook", "", "", in_subject=frozenset({"frist_name"}), in_body=frozenset(), language="en")
    assert finding.better == "{{ first_name }}"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("proposal_day", ["", "Friday 3 July"])
@pytest.mark.parametrize("talked", [True, False])
def test_B4_every_agenda_ends_with_next_steps_if_any(language: str, proposal_day: str, talked: bool) -> None:
    agenda = agenda_in(language, proposal_day=proposal_day, talked=talked)
    assert SOFTENED.search(agenda[-1])
    assert ("3 July" in agenda[0]) == bool(proposal_day)  # B3


@pytest.mark.parametrize(
    ("markdown", "places"),
    [
        ("Hello [first name?], [Add a tip.]", ("first name?", "Add a tip.")),
        ("[a link](https://example.com) and [another][ref]", ()),
        ("[ref]: https://example.com [need?]: x", ("ref", "need?")),
        (r"a name with \[brackets\]", ()),
        ("[] [1] [ab] [x\ny]", ()),
        ("[twice] [twice]", ("twice",)),
    ],
)
def test_places_for_words_of_ones_own(markdown: str, places: tuple[str, ...]) -> None:
    assert places_in(markdown) == places


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        ("Hello\n\n{{ rep_name }}\n{{ firm_name }}, {{ phone }}", "Hello"),
        ("Hello\n\n{{ rep_name }}\n{{ firm_name }}\n", "Hello"),
        ("Hello\n\nI am {{ rep_name }}", "Hello\n\nI am {{ rep_name }}"),
        ("Ring {{ phone }}", "Ring {{ phone }}"),
    ],
)
def test_the_signature_takes_the_place_of_the_names_at_the_end(body: str, rest: str) -> None:
    assert without_sign_off(body) == rest
