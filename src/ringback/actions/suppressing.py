"""Whoever asked to be left alone is left alone (C5)."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.errors import Refused
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import shortened
from ringback.domain.vocabulary import Channel
from ringback.models import Suppression, User
from ringback.queries.standing import Stand

EVERY_CHANNEL = frozenset(Channel) - {Channel.TASK}


def refuse_suppressed(stand: Stand, decision: Decision) -> None:
    """Nothing is ever planned on a channel on which they asked to be left alone."""
    if any(touch.channel in stand.facts.suppressed for touch in decision.touches):
        raise Refused("They asked not to be contacted this way. If they want it again, lift the block first.")


def suppression_rows(stand: Stand, decision: Decision, by: User | None, now: datetime) -> list[Suppression]:
    """One row for the person and one for each number and address, so that a duplicate is blocked as well.

    Where only some channels are blocked, one row for each of them.
    """
    if not decision.suppress:
        return []
    named = [(channel.value, "") for channel in sorted(decision.suppress)]
    if decision.suppress >= EVERY_CHANNEL:
        named = [("", ""), *(("", point.value) for point in stand.contact_points)]
    reason = shortened(decision.because.text, 300)
    return [
        Suppression(
            prospect=stand.prospect, channel=channel, value=value, reason=reason, proof=decision.proof, by=by, at=now
        )
        for channel, value in named
    ]
