"""The pages of a call on phones down to 320 pixels: nothing cut off, nothing too wide, all targets thumb-sized."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.actions.publishing_maps import install_maps
from ringback.library.scripts import map_documents
from ringback.models import User
from tests.browser.test_call_on_a_phone import NO_DIALLER
from tests.browser.test_looks import PHONES
from tests.cast import NOW, Cast

WARM = "en/first-call-warm"

# A target is as large as its box, or the box of what it stretches over its line; text in a line of text is exempt.
TARGETS = "a, button, summary, select, textarea, input:not([type=hidden]), label:has(input)"
SMALL = """(targets) => [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".sr-only, .skip-link, .rule"))
    .filter(one => !one.matches("label input") && getComputedStyle(one, "::after").position !== "absolute")
    .filter(one => { const { width, height } = one.getBoundingClientRect(); return height < 43.5 || width < 43.5; })
    .map(one => `${one.outerHTML.slice(0, 120)} ${one.offsetWidth}×${one.offsetHeight}`)"""
CUT = """() => [...document.querySelectorAll("button, .btn, .call-tab, .bottom-bar a, .way, .ending, .slot, .tag")]
    .filter(one => one.checkVisibility() && !one.closest(".sr-only"))
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).textOverflow !== "ellipsis")
    .map(one => one.outerHTML.slice(0, 120))"""
CUT_TEXT = "one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def assert_fits(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == 0
    assert page.evaluate(SMALL, TARGETS) == []
    assert page.evaluate(CUT) == []


@pytest.fixture(params=PHONES, ids=lambda size: size["width"])
def phone(page: Page, found: Cast, enter: Callable[[User], Page], request: pytest.FixtureRequest) -> Page:
    """Rosa's, in each size."""
    page.set_viewport_size(request.param)
    return enter(found.rosa)


def test_a_call_from_today_to_what_it_arranged_fits(phone: Page, found: Cast, live_server: Any) -> None:
    install_maps(documents={WARM: map_documents()[WARM]}, now=NOW)
    assert_fits(phone)
    phone.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    phone.evaluate(NO_DIALLER)
    assert_fits(phone)
    phone.locator(".call-bar-dial").click()
    assert_fits(phone)
    phone.locator("[data-way]").first.click()
    assert_fits(phone)
    phone.get_by_role("link", name="How it ended").click()
    phone.locator(".ending", has_text="Appointment agreed").click()
    phone.locator(".slot").first.click()
    phone.get_by_label("Why do you speak again?").fill("Compare the two quotes")
    expect(phone.locator("#preview")).to_contain_text("What will be arranged")
    assert_fits(phone)
    phone.get_by_role("button", name="Save").click()
    phone.wait_for_url("**/arrangements/**")
    phone.wait_for_load_state("load")
    assert_fits(phone)
    phone.goto(f"{live_server.url}/prospects/{found.sofia.pk}/")
    assert_fits(phone)


def test_the_bar_of_a_call_is_one_line(phone: Page, found: Cast, live_server: Any) -> None:
    phone.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    phone.evaluate(NO_DIALLER)
    bar = phone.locator(".call-bar")
    number = bar.locator(".call-bar-dial .num")
    expect(number).to_be_in_viewport(ratio=1)
    assert bar.bounding_box()["height"] < 64  # type: ignore[index]
    bar.locator(".call-bar-dial").click()
    assert bar.bounding_box()["height"] < 64  # type: ignore[index]
    phone.keyboard.press("n")
    expect(bar.get_by_role("button", name="Save")).to_be_visible()
    assert bar.bounding_box()["height"] < 64  # type: ignore[index]


LONG_NUMBERS = [
    ("+491512345678901", "12345"),
    ("+390549886377", "123456789012"),
    ("+5493416123456789", ""),
    ("+442079460123", ""),
]


def test_long_number_is_read_whole_in_a_bar_of_one_line(phone: Page, found: Cast, live_server: Any) -> None:
    for value, extension in LONG_NUMBERS:
        found.sofia.contact_points.filter(kind="phone").update(value=value, extension=extension)
        phone.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
        bar, dial = phone.locator(".call-bar"), phone.locator(".call-bar-dial")
        number = dial.locator(".num")
        assert "".join(filter(str.isdigit, number.inner_text())) == f"{value[1:]}{extension}"
        assert bar.bounding_box()["height"] < 64  # type: ignore[index]
        assert number.evaluate(CUT_TEXT) is False, value
        assert dial.evaluate(CUT_TEXT) is False, value
        assert_fits(phone)


def test_what_can_be_done_with_a_prospect_is_one_row(phone: Page, found: Cast, live_server: Any) -> None:
    phone.goto(f"{live_server.url}/prospects/{found.sofia.pk}/")
    buttons = phone.locator(".prospect-actions .btn").all()
    assert len(buttons) == 4
    assert len({round(button.bounding_box()["y"]) for button in buttons}) == 1  # type: ignore[index]
