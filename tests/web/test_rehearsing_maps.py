"""Scripts → Rehearse: a played prospect, walked by keys, judged at the end, kept apart from real calls (A10)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from ringback.actions.publishing_maps import publish_map
from ringback.domain.maps.reading import read_map
from ringback.library.scripts import map_documents
from ringback.models import CallMapVersion, Walk
from tests.cast import NOW, Cast
from tests.web.scripts import AsUser, at


def test_a10_a_rehearsal_is_walked_by_keys_and_kept_apart(maps: Cast, as_user: AsUser) -> None:
    browser, address = as_user(maps.rosa), at("script-rehearsal", map_name="first-call-warm")
    start = browser.get(address)
    assert start.status_code == 302
    page = browser.get(address, {"seed": "7"}).content.decode()
    assert 'data-hotkey="1"' in page
    page = browser.get(address, {"seed": "7", "ways": "1"}).content.decode()
    assert "Hello Kim, this is Rosa Lindqvist" in page
    ended = browser.get(address, {"seed": "7", "ways": "4"}).content.decode()
    assert "Keep as practice" in ended
    browser.post(address, {"seed": "7", "ways": "4"})
    walk = Walk.objects.get()
    assert (walk.rehearsal, walk.result, walk.seed, walk.rep) == (True, "no_answer", 7, maps.rosa)
    counted = browser.get(at("script", map_name="first-call-warm")).content.decode()
    for label in ("This version: 0 calls", "All versions: 0 calls", "Practice: 1 walk"):
        assert label in counted
    assert "1× 0 %" not in counted
    practised = browser.get(at("script", map_name="first-call-warm"), {"counted": "practice"}).content.decode()
    assert "4 · 1×" in practised
    assert "1 call · 0 % went on (0–79 %) · No answer 1" in practised


def test_a10_a_rehearsal_is_finished_on_the_version_on_which_it_began(maps: Cast, as_user: AsUser) -> None:
    browser, address = as_user(maps.rosa), at("script-rehearsal")
    row = CallMapVersion.objects.get(name="voicemail-1", language="en")
    assert "version=1" in browser.get(address)["Location"]
    publish_map(by=maps.ada, document={**row.document, "title": "Newer"}, based_on=1, now=NOW)
    begun = {"seed": "7", "version": "1", "ways": "1.1"}
    assert "Newer" not in browser.get(address, begun).content.decode()
    browser.post(address, begun)
    assert Walk.objects.get().map == row
    for unknown in ("", "9", "x", "9" * 30):
        assert "Newer" in browser.get(address, {**begun, "version": unknown}).content.decode()


@pytest.mark.parametrize("own", ["", "Rosa here, {{ first_name }}."])
def test_a10_a_machine_is_practised_with_the_words_of_the_voicemail(maps: Cast, as_user: AsUser, own: str) -> None:
    browser, address = as_user(maps.rosa), at("script-rehearsal", map_name="first-call-warm")
    call_map = read_map(map_documents()["en/first-call-warm"])
    way = 1 + [edge.to for edge in call_map.node("dial").edges].index("message")
    for node in ("agreed", "asked-us", "stranger", "unavailable", "distracted", "no-time", "knows-me"):
        if own:
            browser.post(at("script-wording", node=node), {"text": own})
    page = browser.get(address, {"seed": "7", "ways": way}).content.decode()
    assert ("Rosa here, Kim." if own else "I will try again this afternoon.") in page
    assert "seconds to say" in page


def test_a10_a_beginner_sees_what_was_missed_and_how_the_last_walks_went(maps: Cast, as_user: AsUser) -> None:
    browser, address = as_user(maps.rosa), at("script-rehearsal", map_name="first-call-warm")
    seed = next(each for each in range(50) if "(It rings and rings.)" not in heard(browser, address, each))
    ended = browser.get(address, {"seed": seed, "ways": "4"}).content.decode()
    assert "0 of 1 recognised" in ended
    assert "How it went" in ended
    assert "Not touched on:" in ended
    began = int(NOW.timestamp()) - 90
    for _ in range(11):
        browser.post(address, {"seed": seed, "ways": "4", "began": began})
    assert Walk.objects.filter(rehearsal=True, started_at__lt=NOW).count() == 11
    again = browser.get(address, {"seed": seed}).content.decode()
    assert "practised 11 times" in again
    assert again.count("0 of 6 points") == 10
    assert "Your last practice walks" not in as_user(maps.otto).get(address, {"seed": seed}).content.decode()


def test_a10_a_german_rehearsal_is_german_to_the_last_word(maps: Cast, as_user: AsUser) -> None:
    page = as_user(maps.rosa).get(at("script-rehearsal", language="de"), {"seed": 1, "ways": "7"}).content.decode()
    assert "Guten Tag, Kim Larsen, hier ist Rosa Lindqvist von Harbour Kilns." in page
    assert "weniger Listen, die sich widersprechen" in page
    assert "Ich versuche es heute Nachmittag noch einmal." in page


def heard(browser: Client, address: str, seed: int) -> str:
    return browser.get(address, {"seed": seed}).content.decode()


@pytest.mark.parametrize("ways", ["9.9.9", "x", "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "1..2", "-1"])
def test_any_address_of_a_rehearsal_shows_a_page(maps: Cast, as_user: AsUser, ways: str) -> None:
    answer = as_user(maps.rosa).get(at("script-rehearsal"), {"seed": "3", "ways": ways})
    assert answer.status_code == 200
    assert not re.search(r"\[[a-z ]+\?\]", answer.content.decode())
