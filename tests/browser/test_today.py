"""Today refreshes quietly, and is worked with few keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from ringback.models import Call, Prospect, Touch, User
from tests.browser.test_looks import PHONE
from tests.cast import NOW, Cast


def test_refresh_brings_news_and_keeps_what_is_chosen(page: Page, found: Cast, enter: Callable[[User], Page]) -> None:
    page.clock.install()
    enter(found.rosa)
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.evaluate("document.activeElement.id")
    Prospect.objects.filter(pk=found.sofia.pk).update(shown_name="Sofia Bellini")
    page.clock.run_for(61_000)
    expect(page.locator("#day")).to_contain_text("Sofia Bellini")
    assert chosen
    assert page.evaluate("document.activeElement.id") == chosen


def test_undo_stays_within_reach_on_the_pages_that_follow(today: Page, live_server: Any) -> None:
    today.keyboard.press("j")
    today.keyboard.press("Enter")
    today.wait_for_url("**/call/**")
    today.keyboard.press("n")
    today.keyboard.press("Enter")
    today.wait_for_url("**/today/")  # without what it says of an arrangement: the script has kept the Undo
    today.wait_for_load_state("load")
    today.goto(f"{live_server.url}/prospects/")
    expect(today.locator(".carried-undo")).to_contain_text("Undo")
    today.keyboard.press("u")
    today.wait_for_url("**/today/**")
    expect(today.locator("#toasts")).to_contain_text("Taken back")
    assert Call.objects.count() == 0
    today.goto(f"{live_server.url}/prospects/")
    expect(today.locator(".carried-undo")).to_have_count(0)


def test_a_badge_tells_its_rule_from_the_keyboard(today: Page) -> None:
    badge = today.locator("a.rule").first
    badge.focus()
    today.keyboard.press("Enter")
    note = today.get_by_role("dialog")
    expect(note).to_contain_text("followed up faster")
    today.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(badge).to_be_focused()


def test_slash_searches_and_question_mark_shows_all_keys(today: Page) -> None:
    today.keyboard.press("?")
    expect(today.get_by_role("dialog")).to_contain_text("Next entry")
    today.keyboard.press("Escape")
    today.keyboard.press("/")
    today.wait_for_url("**/prospects/**")


def test_mail_is_opened_copied_and_done_from_the_keyboard(
    page: Page, found: Cast, enter: Callable[[User], Page]
) -> None:
    touch = Touch.objects.get(prospect=found.sofia, state="open")
    Touch.objects.filter(pk=touch.pk).update(channel="email", step_id="first-mail", kind="retry", lane=0)
    enter(found.rosa)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Copy text")).to_be_visible()
    page.keyboard.press("d")
    expect(page.locator("[data-undo]")).to_contain_text("Undo")
    touch.refresh_from_db()
    assert touch.state == "done"


def test_held_calls_say_why(page: Page, found: Cast, enter: Callable[[User], Page]) -> None:
    from ringback.actions.appointing import make_appointment

    soon = NOW + timedelta(minutes=8)
    make_appointment(by=found.rosa, prospect=found.sofia, starts_at=soon, reason="Quotes", key="soon", now=NOW)
    enter(found.rosa)
    expect(page.locator("#held")).to_contain_text("could make you late")


def test_on_a_phone_a_long_reason_is_read_whole(page: Page, found: Cast, enter: Callable[[User], Page]) -> None:
    """It stands over the whole width of the line, not beside the hour there."""
    Touch.objects.filter(state="open").update(due_at=NOW - timedelta(days=9))
    page.set_viewport_size(PHONE)
    enter(found.rosa)
    reason = page.locator(".entry-why .one-line", has_text="moved up after waiting").first
    assert reason.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    box = reason.bounding_box()
    assert box is not None
    assert box["height"] > 30
    assert box["width"] > PHONE["width"] / 2


def test_on_a_phone_nothing_that_tab_reaches_is_under_a_bar(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    page.set_viewport_size(PHONE)
    enter(found.max)
    page.goto(f"{live_server.url}/cadences/")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return one.contains(top) || top.contains(one);
            }"""
        ), page.evaluate("document.activeElement.outerHTML")
