"""A map's places and ways as finished strings: what is said there, how long it takes, and how its ways fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ringback.domain.maps.checking import MapFinding, check_own_words
from ringback.domain.maps.counting import Branch, Way
from ringback.domain.maps.graph import CallMap, Node
from ringback.domain.maps.variables import longest_form
from ringback.domain.script import speaking_seconds
from ringback.web.presenting import speaking
from ringback.web.scripts.words import KINDS, LEARNABLES, case_words, result_words


@dataclass(frozen=True, slots=True)
class ShownWay:
    key: int
    label: str
    to: str
    to_title: str
    case: str
    says: tuple[str, ...]
    fared: str
    ended: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    id: str
    kind: str
    kind_name: str
    title: str
    text: str
    own: str
    overtaken: bool
    advice: tuple[MapFinding, ...]
    hint: str
    seconds: str
    fills: str
    card: str
    result: str
    ways: tuple[ShownWay, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A way in the nested list, how it fared, and where it leads."""

    label: str
    fared: str
    to: Branching


@dataclass(frozen=True, slots=True)
class Branching:
    """A place in the nested list: its ways lead to further places, or to one that was listed before (`known`)."""

    id: str
    title: str
    kind_name: str
    known: bool
    ways: list[Told] = field(default_factory=list)


def places(call_map: CallMap, branches: Mapping[Way, Branch], own: Mapping[str, tuple[str, str]]) -> list[ShownPlace]:
    """Every place in the order of the file; `own` holds a rep's words and what they replaced, by place."""
    return [_place(node, call_map, branches, own.get(node.id, ("", ""))) for node in call_map.nodes]


def _place(node: Node, call_map: CallMap, branches: Mapping[Way, Branch], own: tuple[str, str]) -> ShownPlace:
    said = own[0] or node.text
    return ShownPlace(
        id=node.id,
        kind=node.kind.value,
        kind_name=str(KINDS[node.kind]),
        title=title_of(node),
        text=node.text,
        own=own[0],
        overtaken=bool(own[0]) and own[1] != node.text,
        advice=check_own_words(own[0], node, call_map) if own[0] else (),
        hint=node.hint,
        seconds=speaking(speaking_seconds(longest_form(said), call_map.language)) if said else "",
        fills=str(LEARNABLES[node.fills]) if node.fills else "",
        card=node.card,
        result=result_words(node.result) if node.result else "",
        ways=tuple(_way(node, key, call_map, branches.get((node.id, key))) for key in range(1, len(node.edges) + 1)),
    )


def _way(node: Node, key: int, call_map: CallMap, branch: Branch | None) -> ShownWay:
    edge = node.edges[key - 1]
    goal = call_map.node(edge.to)
    return ShownWay(key, edge.label, edge.to, title_of(goal), case_words(edge), edge.says, fared(branch), ended(branch))


def title_of(node: Node) -> str:
    return node.title or (result_words(node.result) if node.result else node.id)


def fared(branch: Branch | None) -> str:
    """“12 calls · 58 % went on (32–81 %)”: went on means that a next talk was agreed, or that they bought."""
    if branch is None:
        return ""
    share = branch.went_on
    calls = ngettext("%(n)s call", "%(n)s calls", branch.walked) % {"n": branch.walked}
    facts = {"share": percent(share.value or 0), "low": percent(share.low), "high": percent(share.high)}
    return f"{calls} · " + _("%(share)s %% went on (%(low)s–%(high)s %%)") % facts


def ended(branch: Branch | None) -> str:
    if branch is None:
        return ""
    return ", ".join(f"{result_words(result)} {n}" for result, n in branch.results.items())


def in_full(branch: Branch | None) -> str:
    """How a way fared, and how its calls ended, on one line."""
    return " · ".join(filter(None, (fared(branch), ended(branch))))


def percent(value: float) -> int:
    return round(value * 100)


def nested(call_map: CallMap, branches: Mapping[Way, Branch]) -> Branching:
    """The map as a list within lists, each place told once, each way with how it fared."""
    seen: set[str] = set()

    def tell(node: Node) -> Branching:
        known = node.id in seen
        seen.add(node.id)
        told = Branching(node.id, title_of(node), str(KINDS[node.kind]), known)
        if not known:
            told.ways.extend(
                Told(edge.label, in_full(branches.get((node.id, key))), tell(call_map.node(edge.to)))
                for key, edge in enumerate(node.edges, start=1)
            )
        return told

    return tell(call_map.node(call_map.start))
