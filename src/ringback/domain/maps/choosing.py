"""Which map opens for a call, and which case of the conversation tree the record speaks for (A11, A12, B3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ringback.domain.because import Because
from ringback.domain.cadence import Cadence
from ringback.domain.ladder import Position
from ringback.domain.maps.graph import CallMap
from ringback.domain.vocabulary import Occasion, Outcome, Temperature, Trait

TENTH = 10
LAST_PLACE = 3


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the record says before a dial. `attempt` counts the touches of the ladder, this one included."""

    inbound: bool = False
    talked: bool = False
    agreed: bool = False
    proposal_sent: bool = False
    attempt: int = 1
    temperature: Temperature = Temperature.COLD
    last_outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    occasion: Occasion
    because: Because


def occasion_for(facts: CallFacts) -> Choice:
    """The kind of talk that this call is; the first reason that holds decides."""
    if facts.inbound:
        return Choice(Occasion.INBOUND, Because("C5", "They ring you: listen first, then go on where you were."))
    if facts.attempt >= TENTH and not facts.agreed:
        why = f"Attempt {facts.attempt}: ask openly whether it is still a subject."
        return Choice(Occasion.REENGAGEMENT, Because("C3", why))
    if not facts.talked:
        return _first(facts)
    if facts.proposal_sent:
        return Choice(Occasion.PROPOSAL, Because("B3", "A proposal was sent: go through it and hear the questions."))
    return Choice(Occasion.RECOMMENDATION, Because("B3", "No proposal yet: say what you recommend."))


def _first(facts: CallFacts) -> Choice:
    if facts.last_outcome is Outcome.GATEKEEPER:
        return Choice(Occasion.GATEKEEPER, Because("A11", "Somebody else answered last time; expect that again."))
    if facts.temperature is Temperature.WARM:
        return Choice(Occasion.FIRST_WARM, Because("A14", "They came to you, and you have not talked yet."))
    return Choice(Occasion.FIRST_COLD, Because("A14", "You come to them, and you have not talked yet."))


def traits_known(facts: CallFacts, last_time: dict[Trait, bool] | None = None) -> dict[Trait, bool]:
    """How things stood: `last_time` is what the last walk found out; where nothing is known, the usual case counts."""
    no_time = facts.last_outcome is Outcome.CALL_BACK
    usual = {
        Trait.REMEMBERS: facts.talked,
        Trait.HAS_TIME: not no_time,
        Trait.DISTRACTED: False,
        Trait.AVAILABLE: True,
    }
    found = {**usual, **(last_time or {})}
    return {**found, Trait.AGREED: facts.agreed, Trait.ASKED: facts.temperature is Temperature.WARM}


def traits_shown(call_map: CallMap, ways: Iterable[tuple[str, int]]) -> dict[Trait, bool]:
    """What the ways taken in a walk say about the prospect; a later one corrects an earlier one."""
    found: dict[Trait, bool] = {}
    for node_id, number in ways:
        node = call_map.by_id.get(node_id)
        if node is not None and 1 <= number <= len(node.edges):
            found.update(node.edges[number - 1].case)
    return found


def place_of_message(messages_left: int) -> int:
    """Which of the three messages is next in a ladder; from the third on it stays the third."""
    return min(messages_left + 1, LAST_PLACE)


def attempt_in(cadence: Cadence, position: Position) -> int:
    """The number of the touch at this position, counted over all channels of the ladder (C3's ten attempts)."""
    before = cadence.steps[: cadence.index(position.step_id)]
    return sum(step.repeat for step in before) + position.repetition
