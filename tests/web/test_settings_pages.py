"""Settings, the team, and the first visitor's set-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client

from ringback.models import Activity, User, Workspace
from ringback.web.setup_link import issue_setup_token
from tests.cast import PASSWORD, Cast

AsUser = Callable[[User], Client]
HOUSE = {
    "firm_name": "Harbour Kilns", "currency": "EUR", "zone": "Europe/Berlin", "region": "DE-BY", "window_open": "08:30",
    "window_close": "17:30", "workdays": ["0", "1", "2", "3"], "calls_per_week": "4", "calls_per_day_part": "1",
    "talk_minutes": "15", "card_transit_days": "2", "reminder_at": "11:00",
    "language": "de", "postal_address": "Kaistr. 4, Hamburg", "private_hosts": "on",
}  # fmt: skip
FIRST = {
    "full_name": "Ines Adler", "username": "ines", "password": "a-good-password-9", "firm_name": "Adler",
    "zone": "Europe/Vienna", "region": "AT",
}  # fmt: skip


def test_house_is_changed_and_logged(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.ada)
    assert client.post("/settings/house", HOUSE).status_code == 302
    house = Workspace.objects.get()
    assert (house.window_open, house.workdays, house.region) == (time(8, 30), [0, 1, 2, 3], "DE-BY")
    assert (house.language, house.postal_address, house.private_hosts) == ("de", "Kaistr. 4, Hamburg", True)
    assert Activity.objects.filter(prospect=None, by=them.ada, verb="settings").count() == 1
    assert "calls per week: 4" in client.get("/settings/log").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("window_close", "08:00"), ("zone", "Europe/Atlantis"), ("region", "XX"), ("workdays", []),
        ("currency", "euros"),
        ("calls_per_week", "0"), ("language", "tlh"), ("postal_address", "x" * 301),
    ],
)  # fmt: skip
def test_impossible_settings_are_answered_at_their_field(
    field: str, value: object, them: Cast, as_user: AsUser
) -> None:
    answer = as_user(them.ada).post("/settings/house", HOUSE | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Workspace.objects.get().calls_per_week == 3


def test_holidays_of_a_region_are_shown_while_it_is_chosen(them: Cast, as_user: AsUser) -> None:
    client = as_user(them.ada)
    assert "Epiphany" in client.get("/settings/house/holidays", {"region": "DE-BY"}).content.decode()
    assert "DE-XX" in client.get("/settings/house/holidays", {"region": "DE-XX"}).content.decode()


def test_somebody_new_can_log_in_until_deactivated(them: Cast, as_user: AsUser) -> None:
    ada = as_user(them.ada)
    sent = {
        "first_name": "Ivo", "last_name": "Lind", "username": "ivo", "password": "first-password-7", "role": "rep",
        "team": "", "zone": "Europe/Berlin",
    }  # fmt: skip
    ada.post("/settings/team", sent)
    ivo, client = User.objects.get(username="ivo"), Client()
    client.post("/login/", {"login": "ivo", "password": "first-password-7"})
    assert client.get("/today/").status_code == 200
    ada.post(f"/settings/team/{ivo.pk}/deactivation")
    assert client.get("/today/").status_code == 302


def test_taken_name_and_weak_password_are_answered_at_their_field(them: Cast, as_user: AsUser) -> None:
    sent = {"first_name": "Ivo", "username": "rosa", "password": "first-password-7", "role": "rep", "zone": "UTC"}
    ada = as_user(them.ada)
    assert list(ada.post("/settings/team", sent).context["form"].errors) == ["username"]
    weak = ada.post("/settings/team", sent | {"username": "ivo", "password": "123"})
    assert list(weak.context["form"].errors) == ["password"]


def test_last_admin_stays(them: Cast, as_user: AsUser) -> None:
    sent = {"first_name": "Ada", "role": "rep", "team": "", "zone": "UTC"}
    answer = as_user(them.ada).post(f"/settings/team/{them.ada.pk}", sent)
    assert list(answer.context["form"].errors) == ["role"]


def test_rep_changes_own_profile_but_not_the_role(them: Cast, as_user: AsUser) -> None:
    sent = {
        "first_name": "Rosalie",
        "last_name": "Lindqvist",
        "zone": "Europe/Paris",
        "daily_goal": "30",
        "role": "admin",
    }
    as_user(them.rosa).post("/settings/", sent)
    them.rosa.refresh_from_db()
    assert (them.rosa.first_name, them.rosa.zone, them.rosa.role) == ("Rosalie", "Europe/Paris", "rep")


def test_password_is_changed(them: Cast, as_user: AsUser) -> None:
    client, new = as_user(them.rosa), "another-kiln-52"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/settings/password", sent)["Location"] == "/settings/"
    them.rosa.refresh_from_db()
    assert them.rosa.check_password(new)
    assert client.get("/today/").status_code == 200


def test_first_visitor_becomes_admin_and_the_link_is_used_up(db: None) -> None:
    where, client = f"/setup/{issue_setup_token()}/", Client()
    assert client.get(where).status_code == 200
    assert client.post(where, FIRST)["Location"] == "/prospects/"
    made = User.objects.get()
    assert (made.role, made.first_name, Workspace.objects.get().region) == ("admin", "Ines", "AT")
    assert client.get("/today/").status_code == 200
    assert Client().get(where).status_code == 404


def test_weak_first_password_keeps_the_link(db: None) -> None:
    where = f"/setup/{issue_setup_token()}/"
    answer = Client().post(where, FIRST | {"password": "123"})
    assert list(answer.context["form"].errors) == ["password"]
    assert Client().get(where).status_code == 200
