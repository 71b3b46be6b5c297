"""Practice: a played prospect that is the same for a seed, fits its case, and comes to an end (A10, A12)."""

from __future__ import annotations

from ringback.domain.maps.comparing import Change, Difference, differences
from ringback.domain.maps.graph import Node
from ringback.domain.maps.rehearsing import Missed, Score, played_traits, rehearse, reply, score
from ringback.domain.maps.walking import begin, step
from ringback.domain.vocabulary import NodeKind, Trait
from tests.domain.maps.drawn import case, drawn, node

ROUND = drawn(node("hello", "round", "round", "lost"), node("round", "hello"), node("lost"))
TREE = drawn(
    node("hello", edges=[{**case("busy", has_time=False), "says": ["Not now."]}, case("talk", has_time=True)]),
    node("busy", "lost"),
    node("talk", "lost"),
    node("lost"),
)


def test_the_same_seed_plays_the_same_prospect() -> None:
    assert rehearse(ROUND, seed=5) == rehearse(ROUND, seed=5)
    assert len({rehearse(ROUND, seed=seed).path for seed in range(20)}) > 3


def test_a12_the_played_prospect_takes_the_way_of_its_case() -> None:
    for seed in range(40):
        said = reply(TREE, "hello", seed=seed, steps=0)
        assert said is not None
        assert said.edge == (2 if played_traits(seed)[Trait.HAS_TIME] else 1)
        assert said.words == ("to talk" if said.edge == 2 else "Not now.")


def test_a_rehearsal_ends_at_an_outcome_even_on_a_map_of_circles() -> None:
    ends = {rehearse(ROUND, seed=seed).path.here for seed in range(200)}
    assert ends == {"lost"}
    assert reply(ROUND, "lost", seed=1, steps=3) is None


def test_a_map_without_a_way_out_ends_the_rehearsal_too() -> None:
    found = rehearse(drawn(node("hello", "round"), node("round", "hello"), node("lost")), seed=1)
    assert len(found.lines) < 40


def test_a10_a_rehearsal_walked_as_it_was_meant_misses_nothing() -> None:
    for seed in range(20):
        found = score(ROUND, rehearse(ROUND, seed=seed).path, seed=seed)
        assert (found.right, found.missed, found.left_open) == (found.replies, (), ())


def test_a10_what_was_not_recognised_is_named_with_what_they_meant() -> None:
    seed = next(each for each in range(40) if not played_traits(each)[Trait.HAS_TIME])
    found = score(TREE, step(TREE, begin(TREE), 2), seed=seed)
    (busy, talk) = (edge.label for edge in TREE.node("hello").edges)
    assert found == Score(0, 1, (Missed("hello", "Not now.", taken=talk, meant=busy),), ())


def test_two_versions_are_compared_place_by_place() -> None:
    old = drawn(node("hello", "lost"), node("gone", "lost"), node("lost"))
    new = drawn(node("hello", "new", "lost", text="Good morning."), node("new", "lost"), node("lost"), title="Redrawn")
    assert differences(old, old) == ()
    assert differences(old, new) == (
        Difference(Change.CHANGED, "", "title", "Drawn", "Redrawn"),
        Difference(Change.CHANGED, "hello", "text", "This is hello.", "Good morning."),
        Difference(Change.CHANGED, "hello", "edge 1", "to lost → lost", "to new → new"),
        Difference(Change.CHANGED, "hello", "edge 2", "", "to lost → lost"),
        Difference(Change.ADDED, "new", after="This is new."),
        Difference(Change.REMOVED, "gone", before="This is gone."),
    )
    assert Node("x", NodeKind.SAY).branches is False
