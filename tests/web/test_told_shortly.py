"""What an Undo on the pages after is about: the name, and the one thing of what was arranged that counts most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from ringback.models import Arrangement
from ringback.web.presenting import Gist, ShownArrangement, ShownLine, gist
from tests.cast import NOW, Cast, cast
from tests.web.test_calls import save

AGREED = {"result": "appointment", "reason": "Quotes", "next_local": "2026-12-01T10:00"}
OFFER = re.compile(
    r'data-undo-form data-seconds="\d+" data-said="([^"]*)" data-what="([^"]*)" data-at="([^"]*)" data-mark="([^"]*)"'
)


@pytest.fixture
def found(db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        yield cast(people=1, maps=True)


@pytest.mark.parametrize(
    ("answers", "what", "at", "icon"),
    [
        pytest.param({"result": "no_answer"}, "Mail after the first call", "Today 10:11", "mail", id="the next step"),
        pytest.param(AGREED, "Quotes", "Tue 1 Dec 10:00", "phone", id="the call before the mails around it"),
        pytest.param(
            {"result": "lost", "close_reason": "No budget"}, "An explicit end: No budget", "", "", id="why it ended"
        ),
        pytest.param({"result": "opt_out"}, "Asked not to be contacted", "", "", id="the end"),
    ],
)
def test_next_page_is_told_whom_and_what(found: Cast, answers: dict[str, Any], what: str, at: str, icon: str) -> None:
    rosa = Client()
    rosa.force_login(found.rosa)
    assert save(rosa, found, **answers).status_code == 204
    row = Arrangement.objects.latest("pk")
    for page in (f"/today/?arranged={row.pk}", f"/arrangements/{row.pk}/"):
        offers = OFFER.findall(unescape(rosa.get(page).content.decode()))
        assert offers == [("Sofia Marchetti", what, at, icon)]


LINE = ShownLine("phone", "Second call", "Mon 6 Jul 14:05", "", "A1", "")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        pytest.param({"next": LINE}, Gist("Second call", "Mon 6 Jul 14:05", "phone"), id="next"),
        pytest.param(
            {"next": replace(LINE, yours="13:05 for you")},
            Gist("Second call", "Mon 6 Jul 14:05 there", "phone"),
            id="zones",
        ),
        pytest.param({"next": LINE, "ends": "Won"}, Gist("Won"), id="an end"),
        pytest.param({"gaps": ("No address.", "No number.")}, Gist("No address. No number."), id="gaps"),
        pytest.param({}, Gist("Why"), id="nothing else"),
    ],
)
def test_gist_is_the_end_else_what_comes_next_else_what_is_missing(shown: dict[str, Any], told: Gist) -> None:
    assert gist(ShownArrangement("A2", "Why", (), **shown)) == told
