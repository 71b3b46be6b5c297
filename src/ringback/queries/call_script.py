"""What to say on one call: the maps that fit it, filled in for this prospect, so that a page can walk them alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict

from ringback.domain.maps.choosing import (
    CallFacts,
    attempt_in,
    occasion_for,
    place_of_message,
    traits_known,
    traits_shown,
)
from ringback.domain.maps.graph import Traits, resolve
from ringback.domain.maps.texts import Filling, ShownCard, ShownMap, show_cards, show_map
from ringback.domain.vocabulary import Occasion, Outcome, Temperature, TouchKind, Trait
from ringback.models import User
from ringback.queries.brief import Brief
from ringback.queries.call_maps import MapRow, Own, fitting, map_value, maps_and_own_words, version_row
from ringback.queries.call_values import values_for
from ringback.queries.objection_cards import cards_in

# They named the moment themselves.
PROMISED = (TouchKind.APPOINTMENT, TouchKind.CALL_BACK)


class OtherMap(TypedDict):
    id: int
    name: str
    title: str
    language: str
    occasion: str


class CallScript(TypedDict):
    """Ready to be written as JSON. `main` is the version to begin with; `maps` holds it and those it may switch to.

    `others` are the further maps of this language, without their texts; `rule` and `because` say why this one.
    """

    occasion: str
    rule: str
    because: str
    language: str
    main: int
    maps: list[ShownMap]
    cards: list[ShownCard]
    others: list[OtherMap]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The map to begin with, and its companions: what to leave on a machine, and whom else one may meet."""

    main: MapRow
    voicemail: MapRow | None
    gatekeeper: MapRow | None

    @property
    def rows(self) -> list[MapRow]:
        found = (self.main, self.voicemail, self.gatekeeper)
        return list({row.id: row for row in found if row is not None}.values())


def map_for_call(
    found: Brief, *, rep: User, now: datetime, inbound: bool = False, map_id: int | None = None
) -> CallScript | None:
    """The maps for this call, filled in for this prospect; None while no map is published.

    `map_id` begins with that version instead: whoever walks a map finishes on it though a newer one came out.
    """
    facts = call_facts(found, inbound=inbound)
    rows, own = maps_and_own_words(rep)
    choice = occasion_for(facts)
    chosen = _choose(found, rows, choice.occasion, map_id)
    if chosen is None:
        return None
    language = chosen.main.language
    return CallScript(
        occasion=chosen.main.occasion,
        rule=choice.because.rule,
        because=choice.because.text,
        language=language,
        main=chosen.main.id,
        maps=_filled(found, chosen, facts, own, rep, now),
        cards=show_cards(cards_in(language)),
        others=[_other(row) for row in rows if row.language == language and row not in chosen.rows],
    )


def call_facts(found: Brief, *, inbound: bool = False) -> CallFacts:
    """What the record says about this call before it is made."""
    standing, touch = found.stand.standing, found.touch
    cadence, position = standing.cadence, standing.position
    in_ladder = touch is not None and touch.enrollment_id is not None and cadence is not None
    last = next((call.outcome for call in found.calls if call.outcome), "")
    return CallFacts(
        inbound=inbound,
        talked=found.prospect.conversations > 0,
        agreed=bool(in_ladder and cadence and cadence.agreed) or (touch is not None and touch.kind in PROMISED),
        proposal_sent=found.prospect.proposal_sent_on is not None,
        attempt=attempt_in(cadence, position) if in_ladder and cadence and position else 1,
        temperature=Temperature(found.prospect.temperature),
        last_outcome=Outcome(last) if last else None,
    )


def _choose(found: Brief, rows: list[MapRow], occasion: Occasion, map_id: int | None) -> _Chosen | None:
    languages = (found.prospect.language, found.stand.workspace.language)
    main = (version_row(map_id) if map_id else None) or fitting(rows, occasion, languages)
    if main is None:
        return None
    enrollment = found.stand.enrollment
    place = place_of_message(enrollment.messages_left if enrollment else 0)
    own_language = (main.language, *languages)
    return _Chosen(
        main,
        fitting(rows, Occasion.VOICEMAIL, own_language, place=place),
        fitting(rows, Occasion.GATEKEEPER, own_language),
    )


def _filled(found: Brief, chosen: _Chosen, facts: CallFacts, own: Own, rep: User, now: datetime) -> list[ShownMap]:
    traits = traits_known(facts, _last_time(found))
    filling = Filling(
        values=values_for(found, rep=rep, now=now, language=chosen.main.language),
        traits=traits,
        borrowed={Occasion.VOICEMAIL: _message(chosen.voicemail, traits, own)},
        fallbacks=map_value(chosen.voicemail.id).fallbacks if chosen.voicemail else {},
    )
    return [show_map(map_value(row.id), row.id, replace(filling, own=_own_of(row, own))) for row in chosen.rows]


def message_to_practise(rep: User, language: str, traits: Traits) -> tuple[str, Mapping[str, str]]:
    """The unfilled words for a machine at the first place of a ladder, and what stands in for unknown variables."""
    rows, own = maps_and_own_words(rep)
    voicemail = fitting(rows, Occasion.VOICEMAIL, (language,), place=1)
    return _message(voicemail, traits, own), map_value(voicemail.id).fallbacks if voicemail else {}


def _message(voicemail: MapRow | None, traits: Traits, own: Own) -> str:
    """The unfilled words for a machine in the case that the record speaks for (A12)."""
    if voicemail is None:
        return ""
    node = resolve(map_value(voicemail.id), traits)
    return "" if node is None else own.get((voicemail.name, voicemail.language, node.id), "") or node.text


def _own_of(row: MapRow, own: Own) -> dict[str, str]:
    return {node: text for (name, language, node), text in own.items() if (name, language) == (row.name, row.language)}


def _last_time(found: Brief) -> dict[Trait, bool]:
    """What the last walked call showed of their case; nothing if nobody was talked to yet."""
    if not found.prospect.conversations:
        return {}
    last = found.walk
    return traits_shown(map_value(last.map_id), ways_in(last.edges)) if last else {}


def ways_in(edges: Iterable[str]) -> list[tuple[str, int]]:
    """“hello:2” as a place and the number of a way."""
    parts = (str(edge).rpartition(":") for edge in edges)
    return [(node, int(number)) for node, _, number in parts if number.isdecimal()]


def _other(row: MapRow) -> OtherMap:
    return OtherMap(id=row.id, name=row.name, title=row.title, language=row.language, occasion=row.occasion)
