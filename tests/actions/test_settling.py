"""The house: settings, people, cadences, each by whoever may and within what can be."""

from __future__ import annotations

from datetime import time

import pytest

from ringback.actions.errors import Refused
from ringback.actions.publishing import install_library, publish_cadence
from ringback.actions.settling import add_team, add_user, change_user, change_workspace, first_admin
from ringback.domain.vocabulary import Role
from ringback.library import cadence_documents
from ringback.models import Activity, CadenceVersion, User, Workspace
from tests.actions.rows import snapshot
from tests.cast import NOW, PASSWORD, Cast

SETTINGS = {
    "firm_name": "x" * 161, "zone": "Mars", "region": "x" * 17, "currency": "EURO", "window_open": time(19),
    "window_close": time(8), "workdays": [], "calls_per_week": 0, "calls_per_day_part": 99, "talk_minutes": 0,
    "card_transit_days": 400, "reminder_at": "soon", "language": "tlh", "postal_address": "x" * 301,
}  # fmt: skip


@pytest.mark.parametrize("field", SETTINGS)
def test_setting_that_cannot_be_is_refused(them: Cast, field: str) -> None:
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        change_workspace(by=them.ada, fields={field: SETTINGS[field]}, now=NOW)
    assert refusal.value.field == ("window_close" if field == "window_open" else field)
    assert snapshot() == before


@pytest.mark.parametrize("days", [[7], [-1, 0], [0, 9]])
def test_days_of_another_week_are_refused(them: Cast, days: list[int]) -> None:
    with pytest.raises(Refused):
        change_workspace(by=them.ada, fields={"workdays": days}, now=NOW)


def test_settings_are_changed_by_admins_and_logged(them: Cast) -> None:
    change_workspace(by=them.ada, fields={"firm_name": "Lumen", "workdays": [0, 1]}, now=NOW)
    row = Workspace.objects.get()
    assert (row.firm_name, row.workdays) == ("Lumen", [0, 1])
    assert Activity.objects.latest("pk").text == "Firm name: Lumen, workdays: [0, 1]"
    for user in (them.rosa, them.max):
        with pytest.raises(Refused, match="Only an admin"):
            change_workspace(by=user, fields={"firm_name": "Mine"}, now=NOW)


PEOPLE = {
    "no-name": {"username": " "}, "taken": {"username": "ROSA"}, "long": {"username": "x" * 151},
    "odd": {"username": "a\x00"}, "no-address": {"email": "nowhere"}, "long-name": {"full_name": "x" * 151},
    "weak": {"password": "12345678"}, "no-zone": {"zone": "Europe/Berlyn"}, "no-role": {"role": "boss"},
}  # fmt: skip


@pytest.mark.parametrize("case", PEOPLE)
def test_person_that_cannot_be_is_refused(them: Cast, case: str) -> None:
    said = {"username": "nina", "full_name": "Nina Berg", "role": Role.REP, "password": PASSWORD} | PEOPLE[case]
    before = snapshot()
    with pytest.raises(Refused):
        add_user(by=them.ada, now=NOW, **said)
    assert snapshot() == before


def test_person_is_added_and_team_too(them: Cast) -> None:
    team = add_team(by=them.ada, name="East", now=NOW)
    nina = add_user(
        by=them.ada, username="nina", full_name="Nina van Berg", role=Role.REP, password=PASSWORD, team=team, now=NOW
    )
    assert (nina.shown_name, nina.team, nina.check_password(PASSWORD)) == ("Nina van Berg", team, True)
    for name in ("east", " ", "x" * 121):
        with pytest.raises(Refused):
            add_team(by=them.ada, name=name, now=NOW)


def test_one_changes_what_is_ones_own_and_somebody_stays_admin(them: Cast) -> None:
    change_user(by=them.rosa, user=them.rosa, fields={"daily_goal": 50}, now=NOW)
    assert User.objects.get(pk=them.rosa.pk).daily_goal == 50
    refused = [
        (them.rosa, them.rosa, {"role": Role.ADMIN}),
        (them.max, them.rosa, {"daily_goal": 1}),
        (them.rosa, them.rosa, {"zone": "Mars"}),
        (them.rosa, them.rosa, {"phone": "1" * 41}),
        (them.ada, them.ada, {"role": Role.REP}),
        (them.ada, them.ada, {"is_active": False}),
        (them.ada, them.rosa, {"role": "boss"}),
        (them.ada, them.rosa, {"daily_goal": -1}),
    ]
    before = snapshot()
    for by, user, fields in refused:
        with pytest.raises(Refused):
            change_user(by=by, user=user, fields=fields, now=NOW)
    assert snapshot() == before


def test_house_is_set_up_once(db: None) -> None:
    said = {
        "username": "ada",
        "full_name": "Ada B",
        "password": PASSWORD,
        "zone": "Europe/Rome",
        "region": "IT",
        "now": NOW,
    }
    with pytest.raises(Refused):
        first_admin(**said | {"zone": "Mars"}, firm_name="Kilns")
    with pytest.raises(Refused):
        first_admin(**said, firm_name="x" * 161)
    assert (User.objects.count(), Workspace.objects.count()) == (0, 0)
    assert first_admin(**said, firm_name="Kilns").is_admin
    with pytest.raises(Refused, match="set up already"):
        first_admin(**said | {"username": "eve"}, firm_name="Mine")
    assert Workspace.objects.get().firm_name == "Kilns"


def test_library_is_installed_once_and_leaves_alone_what_the_house_made_of_it(them: Cast) -> None:
    documents = cadence_documents()
    assert install_library(documents=documents, now=NOW) == 0
    publish_cadence(by=them.max, document=documents["general"] | {"title": "Ours"}, now=NOW)
    newer = {name: document | {"title": document["title"] + " 2"} for name, document in documents.items()}
    assert install_library(documents=newer, now=NOW) == len(documents) - 1
    assert CadenceVersion.objects.get(name="general", retired_at=None).title == "Ours"
    assert CadenceVersion.objects.filter(retired_at=None).count() == len(documents)


def test_cadence_is_published_by_managers_and_with_sense(them: Cast) -> None:
    general = cadence_documents()["general"]
    before = snapshot()
    for by, document, words in (
        (them.rosa, general, "manager"),
        (them.max, general | {"steps": []}, "steps"),
        (them.max, general | {"end": {"kind": "hand over", "to": "nowhere"}}, "no cadence “nowhere”"),
        (them.max, general | {"description": "a\x00b"}, "cannot be stored"),
    ):
        with pytest.raises(Refused, match=words):
            publish_cadence(by=by, document=document, now=NOW)
    assert snapshot() == before
