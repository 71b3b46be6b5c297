"""Prospects, an import and a rehearsal, worked from the keyboard in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from ringback.actions.prospecting import add_prospect
from ringback.models import Enrollment, Prospect, User
from ringback.worker.importing import bring_in, next_run
from tests.browser.barriers import FITS
from tests.cast import NOW, Cast, person

Enter = Callable[[User], Page]


def test_three_are_selected_and_enrolled_by_keys(live_server: Any, found: Cast, enter: Enter) -> None:
    fresh = [add_prospect(by=found.rosa, fields=person(number), now=NOW) for number in (20, 21)]
    page = enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/")
    for _ in range(len(found.prospects) + len(fresh)):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-selected-number]")).to_have_text("5")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Enrol in a cadence")).to_be_visible()
    page.get_by_role("button", name="Enrol 2 people").click()
    expect(page.get_by_text("2 prospects enrolled.")).to_be_visible()
    assert Enrollment.objects.filter(prospect__in=fresh).count() == 2


def test_search_answers_while_it_is_typed(live_server: Any, found: Cast, enter: Enter) -> None:
    page = enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/")
    page.keyboard.press("/")
    page.keyboard.type("fox")
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(page.locator("[data-row]")).to_contain_text("Thomas 🦊 Nowak")


def test_list_is_brought_in_from_file_to_report(live_server: Any, found: Cast, enter: Enter, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Name,Phone,Company\nIvo Lind,+49 40 5550123,Lind & Co\nMia Falk,nothing,Falk\n", encoding="utf-8")
    page = enter(found.rosa)
    page.goto(f"{live_server.url}/imports/")
    page.set_input_files("input[type=file]", file)
    expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    page.get_by_label("Yes, they are probable buyers").check()
    page.get_by_role("button", name="Bring them in").click()
    expect(page.get_by_text("Waiting for its turn…")).to_be_visible()
    run = next_run()
    assert run is not None
    bring_in(run, NOW)
    expect(page.get_by_text("It is in, but for 1 row that was refused")).to_be_visible()
    assert Prospect.objects.get(last_name="Lind").qualification == "qualified"


PHONE = {"width": 390, "height": 844}


def test_every_column_can_be_given_a_meaning_on_a_phone(
    live_server: Any, found: Cast, enter: Enter, tmp_path: Path
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Name,Phone,Fax\nIvo Lind,+49 40 5550123,\n" + "Mia Falk,nothing,\n" * 3, encoding="utf-8")
    page = enter(found.rosa)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/imports/")
    page.set_input_files("input[type=file]", file)
    for name in ("Name", "Phone"):
        box = page.get_by_label(f"{name} becomes").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    page.get_by_text("Empty in the first rows").click()
    expect(page.get_by_label("Fax becomes")).to_be_visible()
    assert page.evaluate(FITS)


def test_names_without_end_fit_everywhere(live_server: Any, found: Cast, enter: Enter) -> None:
    endless = {"shown_name": "Ä" * 160, "first_name": "Ä" * 80, "last_name": "Ö" * 80, "job_title": "J" * 150}
    Prospect.objects.filter(pk=found.sofia.pk).update(company_name="W" * 190, **endless)
    page = enter(found.rosa)
    page.set_viewport_size(PHONE)
    for where in ("today", "prospects", f"prospects/{found.sofia.pk}", f"prospects/{found.sofia.pk}/call"):
        page.goto(f"{live_server.url}/{where}/")
        assert (where, page.evaluate(FITS)) == (where, True)


def test_what_was_noted_leaves_the_field_and_what_is_too_long_stays_in_it(
    live_server: Any, found: Cast, enter: Enter
) -> None:
    page = enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/")
    note, add = page.get_by_placeholder("Write a note…"), page.get_by_role("button", name="Add the note")
    note.fill("Rings back on Friday")
    page.reload()
    expect(note).to_have_value("Rings back on Friday")
    add.click()
    expect(page.get_by_text("Noted.")).to_be_visible()
    page.wait_for_load_state()  # the draft is forgotten by a script
    expect(note).to_have_value("")
    note.fill("n" * 5000)
    add.click()
    expect(page.get_by_text("at most 1000 characters")).to_be_visible()
    expect(note).to_have_value("n" * 5000)


def test_merge_is_taken_back_from_the_page_that_follows(live_server: Any, found: Cast, enter: Enter) -> None:
    page, other = enter(found.rosa), found.prospects[2]
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/merge?other={other.pk}")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Everything known about both stands here now.")).to_be_visible()
    page.wait_for_load_state()  # a script remembers what can be taken back
    assert Prospect.objects.get(pk=other.pk).merged_into == found.sofia
    page.goto(f"{live_server.url}/prospects/")
    page.keyboard.press("u")
    expect(page.get_by_text("stands as before")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/prospects/{found.sofia.pk}/$"))
    assert Prospect.objects.get(pk=other.pk).merged_into is None


def test_rehearsal_follows_the_answers(live_server: Any, found: Cast, enter: Enter) -> None:
    page = enter(found.rosa)
    page.goto(f"{live_server.url}/cadences/missed-appointment-patient/rehearsal")
    expect(page.get_by_label("How call 3 ends")).to_be_visible()
    page.get_by_label("How call 2 ends").select_option("answered")
    expect(page.get_by_label("How call 3 ends")).to_have_count(0)
    expect(page.get_by_role("table")).to_have_count(1)


def test_editor_says_what_is_wrong_while_it_is_typed(live_server: Any, found: Cast, enter: Enter) -> None:
    page = enter(found.max)
    page.goto(f"{live_server.url}/cadences/general/edit")
    text = page.get_by_label("Cadence file")
    text.fill(text.input_value().replace('channel = "email"', 'channel = "fax"', 1))
    expect(page.get_by_text("steps[2].channel")).to_be_visible()
