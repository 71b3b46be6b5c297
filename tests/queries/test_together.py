"""Several prepared queries in one statement give what each gives alone, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from ringback.actions.wrapping_up import WrapUp, wrap_up
from ringback.domain.events import CallEnded
from ringback.domain.vocabulary import MachineResult
from ringback.models import Activity, Arrangement, Call, Commitment, Prospect, Touch, Workspace
from ringback.queries.prepared import Prepared
from ringback.queries.together import Together
from tests.actions.rows import fresh_key
from tests.cast import NOW, Cast, cast

workspaces = Prepared(lambda: Workspace.objects.all())
people = Prepared(lambda: Prospect.objects.order_by())
touches = Prepared(lambda whose: Touch.objects.filter(prospect_id=whose))
calls = Prepared(lambda whose, until: Call.objects.filter(prospect_id=whose, at__lte=until))
arrangements = Prepared(lambda key: Arrangement.objects.filter(key=key))
promises = Prepared(lambda: Commitment.objects.all())


@Prepared
def words(whose: int, owner: int) -> QuerySet[Any, tuple[str, Any]]:
    said = Activity.objects.filter(prospect_id=whose).order_by().values_list("text", "at")
    return said.union(
        Prospect.objects.filter(owner_id=owner).order_by().values_list("shown_name", "created_at"), all=True
    )


PARTS: dict[str, Prepared[Any]] = {
    "workspaces": workspaces,
    "people": people,
    "touches": touches,
    "calls": calls,
    "arrangements": arrangements,
    "promises": promises,
    "words": words,
}


@pytest.fixture
def them(db: None) -> Cast:
    found = cast()
    Workspace.objects.update_or_create(pk=1, defaults={"firm_name": "O'Hara & 100 % “Söhne”"})
    unanswered = WrapUp(event=CallEnded(at=NOW, machine=MachineResult.NO_ANSWER), notes="Zeile\nনমস্কার\t🙂")
    wrap_up(by=found.rosa, prospect=found.sofia, wrap_up=unanswered, touch_id=None, key="once", now=NOW)
    return found


def _asked(them: Cast) -> dict[str, tuple[Any, ...]]:
    whose = them.sofia.pk
    return {
        "workspaces": (),
        "people": (),
        "touches": (whose,),
        "calls": (whose, NOW),
        "arrangements": ("once",),
        "promises": (),
        "words": (whose, them.rosa.pk),
    }


def _columns(row: Any) -> Any:
    return row if isinstance(row, tuple) else {field.attname: getattr(row, field.attname) for field in row._meta.fields}


def _sorted(rows: list[Any]) -> list[Any]:
    """By what they hold; as text, an instant would be told by the name of its zone too."""
    return sorted(map(_columns, rows), key=lambda row: str(row["id"] if isinstance(row, dict) else row[0]))


def test_each_part_holds_what_it_holds_alone_in_every_kind_of_column(them: Cast) -> None:
    asked = _asked(them)
    found = Together(**PARTS)(**asked)
    alone = {name: PARTS[name](*arguments) for name, arguments in asked.items()}
    assert {name: _sorted(rows) for name, rows in found.items()} == {
        name: _sorted(rows) for name, rows in alone.items()
    }
    assert found["arrangements"][0].journal
    assert found["promises"] == []
    assert [type(row) for row in found["people"]] == [Prospect] * len(alone["people"])


def test_each_kind_of_column_is_read_as_the_orm_reads_it(them: Cast) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(wanted_by=date(2026, 9, 30), possible_zones=["Europe/Rome"])
    rows: list[tuple[Prepared[Any], QuerySet[Any]]] = [
        (workspaces, Workspace.objects.all()),
        (people, Prospect.objects.order_by()),
        (Prepared(lambda: Call.objects.order_by()), Call.objects.order_by()),
        (
            Prepared(lambda: Prospect.objects.values_list("id", "wanted_by")),
            Prospect.objects.values_list("id", "wanted_by"),
        ),
    ]
    for prepared, by_orm in rows:
        assert _with_types(prepared()) == _with_types(list(by_orm))


def _with_types(rows: list[Any]) -> list[Any]:
    """True is told apart from 1."""
    columns = [row if isinstance(row, tuple) else row.values() for row in _sorted(rows)]
    return [[(type(value), value) for value in row] for row in columns]


def test_whatever_is_asked_takes_one_statement(them: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    together, asked = Together(**PARTS), _asked(them)
    together(**asked)
    with django_assert_num_queries(1):
        together(**asked)


def test_parts_that_are_not_named_are_not_asked_for(them: Cast) -> None:
    together, asked = Together(**PARTS), _asked(them)
    for names in (["calls", "touches"], ["touches", "calls"], ["arrangements"], list(asked)):
        found = together(**{name: asked[name] for name in names})
        assert {name: _sorted(rows) for name, rows in found.items()} == {
            name: _sorted(PARTS[name](*asked[name])) for name in names
        }


def test_other_arguments_find_other_rows(them: Cast) -> None:
    together = Together(arrangements=arrangements, touches=touches)
    assert len(together(arrangements=("once",), touches=(them.sofia.pk,))["arrangements"]) == 1
    assert together(arrangements=(fresh_key(),), touches=(0,)) == {"arrangements": [], "touches": []}
