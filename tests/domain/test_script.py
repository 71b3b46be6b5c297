"""A10 and B7: texts with variables, and how long they take to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.script import TOO_LONG_SECONDS, Filled, fill, speaking_seconds, variables_of

VALUES = {"first_name": "Mara", "need": "fewer late deliveries", "rep_name": "Jo Brandt"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hello {{ first_name }}.", Filled("Hello Mara."), id="A10-filled"),
        pytest.param("Hello {{first_name}}.", Filled("Hello Mara."), id="A10-without-spaces"),
        pytest.param("{{ need }}, {{ need }}", Filled("fewer late deliveries, fewer late deliveries"), id="A10-twice"),
        pytest.param("At {{ company }}.", Filled("At [company?].", ("company",)), id="A10-missing-is-a-gap"),
        pytest.param("{{ later_time }}", Filled("[later time?]", ("later_time",)), id="A10-gap-in-words"),
        pytest.param("{{ a }}{{ b }}{{ a }}", Filled("[a?][b?][a?]", ("a", "b")), id="A10-each-missing-once"),
        pytest.param("Nothing to fill {first_name} }}", Filled("Nothing to fill {first_name} }}"), id="A10-plain"),
        pytest.param("", Filled(""), id="A10-empty"),
        pytest.param("{{ __class__ }} {{ a.b }}", Filled("{{ __class__ }} {{ a.b }}"), id="A10-no-expressions"),
    ],
)
def test_fill_shows_gaps_and_never_an_empty_phrase(text: str, expected: Filled) -> None:
    assert fill(text, VALUES) == expected


def test_fill_takes_a_blank_value_for_missing() -> None:
    assert fill("Hi {{ first_name }}", {"first_name": "  "}) == Filled("Hi [first name?]", ("first_name",))


def test_fill_does_not_read_values_for_variables() -> None:
    assert fill("{{ need }}", {"need": "{{ rep_name }}", "rep_name": "Jo"}) == Filled("{{ rep_name }}")


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text()))
def test_fill_reports_exactly_the_variables_without_a_value(text: str, values: dict[str, str]) -> None:
    expected = tuple(name for name in variables_of(text) if not values.get(name, "").strip())
    assert fill(text, values).missing == expected


@pytest.mark.parametrize(
    ("text", "language", "seconds"),
    [
        pytest.param("", "en", 0, id="B7-nothing"),
        pytest.param("word " * 75, "en", TOO_LONG_SECONDS, id="B7-75-english-words"),
        pytest.param("word " * 59, "de", TOO_LONG_SECONDS, id="B7-59-german-words"),
        pytest.param("word " * 59, "de-AT", TOO_LONG_SECONDS, id="B7-language-with-region"),
        pytest.param("word " * 75, "xx", TOO_LONG_SECONDS, id="B7-unknown-language-as-english"),
        pytest.param("don’t well-known", "en", 1, id="B7-one-word-each"),
        pytest.param("+49 30 1234567", "en", 3, id="B7-figures-take-longer"),
    ],
)
def test_speaking_seconds(text: str, language: str, seconds: int) -> None:
    assert speaking_seconds(text, language) == seconds
