"""Whom else the rep has promised a moment to (B1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from ringback.actions.appointing import make_appointment, move_appointment
from ringback.actions.prospecting import add_prospect, assign
from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.clash import AgreedTalk
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Prospect, Workspace
from ringback.queries.clashes import clash_at
from tests.cast import NOW, Cast, person
from tests.queries.conftest import Plan

THREE = NOW + timedelta(days=1, hours=5)


@pytest.fixture
def met(them: Cast) -> Cast:
    """Rosa speaks with Sofia tomorrow at three in Berlin."""
    agree(them, them.sofia, THREE)
    return them


def agree(them: Cast, prospect: Prospect, at: datetime) -> None:
    make_appointment(by=them.rosa, prospect=prospect, starts_at=at, reason="Quotes", key=f"a{prospect.pk}", now=NOW)


def asked(them: Cast, at: datetime, prospect: Prospect | None = None, **who: Any) -> str:
    found = clash_at(at, prospect=prospect or them.prospects[1], by=who.get("by", them.rosa))
    return found.name if found else ""


def test_B1_agreed_talk_is_found_with_its_moment_and_name(met: Cast) -> None:
    found = clash_at(THREE + timedelta(minutes=5), prospect=met.prospects[1], by=met.rosa)
    assert found == AgreedTalk(THREE, "Sofia Marchetti")


def test_B1_the_same_persons_own_appointment_is_what_is_moved(met: Cast) -> None:
    assert asked(met, THREE, met.sofia) == ""


def test_B1_as_long_as_the_house_says(met: Cast) -> None:
    later = THREE + timedelta(minutes=20)
    assert asked(met, later) == ""
    Workspace.objects.update(talk_minutes=30)
    assert asked(met, later) == "Sofia Marchetti"


def test_B1_promised_call_back_counts_and_a_rung_of_a_ladder_does_not(them: Cast, plan: Plan) -> None:
    assert asked(them, plan(2, due_at=THREE).due_at) == ""
    event = CallEnded(NOW, MachineResult.ANSWERED, Outcome.CALL_BACK, next_at=THREE, reason="After the meeting")
    wrap_up(by=them.rosa, prospect=them.prospects[2], wrap_up=WrapUp(event), touch_id=None, key="c", now=NOW)
    assert asked(them, THREE) == them.prospects[2].shown_name


def test_B1_what_was_moved_away_leaves_the_moment_free(met: Cast) -> None:
    appointment = met.sofia.appointments.get()
    later = THREE + timedelta(hours=2)
    move_appointment(by=met.rosa, appointment=appointment, starts_at=later, key="m", now=NOW)
    assert (asked(met, THREE), asked(met, later)) == ("", "Sofia Marchetti")


def test_B1_it_is_the_owners_day_that_counts_whoever_asks(met: Cast) -> None:
    assert asked(met, THREE, by=met.max) == "Sofia Marchetti"
    assign(by=met.max, prospect=met.prospects[1], owner=met.max, now=NOW)
    met.prospects[1].refresh_from_db()
    assert asked(met, THREE, by=met.rosa) == ""


def test_B1_with_somebody_who_is_nobodys_it_is_the_day_of_whoever_asks(met: Cast) -> None:
    nobodys = add_prospect(by=met.rosa, fields=person(7), now=NOW)
    assign(by=met.max, prospect=nobodys, owner=None, now=NOW)
    nobodys.refresh_from_db()
    assert (asked(met, THREE, nobodys), asked(met, THREE, nobodys, by=met.max)) == ("Sofia Marchetti", "")
