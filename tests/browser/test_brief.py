"""The brief at its fullest: one screen, nothing to scroll, and how much more there is (A13)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.domain.vocabulary import Learnable, MachineResult, Outcome, Party, TouchKind
from ringback.models import (
    Activity,
    Appointment,
    Call,
    Circumstance,
    Commitment,
    Company,
    Interest,
    Need,
    Objection,
    ObjectionChange,
    Prospect,
    Touch,
    User,
)
from tests.browser.barriers import assert_no_barrier
from tests.browser.test_looks import DESK, PHONE
from tests.cast import NOW, ZONE, Cast

LONG = "the reconciliation of deliveries between the warehouse in Wilhelmshaven and both workshops, every single week"
WORDS = ("Donaudampfschifffahrtsgesellschaftskapitänsmütze", "Wolfeschlegelsteinhausenbergerdorff")


@pytest.fixture
def fullest(found: Cast) -> Prospect:
    """Two hundred calls, twelve of everything, eight colleagues, and no short word among them."""
    who = found.sofia
    company = Company.objects.create(name=f"{WORDS[0]} Handelsgesellschaft mbH & Co. KGaA", match_name="long")
    for number, each in enumerate([who, *found.prospects[1:3]]):
        Prospect.objects.filter(pk=each.pk).update(company=company, shown_name=f"{WORDS[1]} {WORDS[0]} {number}")
    for number in range(8):
        Prospect.objects.create(
            shown_name=f"Maximiliane {WORDS[1]} {number}", job_title=f"Leiterin {WORDS[0]}", company=company,
            owner=found.rosa, zone=ZONE, created_at=NOW,
        )  # fmt: skip
    Prospect.objects.filter(pk=who.pk).update(
        company_name=company.name, conversations=9, source=LONG, notes=LONG * 3, value=125_000,
        proposal_sent_on=(NOW - timedelta(days=9)).date(),
    )  # fmt: skip
    for number in range(12):
        at = NOW - timedelta(days=3 * number + 1)
        Need.objects.create(prospect=who, text=f"{LONG} {number}", learned_at=at)
        Interest.objects.create(prospect=who, text=f"{WORDS[0]} {number}", learned_at=at)
        Objection.objects.create(
            prospect=who, text=f"{LONG} {number}", raised_at=at, state=("open", "real")[number % 2]
        )
        party = (Party.US, Party.THEM)[number % 2]
        Commitment.objects.create(prospect=who, party=party, text=LONG, due_on=(at.date()), made_at=at)
    for kind in (Learnable.DECISION_MAKER, Learnable.COMPETITOR, Learnable.TIMING):
        Circumstance.objects.create(prospect=who, kind=kind, text=LONG, learned_at=NOW)
    for number in range(200):
        _call(found, number)
    Activity.objects.bulk_create(
        Activity(prospect=who, at=NOW - timedelta(hours=number), verb="noted", text=LONG) for number in range(200)
    )
    Appointment.objects.create(
        prospect=who, rep=found.rosa, starts_at=NOW + timedelta(hours=3), zone=ZONE, reason=LONG * 2, agreed_at=NOW
    )
    Touch.objects.create(
        prospect=who, owner=found.rosa, kind=TouchKind.COMMITMENT, channel="task", lane=9, title=LONG, zone=ZONE,
        planned_at=NOW, due_at=NOW + timedelta(days=1), because_rule="A3", because_text="Promised.",
    )  # fmt: skip
    return who


def test_b5_what_an_objection_turned_out_to_be_is_said_with_the_words_that_were_used(
    page: Page, found: Cast, enter: Callable[[User], Page], live_server: Any
) -> None:
    """The figures that are typed choose no way of the map and no ending."""
    Objection.objects.create(prospect=found.sofia, text="The price", raised_at=NOW)
    enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{found.sofia.pk}/call/")
    page.get_by_role("button", name="Real", exact=True).click()
    page.get_by_label("What was said?").fill("")
    page.keyboard.type("12 months at once")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What was said?")).to_have_count(0)
    expect(page.get_by_role("button", name="Real", exact=True)).to_have_attribute("aria-pressed", "true")
    assert list(ObjectionChange.objects.order_by("id").values_list("after", "words")) == [
        ("real", ""),
        ("real", "12 months at once"),
    ]
    assert page.locator("[name=result]:checked").count() == 0


def _call(found: Cast, number: int) -> None:
    at = NOW - timedelta(hours=5 * number + 1)
    talked: dict[str, Any] = {"machine": MachineResult.ANSWERED, "outcome": Outcome.SEND_INFORMATION, "mood": "good"}
    columns = {**talked, "notes": LONG * 4} if number > 20 else {"machine": MachineResult.NO_ANSWER}
    Call.objects.create(prospect=found.sofia, rep=found.otto, at=at, ended_at=at, **columns)


def test_a13_the_fullest_brief_fits_one_screen(
    page: Page, found: Cast, fullest: Prospect, enter: Callable[[User], Page], live_server: Any
) -> None:
    page.set_viewport_size(DESK)
    enter(found.rosa)
    page.goto(f"{live_server.url}/prospects/{fullest.pk}/call/")
    brief = page.locator("#brief")
    assert brief.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    assert brief.evaluate("one => one.getBoundingClientRect().bottom") <= DESK["height"]
    expect(brief.locator(".brief-facts")).to_contain_text("Who decides")
    for words in ("Needs: 10 more", "Promised: 10 more", "Objections: 1", "Others there: "):
        expect(brief.get_by_role("link", name=words)).to_be_visible()
    assert_no_barrier(page)
    page.set_viewport_size(PHONE)
    assert_no_barrier(page)
