"""The main job in a real browser: the first call, an appointment, undo, and a ladder to its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.models import Appointment, Arrangement, Call, Enrollment, Prospect, Touch
from tests.browser.conftest import Clock
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.main_path
MOST_RUNGS = 40


def test_a_day_from_the_log_in_to_an_appointment_and_back(page: Page, live_server: Any, found: Cast) -> None:
    """A1, A4: log in, take the first call, agree on a moment, see what was arranged, take it back."""
    page.goto(live_server.url)
    page.get_by_label("User name or e-mail").fill("rosa")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()

    open_first_call(page)
    name = page.get_by_role("heading", level=1).inner_text()
    press(page, "1")
    expect(page.locator("#preview")).to_contain_text("Still needed")
    page.keyboard.press("Space")
    page.get_by_label("Why do you speak again?").fill("Compare the two quotes")
    expect(page.locator("#preview")).to_contain_text("Confirm the appointment")
    assert not Appointment.objects.exists()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Arranged")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Compare the two quotes")
    assert Appointment.objects.get().prospect.shown_name == name

    press(page, "u")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Taken back")
    assert not Appointment.objects.exists()
    assert not Call.objects.exists()


def test_two_keys_log_an_unanswered_call(today: Page, found: Cast) -> None:
    open_first_call(today)
    press(today, "n")
    today.keyboard.press("Enter")
    expect(today.locator("[data-undo]")).to_contain_text("Undo")
    assert Call.objects.get().machine == "no_answer"
    press(today, "u")
    expect(today.locator("#toasts")).to_contain_text("Taken back")
    assert not Call.objects.exists()


@pytest.mark.parametrize("people", [1])
def test_c3_nobody_answers_until_the_ladder_ends(
    page: Page, live_server: Any, clock: Clock, enter: Any, people: int
) -> None:
    """Every rung is worked from the keyboard when it is due, until the general rhythm takes over."""
    from tests.cast import cast

    found = cast(people=people)
    enter(found.rosa)
    first = Enrollment.objects.get()
    for _rung in range(MOST_RUNGS):
        touch = Touch.objects.filter(enrollment=first, state="open").first()
        if touch is None:
            break
        clock.to(touch.due_at + timedelta(minutes=2))
        enter(found.rosa)
        work(page, touch)
    first.refresh_from_db()
    assert (first.state, first.finish_reason) == ("finished", "handed_over")
    assert Enrollment.objects.exclude(pk=first.pk).get().cadence.name != first.cadence.name


def work(page: Page, touch: Touch) -> None:
    before = Arrangement.objects.count()
    press(page, "j")
    page.keyboard.press("Enter")
    if touch.channel == "call":
        page.wait_for_url("**/call/**")
        press(page, "n")
        page.keyboard.press("Enter")
    else:
        expect(page.get_by_role("button", name="Done")).to_be_visible()
        press(page, "d")
    page.wait_for_selector("[data-undo]")
    assert Arrangement.objects.count() == before + 1


def test_a_prospect_of_somebody_else_is_not_there(today: Page, found: Cast, live_server: Any) -> None:
    Prospect.objects.filter(pk=found.sofia.pk).update(owner=found.max)
    answer = today.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    assert answer is not None
    assert answer.status == 404
    expect(today.get_by_role("heading", name="Nothing here")).to_be_visible()


def open_first_call(page: Page) -> None:
    press(page, "j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/call/**")


def press(page: Page, key: str) -> None:
    """A page shows itself before it listens; a person is slower than a test."""
    page.wait_for_load_state()
    page.keyboard.press(key)
