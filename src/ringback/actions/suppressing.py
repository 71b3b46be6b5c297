"""Whoever asked to be left alone is left alone (C5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import TypeVar

from ringback.actions.address_lock import hold_addresses
from ringback.actions.errors import Refused
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import shortened
from ringback.domain.vocabulary import Channel
from ringback.models import Suppression, User
from ringback.queries.outbox import mail_leaves_for
from ringback.queries.standing import Stand

EVERY_CHANNEL = frozenset(Channel) - {Channel.TASK}

# Handing over a mail takes a moment; one that takes longer than this hangs, and blocks nobody's wish to be left alone.
PATIENCE, LOOK_EVERY = timedelta(seconds=10), 0.05
Done = TypeVar("Done")


class MailUnderWay(Refused):
    """A mail to them is being handed over at this very moment."""


def after_mail_under_way(attempt: Callable[[bool], Done]) -> Done:
    """Do what blocks somebody once no mail to them is on its way, so that nothing is sent after its commit (C5).

    `attempt` is told whether to `refuse_while_mail_leaves`; in the end it is not, and the mail may still arrive.
    """
    ends = monotonic() + PATIENCE.total_seconds()
    while monotonic() < ends:
        try:
            return attempt(True)
        except MailUnderWay:
            sleep(LOOK_EVERY)
    return attempt(False)


def refuse_while_mail_leaves(stand: Stand, *also: str) -> None:
    """Under the prospect's lock and those of their addresses (`also`: and of these): nothing can be claimed for them
    before this transaction ends. Raises MailUnderWay.
    """
    refuse_while_mail_leaves_to([*(point.value for point in stand.contact_points), *also], stand.prospect.pk)


def refuse_while_mail_leaves_to(addresses: list[str], prospect_id: int | None = None) -> None:
    """The same for addresses, which may be nobody's whom we know; they are held from here on."""
    hold_addresses(addresses)
    if mail_leaves_for(prospect_id, addresses):
        raise MailUnderWay("A mail to them is being handed over at this moment; try again in a few seconds.")


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
    hold_addresses(point.value for point in stand.contact_points)
    named = [(channel.value, "") for channel in sorted(decision.suppress)]
    if decision.suppress >= EVERY_CHANNEL:
        named = [("", ""), *(("", point.value) for point in stand.contact_points)]
    reason = shortened(decision.because.text, 300)
    return [
        Suppression(
            prospect=stand.prospect,
            channel=channel,
            value=value,
            reason=reason,
            proof=decision.proof,
            by=by,
            by_list=decision.by_list,
            at=now,
        )
        for channel, value in named
    ]
