"""A7: times and dates in the many ways in which people write them, and what only looks like one."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.spoken_time import gives_day, times_in

THREE, NINE, NOON = time(15), time(9), time(12)
DAY = date(2025, 11, 15)


@pytest.mark.parametrize(
    ("text", "expected", "excerpt"),
    [
        ("Call at 15:00", THREE, "15:00"),
        ("Call at 15：00", THREE, "15:00"),
        ("Call, 3 pm", THREE, "3 pm"),
        ("Call, 3\u202fpm", THREE, "3 pm"),
        ("Call 3pm, 15 November", THREE, "3pm"),
        ("Call at 3 p.m. on Monday", THREE, "3 p.m."),
        ("3:00 PM call", THREE, "3:00 PM"),
        ("3.00pm call", THREE, "3.00pm"),
        ("Call 2-3 pm", THREE, "3 pm"),
        ("Anruf um 15 Uhr", THREE, "15 Uhr"),
        ("Anruf um 15.00 Uhr", THREE, "15.00 Uhr"),
        ("Anruf um 9 Uhr 30", time(9, 30), "9 Uhr 30"),
        ("Anruf um drei Uhr", THREE, "drei Uhr"),
        ("Anruf um halb vier", time(15, 30), "halb vier"),
        ("Anruf um drei", THREE, "um drei"),
        ("Appel à 15h", THREE, "15h"),
        ("Appel 15h30", time(15, 30), "15h30"),
        ("Appel 15 heures", THREE, "15 heures"),
        ("Bellen om 15 uur", THREE, "15 uur"),
        ("Samtal kl. 15", THREE, "kl. 15"),
        ("Llamada a las 15, gracias", THREE, "a las 15"),
        ("Our call at three", THREE, "at three"),
        ("Our call at 3 on Monday", THREE, "at 3"),
        ("Our call at 3.", THREE, "at 3"),
        ("Three o'clock call", THREE, "Three o'clock"),
        ("Call at 3 o’clock", THREE, "3 o’clock"),
        ("half past three", time(15, 30), "half past three"),
        ("three-thirty call", time(15, 30), "three-thirty"),
        ("quarter to four", time(15, 45), "quarter to four"),
        ("See you at noon", NOON, "noon"),
        ("Midday call", NOON, "Midday"),
        ("Anruf mittags", NOON, "mittags"),
        ("Call 15.00", THREE, "15.00"),
        ("Call 1500 hrs", THREE, "1500 hrs"),
        ("Call at 1500", THREE, "at 1500"),
        ("Call 🕒", THREE, "🕒"),
        ("9am", NINE, "9am"),
        ("A call at 10:00", THREE, "10:00"),
    ],
    ids=lambda value: f"A7-{value}" if isinstance(value, str) else "",
)
def test_a_time_is_found(text: str, expected: time, excerpt: str) -> None:
    found = times_in(text, expected, DAY)
    assert excerpt in [each.excerpt for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "3 people will join",
        "At 3 sites you lose a day",
        "Looking at three companies",
        "Room 15",
        "At 15 Main Street",
        "The 15.11. and 16.11.",
        "15.11.2025",
        "15/11/2025",
        "2025-11-15",
        "In 10 minutes you will know",
        "24h support",
        "A 3h workshop",
        "48 hours later",
        "Up by 15 %",
        "At 15% less",
        "15 % more at 3 % cost",
        "This afternoon",
        "Version 3.11",
        "+44 20 1500 3000",
        "16:9 pictures",
        "I am at home",
        "Wir laden Sie ein am 15. November",
        "Montag, 15 am Vormittag",
        "The mitten and the hour",
        "",
    ],
    ids=lambda text: f"A7-{text}",
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert times_in(text, THREE, DAY) == ()


def test_A7_a_figure_that_is_the_day_is_no_time() -> None:
    assert times_in("Our call on 15.11.", time(15, 11), DAY) == ()
    assert times_in("Our call on 15.11", time(15, 11), DAY) == ()
    assert [found.excerpt for found in times_in("Our call, 15.11", time(15, 11), date(2025, 3, 4))] == ["15.11"]


def test_A7_a_time_is_found_once_and_in_reading_order() -> None:
    found = times_in("Anruf um 15:00 Uhr oder kl. 15, at 3 o'clock", THREE)
    assert [each.excerpt for each in found] == ["15:00 Uhr", "kl. 15", "3 o'clock"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        pytest.param("3 pm", {900}, id="A7-afternoon"),
        pytest.param("3 am", {180}, id="A7-night"),
        pytest.param("12 pm", {720}, id="A7-noon"),
        pytest.param("12 am", {0}, id="A7-midnight"),
        pytest.param("3:00", {180, 900}, id="A7-either"),
        pytest.param("15:00", {900}, id="A7-whole-day-clock"),
        pytest.param("noon", {720}, id="A7-noon-in-words"),
        pytest.param("quarter to one", {45, 765}, id="A7-before-the-hour"),
    ],
)
def test_what_a_time_may_mean(text: str, minutes: set[int]) -> None:
    assert [set(found.minutes) for found in times_in(text, THREE)] == [minutes]


@pytest.mark.parametrize(
    "text",
    [
        "15 November",
        "Saturday, 15th November",
        "the 15th of November",
        "November 15",
        "November 15th, 2025",
        "Nov. 15",
        "Nov 15: our call",
        "15. November",
        "15.11.",
        "15.11.2025",
        "15.11.25",
        "15/11",
        "11/15/2025",
        "2025-11-15",
        "15 de noviembre",
        "15 novembre",
    ],
    ids=lambda text: f"A7-{text}",
)
def test_a_day_is_found(text: str) -> None:
    assert gives_day(text, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Saturday",
        "tomorrow",
        "14 November",
        "115 November",
        "November 150",
        "15 novelties",
        "15 December",
        "1.15.11",
        "v15.11",
        "16/11",
        "2024-11-15",
        "November",
        "",
    ],
    ids=lambda text: f"A7-{text}",
)
def test_another_day_is_not_taken_for_it(text: str) -> None:
    assert not gives_day(text, DAY)


def test_A7_single_digit_days_are_told_from_two_digits() -> None:
    assert gives_day("5 March", date(2025, 3, 5))
    assert gives_day("05.03.", date(2025, 3, 5))
    assert not gives_day("15 March", date(2025, 3, 5))
    assert not gives_day("5 markets", date(2025, 3, 5))


@given(st.dates(date(2024, 1, 1), date(2034, 12, 31)))
def test_A7_every_day_of_the_year_is_recognised(day: date) -> None:
    for spelling in (f"{day.day} {day:%B}", f"{day:%b} {day.day}", f"{day:%d.%m.}", f"{day:%d/%m/%Y}", day.isoformat()):
        assert gives_day(f"Our call on {spelling}, you and me", day)


@given(st.times())
def test_A7_every_time_of_day_is_recognised(at: time) -> None:
    minutes = at.hour * 60 + at.minute
    for spelling in (f"{at:%H:%M}", f"{at:%I:%M %p}", f"{at:%H.%M} Uhr", f"{at:%Hh%M}"):
        assert any(minutes in found.minutes for found in times_in(f"Our call: {spelling}", at)), spelling
