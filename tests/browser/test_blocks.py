"""Lifting a block from the keyboard, on a phone as at the desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.actions.reacting import opt_out
from ringback.models import Suppression, User
from tests.browser.barriers import assert_no_barrier_in_both_themes
from tests.browser.test_looks import DESK, PHONE
from tests.cast import NOW, Cast


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_C5_block_is_lifted_and_put_back_by_keyboard(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any, size: Any
) -> None:
    proof = "Mail of Monday: “please remove me from your list, and do not ring again.” " * 4
    opt_out(by=found.rosa, prospect=found.sofia, proof=proof, key="stop", now=NOW)
    page.set_viewport_size(size)
    enter(found.max)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/")
    assert_no_barrier_in_both_themes(page)
    shoot(page, f"block-{size['width']}")
    page.get_by_role("button", name="Lift…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why, and how they asked for it")).to_be_focused()
    assert_no_barrier_in_both_themes(page)
    shoot(page, f"lift-{size['width']}")
    page.keyboard.type("She rang us herself")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("The block is lifted")
    assert not Suppression.objects.filter(lifted_at=None).exists()
    assert_no_barrier_in_both_themes(page)
    page.get_by_role("button", name="Block again").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Must not be contacted")).to_be_visible()
    page.goto(f"{live_server.url}/settings/blocked/")
    assert_no_barrier_in_both_themes(page)
    shoot(page, f"blocked-{size['width']}")


def shoot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOOT"):
        page.screenshot(path=f"{folder}/{name}.png")
