"""Both pages in both themes and on a phone: nothing for axe to find, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.actions.publishing_maps import install_maps
from ringback.library.scripts import map_documents
from ringback.models import GateDecision, Objection, User
from tests.browser.barriers import assert_no_barrier, assert_no_barrier_in_both_themes
from tests.cast import NOW, Cast

WARM = "en/first-call-warm"

PHONE = {"width": 390, "height": 844}
PHONES = [PHONE, {"width": 360, "height": 740}, {"width": 320, "height": 640}]
DESK = {"width": 1440, "height": 900}


@pytest.fixture(params=["light", "dark"])
def theme(request: Any, page: Page, live_server: Any) -> str:
    page.context.add_cookies([{"name": "ringback_theme", "value": request.param, "url": live_server.url}])
    return str(request.param)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_call_screen_has_no_barrier(
    page: Page, found: Cast, enter: Callable[[User], Page], size: Any, live_server: Any
) -> None:
    """As it opens, with nobody there, with an appointment, before a shut gate, and with all keys shown."""
    page.set_viewport_size(size)
    enter(found.rosa)
    for key in ("", "n", "1", "5", "?"):
        page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
        if key:
            page.keyboard.press(key)
            page.wait_for_timeout(500)
        assert_no_barrier_in_both_themes(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_today_has_no_barrier(page: Page, found: Cast, enter: Callable[[User], Page], size: Any) -> None:
    page.set_viewport_size(size)
    enter(found.rosa)
    page.keyboard.press("j")
    assert_no_barrier_in_both_themes(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_was_arranged_has_no_barrier(
    page: Page, found: Cast, enter: Callable[[User], Page], size: Any, live_server: Any
) -> None:
    page.set_viewport_size(size)
    enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-undo]")
    assert_no_barrier_in_both_themes(page)
    page.locator("#toasts").get_by_role("link", name=found.sofia.shown_name).click()
    page.wait_for_url("**/arrangements/**")
    assert_no_barrier_in_both_themes(page)


SCRIPTS = ("", "what-works?days=all", "en/first-call-warm/", "en/first-call-warm/edit", "en/first-call-warm/rehearsal")
MAILS = ("", "outbox/", "texts/", "articles/")
SHELVES = [*(f"/scripts/{page}" for page in SCRIPTS), *(f"/mail/{page}" for page in MAILS), "/settings/mailboxes/"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_scripts_and_mail_have_no_barrier(
    page: Page, found: Cast, enter: Callable[[User], Page], size: Any, live_server: Any
) -> None:
    """With objections and a passed gate to count, so that the tables are there."""
    install_maps(documents={WARM: abridged(map_documents()[WARM])}, now=NOW)
    Objection.objects.create(prospect=found.sofia, text="Too dear " * 30, card="too-expensive", raised_at=NOW)
    GateDecision.objects.create(prospect=found.sofia, by=found.max, at=NOW, choice="heeded", shut_by=["several_calls"])
    page.set_viewport_size(size)
    enter(found.max)
    for address in SHELVES:
        page.goto(live_server.url + address)
        assert_no_barrier_in_both_themes(page)


def abridged(document: dict[str, Any]) -> dict[str, Any]:
    """Two places of every kind: axe would spend half a minute on fifty more that look like them."""
    places: dict[str, dict[str, Any]] = {}
    for place in document["nodes"]:
        if [each["kind"] for each in places.values()].count(place["kind"]) < 2:
            places[place["id"]] = place
    ways = {id: [way for way in place.get("edges", ()) if way["to"] in places] for id, place in places.items()}
    return {**document, "nodes": [{**place, "edges": ways[id]} for id, place in places.items()]}


def test_refused_save_has_no_barrier(page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any) -> None:
    enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    page.keyboard.press("1")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_next_local")).to_have_attribute("aria-invalid", "true")
    assert_no_barrier_in_both_themes(page)


def test_log_in_has_no_barrier(page: Page, theme: str, live_server: Any) -> None:
    page.goto(f"{live_server.url}/login/")
    assert_no_barrier(page)


def test_targets_on_a_phone_are_thumb_sized(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    page.set_viewport_size(PHONE)
    enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, .ending, summary')].filter(one => one.checkVisibility())
            .map(one => [one.innerText, one.getBoundingClientRect()])
            .filter(([, box]) => box.height > 1 && (box.height < 24 || box.width < 24)).map(([text]) => text)"""
    )
    assert small == []


def test_theme_is_kept(today: Page) -> None:
    today.get_by_role("button", name="Your menu").first.click()
    today.get_by_role("button", name="Dark").first.click()
    expect(today.locator("html")).to_have_attribute("data-theme", "dark")
    today.reload()
    expect(today.locator("html")).to_have_attribute("data-theme", "dark")


def test_countdown_alerts_two_minutes_before(page: Page, found: Cast, enter: Callable[[User], Page]) -> None:
    from datetime import timedelta

    from ringback.actions.appointing import make_appointment

    starts = NOW + timedelta(minutes=30)
    make_appointment(by=found.rosa, prospect=found.sofia, starts_at=starts, reason="Quotes", key="soon", now=NOW)
    page.clock.install(time=starts - timedelta(minutes=5))
    enter(found.rosa)
    expect(page.locator(".next")).to_have_attribute("data-state", "ahead")
    page.clock.run_for(timedelta(minutes=3, seconds=2).total_seconds() * 1000)
    expect(page.locator(".next")).to_have_attribute("data-state", "soon")
    assert "Call Sofia Marchetti" in page.title()
