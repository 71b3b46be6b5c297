"""Scripts → What works: a table and a CSV for objections and for the gate, for who may look (B5, B6)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ringback.models import GateDecision, Objection, User
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]


@pytest.fixture
def counted(them: Cast) -> Cast:
    """A month ago, one dear objection and one in free words that would be a formula; Rosa passed one gate by."""
    when = NOW - timedelta(days=40)
    Objection.objects.create(prospect=them.sofia, text="Too dear", card="too-expensive", state="false", raised_at=when)
    Objection.objects.create(prospect=them.sofia, text="=1+1", raised_at=when)
    GateDecision.objects.create(
        prospect=them.sofia, by=them.rosa, at=when, choice="overridden", reason="Asked", shut_by=["several_calls"]
    )
    return them


def rows(client: Client, name: str, days: str = "90") -> list[dict[str, str]]:
    with time_machine.travel(NOW):
        answer = client.get(reverse(name), {"days": days})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def page(client: Client, days: str = "") -> str:
    with time_machine.travel(NOW):
        return client.get(reverse("what-works"), {"days": days} if days else {}).content.decode()


def test_b5_b6_the_page_tells_cards_by_title_and_shares_with_their_denominators(counted: Cast, as_user: AsUser) -> None:
    shown = page(as_user(counted.max))
    assert "“It costs too much”" in shown
    assert "1 of 1: 100 % (21–100 %)" in shown
    assert "Rosa Lindqvist" in shown
    assert "0 of 1: 0 % (0–79 %)" in shown
    assert "Rosa Lindqvist" in page(as_user(counted.rosa))


def test_another_team_sees_none_of_it(counted: Cast, as_user: AsUser) -> None:
    shown = page(as_user(counted.otto), "all")
    assert "Too dear" not in shown
    assert "Rosa Lindqvist" not in shown
    assert "No objection in this period" in shown
    assert rows(as_user(counted.otto), "what-works-objections", "all") == []


@pytest.mark.parametrize(("days", "there"), [("30", False), ("90", True), ("all", True), ("-1", True), ("x", True)])
def test_the_period_decides_and_an_unknown_one_is_the_usual(
    counted: Cast, as_user: AsUser, days: str, there: bool
) -> None:
    assert ("Too dear" in page(as_user(counted.rosa), days)) is there


def test_the_tables_can_be_downloaded_and_run_no_formula(counted: Cast, as_user: AsUser) -> None:
    free, dear = rows(as_user(counted.rosa), "what-works-objections")
    assert (free["said_most"], free["open"], free["pretext_share"]) == ("'=1+1", "1", "")
    assert (dear["card"], dear["false"], dear["settled"], dear["pretext_share"]) == ("too-expensive", "1", "1", "1.0")
    gate = rows(as_user(counted.rosa), "what-works-gate")
    assert [(each["rep"], each["choice"], each["times"], each["leads"]) for each in gate] == [
        ("all", "heeded", "0", "0"),
        ("all", "overridden", "1", "1"),
        ("Rosa Lindqvist", "heeded", "0", "0"),
        ("Rosa Lindqvist", "overridden", "1", "1"),
    ]
    assert rows(as_user(counted.rosa), "what-works-objections", "30") == []


def test_a_long_list_says_how_many_more_the_download_holds(counted: Cast, as_user: AsUser) -> None:
    Objection.objects.bulk_create(
        Objection(prospect=counted.sofia, text=f"Words {number}", raised_at=NOW) for number in range(60)
    )
    assert "12 more are in the CSV." in page(as_user(counted.rosa))
    assert len(rows(as_user(counted.rosa), "what-works-objections")) == 62
