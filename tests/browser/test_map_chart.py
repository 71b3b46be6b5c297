"""The picture of a map: as large as can be read, changed by buttons and keys, clear about the place one asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.actions.publishing_maps import install_maps
from ringback.library.scripts import map_documents
from ringback.models import User
from tests.browser.test_looks import DESK, PHONE
from tests.cast import NOW, Cast

LARGE, SMALL = "en/first-call-warm", "en/voicemail-1"


@pytest.fixture
def maps(page: Page, found: Cast, enter: Callable[[User], Page]) -> Page:
    install_maps(documents={file: map_documents()[file] for file in (LARGE, SMALL)}, now=NOW)
    enter(found.rosa)
    return page


def size(page: Page) -> float:
    found = page.locator(".map-chart svg").evaluate(
        "svg => Number(svg.getAttribute('width')) / svg.viewBox.baseVal.width"
    )
    return round(float(found), 2)


@pytest.mark.parametrize(("screen", "least"), [(DESK, 0.85), (PHONE, 0.9)], ids=["desk", "phone"])
def test_a11_a_chart_opens_as_large_as_it_can_be_read(maps: Page, live_server: Any, screen: Any, least: float) -> None:
    maps.set_viewport_size(screen)
    maps.goto(f"{live_server.url}/scripts/{LARGE}/")
    assert size(maps) == least
    start = maps.locator("[data-map-box]").first.bounding_box()
    chart = maps.locator(".map-chart").bounding_box()
    assert start is not None
    assert chart is not None
    assert chart["y"] <= start["y"] <= chart["y"] + chart["height"]
    maps.goto(f"{live_server.url}/scripts/{SMALL}/")
    assert least <= size(maps) <= 1


def test_a11_buttons_and_keys_change_the_size(maps: Page, live_server: Any) -> None:
    maps.set_viewport_size(DESK)
    maps.goto(f"{live_server.url}/scripts/{LARGE}/")
    maps.get_by_role("button", name="Larger").click()
    assert size(maps) == 1.06
    maps.get_by_role("button", name="Full size").click()
    assert size(maps) == 1
    maps.locator(".map-chart").focus()
    maps.keyboard.press("-")
    assert size(maps) == 0.8
    maps.keyboard.press("0")
    assert size(maps) < 0.5
    maps.keyboard.press("+")
    maps.keyboard.press("1")
    assert size(maps) == 1
    assert maps.locator(".map-chart").evaluate("chart => chart.scrollWidth > chart.clientWidth")


def test_a11_a_place_asked_for_stands_out_with_the_ways_to_and_from_it(maps: Page, live_server: Any) -> None:
    maps.set_viewport_size(DESK)
    maps.goto(f"{live_server.url}/scripts/{LARGE}/")
    maps.locator("[data-map-show=timing]").focus()
    maps.keyboard.press("Enter")
    expect(maps.locator("[data-map-box=timing]")).to_be_in_viewport()
    near = maps.locator(".map-way.near").evaluate_all("all => all.map(({dataset}) => [dataset.from, dataset.to])")
    assert near
    assert all("timing" in way for way in near)
    expect(maps.locator("[data-map-box=decides]")).to_have_class("map-box map-ask near")
    expect(maps.locator("[data-map-readout]")).to_contain_text("By when does it matter?")
    maps.keyboard.press("Escape")
    expect(maps.locator(".map-chart")).not_to_have_attribute("data-pointed", "")
