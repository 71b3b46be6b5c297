"""The line that goes along with an Undo: whom and what it is about, and what becomes of it in a second tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from ringback.models import Call, Prospect, User
from tests.browser.barriers import assert_no_barrier_in_both_themes
from tests.browser.test_looks import DESK, PHONE, PHONES
from tests.browser.test_small_phones import CUT_TEXT
from tests.browser.test_toasts import COVERED, HIDDEN, LONG, TOP_OF_MAIN, log, undo
from tests.cast import Cast

__all__ = ["log"]

SIZES = [DESK, *PHONES]
HEIGHT_ON_A_PHONE = 45  # the button's 44 and the border


def height(card: Locator) -> int:
    """A browser's own sums leave a ten-thousandth of a pixel now and then."""
    return round(card.bounding_box()["height"])


def second_tab(page: Page, address: str) -> Page:
    other = page.context.new_page()
    other.set_viewport_size(PHONE)
    other.goto(address)
    return other


def test_it_says_what_was_arranged_in_the_words_of_today(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    first = page.locator(".toast-line").first
    moment = first.locator(".num").inner_text()
    title = first.locator("span").first.inner_text().partition(moment)[0].strip()
    card, line = page.locator(".carried-undo"), page.locator(".carried-said")
    for where in ("/mail/", f"/prospects/{found.prospects[1].pk}/call/"):
        page.goto(live_server.url + where)
        for size in SIZES:
            page.set_viewport_size(size)
            expect(line.locator("[data-said]")).to_have_text(found.sofia.shown_name)
            expect(line.locator("[data-what]")).to_have_text(title)
            expect(line.locator("[data-at]")).to_have_text(moment)
            expect(line.locator("[data-at]")).to_be_in_viewport(ratio=1)
            expect(undo(page)).to_be_in_viewport(ratio=1)
            assert size == DESK or height(card) == HEIGHT_ON_A_PHONE


def test_what_does_not_fit_is_read_by_opening_the_line(log: Callable[..., Page], found: Cast, live_server: Any) -> None:
    Prospect.objects.filter(pk=found.sofia.pk).update(shown_name=LONG)
    page = log()
    page.goto(f"{live_server.url}/mail/")
    card, line = page.locator(".carried-undo"), page.locator(".carried-said")
    name, what = line.locator("[data-said]"), line.locator("[data-what]")
    assert line.get_attribute("title") == " ".join(line.text_content().split())
    for size in SIZES:
        page.set_viewport_size(size)
        expect(undo(page)).to_be_in_viewport(ratio=1)
        shut = height(card)
        assert name.evaluate(CUT_TEXT)
        line.focus()
        page.keyboard.press("Enter")
        expect(card.locator("details")).to_have_attribute("open", "")
        assert not name.evaluate(CUT_TEXT)
        assert not what.evaluate(CUT_TEXT)
        assert size == DESK or page.evaluate(COVERED) == []
        expect(undo(page)).to_be_in_viewport(ratio=1)
        if size in (DESK, PHONE):
            assert_no_barrier_in_both_themes(page)
        line.click()
        assert height(card) == shut


def test_message_without_a_name_may_take_both_lines_of_the_room(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    page.goto(f"{live_server.url}/prospects/{found.prospects[1].pk}/")
    page.get_by_role("button", name="Pause").click()
    page.locator("dialog[open]").get_by_label("Why").fill("On holiday")
    page.locator("dialog[open]").get_by_role("button", name="Pause").click()
    said = page.locator("[data-toast=success] .toast-said").inner_text()
    page.goto(f"{live_server.url}/mail/")
    line = page.locator(".carried-said")
    expect(line.locator("[data-said]")).to_have_text(said)
    expect(line.locator("[data-what]")).to_be_hidden()
    assert height(page.locator(".carried-undo")) == HEIGHT_ON_A_PHONE


def test_second_tab_offers_it_too(log: Callable[..., Page], found: Cast, live_server: Any) -> None:
    page = log()
    other = second_tab(page, f"{live_server.url}/scripts/")
    expect(other.locator(".carried-undo")).to_contain_text(found.sofia.shown_name)
    other.keyboard.press("u")
    other.wait_for_url("**/today/")
    expect(other.locator("#toasts")).to_contain_text("Taken back")
    assert not Call.objects.exists()
    expect(undo(page)).to_be_hidden()


def test_undone_in_one_tab_it_says_so_in_the_other_and_nothing_moves(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    other = second_tab(page, f"{live_server.url}/scripts/")
    expect(undo(other)).to_be_visible()
    top = other.evaluate(TOP_OF_MAIN)
    page.keyboard.press("u")
    expect(other.locator(".carried-undo")).to_contain_text("Undo was pressed in another tab")
    expect(other.locator(".carried-undo")).not_to_contain_text(found.sofia.shown_name)
    expect(undo(other)).to_be_hidden()
    assert other.evaluate(TOP_OF_MAIN) == top
    other.goto(f"{live_server.url}/mail/")
    expect(other.locator(".carried-undo")).to_have_count(0)


def test_undone_in_one_tab_its_line_is_gone_from_one_that_nobody_sees(
    log: Callable[..., Page], live_server: Any
) -> None:
    page = log()
    other = second_tab(page, f"{live_server.url}/scripts/")
    other.evaluate(HIDDEN)
    page.keyboard.press("u")
    expect(other.locator(".toast-card")).to_have_count(0)


def test_dismissed_in_one_tab_it_is_offered_in_none(log: Callable[..., Page], live_server: Any) -> None:
    page = log()
    other = second_tab(page, f"{live_server.url}/scripts/")
    page.get_by_role("button", name="Dismiss").click()
    expect(undo(other)).to_be_hidden()
    other.goto(f"{live_server.url}/mail/")
    expect(other.locator(".toast-card")).to_have_count(0)


def test_no_line_is_left_empty_where_the_words_are_missing(log: Callable[..., Page], live_server: Any) -> None:
    page = log()
    page.evaluate("localStorage.removeItem('ringback-undo')")
    page.goto(f"{live_server.url}/mail/")
    expect(page.locator(".toast-card")).to_have_count(0)


def test_whoever_logs_in_next_is_shown_nothing_of_it(
    log: Callable[..., Page], found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    page = log()
    enter(found.max)
    assert "ringback_undo" in page.evaluate("document.cookie")
    expect(page.locator(".toast-card")).to_have_count(0)


@pytest.mark.parametrize("over", ["undone", "late"])
def test_page_that_was_under_way_when_it_was_over_says_so_in_the_room_it_kept(
    log: Callable[..., Page], found: Cast, live_server: Any, over: str
) -> None:
    """The server keeps the room, and until the page has come, another tab has pressed Undo, or its time is over."""
    page = log()
    end = (
        "last.until = Date.now()"
        if over == "late"
        else "last = { action: last.action, reader: last.reader, over: 'undone' }"
    )
    page.evaluate(
        f"let last = JSON.parse(localStorage.getItem('ringback-undo')); {end};"
        "localStorage.setItem('ringback-undo', JSON.stringify(last))"
    )
    page.goto(f"{live_server.url}/mail/")
    words = found.sofia.shown_name if over == "late" else "Undo was pressed in another tab"
    expect(page.locator(".carried-undo")).to_contain_text(words)
    expect(undo(page)).to_be_hidden()
    assert height(page.locator(".carried-undo")) == HEIGHT_ON_A_PHONE


def test_newer_undo_of_another_tab_leaves_the_older_alone(
    log: Callable[..., Page], found: Cast, live_server: Any
) -> None:
    page = log()
    other = second_tab(page, f"{live_server.url}/prospects/{found.prospects[1].pk}/call/")
    other.keyboard.press("n")
    other.keyboard.press("Enter")
    other.wait_for_url("**/today/")
    other.wait_for_load_state("load")
    other.get_by_role("button", name="Dismiss").click()
    expect(undo(page)).to_be_visible()
    page.keyboard.press("u")
    page.wait_for_url("**/today/")
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    assert Call.objects.get().prospect == found.prospects[1]


def test_no_name_stays_behind_in_the_browser(log: Callable[..., Page], page: Page, live_server: Any) -> None:
    page.clock.install()
    log()
    page.clock.run_for(40_000)
    page.context.clear_cookies(name="ringback_undo")
    page.goto(f"{live_server.url}/mail/")
    assert page.evaluate("localStorage.getItem('ringback-undo')") is None
