"""The brief, the walk and the gate as the server sees them (A13, B5, B6)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ringback.domain.call_backs import AS_PROMISED
from ringback.models import (
    Call,
    Circumstance,
    GateDecision,
    Need,
    Objection,
    ObjectionChange,
    Prospect,
    Touch,
    User,
    Walk,
)
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(a_minute_later: None) -> Cast:
    return cast(people=1, maps=True)


@pytest.fixture
def rosa(found: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(found.rosa)


def page(client: Client, found: Cast, query: str = "") -> str:
    return client.get(f"/prospects/{found.sofia.pk}/call/{query}").content.decode()


def script(shown: str) -> dict[str, Any]:
    found = re.search(r'<script id="walk-json" type="application/json">(.*?)</script>', shown, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def walked(map_id: int) -> str:
    answers = [{"node": "need", "text": "Fewer lists"}, {"node": "decides", "text": "Enzo"}]
    visits = [{"node": "need", "edge": 1}, {"node": "decides"}]
    return json.dumps(
        {"map": map_id, "visits": visits, "answers": answers, "ticked": {}, "started_at": NOW.isoformat()}
    )


def save(client: Client, found: Cast, **answers: Any) -> Any:
    given = {"key": "k1", "draft": "d", **answers}
    return client.post(f"/prospects/{found.sofia.pk}/calls", given, headers={"HX-Request": "true"})


def test_a11_the_map_of_this_call_is_on_the_page_and_another_can_be_asked_for(found: Cast, rosa: Client) -> None:
    first = script(page(rosa, found))
    names = {each["id"]: each["name"] for each in first["maps"]}
    assert names[first["main"]] == "first-call-warm"
    other = next(number for number, name in names.items() if name == "gatekeeper")
    assert script(page(rosa, found, f"?map={other}"))["main"] == other
    assert script(page(rosa, found, "?map=99999999999999"))["main"] == first["main"]


def test_without_a_script_the_map_is_a_list_to_read(found: Cast, rosa: Client) -> None:
    read = page(rosa, found).split("<noscript>")[1].split("</noscript>")[0]
    assert 'href="#place-need"' in read
    assert "What made you look into it just now?" in read


def test_d2_the_walk_is_saved_with_what_was_answered(found: Cast, rosa: Client) -> None:
    main = script(page(rosa, found))["main"]
    save(rosa, found, result="not_now", walk=walked(main), needs="fewer LISTS")
    assert (Walk.objects.get().map_id, Walk.objects.get().result) == (main, "not_now")
    assert [need.text for need in Need.objects.all()] == ["fewer LISTS"]
    assert list(Circumstance.objects.values_list("text", flat=True)) == ["Enzo"]


@pytest.mark.parametrize(
    "rubbish", ["{", "[]", '{"map": "x"}', '{"map": 1e99}', '{"map": 7e77, "visits": 3}', "[" * 9000]
)
def test_a_call_is_saved_although_its_walk_is_rubbish(found: Cast, rosa: Client, rubbish: str) -> None:
    assert save(rosa, found, result="no_answer", walk=rubbish).status_code == 204
    assert not Walk.objects.exists()


def test_b6_a_gate_that_was_heeded_and_one_that_was_overridden_leave_their_reason(found: Cast, rosa: Client) -> None:
    agreed = {"slot": "2026-11-25T10:00", "reason": "What they read"}
    save(rosa, found, result="send_information", **agreed)
    assert not GateDecision.objects.exists()
    save(rosa, found, result="send_information", gate_override="Purchasing wants it in writing", **agreed)
    save(rosa, found, result="appointment", gate_heeded="1", key="k2", **agreed)
    assert list(GateDecision.objects.order_by("id").values_list("choice", "reason")) == [
        ("overridden", "Purchasing wants it in writing"),
        ("heeded", ""),
    ]


def test_b5_one_press_says_what_an_objection_turned_out_to_be(found: Cast, rosa: Client) -> None:
    objection = Objection.objects.create(prospect=found.sofia, text="The price <b>", raised_at=NOW)
    where = f"/prospects/{found.sofia.pk}/call/objections/{objection.pk}"
    shown = rosa.post(where, {"state": "real"}, headers={"HX-Request": "true"}).content.decode()
    assert 'value="real" aria-pressed="true"' in shown
    assert "The price &lt;b&gt;" in shown
    assert "A real objection stands" in page(rosa, found)
    assert rosa.post(where, {"state": "nonsense"}).status_code == 404
    assert rosa.post(where, {"state": "resolved"}).status_code == 302
    assert "The price" not in page(rosa, found).split('id="say"')[0]


def test_b5_the_words_that_were_used_are_noted_with_what_it_turned_out_to_be(found: Cast, rosa: Client) -> None:
    objection = Objection.objects.create(prospect=found.sofia, text="The price", raised_at=NOW)
    where = f"/prospects/{found.sofia.pk}/call/objections/{objection.pk}"
    asked = rosa.post(where, {"state": "real"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="words"' in asked
    said = rosa.post(where, {"state": "real", "words": "It is the <total>"}, headers={"HX-Request": "true"})
    assert 'name="words"' not in said.content.decode()
    refused = rosa.post(where, {"state": "false", "words": "x" * 501}, headers={"HX-Request": "true"}).content.decode()
    assert "at most 500 characters" in refused
    assert 'value="real" aria-pressed="true"' in refused
    assert "“It is the &lt;total&gt;”" in rosa.get(f"/prospects/{found.sofia.pk}/").content.decode()
    rosa.post(
        f"/prospects/{found.sofia.pk}/objections/{objection.pk}/state", {"state": "resolved", "words": "In two parts"}
    )
    assert list(ObjectionChange.objects.order_by("id").values_list("before", "after", "words")) == [
        ("open", "real", ""),
        ("real", "real", "It is the <total>"),
        ("real", "resolved", "In two parts"),
    ]


def test_b5_an_objection_of_somebody_elses_prospect_is_not_there(
    found: Cast, as_user: Callable[[User], Client]
) -> None:
    objection = Objection.objects.create(prospect=found.sofia, text="The price", raised_at=NOW)
    where = f"/prospects/{found.sofia.pk}/call/objections/{objection.pk}"
    assert as_user(found.otto).post(where, {"state": "real"}).status_code == 404
    objection.refresh_from_db()
    assert objection.state == "open"


def test_a13_a_record_without_anything_says_what_to_ask(found: Cast, rosa: Client) -> None:
    brief = page(rosa, found).split('id="brief"')[1].split('id="say"')[0]
    assert "You have not talked yet, and they came to you." in brief
    assert "find out what should be different" in brief
    assert "this is the first contact" in brief


def test_a13_the_history_shows_the_talks_behind_many_tries_and_the_mood_over_time(found: Cast, rosa: Client) -> None:
    for days, mood in ((30, "good"), (20, "bad"), (10, "bad")):
        at = NOW - timedelta(days=days)
        Call.objects.create(
            prospect=found.sofia, rep=found.rosa, at=at, ended_at=at, machine="answered", outcome="not_now", mood=mood
        )
    for hours in range(1, 13):
        at = NOW - timedelta(hours=hours)
        Call.objects.create(prospect=found.sofia, rep=found.otto, at=at, ended_at=at, machine="busy")
    brief = page(rosa, found).split('id="brief"')[1].split('id="say"')[0]
    history = re.findall(r'<span class="font-medium">(.*?)</span>', brief.split('class="history"')[1])
    assert history == ["12 tries, nobody reached", "Not now", "Not now"]
    assert "getting worse" in brief


def test_b2_what_a_talk_is_about_is_noted_before_the_dial_and_said_in_the_opening(found: Cast, rosa: Client) -> None:
    where = f"/prospects/{found.sofia.pk}/call/about"
    assert "What is this talk about?" in page(rosa, found)
    assert rosa.post(where, {"about": "  the <second> depot\n"}).status_code == 302
    shown = page(rosa, found)
    assert "I am ringing about this: the &lt;second&gt; depot." in shown
    assert "What is this talk about?" not in shown
    assert 'value="the &lt;second&gt; depot"' in shown
    assert found.sofia.activities.filter(rule="B2").values_list("text", flat=True)[0].endswith("the <second> depot.")


def test_b2_an_appointment_says_what_the_talk_is_about_and_nothing_else_is_asked(found: Cast, rosa: Client) -> None:
    rosa.post(f"/prospects/{found.sofia.pk}/call/about", {"about": "the second depot"})
    agreed = {"slot": "2026-11-25T10:00", "reason": "What they read"}
    save(rosa, found, result="appointment", **agreed)
    shown = page(rosa, found)
    assert "What they read" in shown
    assert 'name="about"' not in shown


def test_b2_a_subject_that_cannot_be_kept_is_refused_in_words(found: Cast, rosa: Client) -> None:
    where = f"/prospects/{found.sofia.pk}/call/about"
    answer = rosa.post(f"{where}?direction=in", {"about": "x" * 301}, follow=True)
    assert answer.redirect_chain == [(f"/prospects/{found.sofia.pk}/call/?direction=in", 302)]
    assert "at most 300 characters fit" in answer.content.decode()
    assert Prospect.objects.get(pk=found.sofia.pk).talk_about is None


def test_b2_of_somebody_elses_prospect_nothing_can_be_noted(found: Cast, as_user: Callable[[User], Client]) -> None:
    where = f"/prospects/{found.sofia.pk}/call/about"
    assert as_user(found.otto).post(where, {"about": "mine"}).status_code == 404
    assert Prospect.objects.get(pk=found.sofia.pk).talk_about is None


def test_b2_a_call_back_that_was_promised_without_a_reason_asks_for_one(found: Cast, rosa: Client) -> None:
    Touch.objects.filter(prospect=found.sofia).update(kind="call_back", title=AS_PROMISED)
    assert "What is this talk about?" in page(rosa, found)
    rosa.post(f"/prospects/{found.sofia.pk}/call/about", {"about": "the second depot"})
    shown = page(rosa, found)
    assert "the second depot" in shown.split('id="say"')[1]
    assert 'name="about"' not in shown
