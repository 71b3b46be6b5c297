"""The middle of the call screen: the map of this call as JSON for js/walk.js, and as a list for who has no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ringback.domain.maps.texts import ShownCard, ShownMap, show_cards
from ringback.domain.outcome import MACHINE_RESULTS, OUTCOMES
from ringback.domain.vocabulary import NodeKind, ObjectionState
from ringback.models import User
from ringback.queries.brief import Brief
from ringback.queries.call_script import CallScript, map_for_call
from ringback.queries.objection_cards import cards_in
from ringback.web.calls.objections import states
from ringback.web.calls.walk_field import HIGHEST_ID
from ringback.web.words import LEARNABLES


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A line of the menu of maps. `at_hand`: its texts are on the page already."""

    id: int
    title: str
    address: str
    chosen: bool
    at_hand: bool


def middle(request: HttpRequest, found: Brief, *, rep: User, now: datetime, inbound: bool) -> dict[str, Any]:
    """The walk, or only the objection cards while no map is published."""
    script = map_for_call(found, rep=rep, now=now, inbound=inbound, map_id=asked_map(request))
    language = found.prospect.language or found.stand.workspace.language or "en"
    cards = script["cards"] if script else show_cards(cards_in(language))
    if script is None:
        return {"cards": cards, "gate_phrase": gate_phrase(cards)}
    begun = next(each for each in script["maps"] if each["id"] == script["main"])
    return {
        "cards": cards,
        "gate_phrase": gate_phrase(cards),
        "walk": {
            "json": {"main": script["main"], "maps": script["maps"], "cards": cards, "words": words()},
            "title": begun["title"],
            "language": script["language"],
            "rule": script["rule"],
            "because": script["because"],
            "menu": menu(request, script),
            "places": places(begun),
            "states": states(ObjectionState.OPEN),
        },
    }


def asked_map(request: HttpRequest) -> int | None:
    """The version that ?map= names."""
    named = request.GET.get("map", "")
    return int(named) if named.isdecimal() and len(named) < 11 and int(named) <= HIGHEST_ID else None


def menu(request: HttpRequest, script: CallScript) -> list[MapChoice]:
    """Every map of this language; those whose texts are on the page come first."""
    here = [(each["id"], each["title"]) for each in script["maps"]]
    others = sorted(((each["id"], each["title"]) for each in script["others"]), key=lambda one: one[1])
    return [
        MapChoice(number, title, address(request, number), number == script["main"], (number, title) in here)
        for number, title in (*here, *others)
    ]


def address(request: HttpRequest, map_id: int) -> str:
    asked = request.GET.copy()
    asked["map"] = str(map_id)
    return f"?{asked.urlencode()}"


def places(shown: ShownMap) -> list[dict[str, Any]]:
    """The map as a list: each place with its words and with where its ways lead."""
    titles = {node["id"]: title_of(node["title"], node["result"]) for node in shown["nodes"].values()}
    return [
        {
            "id": node["id"],
            "title": titles[node["id"]],
            "text": node["text"],
            "hint": node["hint"],
            "ways": [{"to": edge["to"], "label": edge["label"], "title": titles[edge["to"]]} for edge in node["edges"]],
        }
        for node in shown["nodes"].values()
    ]


def title_of(title: str, result: str) -> str:
    return title or results().get(result, "")


def gate_phrase(cards: Iterable[ShownCard]) -> str:
    """B6: what to say instead of “I'll send you something”."""
    return next((" ".join((each["answer"], *each["questions"][-1:])) for each in cards if each["gate"]), "")


def results() -> dict[str, str]:
    ended = {rule.machine.value: _(rule.label) for rule in MACHINE_RESULTS}
    return ended | {rule.outcome.value: _(rule.label) for rule in OUTCOMES}


def words() -> dict[str, Any]:
    """What js/walk_view.js writes around the map's own texts."""
    return {
        "kinds": {
            NodeKind.SAY.value: _("Say"),
            NodeKind.ASK.value: _("Ask"),
            NodeKind.LISTEN.value: _("Listen"),
            NodeKind.LEAVE_MESSAGE.value: _("Say after the tone"),
            NodeKind.OBJECTION.value: _("Objection"),
            NodeKind.OUTCOME.value: _("This is how it ended"),
        },
        "fills": {str(kind): str(label) for kind, label in LEARNABLES.items()},
        "results": results(),
        "second": _("{n} second to say"),
        "seconds": _("{n} seconds to say"),
        "too_long": _("long: say it in fewer words"),
        "own": _("your own words"),
        "covered": _("{n} of {all} covered"),
        "answer": _("What they say"),
        "chosen": _("It is chosen as the ending: fill in what it asks for, then save."),
    }
