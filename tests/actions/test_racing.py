"""Two people at the same moment: one outcome, one clear word, no half of anything."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from ringback.actions.enrolling import enroll, stop
from ringback.actions.errors import Refused
from ringback.actions.settling import first_admin
from ringback.actions.touching import finish_touch
from ringback.actions.undoing import undo
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Appointment, Arrangement, Call, Enrollment, Touch, User, Workspace
from ringback.queries.library import cadence_value
from tests.actions.rows import fresh_key, log, open_call, open_touches, reached, unreached
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def them(transactional_db: None) -> Cast:
    cadence_value.cache_clear()
    return cast()


def at_once(*doings: Callable[[], object]) -> list[object]:
    """What each came to, when all begin at the same moment on connections of their own: a result or a refusal."""
    ready = Barrier(len(doings))

    def run(do: Callable[[], object]) -> object:
        try:
            ready.wait()
            return do()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def split(came: list[object]) -> tuple[list[object], list[str]]:
    return [each for each in came if not isinstance(each, Refused)], [
        each.message for each in came if isinstance(each, Refused)
    ]


@pytest.mark.parametrize("turn", range(3))
def test_two_people_log_the_same_call(them: Cast, turn: int) -> None:
    touch = open_call(them.sofia)
    came = at_once(
        lambda: log(them.rosa, touch, reached(Outcome.APPOINTMENT, NOW), NOW),
        lambda: log(them.max, touch, unreached(MachineResult.NO_ANSWER, NOW), NOW),
    )
    saved, refused = split(came)
    assert (len(saved), Call.objects.count(), Arrangement.objects.filter(event="call").count()) == (1, 1, 1)
    winner = Call.objects.get().rep.shown_name
    what = "Appointment agreed" if winner == "Rosa Lindqvist" else "No answer"
    assert refused == [f"{winner} has just logged this: {what}. Nothing was changed."]
    assert Appointment.objects.count() == (winner == "Rosa Lindqvist")


def test_one_person_with_one_key_in_two_tabs(them: Cast) -> None:
    touch, said = open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW)
    saved, refused = split(at_once(*[lambda: log(them.rosa, touch, said, NOW, key="same")] * 3))
    assert refused == []
    assert {each.pk for each in saved} == {Arrangement.objects.get(key="same").pk}
    assert (Call.objects.count(), Appointment.objects.count()) == (1, 1)


def test_two_people_enrol_the_same_prospect(them: Cast) -> None:
    stop(by=them.rosa, enrollment=Enrollment.objects.get(prospect=them.sofia), reason="x", key=fresh_key(), now=NOW)
    came = at_once(
        *[
            lambda by=by: enroll(by=by, prospect=them.sofia, cadence="general", key=fresh_key(), now=NOW)
            for by in (them.rosa, them.max, them.ada)
        ]
    )
    saved, refused = split(came)
    assert (len(saved), refused) == (1, ["Already in “General rhythm”."] * 2)
    assert len(open_touches(them.sofia)) == 1


def test_done_here_and_undone_there(them: Cast) -> None:
    first = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    mail = open_touches(them.sofia)[0]
    later = NOW + timedelta(minutes=10)
    came = at_once(
        lambda: undo(by=them.rosa, arrangement=first, now=later),
        lambda: finish_touch(by=them.max, touch=mail, key="done", now=later),
    )
    assert len(split(came)[1]) == 1
    assert Touch.objects.filter(prospect=them.sofia, state="open").count() == 1


def test_two_first_visitors_of_an_empty_house(transactional_db: None) -> None:
    def found(name: str) -> User:
        return first_admin(
            username=name, full_name=name.title(), password="kiln-and-glaze-47", firm_name=name, zone="UTC", region="",
            now=NOW,
        )  # fmt: skip

    came = at_once(lambda: found("anna"), lambda: found("bert"))
    saved, refused = split(came)
    assert (len(saved), refused) == (1, ["This house has been set up already; log in instead."])
    assert User.objects.get().username == Workspace.objects.get().firm_name
