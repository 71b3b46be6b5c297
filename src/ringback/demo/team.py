"""The people who work at the demo company, and how they log in."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ringback.actions.settling import add_team, add_user, change_user, change_workspace, first_admin
from ringback.demo.cast import cast
from ringback.domain.vocabulary import Role
from ringback.models import User

LOGINS_FILE = "demo-logins.txt"
WORDS = (
    "amber", "anchor", "apricot", "basil", "beacon", "bramble", "cedar", "chestnut", "clover", "copper", "coral",
    "dahlia", "ember", "falcon", "fennel", "ferry", "garnet", "ginger", "harbour", "hazel", "heron", "indigo", "ivory",
    "jasmine", "juniper", "kestrel", "lantern", "lavender", "linden", "lobster", "magnet", "maple", "meadow", "mango",
    "nutmeg", "olive", "orchard", "otter", "paprika", "pebble", "pepper", "pigeon", "plum", "quartz", "quince", "raven",
    "saffron", "salmon", "silver", "sparrow", "thistle", "timber", "topaz", "tulip", "umber", "velvet", "walnut",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Colleague:
    username: str
    full_name: str
    role: Role
    zone: str
    phone: str
    does: str


ADMIN = Colleague("ada", "Ada Halden", Role.ADMIN, "Europe/London", "+44 20 7946 0001", "admin: settings and team too")
COLLEAGUES = (
    Colleague("rosa", "Rosa Marlowe", Role.REP, "Europe/London", "+44 20 7946 0002", "rep: start here"),
    Colleague("ben", "Ben Achterberg", Role.REP, "America/New_York", "+1 212-555-0103", "rep in New York"),
    Colleague("mei", "Mei Lindholm", Role.REP, "Europe/Berlin", "+49 30 23125 004", "rep in Berlin"),
    Colleague(
        "edith", "Edith Vance", Role.MANAGER, "Europe/London", "+44 20 7946 0005", "manager: sees all three reps"
    ),
)


def hire(*, password: str, now: datetime) -> dict[str, User]:
    """The workspace and everybody in it, by log-in name."""
    admin = first_admin(
        username=ADMIN.username,
        full_name=ADMIN.full_name,
        password=password,
        firm_name=cast()["firm"],
        zone=ADMIN.zone,
        region="GB-ENG",
        now=now,
    )
    change_workspace(by=admin, fields={"currency": "GBP", "card_transit_days": 2}, now=now)
    team = add_team(by=admin, name="Stocktake sales", now=now)
    people = {admin.username: admin}
    for each in COLLEAGUES:
        people[each.username] = add_user(
            by=admin,
            username=each.username,
            full_name=each.full_name,
            role=each.role,
            password=password,
            email=f"{each.username}@halden.example.com",
            team=team,
            zone=each.zone,
            now=now,
        )
    for each in (ADMIN, *COLLEAGUES):
        fields = {"phone": each.phone, "daily_goal": 24}
        people[each.username] = change_user(by=admin, user=people[each.username], fields=fields, now=now)
    return people


def new_password() -> str:
    """Drawn anew for each installation: easy to type, and of no use anywhere else."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(3)), f"{secrets.randbelow(10_000):04}"])


def logins_text(password: str) -> str:
    lines = [f"  {each.username:<6} {each.full_name:<16} {each.does}" for each in (*COLLEAGUES, ADMIN)]
    return "\n".join([f"Demo company “{cast()['firm']}”. Everybody's password is: {password}", *lines]) + "\n"


def keep_logins(folder: Path, password: str) -> Path:
    """Written for the owner of the folder alone; `serve` shows it at each start."""
    path = folder / LOGINS_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(logins_text(password))
    return path
