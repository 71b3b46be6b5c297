"""Cadences drawn, rehearsed, edited, compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from ringback.domain.cadence import read_cadence
from ringback.library import cadence_documents
from ringback.models import CadenceVersion, Enrollment, User
from ringback.web.cadences.chart import chart, plain_days
from ringback.web.cadences.differences import changes
from ringback.web.cadences.months import Mark, months
from ringback.web.cadences.writing import as_toml
from tests.cast import Cast

AsUser = Callable[[User], Client]
DOCUMENTS = cadence_documents()
START = {"start": "2026-11-23T10:00", "zone": "Europe/Berlin", "region": "DE-HH"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_written_cadence_reads_back_the_same(name: str) -> None:
    import tomllib

    assert tomllib.loads(as_toml(DOCUMENTS[name])) == DOCUMENTS[name]


def test_awkward_texts_read_back_the_same() -> None:
    import tomllib

    awkward = {"name": "x", "description": 'He said "no".\n\\ end """ and "', "title": 'A "quoted" \\ title\t🦊'}
    assert tomllib.loads(as_toml(awkward)) == awkward


@pytest.mark.parametrize("name", DOCUMENTS)
def test_chart_has_a_stop_for_each_step_inside_the_picture(name: str) -> None:
    cadence = read_cadence(DOCUMENTS[name])
    drawn = chart(cadence)
    assert [stop.step_id for stop in drawn.stops] == [step.id for step in cadence.steps]
    assert all(0 < stop.x < drawn.width and 0 < stop.y < drawn.height for stop in drawn.stops)


def test_plain_days_of_the_general_rhythm_c4() -> None:
    days = list(plain_days(read_cadence(DOCUMENTS["general"])).values())
    assert days[:6] == ["Day 1", "Day 3", "Day 7", "Day 14", "Day 28", "Day 58"]


def test_month_marks_touches_weekends_and_holidays() -> None:
    mark = Mark("10:00", "call", "Call", "First call", 1)
    (month,) = months({date(2026, 12, 28): [mark]}, frozenset(range(5)), {date(2026, 12, 25): "Christmas Day"})
    days = {day.number: day for week in month.weeks for day in week if day.inside}
    assert (len(days), days[28].marks, days[25].holiday) == (31, (mark,), "Christmas Day")
    assert [number for number, day in days.items() if day.closed] == [5, 6, 12, 13, 19, 20, 25, 26, 27]


def test_differences_name_the_lines() -> None:
    found = changes("a\nb\nc", "a\nB\nc")
    assert [(each.kind, each.text) for each in found] == [
        ("same", "a"), ("removed", "b"), ("added", "B"), ("same", "c"),
    ]  # fmt: skip


def test_list_asks_once_for_all(them: Cast, as_user: AsUser, django_assert_num_queries) -> None:
    client = as_user(them.rosa)
    with django_assert_num_queries(3):
        page = client.get("/cadences/")
    assert len(page.context["cards"]) == len(DOCUMENTS)


def test_rehearsal_shows_the_ladder_and_stops_when_answered_c5(them: Cast, as_user: AsUser) -> None:
    where = "/cadences/missed-appointment-patient/rehearsal"
    whole = as_user(them.rosa).get(where, START).context["shown"]
    assert [line.clock for line in whole.lines[:3]] == ["10:00", "10:10", "14:40"]
    short = as_user(them.rosa).get(where, START | {"answer": ["no_answer", "answered"]}).context["shown"]
    assert [line.answer for line in short.lines] == ["no_answer", "answered"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Europe/Berlim"),
        ("region", "DE-XX"),
        ("start", "tomorrow"),
        ("start", "2027-03-28T02:30"),
        ("start", ""),
    ],
)
def test_rehearsal_answers_a_slip_at_its_field(field: str, value: str, them: Cast, as_user: AsUser) -> None:
    page = as_user(them.rosa).get("/cadences/general/rehearsal", START | {field: value})
    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


@pytest.mark.parametrize("start", ["0001-01-01T10:00", "9999-12-31T10:00"])
def test_rehearsal_at_the_ends_of_time_says_so(start: str, them: Cast, as_user: AsUser) -> None:
    page = as_user(them.rosa).get("/cadences/general/rehearsal", START | {"start": start})
    assert page.status_code == 200
    assert "shown" not in page.context or page.context["shown"].lines


def test_new_version_is_published_and_people_stay_until_moved(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.max)
    text = as_toml(DOCUMENTS["warm-first-voicemail"]).replace('title = "Warm', 'title = "Very warm', 1)
    client.post("/cadences/warm-first-voicemail/edit", {"text": text})
    newest = CadenceVersion.objects.get(name="warm-first-voicemail", retired_at=None)
    assert newest.version == 2
    assert set(Enrollment.objects.values_list("cadence__version", flat=True)) == {1}
    client.post("/cadences/warm-first-voicemail/versions/1/migration", {"key": "k"})
    assert set(Enrollment.objects.values_list("cadence__version", flat=True)) == {2}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('channel = "email"', 'channel = "fax"', "steps[2].channel"),
        ('wait = "2 days"', 'wait = "2 dayz"', "steps[2].wait"),
        ('name = "general"', 'name = "other"', "name"),
        ("[end]", "[[end]", ""),
    ],
)
def test_editor_names_the_field_and_publishes_nothing(
    old: str, new: str, field: str, them: Cast, as_user: AsUser
) -> None:
    text = as_toml(DOCUMENTS["general"]).replace(old, new, 1)
    answer = as_user(them.max).post("/cadences/general/edit", {"text": text})
    assert (answer.status_code, [where for where, _ in answer.context["problems"]]) == (422, [field])
    assert CadenceVersion.objects.filter(name="general").count() == 1


def test_name_that_is_taken_is_no_new_cadence(them: Cast, as_user: AsUser) -> None:
    answer = as_user(them.max).post("/cadences/new", {"text": as_toml(DOCUMENTS["general"])})
    assert [where for where, _ in answer.context["problems"]] == ["name"]


def test_model_start_is_a_monday_without_clock_changes() -> None:
    from ringback.web.cadences.chart import MODEL_START

    assert (MODEL_START.weekday(), MODEL_START) == (0, datetime(2029, 1, 1, 9, tzinfo=UTC))
