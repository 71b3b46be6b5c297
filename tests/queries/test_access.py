"""Who sees whom: every role, every kind of owner, one door."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ringback.domain.vocabulary import Outcome, Role
from ringback.models import Arrangement, ImportRun, Prospect, Touch, User
from ringback.queries import access
from ringback.queries.library import cadence_value
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW, Cast, cast, member


@dataclass
class House:
    them: Cast
    people: dict[str, User]
    owned: dict[str, Prospect]


@pytest.fixture
def house(db: None) -> House:
    cadence_value.cache_clear()
    them = cast(people=6)
    gone = member("gone", "Gone Away", Role.REP, them.rosa.team)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    people = {"rosa": them.rosa, "max": them.max, "ada": them.ada, "otto": them.otto, "gone": gone}
    people["mona"] = member("mona", "Mona Alone", Role.MANAGER, None)
    owners = [them.rosa, them.max, them.ada, them.otto, gone, None]
    owned = dict(zip(("rosa", "max", "ada", "otto", "gone", "nobody"), them.prospects, strict=True))
    for prospect, owner in zip(them.prospects, owners, strict=True):
        log(them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW), NOW)
        Prospect.objects.filter(pk=prospect.pk).update(owner=owner)
        prospect.refresh_from_db()
    return House(them, people, owned)


SEES = {
    "rosa": {"rosa", "nobody"},
    "otto": {"otto", "nobody"},
    "max": {"rosa", "max", "gone", "nobody"},
    "mona": {"nobody"},
    "ada": {"rosa", "max", "ada", "otto", "gone", "nobody"},
}


@pytest.mark.parametrize("name", SEES)
def test_prospects_and_all_that_hangs_on_them(house: House, name: str) -> None:
    user = house.people[name]
    for owner, prospect in house.owned.items():
        doors = [
            (access.prospect_for, prospect),
            (access.touch_for, Touch.objects.filter(prospect=prospect).first()),
            (access.arrangement_for, Arrangement.objects.filter(prospect=prospect).first()),
        ]
        assert access.may_see(user, prospect) == (owner in SEES[name])
        for door, row in doors:
            if owner in SEES[name]:
                assert door(user, row.pk) == row
            else:
                with pytest.raises(access.NotVisible):
                    door(user, row.pk)
    seen = {owner for owner, prospect in house.owned.items() if access.visible_prospects(user).filter(pk=prospect.pk)}
    assert seen == SEES[name]


@pytest.mark.parametrize("door", ["prospect_for", "touch_for", "arrangement_for"])
def test_what_does_not_exist_sounds_like_what_is_hidden(house: House, door: str) -> None:
    with pytest.raises(access.NotVisible) as absent:
        getattr(access, door)(house.people["ada"], 10**9)
    rows = {"prospect_for": Prospect, "touch_for": Touch}
    hidden = rows.get(door, Arrangement).objects.filter(pk__gt=0)
    theirs = (
        hidden.filter(owner=house.people["ada"])
        if door == "prospect_for"
        else hidden.filter(prospect=house.owned["ada"])
    )
    with pytest.raises(access.NotVisible) as kept:
        getattr(access, door)(house.people["rosa"], theirs.first().pk)
    assert str(absent.value) == str(kept.value)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("rosa", {"rosa"}),
        ("otto", {"otto"}),
        ("max", {"rosa", "max"}),
        ("mona", {"mona"}),
        ("ada", {"rosa", "max", "ada", "otto", "mona"}),
    ],
)
def test_colleagues(house: House, name: str, sees: set[str]) -> None:
    assert set(access.visible_users(house.people[name]).values_list("username", flat=True)) == sees


@pytest.mark.parametrize(
    ("name", "manages", "publishes", "administers"),
    [("rosa", False, False, False), ("max", True, True, False), ("ada", True, True, True)],
)
def test_powers(house: House, name: str, manages: bool, publishes: bool, administers: bool) -> None:
    user = house.people[name]
    assert (access.may_manage(user), access.may_publish(user), access.may_administer(user)) == (
        manages, publishes, administers,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "sees"), [("rosa", True), ("max", True), ("ada", True), ("otto", False)])
def test_import_runs(house: House, name: str, sees: bool) -> None:
    run = ImportRun.objects.create(key="k", by=house.people["rosa"], at=NOW, file_name="list.csv")
    if sees:
        assert access.import_run_for(house.people[name], run.pk) == run
    else:
        with pytest.raises(access.NotVisible):
            access.import_run_for(house.people[name], run.pk)
