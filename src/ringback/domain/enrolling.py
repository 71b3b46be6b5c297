"""Who may enter a cadence, and who may not and why (A15, C5, C6)."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.domain.cadence import Cadence
from ringback.domain.values import ProspectFacts
from ringback.domain.vocabulary import Channel, ProspectState, Qualification


@dataclass(frozen=True, slots=True)
class Obstacle:
    rule: str
    why: str


def obstacle_to(
    cadence: Cadence, prospect: ProspectFacts, *, running: str = "", has_appointment: bool = False
) -> Obstacle | None:
    """The first reason why the prospect may not enter the cadence; None if nothing stands in the way.

    `running` is the title of a cadence the prospect is in already.
    """
    checks = (
        (prospect.state is not ProspectState.OPEN, "C6", "The lead is closed; reopen it first, if they asked for it."),
        (not prospect.channels - {Channel.TASK}, "C5", "They may not be contacted on any channel, or cannot be."),
        (_needs_qualifying(cadence, prospect), "A15", "Not qualified: only probable buyers enter a call cadence."),
        (_cannot_be_called(cadence, prospect), "C6", "No telephone number that may be called."),
        (has_appointment, "A1", "An appointment is agreed; it comes first."),
        (bool(running), "C6", f"Already in “{running}”."),
    )
    return next((Obstacle(rule, why) for stands, rule, why in checks if stands), None)


def _needs_qualifying(cadence: Cadence, prospect: ProspectFacts) -> bool:
    return cadence.has_calls and prospect.qualification is not Qualification.QUALIFIED


def _cannot_be_called(cadence: Cadence, prospect: ProspectFacts) -> bool:
    return cadence.has_calls and Channel.CALL not in prospect.channels
