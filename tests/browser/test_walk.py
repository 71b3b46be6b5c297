"""A call is walked by keyboard, from the brief to its outcome, on every built-in map (A10–A12)."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from ringback.actions.publishing_maps import install_maps, publish_map
from ringback.domain.maps.graph import CallMap
from ringback.domain.vocabulary import Outcome
from ringback.library.scripts import map_documents
from ringback.models import Call, CallMapVersion, Circumstance, GateDecision, Need, Objection, Prospect, User, Walk
from tests.browser.barriers import assert_no_barrier_in_both_themes
from tests.browser.test_looks import DESK, PHONE
from tests.cast import NOW, Cast

MAPS = map_documents()
WANTED = (Outcome.APPOINTMENT.value, "voicemail")


def published(file: str) -> CallMapVersion:
    install_maps(documents={file: MAPS[file]}, now=NOW)
    return CallMapVersion.objects.get()


def shortest_way(call_map: CallMap) -> tuple[list[int], str]:
    """The keys that lead to an appointment, or to a message where the map knows none; and what it ends as."""
    ends = {str(node.result) for node in call_map.nodes if node.result}
    wanted = next(each for each in WANTED if each in ends)
    waiting, seen = deque([(call_map.start, [])]), {call_map.start}
    while waiting:
        node_id, keys = waiting.popleft()
        node = call_map.node(node_id)
        if node.result == wanted:
            return keys, wanted
        for number, edge in enumerate(node.edges, start=1):
            if edge.to not in seen:
                seen.add(edge.to)
                waiting.append((edge.to, [*keys, number]))
    raise AssertionError(f"{call_map.name} does not lead to {wanted}")


@pytest.fixture
def open_map(page: Page, found: Cast, enter: Callable[[User], Page], live_server: object) -> Callable[[str], CallMap]:
    def opened(file: str) -> CallMap:
        version = published(file)
        enter(found.rosa)
        page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/?map={version.pk}")  # type: ignore[attr-defined]
        return version.as_value()

    return opened


@pytest.mark.parametrize("file", sorted(MAPS))
def test_a11_a_whole_call_is_walked_by_keyboard(page: Page, open_map: Callable[[str], CallMap], file: str) -> None:
    """From the brief to the outcome. The page is reloaded half-way: the rest of the call goes on from there."""
    call_map = open_map(file)
    expect(page.locator("#brief .brief-things")).to_contain_text("You have not talked yet")
    keys, ends_as = shortest_way(call_map)
    if ends_as == "voicemail":  # the record has chosen the case already
        node = next(each for each in call_map.nodes if each.text == page_text(page, call_map))
        keys = [1 + [str(call_map.node(edge.to).result) for edge in node.edges].index(ends_as)]
    for number, key in enumerate(keys):
        if number == len(keys) // 2:
            page.reload()
        page.keyboard.press(str(key))
    expect(page.locator(f"[name=result][value={ends_as}]")).to_be_checked()
    if ends_as == Outcome.APPOINTMENT:
        page.keyboard.press("Space")
        tab_to(page, "reason")
        page.keyboard.type("Compare the quotes")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/arrange**" if ends_as == Outcome.APPOINTMENT else "**/today/**")
    walk = Walk.objects.get()
    assert (walk.map.name, walk.result, walk.call) == (call_map.name, ends_as, Call.objects.get())
    assert [int(edge.rpartition(":")[2]) for edge in walk.edges] == keys


def tab_to(page: Page, name: str) -> None:
    for _ in range(12):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not come to “{name}”")


def page_text(page: Page, call_map: CallMap) -> str:
    """The unfilled words of the place that is shown, found by its title."""
    title = page.locator("[data-walk-title]").inner_text()
    return next(node.text for node in call_map.nodes if node.title == title)


@pytest.fixture
def warm(page: Page, open_map: Callable[[str], CallMap]) -> Page:
    open_map("en/first-call-warm")
    return page


def title(page: Page) -> str:
    return page.locator("[data-walk-title]").inner_text()


def test_back_and_jump_and_the_answer_survive_a_reload(warm: Page) -> None:
    for key in "111":
        warm.keyboard.press(key)
    warm.keyboard.press("a")
    warm.keyboard.type("1 list instead of 2")
    warm.keyboard.press("Enter")
    warm.keyboard.press("1")
    warm.keyboard.press("Backspace")
    assert title(warm) == "What made them ask?"
    warm.reload()
    assert title(warm) == "What made them ask?"
    expect(warm.locator("#walk-answer")).to_have_value("1 list instead of 2")
    expect(warm.locator("[data-walk-covered]")).to_contain_text("1 of 6")
    warm.keyboard.press("m")
    warm.keyboard.type("who else")
    warm.keyboard.press("Enter")
    assert title(warm) == "Who else decides?"
    assert not Need.objects.exists()


def test_two_keys_lead_from_anywhere_to_an_outcome(warm: Page) -> None:
    warm.keyboard.press("1")
    warm.keyboard.press("e")
    warm.keyboard.press("3")
    expect(warm.locator("[name=result][data-ending='3']")).to_be_checked()
    warm.keyboard.press("w")
    warm.keyboard.press("1")
    assert title(warm) == "Say what you would like to do"


@pytest.mark.parametrize("file", ["en/follow-up-proposal", "de/gatekeeper"])
def test_two_keys_lead_from_every_place_of_a_map_to_an_outcome(
    page: Page, open_map: Callable[[str], CallMap], file: str
) -> None:
    for number, node in enumerate(open_map(file).nodes):
        page.evaluate("id => document.dispatchEvent(new CustomEvent('ringback:jump', { detail: id }))", node.id)
        if node.result:
            expect(page.locator(f"[name=result][value={node.result}]")).to_be_checked()
            continue
        ending = "36"[number % 2]
        page.keyboard.press("e")
        page.keyboard.press(ending)
        expect(page.locator(f"[name=result][data-ending='{ending}']")).to_be_checked()


def test_moving_on_asks_the_server_nothing(warm: Page) -> None:
    warm.wait_for_load_state("networkidle")
    asked: list[str] = []
    warm.on("request", lambda request: asked.append(request.url))
    for key in ("1", "1", "1", "Backspace", "1", "m"):
        warm.keyboard.press(key)
    warm.keyboard.type("who else")
    warm.keyboard.press("Enter")
    assert title(warm) == "Who else decides?"
    warm.wait_for_timeout(700)
    assert asked == []


def test_on_a_phone_one_place_is_shown_and_each_way_fits_a_thumb(warm: Page) -> None:
    warm.set_viewport_size(PHONE)
    warm.reload()
    for _ in range(3):
        boxes = [way.bounding_box() for way in warm.locator("[data-way]").all()]
        assert all(box is not None and box["height"] >= 44 and box["width"] >= 160 for box in boxes)
        warm.locator("[data-way]").first.click()
    assert title(warm) == "What made them ask?"
    assert warm.locator("[data-walk-title]:visible").count() == 1
    here = warm.locator("[data-walk-here]").bounding_box()
    assert here is not None
    assert here["width"] <= PHONE["width"]
    assert 0 <= here["y"] < PHONE["height"] / 2


def test_d2_what_was_answered_is_written_once(warm: Page) -> None:
    for key in "111":
        warm.keyboard.press(key)
    warm.keyboard.press("a")
    warm.keyboard.type("Fewer lists")
    warm.keyboard.press("Enter")
    for key in "121":
        warm.keyboard.press(key)
    warm.keyboard.press("a")
    warm.keyboard.type("Enzo")
    warm.keyboard.press("Enter")
    warm.keyboard.press("e")
    warm.keyboard.press("9")
    warm.get_by_label("What they need", exact=False).last.fill("fewer LISTS")
    warm.keyboard.press("Control+Enter")
    warm.wait_for_url("**/arrange**")
    assert list(Need.objects.values_list("text", flat=True)) == ["fewer LISTS"]
    assert list(Circumstance.objects.values_list("kind", "text")) == [("decision_maker", "Enzo")]


def test_b5_a_card_leads_to_its_place_and_what_they_say_becomes_an_objection(warm: Page) -> None:
    warm.keyboard.press("o")
    warm.keyboard.press("2")
    warm.keyboard.press("Enter")
    assert title(warm) == "“It costs too much”"
    expect(warm.locator("[data-walk-questions] li").first).to_have_text("Compared with what?")
    warm.keyboard.press("a")
    warm.keyboard.type("Twice what we planned")
    warm.get_by_role("group", name="What it turned out to be").get_by_role("button", name="Real").click()
    warm.reload()
    expect(warm.locator("[data-state=real]")).to_have_attribute("aria-pressed", "true")
    warm.keyboard.press("e")
    warm.keyboard.press("9")
    warm.keyboard.press("Control+Enter")
    warm.wait_for_url("**/arrange**")
    assert list(Objection.objects.values_list("text", "card", "state")) == [
        ("Twice what we planned", "too-expensive", "real")
    ]


def test_b6_the_gate_offers_a_time_instead_and_keeps_the_choice(warm: Page) -> None:
    warm.keyboard.press("e")
    warm.keyboard.press("5")
    expect(warm.locator("[data-gate-shut] .say-voicemail")).to_contain_text("Gladly")
    warm.get_by_role("button", name="Agree on a time instead").click()
    expect(warm.locator("[name=result][value=appointment]")).to_be_checked()
    warm.keyboard.press("Space")
    warm.get_by_label("Why do you speak again?").fill("What they would read")
    warm.keyboard.press("Control+Enter")
    warm.wait_for_url("**/arrange**")
    assert list(GateDecision.objects.values_list("choice", flat=True)) == ["heeded"]


def test_another_map_takes_over_what_was_noted(warm: Page) -> None:
    install_maps(documents={"en/gatekeeper": MAPS["en/gatekeeper"]}, now=NOW)
    warm.reload()
    for key in "111":
        warm.keyboard.press(key)
    warm.keyboard.press("a")
    warm.keyboard.type("Fewer lists")
    warm.keyboard.press("Enter")
    warm.locator(".walk-map").click()
    warm.locator("a[data-map]").last.click()
    expect(warm.locator("[data-walk-map]")).not_to_contain_text("they came to us")
    expect(warm.locator("[name=needs]")).to_have_value("Fewer lists")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_walked_call_has_no_barrier(warm: Page, size: ViewportSize) -> None:
    """At a place with an answer, at an objection, and at an outcome."""
    Objection.objects.create(prospect=Prospect.objects.earliest("pk"), text="Fifty words long " * 25, raised_at=NOW)
    warm.set_viewport_size(size)
    warm.reload()
    for keys in ("111", "m", "o2", "6"):
        for key in keys:
            warm.keyboard.press(key)
        assert_no_barrier_in_both_themes(warm)
        warm.keyboard.press("Escape")


def test_keys_faster_than_the_eye_are_walked_one_by_one(warm: Page) -> None:
    """Thirty keys in one breath: on, back and on again, without a frame in between."""
    warm.evaluate(
        """(keys) => {
            for (const key of keys)
                document.activeElement.dispatchEvent(
                    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
                );
        }""",
        ["1", "1", "Backspace", "Backspace"] * 9 + ["1", "1", "1"],
    )
    assert title(warm) == "What made them ask?"
    kept = warm.locator("[name=walk]").input_value()
    assert [visit.get("edge") for visit in json.loads(kept)["visits"]] == [1, 1, 1, None]


def test_a_server_that_goes_away_in_the_middle_of_a_walk_costs_nothing(warm: Page) -> None:
    """The walk goes on alone; the call is saved once, with its way, when the server is back."""
    warm.route("**/calls", lambda route: route.abort("connectionrefused"))
    for key in "111":
        warm.keyboard.press(key)
    warm.keyboard.press("a")
    warm.keyboard.type("fewer lists")
    warm.keyboard.press("Enter")
    warm.keyboard.press("e")
    warm.keyboard.press("n")
    warm.keyboard.press("Control+Enter")
    expect(warm.locator("#connection")).to_be_visible()
    assert not Call.objects.exists()
    warm.unroute("**/calls")
    warm.locator("#connection [data-retry]").click()
    warm.wait_for_url("**/today/**")
    walk = Walk.objects.get()
    assert (walk.edges, walk.call) == (["dial:1", "hello:1", "agenda:1"], Call.objects.get())


def test_a_map_that_is_published_anew_during_the_call_is_finished_on_the_old_one(warm: Page, found: Cast) -> None:
    old = CallMapVersion.objects.get()
    warm.keyboard.press("1")
    others = [node for node in old.document["nodes"] if node["id"] != "who-we-are"]
    for node in others:
        node["edges"] = [
            {**edge, "to": "agenda"} if edge["to"] == "who-we-are" else edge for edge in node.get("edges", [])
        ]
        if not node["edges"]:
            del node["edges"]
    new = publish_map(by=found.max, document={**old.document, "nodes": others}, based_on=1, now=NOW)
    warm.goto(warm.url.partition("?")[0])
    assert title(warm) == "Say hello"
    warm.keyboard.press("2")
    assert title(warm) == "Say who you are"
    warm.keyboard.press("e")
    warm.keyboard.press("n")
    warm.keyboard.press("Control+Enter")
    warm.wait_for_url("**/today/**")
    assert Walk.objects.get().map_id == old.pk != new.pk
