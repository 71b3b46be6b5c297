"""What is wrong with a map that can be read: places nobody reaches, ways without an end, words that push."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ringback.domain.maps.graph import CallMap, Node, every_case, reached_from, steps_to_an_end
from ringback.domain.maps.variables import VARIABLES, longest_form
from ringback.domain.script import TOO_LONG_SECONDS, speaking_seconds, variables_of
from ringback.domain.vocabulary import NodeKind, Outcome, Trait
from ringback.domain.wording import check_next_steps, check_pressure

# Longer than this nobody listens without a word of their own (B7).
LONGEST_SAY_SECONDS = 45
_TRAIT_WORDS = {
    Trait.REMEMBERS: ("they know who you are", "they do not know who you are"),
    Trait.HAS_TIME: ("they have time", "they have no time"),
    Trait.DISTRACTED: ("they are distracted", "they are not distracted"),
    Trait.AVAILABLE: ("they are available", "they say they are unavailable"),
    Trait.AGREED: ("the moment was agreed", "no moment was agreed"),
    Trait.ASKED: ("they came to you", "you came to them"),
}
_SENDING = {
    "en": re.compile(
        r"\b(?:i[’']ll|i will|let me|i can|we[’']ll|we will) (?:\w+ ){0,2}(?:send|mail|email) (?:you )?"
        r"(?:\w+ ){0,3}(?:information|info|material|brochures?|something)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:schicke|sende|maile|schicken|senden)\b[^.!?]{0,40}"
        r"\b(?:informationen|infos?|unterlagen|material|prospekte?|broschüren?|etwas)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class MapFinding:
    """`stops` marks a fault of the graph, with which nobody could walk; the others are advice on the words."""

    rule: str
    node: str
    why: str
    better: str = ""
    excerpt: str = ""
    stops: bool = False


def check_map(call_map: CallMap, *, cards: Iterable[str] | None = None) -> tuple[MapFinding, ...]:
    """Everything wrong with a map, the graph's faults first. `cards` are the ids of the objection cards there are."""
    known = None if cards is None else frozenset(cards)
    return (
        *_unreachable(call_map),
        *_dead_ends(call_map),
        *_missing_branches(call_map),
        *_unknown_names(call_map, known),
        *(finding for node in call_map.nodes for finding in _words(node, call_map)),
    )


def check_own_words(text: str, node: Node, call_map: CallMap) -> tuple[MapFinding, ...]:
    """What is wrong with the words that somebody says at a place instead of the team's (A10)."""
    own = replace(node, text=text)
    return (*_unknown_variables(own), *_words(own, call_map))


def _unreachable(call_map: CallMap) -> Iterator[MapFinding]:
    reached = reached_from(call_map, call_map.start)
    for node in call_map.nodes:
        if node.id not in reached:
            yield MapFinding("A11", node.id, "No way leads here.", "Lead an edge here, or take it away.", stops=True)


def _dead_ends(call_map: CallMap) -> Iterator[MapFinding]:
    ending = steps_to_an_end(call_map)
    for node in call_map.nodes:
        if node.kind is NodeKind.OUTCOME or node.id in ending:
            continue
        if not node.edges:
            yield MapFinding("A11", node.id, "Nothing leads on from here.", "Lead on to an outcome.", stops=True)
        else:
            why = "From here the call goes round and never ends."
            yield MapFinding("A11", node.id, why, "Lead one of its ways to an outcome.", stops=True)


def _missing_branches(call_map: CallMap) -> Iterator[MapFinding]:
    """A12: a place that asks which case it is has an edge for each that can come there."""
    for node in call_map.nodes:
        if node.branches and (missed := _first_missed(call_map, node)):
            yield MapFinding(
                "A12", node.id, f"No way for the case that {missed}.", "Add an edge for this case.", stops=True
            )


def _first_missed(call_map: CallMap, node: Node) -> str:
    """The first case without an edge, in words: every combination of what this place asks about."""
    here = {trait for edge in node.edges for trait, _ in edge.case}
    asked = tuple(trait for trait in call_map.traits if trait in here)
    for case in every_case(asked):
        if not any(edge.case and edge.fits(case) for edge in node.edges):
            return " and ".join(_TRAIT_WORDS[trait][0 if wanted else 1] for trait, wanted in case.items())
    return ""


def _unknown_names(call_map: CallMap, cards: frozenset[str] | None) -> Iterator[MapFinding]:
    for node in call_map.nodes:
        yield from _unknown_variables(node)
        if cards is not None and node.card and node.card not in cards:
            better = f"There are: {', '.join(sorted(cards))}."
            yield MapFinding("B5", node.id, f"There is no objection card “{node.card}”.", better, stops=True)
    for name in call_map.fallbacks:
        if name not in VARIABLES:
            why = f"There is no variable “{name}” to fall back for."
            yield MapFinding("A10", "", why, f"Known are: {', '.join(VARIABLES)}.", stops=True)


def _unknown_variables(node: Node) -> Iterator[MapFinding]:
    for name in variables_of(node.text):
        if name not in VARIABLES:
            why, better = f"There is no variable “{name}”.", f"Known are: {', '.join(VARIABLES)}."
            yield MapFinding("A10", node.id, why, better, excerpt=f"{{{{ {name} }}}}", stops=True)


def _words(node: Node, call_map: CallMap) -> Iterator[MapFinding]:
    for check in _CHECKS:
        yield from check(node, call_map)


def _length(node: Node, call_map: CallMap) -> Iterator[MapFinding]:
    seconds = speaking_seconds(longest_form(node.text), call_map.language)
    short = node.opening or node.kind is NodeKind.LEAVE_MESSAGE
    most = TOO_LONG_SECONDS if short else LONGEST_SAY_SECONDS
    if seconds > most:
        why = f"This takes about {seconds} seconds to say; {most} are enough here."
        yield MapFinding("B7", node.id, why, "Say who you are and why you ring; the rest follows when they answer.")


def _pressure(node: Node, call_map: CallMap) -> Iterator[MapFinding]:
    said = node.text, call_map.language
    for found in (*check_pressure(*said), *check_next_steps(*said)):
        yield MapFinding(found.rule, node.id, found.why, found.better, excerpt=found.excerpt)


def _sending(node: Node, call_map: CallMap) -> Iterator[MapFinding]:
    """B6: whoever offers to send something asks the four questions first."""
    pattern = _SENDING.get(call_map.language.split("-")[0].lower(), _SENDING["en"])
    found = pattern.search(node.text)
    if found and not _behind_gate(node, call_map):
        why = "Offering to send something gives both sides an easy way out of the talk."
        better = "Ask what they need to see, or offer a time to go through it together."
        yield MapFinding("B6", node.id, why, better, excerpt=found[0])


def _behind_gate(node: Node, call_map: CallMap) -> bool:
    """Whether it stands at, or right before, the outcome that asks the four questions."""
    near = (node, *(call_map.node(edge.to) for edge in node.edges))
    return any(each.result is Outcome.SEND_INFORMATION for each in near)


_CHECKS: tuple[Callable[[Node, CallMap], Iterator[MapFinding]], ...] = (_length, _pressure, _sending)
