"""Whatever is done on a prospect's page, or with many at once, can be taken back where it was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ringback.actions.prospecting import add_prospect
from ringback.models import Activity, Arrangement, Prospect, Touch, User
from tests.actions.rows import snapshot
from tests.cast import NOW, Cast, person

AsUser = Callable[[User], Client]
OFFER = re.compile(r'action="([^"]+)" data-once data-undo-form data-seconds="30"')


def offered(page: Any) -> str:
    """Where Undo is sent to; nothing if it is not offered."""
    found = OFFER.search(page.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


# What is pressed on Sofia's page, and what it sends.
PRESSED = {
    "close": ("closure", {"reason": "Moved away"}),
    "opt out": ("opt-out", {"proof": "By telephone"}),
    "appointment": ("appointments", {"moment": "2026-12-01T10:00", "reason": "Figures"}),
    "skip": ("touches/{touch}/skip", {}),
    "another moment": ("touches/{touch}/moment", {"moment": "2026-12-01T10:00", "reason": "They asked"}),
    "pause": ("enrollments/{enrollment}/pause", {"reason": "Fair"}),
    "stop": ("enrollments/{enrollment}/stop", {"reason": "No budget"}),
    "unqualified": ("qualification", {"qualification": "unqualified"}),
    "given away": ("owner", {"owner": "{max}"}),
    "merged": ("merge", {"other": "{other}"}),
}


def press(client: Client, them: Cast, name: str) -> Any:
    facts = {
        "touch": Touch.objects.get(prospect=them.sofia, state="open").pk,
        "enrollment": them.sofia.enrollments.get().pk,
        "max": them.max.pk,
        "other": them.prospects[1].pk,
    }
    where, sent = PRESSED[name]
    sent = {key: value.format(**facts) for key, value in sent.items()}
    return client.post(f"/prospects/{them.sofia.pk}/{where.format(**facts)}", sent | {"key": "k"}, follow=True)


@pytest.mark.parametrize("name", PRESSED)
def test_undo_is_beside_what_was_done_and_leads_back_to_the_page(name: str, them: Cast, as_user: AsUser) -> None:
    client, where, before = as_user(them.max), f"/prospects/{them.sofia.pk}/", snapshot()
    page = press(client, them, name)
    assert snapshot() != before
    assert f'name="next" value="{where}"' in page.content.decode()
    back = client.post(offered(page), {"next": where})
    assert (back.status_code, back["Location"], snapshot() == before) == (302, where, True)
    assert "stands as before" in client.get(where).content.decode()


def test_what_arranges_nothing_offers_no_undo(them: Cast, as_user: AsUser) -> None:
    page = as_user(them.rosa).post(f"/prospects/{them.sofia.pk}/notes", {"text": "A note"}, follow=True)
    assert offered(page) == ""


def test_an_address_that_is_not_ours_is_not_gone_to(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.max)
    page = press(client, them, "close")
    assert client.post(offered(page), {"next": "https://elsewhere.example/"})["Location"] == "/today/"


def test_a_rep_does_not_take_back_what_a_manager_gave_away(them: Cast, as_user: AsUser) -> None:
    press(as_user(them.ada), them, "given away")
    Prospect.objects.filter(pk=them.sofia.pk).update(owner=them.rosa)
    row = Arrangement.objects.get(event="assigned")
    page = as_user(them.rosa).post(f"/arrangements/{row.pk}/undo", follow=True)
    assert "Only a manager or an admin" in page.content.decode()


def test_the_story_says_whose_they_were_before(them: Cast, as_user: AsUser) -> None:
    press(as_user(them.max), them, "given away")
    said = Activity.objects.filter(prospect=them.sofia, verb="assigned").get().text
    assert said == "Given to Max Okonkwo; before, it was Rosa Lindqvist's."


def many(them: Cast) -> list[Prospect]:
    fresh = [add_prospect(by=them.rosa, fields=person(number), now=NOW) for number in (20, 21)]
    return [*them.prospects, *fresh]


BULK = {
    "enrollments": {"cadence": "general", "key": "k"},
    "qualification": {"qualification": "unqualified"},
    "owner": {"owner": "{max}"},
}


@pytest.mark.parametrize("name", BULK)
def test_what_was_done_with_many_is_taken_back_at_once(name: str, them: Cast, as_user: AsUser) -> None:
    client, ids = as_user(them.max), [each.pk for each in many(them)]
    before = snapshot()
    sent = {key: value.format(max=them.max.pk) for key, value in BULK[name].items()}
    page = client.post(f"/prospects/{name}", sent | {"ids": ids}, follow=True)
    assert snapshot() != before
    back = client.post(offered(page), {"next": "/prospects/?order=value"}, follow=True)
    assert back.redirect_chain[-1][0] == "/prospects/?order=value"
    assert snapshot() == before
    assert f"{2 if name == 'enrollments' else 5} taken back." in back.content.decode()


def test_one_of_many_on_which_something_newer_stands_hurts_only_itself(them: Cast, as_user: AsUser) -> None:
    client, ids = as_user(them.max), [each.pk for each in them.prospects]
    page = client.post("/prospects/owner", {"owner": str(them.max.pk), "ids": ids}, follow=True)
    with time_machine.travel(NOW + timedelta(seconds=70), tick=False):
        press(client, them, "close")
    back = client.post(offered(page), follow=True).content.decode()
    assert ("2 taken back." in back, "1 could not be taken back. Something newer" in back) == (True, True)
    owners = Prospect.objects.filter(pk__in=ids).order_by("pk").values_list("owner__username", flat=True)
    assert list(owners) == ["max", "rosa", "rosa"]


def test_somebody_elses_bulk_and_one_of_long_ago_stay(them: Cast, as_user: AsUser) -> None:
    client, ada, ids = as_user(them.max), as_user(them.ada), [each.pk for each in them.prospects]
    where = offered(client.post("/prospects/owner", {"owner": str(them.max.pk), "ids": ids}, follow=True))
    before = snapshot()
    ada.post(where)
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert "30 seconds" in client.post(where, follow=True).content.decode()
    for rubbish in ("", "?at=yesterday", "?at=2026-13-45T99:00", "?at=2026-11-23T10:00"):
        assert client.post(f"/prospects/undo{rubbish}").status_code == 302
    assert snapshot() == before
