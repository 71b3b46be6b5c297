"""What objections turned out to be, and what came of leads whose gate was shut, for who may look (B5, B6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from ringback.domain.vocabulary import GateChoice, ObjectionState
from ringback.models import GateDecision, Objection, Prospect, User
from ringback.queries.what_works import GateCount, gate_counts, objection_counts
from tests.cast import NOW, Cast

REAL, FALSE, RESOLVED, OPEN = (ObjectionState(each) for each in ("real", "false", "resolved", "open"))


def objection(prospect: Prospect, text: str, state: ObjectionState = OPEN, card: str = "", at: datetime = NOW) -> None:
    Objection.objects.create(prospect=prospect, text=text, card=card, state=state, raised_at=at)


def decided(prospect: Prospect, by: User, choice: GateChoice, at: datetime = NOW) -> None:
    reason = "They asked" if choice is GateChoice.OVERRIDDEN else ""
    GateDecision.objects.create(
        prospect=prospect, by=by, at=at, choice=choice, reason=reason, shut_by=["several_calls"]
    )


def test_b5_objections_are_counted_by_card_and_without_one_by_their_words(them: Cast) -> None:
    sofia, second = them.prospects[0], them.prospects[1]
    for text, state in (("Twice our budget", REAL), ("Too dear", FALSE), ("Too dear", RESOLVED), ("Hm", OPEN)):
        objection(sofia, text, state, card="too-expensive")
    objection(sofia, "Müssen wir prüfen")
    objection(second, "müssen  wir PRÜFEN", REAL)
    dear, check = objection_counts(them.rosa)
    assert (dear.card, dear.words, dear.n) == ("too-expensive", "Too dear", 4)
    assert dear.by_state == {REAL: 1, FALSE: 1, RESOLVED: 1, OPEN: 1}
    assert (dear.pretexts.hits, dear.pretexts.n) == (1, 3)
    assert (check.card, check.n, check.by_state) == ("", 2, {OPEN: 1, REAL: 1})
    assert objection_counts(them.otto) == []
    assert [each.n for each in objection_counts(them.max)] == [4, 2]


def test_b5_only_what_was_raised_in_the_period_counts(them: Cast) -> None:
    objection(them.sofia, "Early", at=NOW - timedelta(days=31))
    objection(them.sofia, "On the day", at=NOW - timedelta(days=30))
    assert [each.words for each in objection_counts(them.rosa, since=NOW - timedelta(days=30))] == ["On the day"]


def told(counts: list[GateCount]) -> list[tuple[str, str, int, int, int, int, int]]:
    return [
        (each.rep, each.choice, each.decided.hits, each.decided.n, each.leads, each.won.hits, each.closed.hits)
        for each in counts
    ]


def test_b6_gates_are_counted_by_rep_with_what_became_of_each_lead_once(them: Cast) -> None:
    sofia, second, third = them.prospects
    decided(sofia, them.rosa, GateChoice.OVERRIDDEN)
    decided(sofia, them.rosa, GateChoice.OVERRIDDEN)
    decided(second, them.rosa, GateChoice.OVERRIDDEN)
    decided(third, them.rosa, GateChoice.HEEDED)
    decided(sofia, them.max, GateChoice.OVERRIDDEN)
    decided(third, them.otto, GateChoice.OVERRIDDEN)
    Prospect.objects.filter(pk=sofia.pk).update(state="closed")
    Prospect.objects.filter(pk=third.pk).update(state="won")
    assert told(gate_counts(them.max)) == [
        ("", "heeded", 1, 5, 1, 1, 0),
        ("", "overridden", 4, 5, 2, 0, 1),
        ("Max Okonkwo", "heeded", 0, 1, 0, 0, 0),
        ("Max Okonkwo", "overridden", 1, 1, 1, 0, 1),
        ("Rosa Lindqvist", "heeded", 1, 4, 1, 1, 0),
        ("Rosa Lindqvist", "overridden", 3, 4, 2, 0, 1),
    ]
    assert gate_counts(them.max)[5].still_open == 1
    assert {each.rep for each in gate_counts(them.rosa)} == {"", "Rosa Lindqvist"}
    assert {each.rep for each in gate_counts(them.otto)} == {"", "Otto Vega"}
    assert {each.rep for each in gate_counts(them.ada)} == {"", "Max Okonkwo", "Otto Vega", "Rosa Lindqvist"}


def test_b6_who_has_left_still_counts_for_the_team_and_other_days_do_not(them: Cast) -> None:
    decided(them.sofia, them.rosa, GateChoice.HEEDED)
    decided(them.sofia, them.rosa, GateChoice.HEEDED, at=NOW - timedelta(days=400))
    User.objects.filter(pk=them.rosa.pk).update(is_active=False)
    found = gate_counts(them.max, since=NOW - timedelta(days=90))
    assert [(each.rep, each.decided.hits) for each in found] == [
        ("", 1), ("", 0), ("Rosa Lindqvist", 1), ("Rosa Lindqvist", 0),
    ]  # fmt: skip


def test_nothing_counted_says_so_rather_than_breaking(them: Cast) -> None:
    assert objection_counts(them.ada) == []
    assert [(each.decided.value, each.won.value) for each in gate_counts(them.ada)] == [(None, None)] * 2


def test_the_counts_take_as_many_queries_for_many_rows_as_for_one(
    them: Cast, django_assert_num_queries: object
) -> None:
    for number in range(30):
        objection(them.sofia, f"Words {number}")
        decided(them.sofia, (them.rosa, them.max, them.otto)[number % 3], GateChoice.HEEDED)
    with django_assert_num_queries(1):  # type: ignore[operator]
        objection_counts(them.ada)
    with django_assert_num_queries(3):  # type: ignore[operator]
        gate_counts(them.ada)
