"""The house itself: its settings, its people, and the first one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ringback.actions.carrying_out import once
from ringback.actions.checking import check_columns, check_zone
from ringback.actions.errors import Refused
from ringback.actions.mailboxes import bring_mails_away, pause_mailboxes_of
from ringback.domain.because import shortened
from ringback.domain.vocabulary import Role
from ringback.models import Activity, Team, User, Workspace
from ringback.queries.access import may_administer

WORKSPACE_FIELDS = frozenset(
    {"firm_name", "zone", "region", "currency", "window_open", "window_close", "workdays", "calls_per_week"}
    | {"calls_per_day_part", "talk_minutes", "card_transit_days", "reminder_at"}
    | {"language", "postal_address", "private_hosts"}
)
USER_FIELDS = frozenset(
    {"first_name", "last_name", "email", "role", "team", "zone", "phone", "daily_goal", "is_active"}
)
BOUNDS = {
    "calls_per_week": (1, 50),
    "calls_per_day_part": (1, 10),
    "talk_minutes": (1, 240),
    "card_transit_days": (1, 30),
}
OWN_FIELDS = frozenset({"first_name", "last_name", "email", "zone", "phone", "daily_goal"})


def change_workspace(*, by: User, fields: dict[str, Any], now: datetime) -> Workspace:
    """Write the settings that differ. What is planned already keeps its moment; the next plans use the new ones."""
    _only_admins(by)
    with once():
        row, _ = Workspace.objects.select_for_update().get_or_create(pk=1)
        changed = {
            name: value for name, value in _known(fields, WORKSPACE_FIELDS).items() if getattr(row, name) != value
        }
        for name, value in changed.items():
            setattr(row, name, value)
        _check_workspace(row)
        check_columns(row, changed)
        row.save(update_fields=list(changed))
        _log(by, "settings", changed, now)
        return row


def add_user(
    *, by: User, username: str, full_name: str, role: Role, password: str, now: datetime, email: str = "",
    team: Team | None = None, zone: str = "UTC",
) -> User:  # fmt: skip
    """Somebody new who may log in."""
    _only_admins(by)
    with once():
        user = _new_user(username, full_name, role, password, email=email, team=team, zone=zone)
        _log(by, "team", {"added": user.username, "role": role.value}, now)
        return user


def change_user(*, by: User, user: User, fields: dict[str, Any], now: datetime) -> User:
    """Change somebody (admins), or oneself (what is one's own). The last admin stays one.

    The mailboxes of whoever can no longer log in are paused with it: nothing is sent in their name any more. What was
    written in them is brought away once that is committed.
    """
    allowed = USER_FIELDS if may_administer(by) else OWN_FIELDS
    if by.pk != user.pk:
        _only_admins(by)
    with once():
        row = User.objects.select_for_update().get(pk=user.pk)
        changed = {name: value for name, value in _known(fields, allowed).items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        check_zone(row.zone)
        check_columns(row, changed)
        _keep_an_admin(row)
        row.save(update_fields=list(changed))
        _log(by, "team", {"user": row.username} | changed, now)
        if changed.get("is_active") is False:
            pause_mailboxes_of(by=by, owner=row, reason=f"{row.shown_name} can no longer log in.", now=now)
    if changed.get("is_active") is False:
        bring_mails_away(row, now=now)
    return row


def add_team(*, by: User, name: str, now: datetime) -> Team:
    _only_admins(by)
    if not name.strip():
        raise Refused("Give the team a name.", "name")
    with once():
        team = Team(name=name.strip())
        check_columns(team, ("name",))
        if Team.objects.filter(name__iexact=team.name).exists():
            raise Refused("There is a team of this name already.", "name")
        team.save(force_insert=True)
        _log(by, "team", {"team": team.name}, now)
        return team


def first_admin(
    *, username: str, full_name: str, password: str, firm_name: str, zone: str, region: str, now: datetime
) -> User:
    """The first person of an empty house, who becomes its admin. Refused once there is somebody."""
    with once():
        # The one row of the house is the lock: of two people at an empty house, the second waits and finds the first.
        Workspace.objects.get_or_create(pk=1)
        house = Workspace.objects.select_for_update().get(pk=1)
        if User.objects.exists():
            raise Refused("This house has been set up already; log in instead.")
        house.firm_name, house.zone, house.region = firm_name.strip(), zone, region
        _check_workspace(house)
        check_columns(house, ("firm_name", "zone", "region"))
        house.save(update_fields=["firm_name", "zone", "region"])
        user = _new_user(username, full_name, Role.ADMIN, password, zone=zone)
        _log(user, "settings", {"firm_name": firm_name}, now)
        return user


def _new_user(
    username: str,
    full_name: str,
    role: Role,
    password: str,
    *,
    email: str = "",
    team: Team | None = None,
    zone: str = "UTC",
) -> User:
    check_zone(zone)
    if not username.strip():
        raise Refused("Choose a name to log in with.", "username")
    if User.objects.filter(username__iexact=username.strip()).exists():
        raise Refused("Somebody has this name already.", "username")
    first, _, last = full_name.strip().partition(" ")
    user = User(
        username=username.strip(), first_name=first, last_name=last, role=role, email=email, team=team, zone=zone
    )
    check_columns(user, ("username", "first_name", "last_name", "role", "email"))
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _keep_an_admin(user: User) -> None:
    if user.is_admin and user.is_active:
        return
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).exists():
        raise Refused("Somebody has to stay admin: name another one first.", "role")


def _check_workspace(row: Workspace) -> None:
    check_zone(row.zone)
    if row.window_open >= row.window_close:
        raise Refused("The working hours must begin before they end.", "window_close")
    if not row.workdays:
        raise Refused("At least one day of the week is a working day.", "workdays")
    if not set(row.workdays) <= set(range(7)):
        raise Refused("Days of the week are numbers from 0 (Monday) to 6 (Sunday).", "workdays")
    if row.language not in dict(settings.LANGUAGES):
        raise Refused(f"Mails are written in: {', '.join(dict(settings.LANGUAGES))}.", "language")
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(row, name) <= most:
            raise Refused(f"{name.replace('_', ' ').capitalize()}: between {least} and {most}.", name)


def _only_admins(by: User) -> None:
    if not may_administer(by):
        raise Refused("Only an admin can change this.")


def _known(fields: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    strange = set(fields) - allowed
    if strange:
        raise Refused(f"You may not change: {', '.join(sorted(strange))}.")
    return fields


def _log(by: User, verb: str, changed: dict[str, Any], now: datetime) -> None:
    if changed:
        words = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in changed.items())
        Activity.objects.create(at=now, by=by, verb=verb, text=shortened(words[:1].upper() + words[1:], 1000))
