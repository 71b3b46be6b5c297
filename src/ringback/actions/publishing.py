"""Cadences are published as versions; who is in one stays on the version until somebody moves them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ringback.actions.carrying_out import once
from ringback.actions.errors import Refused
from ringback.domain.cadence import Cadence, CadenceError, EndKind, read_cadence
from ringback.models import Activity, CadenceVersion, User
from ringback.queries.access import may_publish
from ringback.queries.library import current_cadences


def publish_cadence(*, by: User, document: Mapping[str, Any], now: datetime) -> CadenceVersion:
    """A new version of the cadence that the document names, or its first. Refused with all that is wrong with it."""
    if not may_publish(by):
        raise Refused("Cadences steer the whole team: a manager or an admin publishes them.")
    cadence = checked_cadence(document)
    with once():
        version = _publish(cadence, document, now, by=by, built_in=False)
        text = f"Published version {version.version} of “{cadence.title}”."
        Activity.objects.create(at=now, by=by, verb="published", text=text, data={"cadence": cadence.name})
        return version


def checked_cadence(document: Mapping[str, Any]) -> Cadence:
    """The cadence as a value; Refused in words if it is none, or hands over to one that does not exist."""
    try:
        cadence = read_cadence(document)
    except CadenceError as error:
        raise Refused(str(error), error.problems[0].field) from error
    known = {*current_cadences(), cadence.name}
    if cadence.end.kind is EndKind.HAND_OVER and cadence.end.to not in known:
        raise Refused(f"There is no cadence “{cadence.end.to}” to hand over to.", "end.to")
    return cadence


def install_library(*, documents: Mapping[str, Mapping[str, Any]], now: datetime) -> int:
    """Publish built-in cadences that are new or changed; those that the house has changed itself stay untouched.

    Returns how many versions were written; the second run writes none.
    """
    written = 0
    with once():
        current = {row.name: row for row in CadenceVersion.objects.filter(retired_at=None)}
        for name, document in documents.items():
            row = current.get(name)
            if row is None or (row.built_in and row.document != document):
                _publish(read_cadence(document, file=f"{name}.toml"), document, now, by=None, built_in=True)
                written += 1
    return written


def _publish(
    cadence: Cadence, document: Mapping[str, Any], now: datetime, *, by: User | None, built_in: bool
) -> CadenceVersion:
    earlier = CadenceVersion.objects.filter(name=cadence.name)
    number = max(earlier.values_list("version", flat=True), default=0) + 1
    earlier.filter(retired_at=None).update(retired_at=now)
    return CadenceVersion.objects.create(
        name=cadence.name,
        version=number,
        title=cadence.title,
        document=dict(document),
        built_in=built_in,
        published_at=now,
        published_by=by,
    )
