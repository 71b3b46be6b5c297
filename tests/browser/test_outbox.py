"""Deciding from the keyboard about mails of which nobody knows whether they left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from ringback.models import User
from tests.actions.mailing.rows import mailbox, queued, state
from tests.cast import Cast


def test_doubts_are_decided_one_by_one_with_two_keys(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    box = mailbox(found.rosa)
    first, second = (queued(box, found.sofia, state="unknown", subject=f"Doubt {number}") for number in (1, 2))
    enter(found.rosa)
    page.goto(f"{live_server.url}/mail/outbox/")
    page.keyboard.press("1")
    expect(page.get_by_text("Doubt 1")).to_be_visible()
    assert (state(first), state(second)) == ("unknown", "unknown")
    page.keyboard.press("j")
    page.keyboard.press("1")
    expect(page.locator("#toasts")).to_contain_text("Noted as sent")
    # The page is a new one: a key counts once its scripts are there.
    expect(page.locator('[data-entry-key="2"]')).to_have_count(1)
    page.wait_for_load_state("load")
    page.keyboard.press("2")
    expect(page.locator("#toasts")).to_contain_text("Goes again")
    assert (state(first), state(second)) == ("sent", "queued")
