"""B5: other decision makers become contacts."""

from __future__ import annotations

import pytest

from ringback.actions.deciders import bring_in_decider
from ringback.actions.errors import Refused
from ringback.domain.vocabulary import Learnable
from ringback.models import Activity, Circumstance, Prospect, Touch, User
from tests.cast import NOW, Cast


def said(prospect: Prospect, text: str, kind: Learnable = Learnable.DECISION_MAKER) -> Circumstance:
    return Circumstance.objects.create(prospect=prospect, kind=kind, text=text, learned_at=NOW)


def brought(them: Cast, text: str, by: User | None = None, of: Prospect | None = None) -> Prospect:
    return bring_in_decider(by=by or them.rosa, circumstance=said(of or them.sofia, text), now=NOW)


def test_b5_a_named_decider_becomes_a_person_of_the_same_company(them: Cast) -> None:
    touches = Touch.objects.count()
    enzo = Prospect.objects.get(pk=brought(them, "Her partner Enzo Marchetti (production)").pk)
    sofia = Prospect.objects.get(pk=them.sofia.pk)
    assert (enzo.first_name, enzo.last_name, enzo.shown_name) == ("Enzo", "Marchetti", "Enzo Marchetti")
    assert (enzo.company, enzo.owner, enzo.zone, enzo.city) == (sofia.company, them.rosa, "Europe/Rome", "Faenza")
    assert (enzo.job_title, enzo.source) == ("Her partner (production)", "Named by Sofia Marchetti")
    assert (enzo.value, enzo.temperature, enzo.contact_points.count()) == (0, "cold", 0)
    assert enzo.search_text == "enzo marchetti lumen ceramics"
    assert Touch.objects.count() == touches
    assert Activity.objects.get(prospect=enzo).rule == "B5"
    assert Activity.objects.filter(prospect=sofia, text="Enzo Marchetti, who decides too, became a prospect.").exists()


def test_b5_nobody_is_doubled(them: Cast) -> None:
    enzo = brought(them, "Enzo Marchetti")
    for again in ("Enzo Marchetti", "her partner Enzo", "ENZO MARCHETTI"):
        assert brought(them, again).pk == enzo.pk
    assert Prospect.objects.count() == len(them.prospects) + 1
    assert brought(them, "Enzo Rossi").pk != enzo.pk


def test_b5_the_same_name_at_another_company_is_another_person(them: Cast) -> None:
    assert brought(them, "Enzo").pk != brought(them, "Enzo", of=them.prospects[1]).pk


def test_b5_without_a_company_the_one_whom_they_named_before_is_found_again(them: Cast) -> None:
    Prospect.objects.filter(pk__in=[each.pk for each in them.prospects]).update(company=None, company_name="")
    enzo = brought(them, "Enzo")
    assert brought(them, "Enzo").pk == enzo.pk
    assert brought(them, "Enzo", of=them.prospects[1]).pk != enzo.pk


def test_b5_whom_another_team_looks_after_is_neither_found_nor_told(them: Cast) -> None:
    theirs = brought(them, "Enzo")
    Prospect.objects.filter(pk=theirs.pk).update(owner=them.otto)
    assert brought(them, "Enzo").pk != theirs.pk


def test_b5_a_prospect_who_was_merged_away_is_not_given_back(them: Cast) -> None:
    enzo = brought(them, "Enzo")
    Prospect.objects.filter(pk=enzo.pk).update(merged_into=them.sofia)
    assert brought(them, "Enzo").pk != enzo.pk


def test_b5_a_long_answer_fits_its_columns(them: Cast) -> None:
    person = brought(them, "Enzo " + "x" * 495)
    assert (person.shown_name, len(person.job_title)) == ("Enzo", 200)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("the board", Learnable.DECISION_MAKER, "no name in it"),
        ("", Learnable.DECISION_MAKER, "no name in it"),
        ("Kiln & Co", Learnable.COMPETITOR, "Only somebody who decides"),
    ],
)
def test_b5_what_names_nobody_is_refused(them: Cast, text: str, kind: Learnable, words: str) -> None:
    with pytest.raises(Refused, match=words):
        bring_in_decider(by=them.rosa, circumstance=said(them.sofia, text, kind), now=NOW)


def test_b5_somebody_else_may_not(them: Cast) -> None:
    with pytest.raises(Refused, match="belongs to somebody else"):
        brought(them, "Enzo", by=them.otto)
    assert Prospect.objects.count() == len(them.prospects)
