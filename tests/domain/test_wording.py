"""A7, A9, B7: what keeps a reminder from being sent, and what pushes."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.pressure import PUSHES
from ringback.domain.wording import Finding, check_next_steps, check_pressure, check_reminder

STARTS_AT = datetime(2025, 11, 14, 15, 0)
SUBJECT = "Our call on 14 November, and an article on small depots"
BODY = """Hello Mara,

we speak on Friday, 14 November at 15:00.

Last time you told me about the two depots and the autumn peak. I would like to tell you what I recommend, answer
your questions, and look at next steps, if there are any.

P.S. The article is attached.
"""
GOOD: dict[str, Any] = {
    "subject": SUBJECT,
    "body": BODY,
    "starts_at_local": STARTS_AT,
    "recap_points": ("the two depots", "the autumn peak"),
    "agenda": ("What we recommend", "Your questions", "Next steps, if any"),
}


def findings(**changes: Any) -> list[tuple[str, str, str]]:
    return [(each.rule, each.field, each.excerpt) for each in check_reminder(**{**GOOD, **changes})]


def test_A7_a_good_reminder_has_no_findings() -> None:
    assert check_reminder(**GOOD) == ()


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param("Our call on 14 November at 15:00", [("A7", "subject", "15:00")], id="A7-time"),
        pytest.param("Our call on 14 November at three", [("A7", "subject", "at three")], id="A7-time-in-words"),
        pytest.param("Our call on 14 November, 3 p.m.", [("A7", "subject", "3 p.m.")], id="A7-pm"),
        pytest.param("Unser Gespräch am 14.11. um 15 Uhr", [("A7", "subject", "15 Uhr")], id="A7-uhr"),
        pytest.param("Our call on Friday", [("A7", "subject", "")], id="A7-no-date"),
        pytest.param("Our call on 15 November", [("A7", "subject", "")], id="A7-another-date"),
        pytest.param("", [("A7", "subject", "")], id="A7-empty"),
        pytest.param("Your final decision, 14 November", [("A9", "subject", "final decision")], id="A9-pressure"),
        pytest.param("14 November: 3 people in 10 minutes, room 15", [], id="A7-other-figures"),
        pytest.param("Unser Gespräch am 14.11.", [], id="A7-german"),
    ],
)
def test_the_subject_gives_the_date_and_no_time(subject: str, expected: list[tuple[str, str, str]]) -> None:
    assert findings(subject=subject) == expected


@pytest.mark.parametrize(
    ("subject", "better"),
    [
        ("Our call on 14 November at 15:00", "Our call on 14 November"),
        ("Our call (3 pm) on 14 November", "Our call on 14 November"),
        ("15 Uhr, 14.11.: unser Gespräch", "14.11.: unser Gespräch"),
        ("Our call at three on 14 November", "Our call on 14 November"),
    ],
)
def test_A7_the_subject_without_its_time_is_proposed(subject: str, better: str) -> None:
    assert [each.better for each in check_reminder(**{**GOOD, "subject": subject})] == [better]


def body(old: str, new: str) -> str:
    assert old in BODY
    return BODY.replace(old, new)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(body("14 November", "a good day"), [("A7", "body", "")], id="A7-no-date"),
        pytest.param(body("14 November", "13 November"), [("A7", "body", "")], id="A7-another-date"),
        pytest.param(body(" at 15:00", ""), [("A7", "body", "")], id="A7-no-time"),
        pytest.param(body("15:00", "14:00"), [("A7", "body", "14:00")], id="A7-another-time"),
        pytest.param(body("15:00", "3 pm"), [], id="A7-time-by-the-other-clock"),
        pytest.param(body("15:00", "three o'clock"), [], id="A7-time-in-words"),
        pytest.param(body("the two depots and the autumn peak", "it"), [("A7", "body", "")], id="A7-no-recap"),
        pytest.param(body("the two depots and the autumn peak", "your Depots (two)"), [], id="A7-recap-in-other-words"),
        pytest.param(
            body("tell you what I recommend, answer\nyour questions, and ", ""), [("A7", "body", "")], id="A7-no-agenda"
        ),
        pytest.param(body(", if there are any", ""), [("A7", "body", "")], id="A7-no-softener"),
        pytest.param(
            body("look at next steps", "make a decision"), [("A9", "body", "make a decision")], id="A9-pressure"
        ),
    ],
)
def test_the_body_gives_date_time_recap_agenda_and_leaves_them_free(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert findings(body=text) == expected


def test_A7_an_empty_body_lacks_everything() -> None:
    assert findings(body="") == [("A7", "body", "")] * 5


def test_A7_nothing_noted_from_last_time_is_a_finding() -> None:
    assert check_reminder(**{**GOOD, "recap_points": ()}) == (
        Finding(
            "A7",
            "body",
            "",
            "The body does not recall what you talked about last time.",
            "Note what you talked about first.",
        ),
    )


def test_A7_a_german_reminder_passes() -> None:
    text = """Guten Tag Mara,

    wir sprechen am Freitag, 14. November um 15 Uhr. Zuletzt ging es um die beiden Lager. Ich zeige Ihnen meine
    Empfehlung, beantworte Ihre Fragen, und gegebenenfalls sehen wir uns nächste Schritte an.
    """
    assert (
        check_reminder(
            "Unser Gespräch am 14. November",
            text,
            starts_at_local=STARTS_AT,
            recap_points=("die beiden Lager",),
            agenda=("Unsere Empfehlung", "Ihre Fragen", "Nächste Schritte"),
            language="de",
        )
        == ()
    )


@pytest.mark.parametrize(
    ("text", "language", "excerpts"),
    [
        ("We will decide on the next steps.", "en", ["decide on the next steps"]),
        ("We can decide on next steps, if any.", "en", []),
        ("Then we make a final decision.", "en", ["make a final decision", "final decision"]),
        ("We expect your decision by Friday.", "en", ["expect your decision"]),
        ("You must decide today.", "en", ["You must decide", "decide today"]),
        ("You do not have to decide today.", "en", []),
        ("You don't need to make a decision.", "en", []),
        ("No decision is needed, and no commitment.", "en", []),
        ("You can look at it without making a commitment.", "en", []),
        ("Are you ready to sign?", "en", ["ready to sign"]),
        ("Let us close the deal.", "en", ["close the deal"]),
        ("Our commitment to quality.", "en", []),
        ("The committee decides.", "en", []),
        ("This is your last chance, act now!", "en", ["last chance", "act now"]),
        ("Don’t miss it.", "en", ["Don’t miss"]),
        ("Call me when it suits you.", "en", []),
        ("Last time you told me about the sign on your door.", "en", []),
        ("Dann können wir die nächsten Schritte festlegen.", "de", ["nächsten Schritte festlegen"]),
        ("Sie müssen heute entscheiden.", "de", ["Sie müssen", "heute entscheiden"]),
        ("Sie brauchen keine Entscheidung zu treffen.", "de", []),
        ("Das Gespräch ist unverbindlich.", "de", []),
        ("Letzte Chance: nur noch bis Freitag!", "de", ["Letzte Chance", "nur noch bis"]),
        ("Gern höre ich, was Sie denken.", "de-AT", []),
        ("You must decide.", "fr", ["You must decide"]),
        ("", "en", []),
    ],
    ids=lambda value: f"A9-{value}" if isinstance(value, str) else "",
)
def test_phrases_that_push_are_found(text: str, language: str, excerpts: list[str]) -> None:
    assert [each.excerpt for each in check_pressure(text, language)] == excerpts


@pytest.mark.parametrize("language", PUSHES)
def test_A9_every_soft_form_is_soft_itself(language: str) -> None:
    for push in PUSHES[language]:
        assert push.why
        assert check_pressure(push.better, language) == (), push.better


def test_A9_a_finding_proposes_the_soft_form() -> None:
    (finding,) = check_pressure("We will settle on next steps.")
    assert (finding.rule, finding.field, finding.better) == ("A9", "text", "look at next steps, if any")


def test_A9_a_long_text_is_read_through() -> None:
    assert len(check_pressure("Act now, or not act now. " * 2_000)) == 2_000


@given(st.text(max_size=200))
def test_A9_no_text_breaks_the_checks(text: str) -> None:
    for finding in check_reminder(**{**GOOD, "subject": text, "body": text}):
        assert finding.why
        assert finding.better or finding.field == "subject"


@pytest.mark.parametrize(
    ("text", "language", "excerpts"),
    [
        pytest.param("At the end we look at the next steps.", "en", ["next steps"], id="B4-taken-for-granted"),
        pytest.param("I will tell you the next step! All right?", "en", ["next step"], id="B4-the-sentence-counts"),
        pytest.param("Next steps, if there are any.", "en", [], id="B4-if-any"),
        pytest.param("If it helps, we look at next steps together.", "en", [], id="B4-if-first"),
        pytest.param("We see whether there is a next step.", "en", [], id="B4-whether"),
        pytest.param("What would be a next step for you?", "en", [], id="B4-an-open-question"),
        pytest.param("Zum Schluss legen wir die nächsten Schritte fest.", "de", ["nächsten Schritte"], id="B4-german"),
        pytest.param("Nächste Schritte nur, falls es welche gibt.", "de", [], id="B4-german-if-any"),
        pytest.param("Dann schauen wir, ob es einen nächsten Schritt gibt.", "de", [], id="B4-german-whether"),
        pytest.param("Was wäre für Sie ein guter nächster Schritt?", "de", [], id="B4-german-question"),
    ],
)
def test_next_steps_are_left_open(text: str, language: str, excerpts: list[str]) -> None:
    found = check_next_steps(text, language)
    assert [each.excerpt for each in found] == excerpts
    better = {"en": "next steps, if there are any", "de": "nächste Schritte, falls es welche gibt"}[language]
    assert {(each.rule, each.better) for each in found} <= {("B4", better)}
    assert check_next_steps(better + ".", language) == ()
