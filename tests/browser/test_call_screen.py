"""The call screen keeps what is typed, says what is wrong at its field, and bears double presses and lost lines."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult
from ringback.models import Call, Touch
from tests.cast import NOW, PASSWORD, Cast


@pytest.fixture
def call(today: Page) -> Page:
    today.keyboard.press("j")
    today.keyboard.press("Enter")
    today.wait_for_url("**/call/**")
    return today


def agreed(call: Page) -> Page:
    call.keyboard.press("1")
    expect(call.get_by_label("Why do you speak again?")).to_be_visible()
    return call


def test_reload_keeps_the_draft_and_its_key(call: Page) -> None:
    agreed(call).get_by_label("Notes").fill("Finance joins next time 🦊")
    call.get_by_label("Why do you speak again?").fill("The two quotes")
    key = call.locator("[name=key]").input_value()
    call.reload()
    expect(call.get_by_label("Notes")).to_have_value("Finance joins next time 🦊")
    expect(call.get_by_label("Why do you speak again?")).to_have_value("The two quotes")
    expect(call.locator("[name=key]")).to_have_value(key)


def test_draft_is_forgotten_once_it_is_saved(call: Page, live_server: Any) -> None:
    where = call.url
    call.keyboard.press("n")
    call.get_by_label("Notes").fill("Rang for long")
    call.keyboard.press("Control+Enter")
    call.wait_for_selector("[data-undo]")
    call.goto(where)
    expect(call.locator("#ending")).to_contain_text("no longer planned")
    assert call.evaluate("Object.keys(localStorage).filter(key => key.startsWith('ringback-draft:'))") == []


def test_server_gone_is_said_and_the_call_is_saved_once_it_is_back(call: Page) -> None:
    def fail(route: Route) -> None:
        route.abort("connectionrefused")

    call.keyboard.press("n")
    expect(call.locator("#preview")).to_contain_text("What will be arranged")
    call.route(re.compile(r"/calls$"), fail)
    call.keyboard.press("Enter")
    expect(call.locator("#connection")).to_contain_text("No connection")
    expect(call.locator("#connection")).to_be_visible()
    assert not Call.objects.exists()
    call.unroute(re.compile(r"/calls$"), fail)
    call.get_by_role("button", name="Try again").click()
    call.wait_for_selector("[data-undo]")
    assert Call.objects.count() == 1


def test_answer_that_got_lost_is_asked_for_again_with_the_same_key(call: Page) -> None:
    """The server saved it, the line broke before the answer: sending it again must not log a second call."""

    def save_and_lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    call.keyboard.press("n")
    call.route(re.compile(r"/calls$"), save_and_lose, times=1)
    call.keyboard.press("Enter")
    expect(call.locator("#connection")).to_be_visible()
    assert Call.objects.count() == 1
    call.get_by_role("button", name="Try again").click()
    call.wait_for_selector("[data-undo]")
    assert Call.objects.count() == 1


def test_double_press_saves_once(call: Page) -> None:
    call.keyboard.press("n")
    call.evaluate("const form = document.querySelector('[data-wrap-up]'); form.requestSubmit(); form.requestSubmit()")
    call.wait_for_selector("[data-undo]")
    assert Call.objects.count() == 1


def test_second_tab_is_told_who_was_first(call: Page, found: Cast) -> None:
    touch = Touch.objects.get(pk=call.locator("[name=touch]").input_value())
    unanswered = WrapUp(event=CallEnded(at=NOW, machine=MachineResult.BUSY))
    wrap_up(by=found.max, prospect=touch.prospect, wrap_up=unanswered, touch_id=touch.pk, key="other tab", now=NOW)
    call.keyboard.press("n")
    call.keyboard.press("Enter")
    expect(call.locator("#preview")).to_contain_text("Max Okonkwo has just logged this")
    assert Call.objects.get().machine == "busy"


def test_words_for_a_moment_are_shown_back_and_taken_only_on_request(call: Page) -> None:
    agreed(call).get_by_label("or in words").fill("next tuesday 3pm")
    expect(call.locator("#proposal")).to_contain_text("Tuesday 24 November, 15:00")
    expect(call.locator("#id_next_local")).to_have_value("")
    call.get_by_label("or in words").press("Enter")
    expect(call.locator("#id_next_local")).to_have_value("2026-11-24T15:00")
    expect(call.locator("#moment-reading")).to_contain_text("Tomorrow 15:00")


def test_moment_that_has_passed_is_refused_at_its_field(call: Page) -> None:
    agreed(call).locator("#id_next_local").fill("2026-11-20T15:00")
    expect(call.locator("#error-next_at")).to_contain_text("has passed")


def test_local_time_that_the_clocks_skip_is_refused_with_what_was_meant(call: Page) -> None:
    agreed(call).locator("#id_next_local").fill("2027-03-28T02:30")
    expect(call.locator("#error-next_at")).to_contain_text("Did you mean 03:30?")


def test_b6_sending_information_needs_four_yeses(call: Page) -> None:
    call.keyboard.press("5")
    call.locator(".slot input").first.check()
    call.get_by_label("Why do you speak again?").fill("What they read")
    call.get_by_label("Why do you speak again?").press("Enter")
    expect(call.locator("#error-gate")).to_contain_text("propose an appointment")
    assert not Call.objects.exists()


def test_note_that_is_too_long_is_refused_and_kept(call: Page) -> None:
    call.keyboard.press("n")
    long = "what was said on the phone, as long as a book\n" * 45_000
    call.evaluate("text => { document.getElementById('id_notes').value = text }", long)
    call.get_by_role("button", name="Save").click()
    expect(call.locator("#error-notes")).to_contain_text("characters")
    assert len(call.get_by_label("Notes").input_value()) >= 2_000_000
    assert not Call.objects.exists()


def test_dialling_starts_the_clock_and_a_reload_goes_on_counting(call: Page) -> None:
    call.evaluate("document.addEventListener('click', e => e.target.closest('[data-dial]') && e.preventDefault())")
    call.keyboard.press("c")
    expect(call.locator("[data-timer]")).to_be_visible()
    dialled = call.locator("[name=dialled_at]").input_value()
    call.reload()
    expect(call.locator("[data-timer]")).to_be_visible()
    expect(call.locator("[name=dialled_at]")).to_have_value(dialled)


def test_logged_out_meanwhile_leads_through_the_log_in_back_to_the_draft(call: Page, found: Cast) -> None:
    agreed(call).get_by_label("Notes").fill("Finance joins next time")
    call.get_by_label("Notes").blur()
    Session.objects.all().delete()
    call.keyboard.press("+")
    expect(call.locator("#connection")).to_contain_text("no longer logged in")
    call.get_by_role("button", name="Try again").click()
    call.get_by_label("User name or e-mail").fill("rosa")
    call.get_by_label("Password").fill(PASSWORD)
    call.keyboard.press("Enter")
    call.wait_for_url("**/call/**")
    expect(call.get_by_label("Notes")).to_have_value("Finance joins next time")
