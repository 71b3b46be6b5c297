"""Every page of the product, at a desk in the light and on a phone in the dark: nothing for axe to find, nothing wider
than the screen, nothing that the strict policy or a script complains about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page

from ringback.models import User
from tests.browser.barriers import FITS, barriers
from tests.cast import Cast
from tests.web.pages import PAGES
from tests.web.test_access import address, belongings_of
from tests.web.test_access import page as pattern_of

LOOKS = {"desk": ({"width": 1440, "height": 900}, "light"), "phone": ({"width": 390, "height": 844}, "dark")}
NOWHERE = "/nowhere/"
SHORT_LADDER = "missed-appointment-brief"  # the rehearsal of the longest has twice the rows, and no others


def whole_pages(found: Cast) -> Iterator[tuple[str, str]]:
    """Name and address of whatever is a page of its own: no part of one, no file, nothing that leads elsewhere."""
    client, things = Client(), belongings_of(found)
    client.force_login(found.ada)
    yield "no such page", NOWHERE
    for name, (method, codes) in PAGES.items():
        if method == "GET" and codes[-1] == 200:
            ladder = {"name": SHORT_LADDER} if name == "cadence-rehearsal" else {}
            where = address(pattern_of(name), things | ladder, found)
            answer = client.get(where)
            if not answer.streaming and answer.content.lstrip()[:15].lower() == b"<!doctype html>":
                yield name, where


def is_complaint(said: ConsoleMessage) -> bool:
    """Chromium also complains of the page that is not there, and should not be."""
    return said.type == "error" and not said.location["url"].endswith(NOWHERE)


@pytest.mark.parametrize("look", LOOKS)
def test_page_has_no_barrier_and_fits(
    look: str, page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    size, theme = LOOKS[look]
    pages = dict(whole_pages(found))
    assert len(pages) > 40
    page.context.add_cookies([{"name": "ringback_theme", "value": theme, "url": live_server.url}])
    page.set_viewport_size(size)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    enter(found.ada)
    wrong: dict[str, Any] = {}
    for name, where in pages.items():
        complaints.clear()
        page.goto(live_server.url + where)
        in_the_way, fits = barriers(page), page.evaluate(FITS)
        if in_the_way or complaints or not fits:
            wrong[name] = (in_the_way, list(complaints), fits)
    assert wrong == {}
