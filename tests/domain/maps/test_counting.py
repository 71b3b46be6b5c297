"""How the ways through a map fared, over one version and over several (A11)."""

from __future__ import annotations

import pytest

from ringback.domain.maps.counting import WalkFacts, branches, carried_over
from tests.domain.maps.drawn import drawn, node


def way(to: str, label: str) -> dict[str, str]:
    return {"to": to, "label": label}


YES, NO, LATER = way("need", "Yes"), way("lost", "No"), way("not-now", "Later")
ENDS = (node("need", "lost"), node("lost"), node("not_now"))


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        pytest.param([YES, NO], [YES, NO], {1: 1, 2: 2}, id="nothing changed"),
        pytest.param([YES, NO], [NO, LATER, YES], {1: 3, 2: 1}, id="moved, one more"),
        pytest.param([YES, NO], [way("need", "Gladly"), NO], {1: 1, 2: 2}, id="another label, the same goal"),
        pytest.param([YES, NO], [YES, way("not-now", "No")], {1: 1, 2: 2}, id="another goal, the same label"),
        pytest.param([YES, NO], [YES], {1: 1}, id="taken away"),
        pytest.param([YES, NO], [way("lost", "Yes"), way("need", "No")], {1: 2, 2: 1}, id="the goal is surer"),
        pytest.param(
            [way("lost", "No"), way("lost", "Never")], [way("lost", "Not for us"), way("lost", "Not at all")], {},
            id="two that cannot be told apart",
        ),
    ],
)  # fmt: skip
def test_a11_a_way_is_followed_through_the_versions(
    before: list[object], after: list[object], same: dict[int, int]
) -> None:
    old, new = (drawn(node("hello", edges=edges), *ENDS) for edges in (before, after))
    hello = {was[1]: now[1] for was, now in carried_over(old, new).items() if was[0] == "hello"}
    assert hello == same


def test_a11_a_place_that_is_gone_leaves_nothing_behind() -> None:
    old = drawn(node("hello", "aside", "lost"), node("aside", "lost"), node("lost"))
    new = drawn(node("hello", "lost"), node("lost"))
    assert carried_over(old, new) == {("hello", 2): ("hello", 1)}


def test_a11_a_branch_counts_each_call_once_and_says_how_it_ended() -> None:
    found = branches(
        [
            WalkFacts((("hello", 1), ("need", 1), ("hello", 1)), "appointment"),
            WalkFacts((("hello", 1),), "lost"),
            WalkFacts((("hello", 2),), ""),
        ]
    )
    assert found["hello", 1].walked == 2
    assert (found["hello", 1].went_on.hits, dict(found["hello", 1].results)) == (1, {"appointment": 1, "lost": 1})
    assert (found["hello", 2].went_on.hits, found["hello", 2].walked) == (0, 1)
