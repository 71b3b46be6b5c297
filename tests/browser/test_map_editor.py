"""The map editor in a browser: reordered by keyboard, undone, kept over a reload and over a server that is away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from ringback.actions.publishing_maps import install_maps, publish_map
from ringback.library.scripts import map_documents
from ringback.models import CallMapVersion, User
from tests.browser.test_looks import PHONE
from tests.cast import NOW, Cast

FILE = "en/first-call-warm"
expect.set_options(timeout=15_000)  # a form of fifty places


@pytest.fixture
def editor(page: Page, found: Cast, enter: Callable[[User], Page], live_server: object) -> Page:
    install_maps(documents={FILE: map_documents()[FILE]}, now=NOW)
    enter(found.max)
    page.goto(f"{live_server.url}/scripts/{FILE}/edit")  # type: ignore[attr-defined]
    return page


def places(page: Page) -> list[str]:
    return page.locator("[data-place]").evaluate_all("all => all.map(each => each.dataset.place)")


def ways(page: Page) -> list[str]:
    return page.locator("[name^='n0-w'][name$='-label']").evaluate_all("all => all.map(each => each.value)")


def test_places_and_ways_are_reordered_by_keyboard_and_taken_back(editor: Page) -> None:
    """Alt and the arrows move what the keyboard stands on; the button pressed stays under the finger."""
    before = places(editor)
    editor.get_by_role("button", name="Move down:").first.focus()
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-place]").nth(1)).to_have_attribute("data-place", before[0])
    expect(editor.locator(":focus")).to_have_attribute("data-move", "down")
    editor.keyboard.press("Enter")
    expect(editor.locator("[data-place]").nth(2)).to_have_attribute("data-place", before[0])
    editor.get_by_role("button", name="Undo").click()
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator("[data-place]").first).to_have_attribute("data-place", before[0])
    assert places(editor) == before
    expect(editor.get_by_role("button", name="Undo")).to_be_disabled()
    editor.get_by_role("button", name="Redo").click()
    expect(editor.locator("[data-place]").nth(1)).to_have_attribute("data-place", before[0])
    editor.keyboard.press("Control+z")
    expect(editor.locator("[data-place]").first).to_have_attribute("data-place", before[0])
    editor.locator("[data-place]").first.locator("summary").click()
    ways_before = ways(editor)
    editor.locator("[name='n0-w0-label']").focus()
    editor.keyboard.press("Alt+ArrowDown")
    expect(editor.locator("[name='n0-w1-label']")).to_have_value(ways_before[0])
    expect(editor.locator("[data-place]").first).to_have_attribute("open", "")
    assert ways(editor) == [ways_before[1], ways_before[0], *ways_before[2:]]
    editor.get_by_role("button", name="Publish as a new version").click()
    editor.wait_for_url(f"**/scripts/{FILE}/")
    newest = CallMapVersion.objects.get(retired_at=None)
    assert [edge["label"] for edge in newest.document["nodes"][0]["edges"]][:2] == [ways_before[1], ways_before[0]]


def test_a_draft_survives_a_reload_and_is_continued_with_its_undo(editor: Page) -> None:
    title = editor.get_by_label("Title", exact=True)
    was = title.input_value()
    title.fill("Warmer")
    editor.get_by_label("What it is for").fill("For the first message.")
    editor.reload()
    expect(editor.locator("[data-map-waiting]")).to_contain_text("There is an unsaved draft of this map from")
    expect(title).to_have_value(was)
    editor.get_by_role("button", name="Continue with it").click()
    expect(title).to_have_value("Warmer")
    expect(editor.get_by_label("What it is for")).to_have_value("For the first message.")
    editor.get_by_role("button", name="Undo").click()
    editor.get_by_role("button", name="Undo").click()
    expect(title).to_have_value(was)


def test_a_draft_that_is_discarded_or_published_does_not_come_back(editor: Page) -> None:
    title = editor.get_by_label("Title", exact=True)
    was = title.input_value()
    title.fill("Warmer")
    editor.reload()
    editor.get_by_role("button", name="Discard it").click()
    editor.reload()
    expect(title).to_have_value(was)
    expect(editor.locator("[data-map-waiting]")).to_be_hidden()
    title.fill("Warmer still")
    editor.get_by_role("button", name="Publish as a new version").click()
    editor.wait_for_url(f"**/scripts/{FILE}/")
    editor.goto(f"{editor.url}edit")
    expect(title).to_have_value("Warmer still")
    expect(editor.locator("[data-map-waiting]")).to_be_hidden()


def test_a_server_that_is_away_costs_nothing_typed(editor: Page) -> None:
    def away(route: Route) -> None:
        route.abort("connectionrefused")

    title = editor.get_by_label("Title", exact=True)
    title.fill("Typed into the dark")
    editor.route("**/scripts/**", away)
    editor.get_by_role("button", name="Publish as a new version").click()
    expect(editor.locator("#connection")).to_be_visible()
    expect(title).to_have_value("Typed into the dark")
    editor.unroute("**/scripts/**", away)
    editor.get_by_role("button", name="Publish as a new version").click()
    editor.wait_for_url(f"**/scripts/{FILE}/")
    assert CallMapVersion.objects.get(retired_at=None).title == "Typed into the dark"


def test_a_draft_on_an_overtaken_version_says_so_and_goes_on_top_when_asked(editor: Page, found: Cast) -> None:
    editor.get_by_label("Title", exact=True).fill("Mine")
    row = CallMapVersion.objects.get()
    publish_map(by=found.ada, document={**row.document, "title": "Ada's"}, based_on=1, now=NOW)
    editor.reload()
    expect(editor.locator("[data-map-waiting]")).to_contain_text("begun on version 1; version 2 has been published")
    editor.get_by_role("button", name="Continue with it").click()
    expect(editor.get_by_text("Version 2 was published by Ada Brandt while you edit version 1")).to_be_visible()
    editor.get_by_role("button", name="Publish as a new version").click()
    editor.get_by_role("button", name="Publish mine on top of version 2").click()
    editor.wait_for_url(f"**/scripts/{FILE}/")
    assert CallMapVersion.objects.get(retired_at=None).title == "Mine"


def test_a_draft_that_could_not_be_fetched_is_offered_again(editor: Page) -> None:
    title, resume = editor.get_by_label("Title", exact=True), editor.get_by_role("button", name="Continue with it")
    title.fill("Mine")
    editor.reload()

    def away(route: Route) -> None:
        route.abort("connectionrefused")

    editor.route("**/edit", away)
    resume.click()
    expect(resume).to_be_visible()
    expect(title).not_to_have_value("Mine")
    editor.unroute("**/edit", away)
    resume.click()
    expect(title).to_have_value("Mine")


def test_on_a_phone_a_thumb_reorders(editor: Page) -> None:
    editor.set_viewport_size(PHONE)
    before = places(editor)
    button = editor.get_by_role("button", name="Move down:").first
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    button.click()
    expect(editor.locator("[data-place]").nth(1)).to_have_attribute("data-place", before[0])
