"""A call on a phone: whom, the number, the first sentence before the dial; then a place and its ways on one screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from ringback.actions.publishing_maps import install_maps, publish_map
from ringback.library.scripts import map_documents
from ringback.models import Call, CallMapVersion, Prospect, User
from tests.browser.test_looks import PHONE
from tests.cast import NOW, Cast

MAPS = map_documents()
TALKS = sorted(file for file in MAPS if "voicemail" not in file)
FIRST_CALLS = [file for file in TALKS if "first-call" in file]
NO_DIALLER = "document.addEventListener('click', e => e.target.closest('[data-dial]') && e.preventDefault())"


@pytest.fixture
def open_call(page: Page, found: Cast, enter: Callable[[User], Page], live_server: object) -> Callable[[str], Page]:
    """The first call with Sofia on a phone, with one map."""

    def opened(file: str) -> Page:
        install_maps(documents={file: MAPS[file]}, now=NOW)
        page.set_viewport_size(PHONE)
        enter(found.rosa)
        map_id = CallMapVersion.objects.get().pk
        page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/?map={map_id}")  # type: ignore[attr-defined]
        page.evaluate(NO_DIALLER)
        return page

    return opened


@pytest.fixture
def call(open_call: Callable[[str], Page]) -> Page:
    return open_call("en/first-call-warm")


def is_on_screen(part: Locator) -> bool:
    """Between the header and the bar, without scrolling."""
    box = part.bounding_box()
    assert box is not None
    head, bar = (part.page.locator(each).bounding_box() for each in (".call-header", ".call-bar"))
    assert head is not None
    assert bar is not None
    return head["y"] + head["height"] <= box["y"] and box["y"] + box["height"] <= bar["y"]


def all_on_screen(page: Page) -> bool:
    return all(is_on_screen(part) for part in [page.locator("[data-walk-here]"), *page.locator("[data-way]").all()])


def test_before_the_dial_the_screen_shows_whom_the_number_and_the_first_sentence(call: Page, found: Cast) -> None:
    number = found.sofia.contact_points.get(kind="phone")
    expect(call.get_by_role("heading", level=1)).to_have_text("Sofia Marchetti")
    dial = call.locator(".call-bar-dial")
    expect(dial).to_have_attribute("href", f"tel:{number.value}")
    expect(dial).to_be_in_viewport(ratio=1)
    assert "".join(dial.inner_text().split()) == number.value
    first = call.locator(".opening-first")
    expect(first).to_contain_text("Hello Sofia, my name is Rosa Lindqvist")
    assert is_on_screen(first)


@pytest.mark.parametrize("file", TALKS)
def test_after_the_first_answer_the_place_and_all_its_ways_are_on_the_screen(
    open_call: Callable[[str], Page], file: str
) -> None:
    page = open_call(file)
    page.locator(".call-bar-dial").click()
    assert all_on_screen(page)
    page.locator("[data-way]").first.click()
    assert page.locator("[data-way]").count() > 0
    assert all_on_screen(page)
    page.reload()
    assert all_on_screen(page)


@pytest.mark.parametrize("file", FIRST_CALLS)
def test_a_subject_that_is_not_noted_is_asked_for_on_one_line_above_the_dials_answers(
    open_call: Callable[[str], Page], found: Cast, file: str
) -> None:
    page = open_call(file)
    asked = page.get_by_role("textbox", name="What is this talk about?")
    assert is_on_screen(asked)
    assert asked.locator("xpath=ancestor::form").bounding_box()["height"] <= 44  # type: ignore[index]
    assert all_on_screen(page)
    asked.fill("Fewer lists")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("#toasts")).to_contain_text("Noted")
    expect(page.locator("[data-opening]")).to_contain_text("Fewer lists")


@pytest.mark.parametrize("file", FIRST_CALLS)
def test_the_answers_are_on_the_screen_while_the_call_before_can_be_undone(
    open_call: Callable[[str], Page], found: Cast, file: str
) -> None:
    page = open_call(file)
    next_call = page.url
    page.goto(next_call.replace(f"/{found.sofia.pk}/", f"/{found.prospects[2].pk}/"))
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    page.wait_for_load_state("load")
    page.goto(next_call)
    expect(page.locator("#toasts").get_by_role("button", name="Undo")).to_be_visible()
    assert all_on_screen(page)


def test_words_of_a_place_that_ends_the_call_are_read_before_the_wrap_up(
    open_call: Callable[[str], Page], found: Cast
) -> None:
    page = open_call("en/first-call-warm")
    old = CallMapVersion.objects.get()
    ends = {
        "id": "bye",
        "kind": "outcome",
        "title": "Say goodbye",
        "result": "not_now",
        "text": "Then I wish you a good day.",
    }
    nodes = [
        {**node, "edges": [*node.get("edges", ()), {"to": "bye", "label": "No"}][-9:]}
        if node["id"] == old.document["start"]
        else node
        for node in old.document["nodes"]
    ]
    publish_map(by=found.max, document={**old.document, "nodes": [*nodes, ends]}, based_on=1, now=NOW)
    page.goto(page.url.partition("?")[0])
    page.evaluate(NO_DIALLER)
    page.locator("[data-way]", has_text="No").last.click()
    words = page.get_by_text("Then I wish you a good day.")
    expect(page.locator("[name=result]:checked")).to_have_value("not_now")
    expect(page.locator("#preview")).to_contain_text("What will be arranged")
    assert is_on_screen(words)
    assert is_on_screen(page.locator("[data-walk-here]"))
    page.get_by_role("link", name="How it ended").click()
    expect(page.locator(".ending", has_text="Not now")).to_be_in_viewport()


def test_from_further_down_an_answer_leads_to_the_top_of_the_next_place(call: Page) -> None:
    call.locator("[data-way]").first.click()
    call.evaluate("scrollTo(0, 300)")
    here = call.locator("[data-walk-title]").inner_text()
    call.locator("[data-way]").nth(1).click()
    expect(call.locator("[data-walk-title]")).not_to_have_text(here)
    assert is_on_screen(call.locator("[data-walk-here]"))


def test_the_opening_is_one_sentence_until_it_is_wanted_whole(call: Page) -> None:
    second = call.locator("[data-opening] p").nth(1)
    expect(second).to_be_hidden()
    call.locator("[data-opening] summary").click()
    expect(second).to_be_visible()
    call.locator("[data-point]").first.check()
    expect(second).to_be_visible()
    call.locator("[data-way]").first.click()
    expect(second).to_be_hidden()


def test_two_taps_log_an_unanswered_call(call: Page) -> None:
    call.locator("[data-way]", has_text="Nobody answers").click()
    preview = call.locator("#preview")
    expect(preview).to_contain_text("What will be arranged")
    expect(preview).to_be_in_viewport()
    call.get_by_role("button", name="Save").click()
    call.wait_for_selector("[data-undo]")
    assert Call.objects.get().machine == "no_answer"


def test_what_is_still_needed_is_gone_to_from_the_bar(call: Page) -> None:
    call.get_by_role("link", name="How it ended").click()
    call.locator(".ending", has_text="Appointment agreed").click()
    call.get_by_role("button", name="Save").click()
    expect(call.locator("#error-next_at")).not_to_be_empty()
    expect(call.locator("[data-asks^=moment] :focus")).to_be_in_viewport()
    assert not Call.objects.exists()


def test_the_bar_leads_to_each_part_and_leaves_no_trace_behind(call: Page) -> None:
    before = call.evaluate("history.length")
    for name, part in (("Who", "#brief"), ("How it ended", "#ending"), ("Say", "#say")):
        tab = call.locator(".call-bar").get_by_role("link", name=name)
        tab.click()
        expect(tab).to_have_attribute("aria-current", "true")
        expect(call.locator(part)).to_be_focused()
    assert call.evaluate("history.length") == before


def test_a_number_that_is_missing_is_said(call: Page) -> None:
    Prospect.objects.get(shown_name="Sofia Marchetti").contact_points.filter(kind="phone").delete()
    call.reload()
    expect(call.locator(".call-header")).to_contain_text("No phone number")
    expect(call.locator(".call-bar-dial")).to_have_count(0)
