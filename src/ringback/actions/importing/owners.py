"""Whose prospects the rows become."""

from __future__ import annotations

from ringback.actions.errors import Refused
from ringback.actions.importing.options import ImportOptions
from ringback.adapters.judging import Entry
from ringback.domain.importing import Finding, Severity
from ringback.models import User
from ringback.queries.access import may_manage, visible_users

_UNKNOWN = "Nobody whom you can give prospects to is called this; the row got the owner chosen for the import."


class Owners:
    """Finds owners by user name, mail address or full name, among those whom the importing person may give work to."""

    def __init__(self, by: User, options: ImportOptions) -> None:
        self._users = {name: user.pk for user in visible_users(by) for name in _names(user)}
        if options.owner_id is not None and options.owner_id not in self._users.values():
            raise Refused("You cannot give prospects to this person.", "owner")
        if options.unowned and not may_manage(by):
            raise Refused("Only a manager may import prospects that belong to nobody.", "owner")
        self.usual = None if options.unowned else options.owner_id or by.pk

    def of(self, entry: Entry, findings: list[Finding]) -> int | None:
        """The owner's id; an owner the list names but nobody knows is told to `findings`."""
        if not entry.owner:
            return self.usual
        found = self._users.get(entry.owner.casefold())
        if found is None:
            findings.append(Finding(entry.line, "owner", Severity.NOTE, _UNKNOWN, entry.owner[:300]))
            return self.usual
        return found


def _names(user: User) -> set[str]:
    names = (user.get_username(), user.email, user.get_full_name())
    return {name.casefold() for name in names if name}
