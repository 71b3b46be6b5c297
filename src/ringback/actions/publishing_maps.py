"""Call maps are published as versions; a rep's own words lie on top of them (A10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ringback.actions.carrying_out import once
from ringback.actions.checking import writable
from ringback.actions.errors import Refused
from ringback.domain.maps.checking import MapFinding, check_map, check_own_words
from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.reading import MapError, read_map
from ringback.domain.maps.writing import as_mapping
from ringback.models import Activity, CallMapVersion, OwnWording, User
from ringback.queries.access import may_publish
from ringback.queries.call_maps import current_version
from ringback.queries.objection_cards import cards_in

LONGEST_WORDING = 2000


def publish_map(*, by: User, document: Mapping[str, Any], based_on: int, now: datetime) -> CallMapVersion:
    """A new version of the map that the document names, or its first (`based_on` 0).

    `based_on` is the version that was edited: Refused if somebody has published another one since, and with all that
    is wrong with the map. Writes the version, retires the one before, and a line of the log.
    """
    if not may_publish(by):
        raise Refused("Call maps speak for the whole team: a manager or an admin publishes them.")
    call_map = checked_map(document)
    with once():
        _refuse_overtaken(call_map, based_on)
        version = _publish(call_map, now, by=by, built_in=False)
        text = f"Published version {version.version} of the call map “{call_map.title}” ({call_map.language})."
        data = {"call_map": call_map.name, "language": call_map.language}
        Activity.objects.create(at=now, by=by, verb="published", text=text, data=data)
        return version


def checked_map(document: Mapping[str, Any]) -> CallMap:
    """The map as a value; Refused in words if it is none, or if nobody could walk it."""
    try:
        call_map = read_map(document)
    except MapError as error:
        raise Refused(str(error), error.problems[0].field) from error
    cards = [card.id for card in cards_in(call_map.language)]
    _refuse_stopping(check_map(call_map, cards=cards))
    return call_map


def _refuse_stopping(findings: Iterable[MapFinding]) -> None:
    stops = [found for found in findings if found.stops]
    if stops:
        raise Refused("\n".join(f"{found.node}: {found.why} {found.better}".strip() for found in stops), "nodes")


def install_maps(*, documents: Mapping[str, Mapping[str, Any]], now: datetime) -> int:
    """Publish built-in maps that are new or changed; those that the house has changed itself stay untouched.

    Returns how many versions were written; the second run writes none.
    """
    written = 0
    with once():
        current = {(row.name, row.language): row for row in CallMapVersion.objects.filter(retired_at=None)}
        for file, document in documents.items():
            call_map = read_map(document, file=f"{file}.yaml")
            row = current.get((call_map.name, call_map.language))
            if row is None or (row.built_in and row.document != as_mapping(call_map)):
                _publish(call_map, now, by=None, built_in=True)
                written += 1
    return written


def use_own_wording(*, by: User, name: str, language: str, node: str, text: str, now: datetime) -> OwnWording | None:
    """A rep's words at one place, instead of the team's; an empty text (or the team's own) goes back to the team's.

    The newest words replace the earlier ones. Refused if there is no such place, nothing is said there, or the words
    name a variable that there is not.
    """
    writable(text, "text", at_most=LONGEST_WORDING, name="wording")
    version = current_version(name, language)
    team = version.as_value().by_id.get(node) if version else None
    if version is None or team is None or not team.text:
        raise Refused("There are no words at this place of the map; it may have been changed in the meantime.")
    _refuse_stopping(check_own_words(text, team, version.as_value()))
    with once():
        own = OwnWording.objects.filter(owner=by, map_name=name, language=language, node=node)
        plain = text.strip()
        if not plain or plain == team.text:
            own.delete()
            return None
        values = {"text": plain, "instead_of": team.text, "written_at": now}
        row, _ = OwnWording.objects.update_or_create(
            owner=by, map_name=name, language=language, node=node, defaults=values
        )
        return row


def _refuse_overtaken(call_map: CallMap, based_on: int) -> None:
    row = CallMapVersion.objects.select_for_update().filter(
        name=call_map.name, language=call_map.language, retired_at=None
    )
    current = row.first()
    number = current.version if current else 0
    if number == based_on:
        return
    if current is None:
        raise Refused("This map is not published any more. Save yours under a name of its own.")
    if based_on == 0:
        raise Refused(f"There is a map “{current.title}” of this name already: open it, or choose another.", "name")
    who = current.published_by.shown_name if current.published_by else "an update of Ringback"
    raise Refused(
        f"Version {number} was published by {who} while you were editing version {based_on}. Nothing was lost: "
        "compare yours with it, and publish again on top of it."
    )


def _publish(call_map: CallMap, now: datetime, *, by: User | None, built_in: bool) -> CallMapVersion:
    earlier = CallMapVersion.objects.filter(name=call_map.name, language=call_map.language)
    number = max(earlier.values_list("version", flat=True), default=0) + 1
    earlier.filter(retired_at=None).update(retired_at=now)
    return CallMapVersion.objects.create(
        name=call_map.name,
        language=call_map.language,
        version=number,
        title=call_map.title,
        occasion=call_map.occasion.value,
        document=as_mapping(call_map),
        built_in=built_in,
        published_at=now,
        published_by=by,
    )
