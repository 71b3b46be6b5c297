"""The wrap-up as the server sees it: what is asked, what is refused where, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ringback.actions.appointing import make_appointment
from ringback.actions.prospecting import add_prospect
from ringback.models import Appointment, Arrangement, Call, Commitment, Touch
from tests.cast import NOW, Cast, cast, person

pytestmark = pytest.mark.django_db

QUERIES = 7


@pytest.fixture(autouse=True)
def _at_now() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        yield


@pytest.fixture
def found() -> Cast:
    return cast(people=1, maps=True)


@pytest.fixture
def rosa(found: Cast) -> Client:
    client = Client()
    client.force_login(found.rosa)
    return client


def given(found: Cast, **answers: Any) -> dict[str, Any]:
    return {"key": "k1", "touch": Touch.objects.get(prospect=found.sofia, state="open").pk, "draft": "d", **answers}


def preview(client: Client, found: Cast, **answers: Any) -> str:
    return client.post(f"/prospects/{found.sofia.pk}/calls/preview", given(found, **answers)).content.decode()


def save(client: Client, found: Cast, **answers: Any) -> Any:
    return client.post(f"/prospects/{found.sofia.pk}/calls", given(found, **answers), headers={"HX-Request": "true"})


def test_call_screen_takes_as_many_queries_whatever_was_said_before(
    found: Cast, rosa: Client, django_assert_num_queries: Any
) -> None:
    rosa.get(f"/prospects/{found.sofia.pk}/call/")
    with django_assert_num_queries(QUERIES):
        rosa.get(f"/prospects/{found.sofia.pk}/call/")
    for _call in range(30):
        Call.objects.create(
            prospect=found.sofia, rep=found.rosa, at=NOW - timedelta(days=20), ended_at=NOW, machine="no_answer"
        )
    with django_assert_num_queries(QUERIES):
        rosa.get(f"/prospects/{found.sofia.pk}/call/")


def test_preview_writes_nothing(found: Cast, rosa: Client) -> None:
    before = Arrangement.objects.count()
    assert "What will be arranged" in preview(rosa, found, result="no_answer")
    assert (Call.objects.count(), Arrangement.objects.count()) == (0, before)


def test_unanswered_call_leads_back_to_the_queue(found: Cast, rosa: Client) -> None:
    answer = save(rosa, found, result="no_answer")
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/today/?arranged={Arrangement.objects.latest('pk').pk}&draft=d"


def test_same_key_twice_logs_one_call(found: Cast, rosa: Client) -> None:
    answers = given(found, result="no_answer")
    where = f"/prospects/{found.sofia.pk}/calls"
    first, second = (rosa.post(where, answers, headers={"HX-Request": "true"}) for _ in range(2))
    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"]
    assert Call.objects.count() == 1
    assert "logged already" not in rosa.get("/today/").content.decode()


def test_another_ending_from_a_tab_left_open_is_told_to_be_too_late(found: Cast, rosa: Client) -> None:
    where, typed = f"/prospects/{found.sofia.pk}/calls", given(found, result="no_answer")
    rosa.post(where, typed)
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        rosa.post(where, typed | {"result": "lost", "close_reason": "No budget"})
        assert "This call was logged already" in rosa.get("/today/").content.decode()
    assert [call.outcome for call in Call.objects.all()] == [""]


def test_a_reason_from_an_ending_that_was_changed_is_not_kept(found: Cast, rosa: Client) -> None:
    save(rosa, found, result="not_now", reason="Left over from another ending")
    assert "Left over" not in str(list(Touch.objects.values_list("title", flat=True)))


@pytest.mark.parametrize(
    ("moment", "warned"),
    [
        pytest.param(NOW + timedelta(minutes=1), "", id="in their hours"),
        pytest.param(NOW + timedelta(hours=17, minutes=12), "Tuesday 03:12 there", id="at night"),
        pytest.param(NOW + timedelta(days=5, hours=2), "Saturday 12:00 there", id="at the weekend"),
    ],
)
def test_dial_outside_their_hours_is_warned_of(found: Cast, rosa: Client, moment: Any, warned: str) -> None:
    with time_machine.travel(moment, tick=False):
        rosa.force_login(found.rosa)
        shown = rosa.get(f"/prospects/{found.sofia.pk}/call/").content.decode()
    assert ("outside their call hours" in shown, warned in shown) == (bool(warned), True)


@pytest.mark.parametrize(
    ("answers", "place", "said"),
    [
        pytest.param({}, "result", "required", id="nothing chosen"),
        pytest.param({"result": "nonsense"}, "result", "Choose how", id="unknown ending"),
        pytest.param({"result": "appointment", "reason": "Quotes"}, "next_at", "exact day and time", id="A1 no moment"),
        pytest.param({"result": "appointment", "slot": "2026-11-25T10:00"}, "reason", "why", id="A4 no reason"),
        pytest.param(
            {"result": "appointment", "reason": "Q", "next_local": "2026-11-20T10:00"},
            "next_at",
            "passed",
            id="A1 past",
        ),
        pytest.param(
            {"result": "appointment", "reason": "Q", "next_local": "2027-03-28T02:30"},
            "next_at",
            "03:30",
            id="A1 skipped",
        ),
        pytest.param(
            {"result": "appointment", "reason": "Q", "next_local": "soon"}, "next_at", "a day and a time", id="A1 prose"
        ),
        pytest.param({"result": "lost"}, "close_reason", "why it ends", id="A1 end without reason"),
        pytest.param(
            {"result": "send_information", "slot": "2026-11-25T10:00", "reason": "Q", "several_calls": "on"},
            "gate",
            "propose an appointment",
            id="B6 gate closed",
        ),
        pytest.param(
            {"result": "thinking", "slot": "2026-11-25T10:00", "reason": "Q"}, "objections", "think over", id="B5"
        ),
        pytest.param(
            {"result": "won", "promise_party": "us", "promise_text": "price list", "promise_due": ""},
            "promises",
            "needs a day",
            id="A3 promise without a day",
        ),
        pytest.param({"result": "no_answer", "notes": "x" * 2_000_000}, "notes", "20,000 fit", id="long note"),
    ],
)
def test_what_stands_in_the_way_is_said_at_its_field(
    found: Cast, rosa: Client, answers: dict[str, Any], place: str, said: str
) -> None:
    answer = save(rosa, found, **answers)
    assert answer.status_code == 422
    shown = answer.content.decode()
    message = shown.split(f'id="error-{place}"')[1].split("</p>")[0]
    assert said in message
    assert not Call.objects.exists()


def test_missing_answer_is_no_mistake_while_it_is_filled_in(found: Cast, rosa: Client) -> None:
    shown = preview(rosa, found, result="appointment")
    assert "Still needed" in shown
    assert 'id="error-next_at" hx-swap-oob="true"></p>' in shown


def test_missing_answer_is_told_at_its_field_once_saving_was_tried(found: Cast, rosa: Client) -> None:
    shown = preview(rosa, found, result="appointment", tried="1")
    assert "Still needed" in shown
    assert "exact day and time" in shown.split('id="error-next_at"')[1].split("</p>")[0]


def test_moment_left_from_another_ending_does_not_count(found: Cast, rosa: Client) -> None:
    assert save(rosa, found, result="won", next_local="2020-01-01T10:00").status_code == 204


def test_reading_is_shown_in_both_zones(found: Cast, rosa: Client) -> None:
    found.rosa.zone = "Europe/London"
    found.rosa.save(update_fields=["zone"])
    shown = preview(rosa, found, result="call_back", next_local="2026-11-24T15:00")
    assert "Tomorrow 15:00 there · 14:00 for you" in shown


def test_reading_that_comes_twice_says_which_is_meant(found: Cast, rosa: Client) -> None:
    assert "comes twice" in preview(rosa, found, result="call_back", next_local="2027-10-31T02:30")


def test_b1_moment_that_was_promised_to_somebody_else_is_warned_of_and_saved_all_the_same(
    found: Cast, rosa: Client
) -> None:
    other, at = add_prospect(by=found.rosa, fields=person(2), now=NOW), NOW + timedelta(days=2, minutes=5)
    make_appointment(by=found.rosa, prospect=other, starts_at=at, reason="Figures", key="other", now=NOW)
    typed = {"result": "appointment", "reason": "Quotes", "next_local": "2026-11-25T10:00"}
    assert "Collides with Thomas 🦊 Nowak, Wed 25 Nov 10:05 by your clock" in preview(rosa, found, **typed)
    assert "Collides" not in preview(rosa, found, **typed | {"next_local": "2026-11-25T10:20"})
    assert save(rosa, found, **typed).status_code == 204


def test_wrap_up_keeps_all_that_was_learned(found: Cast, rosa: Client) -> None:
    answers = {
        "result": "appointment",
        "slot": "2026-11-25T10:00",
        "reason": "Compare the quotes",
        "needs": "Fewer cracks\n\nA pilot",
        "interests": "Trail running",
        "objections": "Budget",
        "mood": "good",
        "promise_party": ["us", "them"],
        "promise_text": ["Energy figures", ""],
        "promise_due": ["2026-11-24", ""],
    }
    assert "/arrangements/" in save(rosa, found, **answers).headers["HX-Redirect"]
    call = Call.objects.get()
    assert (call.outcome, call.mood) == ("appointment", "good")
    assert [need.text for need in found.sofia.needs.all()] == ["Fewer cracks", "A pilot"]
    assert Commitment.objects.get().text == "Energy figures"
    assert Appointment.objects.get().starts_at.isoformat() == "2026-11-25T09:00:00+00:00"


def test_without_javascript_the_page_comes_back_with_what_was_typed(found: Cast, rosa: Client) -> None:
    answers = given(found, result="appointment", notes="Finance joins <next> time 🦊")
    answer = rosa.post(f"/prospects/{found.sofia.pk}/calls", answers)
    assert answer.status_code == 422
    assert "Finance joins &lt;next&gt; time 🦊" in answer.content.decode()


def test_c5_inbound_call_names_no_touch(found: Cast, rosa: Client) -> None:
    page = rosa.get(f"/prospects/{found.sofia.pk}/call/?direction=in").content.decode()
    assert "They called you" in page
    assert re.search(r'name="touch"[^>]*value=', page) is None


def test_undo_is_open_for_half_a_minute(found: Cast, rosa: Client) -> None:
    save(rosa, found, result="no_answer")
    row = Arrangement.objects.latest("pk")
    with time_machine.travel(row.at + timedelta(seconds=60), tick=False):
        rosa.post(f"/arrangements/{row.pk}/undo")
        assert Call.objects.exists()
    with time_machine.travel(row.at + timedelta(seconds=20), tick=False):
        rosa.post(f"/arrangements/{row.pk}/undo")
    assert not Call.objects.exists()
