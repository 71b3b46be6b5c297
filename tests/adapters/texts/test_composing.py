"""Markdown becomes HTML and plain text that say the same; nothing of it runs, and values stay what they are."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.adapters.texts import MailFrame, compose
from ringback.adapters.texts.markdown import literal, to_html, to_plain
from ringback.adapters.texts.moments import city_of, day_in_words, locale_for, time_in_words


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Hello **Mara**,\n\nhow *are* you?", "Hello Mara,\n\nhow are you?"),
        ("one\ntwo", "one\ntwo"),
        ("- a\n- b\n\nAfter", "- a\n- b\n\nAfter"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("> quoted\n> more", "> quoted\n> more"),
        ("[Book](https://example.com/x)", "Book (https://example.com/x)"),
        ("<https://example.com/x>", "https://example.com/x"),
        ("[Mail](mailto:a@example.com)", "Mail (a@example.com)"),
        ("# Title\n\ntext", "Title\n\ntext"),
        ("a\n\n---\n\nb", "a\n\n--\n\nb"),
        ("`code`", "code"),
        ("<b>x</b>", "<b>x</b>"),
        ("![alt](https://example.com/x.png)", "!alt (https://example.com/x.png)"),
    ],
)
def test_plain(markdown: str, plain: str) -> None:
    assert to_plain(markdown) == plain


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](JaVaScRiPt:alert(1))",
        "![x](https://tracker.example/pixel.gif)",
        '[x](https://example.com "\\" onmouseover=\\"alert(1)")',
    ],
)
def test_nothing_runs_and_nothing_is_fetched(markdown: str) -> None:
    html = to_html(markdown).lower()
    for sign in ("<script", "<img", 'href="javascript', 'href="data', '" onmouseover'):
        assert sign not in html


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60))
def test_a_value_is_shown_as_it_is(value: str) -> None:
    value = " ".join(value.split())
    if value:
        assert to_plain(f"- {literal(value)}") == f"- {value}"
        assert to_plain(f"Hello {literal(value)}") == f"Hello {value}"


def test_the_signature_stands_below_the_greeting_and_a_postscript_behind_it() -> None:
    frame = MailFrame("en", "Rosa <L>\nKilns", "Kilns, Kai 1", ("No more", "https://x.example/s?a=1&b=2"))
    mail = compose("Hello\n\nKind regards\n\nP.S. Read *this*.", frame)
    assert mail.text == (
        "Hello\n\nKind regards\nRosa <L>\nKilns\n\nP.S. Read this.\n\n--\nKilns, Kai 1\nNo more: https://x.example/s?a=1&b=2\n"
    )
    assert "Kind regards<br />\nRosa &lt;L&gt;<br />\nKilns</p>" in mail.html
    assert 'href="https://x.example/s?a=1&amp;b=2"' in mail.html


def test_a_mail_without_a_frame_is_only_its_words() -> None:
    assert compose("Hello.", MailFrame()).text == "Hello.\n"
    assert compose("Hello.", MailFrame(signature="Rosa")).text == "Hello.\n\nRosa\n"


@pytest.mark.parametrize(
    ("language", "country", "day", "clock"),
    [
        ("en", "", "Friday 14 November", "15:00"),
        ("en", "GB", "Friday 14 November", "15:00"),
        ("en", "US", "Friday, November 14", "3:00 PM"),
        ("de", "AT", "Freitag, 14. November", "15:00"),
        ("fr", "FR", "vendredi, 14 novembre", "15:00"),
        ("ja", "JP", "金曜日, 11月14日", "15:00"),
        ("zz", "QQ", "Friday 14 November", "15:00"),
    ],
)
def test_days_and_times(language: str, country: str, day: str, clock: str) -> None:
    locale = locale_for(language, country)
    assert day_in_words(date(2025, 11, 14), locale) == day
    assert time_in_words(datetime(2025, 11, 14, 15, 0), locale) == clock


@pytest.mark.parametrize(
    ("zone", "city"), [("Europe/Rome", "Rom"), ("America/New_York", "New York"), ("UTC", "UTC"), ("Etc/GMT-3", "UTC")]
)
def test_the_city_of_a_zone(zone: str, city: str) -> None:
    assert city_of(zone, locale_for("de", "DE")) == city
