"""A practice call in the browser: heard, recognised, walked by keys, and kept apart (A10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from ringback.actions.publishing_maps import install_maps
from ringback.domain.maps.reading import read_map
from ringback.domain.maps.rehearsing import rehearse
from ringback.library.scripts import map_documents
from ringback.models import Call, User, Walk
from tests.cast import NOW, Cast

FILE = "en/first-call-warm"


def test_a10_a_practice_call_is_walked_by_keys_to_its_end_and_kept(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    install_maps(documents={FILE: map_documents()[FILE]}, now=NOW)
    enter(found.rosa)
    page.goto(f"{live_server.url}/scripts/")
    page.get_by_role("link", name="Rehearse").click()
    page.wait_for_url("**/rehearsal?seed=*")
    page.goto(f"{live_server.url}/scripts/{FILE}/rehearsal?seed=11")
    meant = [line.reply.edge for line in rehearse(read_map(map_documents()[FILE]), seed=11).lines if line.reply]
    for done, key in enumerate(meant):
        expect(page.locator(".rehearsed > li")).to_have_count(done)
        page.wait_for_load_state()
        expect(page.locator("#now b").first).to_be_in_viewport()
        page.keyboard.press(str(key))
    expect(page.get_by_text(f"{len(meant)} of {len(meant)} recognised")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("k")
    expect(page.get_by_text("practised 1 time")).to_be_visible()
    assert (Walk.objects.get().rehearsal, Call.objects.count()) == (True, 0)
