"""B5: the name in what was said of somebody else who decides."""

from __future__ import annotations

import pytest

from ringback.domain.named_people import person_named, same_person

SAID = [
    ("Enzo", "Enzo", "", ""),
    ("Her partner Enzo", "Enzo", "", "Her partner"),
    ("Enzo Marchetti, head of production", "Enzo", "Marchetti", "head of production"),
    ("my boss, Ms Ines Calder (purchasing)", "Ines", "Calder", "my boss, Ms (purchasing)"),
    ("Enzo (production)", "Enzo", "", "production"),
    ("Ms Calder", "", "Calder", "Ms"),
    ("Frau Müller", "", "Müller", "Frau"),
    ("Ihr Partner Enzo", "Enzo", "", "Ihr Partner"),
    ("die Chefin, Frau Dr. Anna von der Heide", "Anna", "von der Heide", "die Chefin, Frau Dr"),
    ("Enzo and Carla", "Enzo", "", "and Carla"),
    ("Carla decides about money", "Carla", "", "decides about money"),
    ("محمد الكريم", "محمد", "الكريم", ""),
    ("李小龙", "李小龙", "", ""),
    ("the board", "", "", "the board"),
    ("somebody in purchasing", "", "", "somebody in purchasing"),
    ("  ", "", "", ""),
    ("…!", "", "", "…!"),
    ("One Two Three Four Five Six Seven", "", "", "One Two Three Four Five Six Seven"),
]


@pytest.mark.parametrize(("text", "first", "last", "role"), SAID, ids=[each[0] for each in SAID])
def test_b5_who_is_named(text: str, first: str, last: str, role: str) -> None:
    found = person_named(text)
    assert (found.first, found.last, found.role) == (first, last, role)


@pytest.mark.parametrize(
    ("name", "known", "same"),
    [
        ("Enzo", "Enzo Marchetti", True),
        ("enzo marchetti", "Enzo Marchetti", True),
        ("Müller", "Anna Muller", True),
        ("Enzo Rossi", "Enzo Marchetti", False),
        ("En", "Enzo", False),
        ("", "Enzo", False),
    ],
)
def test_b5_whether_that_person_is_known_already(name: str, known: str, same: bool) -> None:
    assert same_person(name, known) is same
