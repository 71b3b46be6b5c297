"""What of a brief fits one screen (A13)."""

from itertools import product

import pytest

from ringback.web.calls.room import PARTS, ROOM, Room, _height, fitted

FULL = dict.fromkeys(PARTS, 30)


def test_a13_few_things_are_shown_whole() -> None:
    little = {"things": 3, "needs": 2, "promises": 3, "history": 2, "facts": 4}
    assert fitted(little) == Room(False, little)
    assert fitted({**little, "needs": 40}).shown["needs"] == 2


def test_a13_of_much_the_weightiest_is_shown_and_something_of_everything() -> None:
    room = fitted(FULL)
    assert room.dense
    assert all(room.shown[name] >= part.least for name, part in PARTS.items())
    assert (room.shown["needs"], room.shown["things"], room.whole) == (2, 3, True)


@pytest.mark.parametrize("counts", list(product((0, 1, 12), repeat=5)), ids=str)
def test_a13_whatever_there_is_fits(counts: tuple[int, ...]) -> None:
    names = ("objections", "needs", "promises", "people", "facts")
    room = fitted({**FULL, **dict(zip(names, counts, strict=True))})
    things = PARTS["things"]
    in_full = (things.entry - things.dense_entry) * room.shown["things"] if room.dense and room.whole else 0
    assert _height(dict(room.shown), dense=room.dense) + in_full <= ROOM
    assert all(room.shown[name] <= count for name, count in zip(names, counts, strict=True))
