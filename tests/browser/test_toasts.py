"""What was done, with its Undo: on a phone a line of the page that covers nothing and pushes nothing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from ringback.models import Call, Prospect, User
from tests.browser.test_looks import DESK, PHONE, PHONES, assert_no_barrier, theme
from tests.cast import Cast

__all__ = ["theme"]

LONG = "Maximiliane-Alexandra Freifrau von Hohenlohe-Waldenburg-Schillingsfürst"
UNDO_IS_OVER = 31_000

# What is pressed or read on the page and has the line, or the bar of the phone, on it.
COVERED = """() => {
    const boxes = [...document.querySelectorAll('.toast-card')].map(card => card.getBoundingClientRect());
    const others = [...document.querySelectorAll('a, button, input, select, textarea, label, p, h1, h2, time')]
        .filter(one => !one.closest('.toasts, .sr-only, .skip-link') && one.checkVisibility());
    return others.filter(one => {
        const at = one.getBoundingClientRect();
        return at.height > 1 && boxes.some(box => at.left < box.right && box.left < at.right
            && at.top < box.bottom - 0.5 && box.top + 0.5 < at.bottom);
    }).map(one => one.outerHTML.slice(0, 80));
}"""
TOP_OF_MAIN = "document.querySelector('main').getBoundingClientRect().top"
HIDDEN = """() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def log(page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any) -> Callable[..., Page]:
    """Nobody answered at Sofia's; Today says what that arranged."""

    def logged(size: ViewportSize = PHONE) -> Page:
        page.set_viewport_size(size)
        enter(found.rosa)
        page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.wait_for_url("**/today/")
        page.wait_for_load_state("load")
        expect(undo(page)).to_be_visible()
        return page

    return logged


def undo(page: Page) -> Any:
    return page.locator("#toasts").get_by_role("button", name="Undo")


def pages_of(found: Cast) -> list[str]:
    """Where a rep may go next."""
    other = found.prospects[1].pk
    return ["/today/", f"/prospects/{other}/call/", f"/prospects/{other}/", "/mail/", "/scripts/", "/settings/"]


@pytest.mark.parametrize("size", PHONES, ids=lambda size: size["width"])
def test_line_covers_nothing_on_any_page(
    log: Callable[..., Page], found: Cast, live_server: Any, size: ViewportSize
) -> None:
    page = log(size)
    assert page.evaluate(COVERED) == []
    for where in pages_of(found):
        page.goto(live_server.url + where)
        expect(undo(page)).to_be_in_viewport(ratio=1)
        assert page.evaluate(COVERED) == []
        box = undo(page).bounding_box()
        assert box["height"] >= 44


def test_page_keeps_room_for_the_line_before_any_script_has_come(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    for where in pages_of(found):
        page.route("**/js/**", lambda route: route.abort())
        page.goto(live_server.url + where)
        before = page.evaluate(TOP_OF_MAIN)
        page.unroute("**/js/**")
        page.goto(live_server.url + where)
        expect(undo(page)).to_be_visible()
        assert page.evaluate(TOP_OF_MAIN) == before


def test_nothing_moves_when_the_time_is_over_until_nobody_looks(log: Callable[..., Page], page: Page) -> None:
    page.clock.install()
    log()
    first = page.locator(".entry").first
    before = first.bounding_box()
    page.clock.run_for(UNDO_IS_OVER)
    expect(undo(page)).to_be_hidden()
    assert first.bounding_box() == pytest.approx(before, abs=0.5)
    page.keyboard.press("u")
    page.evaluate(HIDDEN)
    expect(page.locator(".toast-card")).to_have_count(0)
    assert first.bounding_box()["y"] < before["y"]
    assert Call.objects.count() == 1


def test_message_without_undo_stays_where_it_stands_too(log: Callable[..., Page], page: Page) -> None:
    page.clock.install()
    log()
    page.keyboard.press("u")
    said = page.locator("#toasts").get_by_text("Taken back")
    expect(said).to_be_visible()
    page.wait_for_load_state("load")
    page.clock.run_for(UNDO_IS_OVER)
    expect(said).to_be_visible()


def test_line_is_dismissed_by_hand_and_gives_its_room_back(log: Callable[..., Page], live_server: Any) -> None:
    page = log()
    top = page.evaluate(TOP_OF_MAIN)
    page.get_by_role("button", name="Dismiss").click()
    assert page.evaluate(TOP_OF_MAIN) < top
    page.goto(f"{live_server.url}/settings/")
    expect(page.locator(".toast-card")).to_have_count(0)


def test_undo_is_reached_by_tab_before_the_page_and_pressed_by_its_key(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    page.goto(f"{live_server.url}/prospects/{found.prospects[1].pk}/call/")
    page.locator(".call-header a").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".carried-said")).to_be_focused()
    page.keyboard.press("Tab")
    expect(undo(page)).to_be_focused()
    page.locator("#say").focus()
    page.keyboard.press("u")
    page.wait_for_url("**/today/")
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    assert not Call.objects.exists()


def test_it_is_read_out_once_and_its_seconds_are_not(log: Callable[..., Page], page: Page, found: Cast) -> None:
    page.clock.install()
    log()
    page.clock.run_for(300)
    aloud = page.get_by_role("status").filter(has_text=found.sofia.shown_name)
    expect(aloud).to_contain_text("Undo")
    words = aloud.inner_text()
    assert not any(f"Undo {seconds}" in words for seconds in range(31))
    page.clock.run_for(5_000)
    assert aloud.inner_text() == words


def test_line_goes_along_to_a_place_further_down(log: Callable[..., Page], found: Cast, live_server: Any) -> None:
    page = log()
    page.goto(f"{live_server.url}/prospects/{found.prospects[1].pk}/")
    ids = "[...document.querySelectorAll('main [id]')].filter(one => one.checkVisibility()).map(one => one.id)"
    last = page.evaluate(ids)[-1]
    page.goto(f"{page.url}#{last}")
    page.reload()
    page.wait_for_function("scrollY > 0")
    expect(undo(page)).to_be_in_viewport(ratio=1)
    card, place = (page.locator(each).bounding_box() for each in (".carried-undo", f"#{last}"))
    assert card["y"] + card["height"] <= place["y"]


def test_newer_undo_takes_the_place_of_the_older(log: Callable[..., Page], found: Cast, live_server: Any) -> None:
    page = log()
    other = found.prospects[1]
    page.goto(f"{live_server.url}/prospects/{other.pk}/")
    page.get_by_role("button", name="Pause").click()
    page.locator("dialog[open]").get_by_label("Why").fill("On holiday")
    page.locator("dialog[open]").get_by_role("button", name="Pause").click()
    expect(page.locator("[data-toast=success]")).to_be_visible()
    page.wait_for_load_state("load")
    expect(undo(page)).to_have_count(1)
    expect(page.locator(".carried-undo")).to_be_hidden()
    assert page.evaluate(COVERED) == []
    page.goto(f"{live_server.url}/today/")
    expect(page.locator(".carried-undo")).not_to_contain_text(found.sofia.shown_name)
    expect(undo(page)).to_be_visible()


@pytest.mark.parametrize("size", [DESK, *PHONES], ids=lambda size: size["width"])
def test_long_names_fit_in_both_themes(
    log: Callable[..., Page], found: Cast, theme: str, size: ViewportSize, live_server: Any
) -> None:
    Prospect.objects.filter(pk=found.sofia.pk).update(shown_name=LONG)
    page = log(size)
    assert_no_barrier(page)
    for where in pages_of(found)[:3]:
        page.goto(live_server.url + where)
        expect(undo(page)).to_be_in_viewport(ratio=1)
        assert_no_barrier(page)


def test_what_a_script_says_lies_on_the_title_and_pushes_nothing_away(log: Callable[..., Page], page: Page) -> None:
    page.clock.install()
    log(PHONES[-1])
    before = page.evaluate(TOP_OF_MAIN)
    told = {"text": "Connected again.", "kind": "success"}
    page.evaluate("detail => document.dispatchEvent(new CustomEvent('ringback:toast', { detail }))", told)
    expect(page.locator(".toast-passing")).to_be_visible()
    assert page.evaluate(TOP_OF_MAIN) == before
    assert page.evaluate(COVERED) == []
    page.clock.run_for(7_000)
    expect(page.locator(".toast-passing")).to_have_count(0)


def test_at_a_desk_it_lies_in_the_corner_and_leaves_by_itself(log: Callable[..., Page], page: Page) -> None:
    page.clock.install()
    log(DESK)
    page.wait_for_timeout(500)  # until it has come in
    box = page.locator(".toast-card").bounding_box()
    corner = (box["x"] + box["width"], box["y"] + box["height"])
    assert corner == pytest.approx((DESK["width"] - 24, DESK["height"] - 24), abs=0.5)
    page.clock.run_for(UNDO_IS_OVER)
    expect(page.locator(".toast-card")).to_have_count(0)
