"""The way of every event that is not a call: lock, read where things stand, decide, carry out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from ringback.actions.carrying_out import (
    Carrying,
    already_arranged,
    carry_out,
    once,
    seal,
)
from ringback.actions.checking import check_key
from ringback.actions.errors import Refused
from ringback.actions.summary import next_words
from ringback.actions.suppressing import refuse_suppressed
from ringback.domain.arrange import arrange
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.events import Event
from ringback.models import Arrangement, Prospect, User
from ringback.queries.access import may_see
from ringback.queries.prepared import Asked, Prepared
from ringback.queries.standing import Stand, held_stand

_locked = Prepared(lambda prospect_id: Prospect.objects.select_for_update().filter(pk=prospect_id))
# What only refers to the prospect, as a line of another table does, need not wait for this.
_free = Prepared(
    lambda prospect_id: Prospect.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=prospect_id)
)
Decide = Callable[[Stand], Decision]
Found = TypeVar("Found")


def by_rule(event: Event) -> Decide:
    """The engine decides."""
    return lambda stand: arrange(stand.facts, event, stand.standing, stand.policy, stand.calendar)


def happen(
    *,
    by: User | None,
    prospect_id: int,
    decide: Decide,
    verb: str,
    text: str,
    key: str,
    now: datetime,
    touch_id: int | None = None,
    closes_touch: bool = True,
    also: Callable[[Carrying], None] | None = None,
) -> Arrangement:
    """Let something happen to a prospect, once for each `key`, in one transaction.

    `decide` may raise Refused; `also` writes through the journal what is not part of the decision.
    """
    with once():
        check_key(key)
        stand = known(held_stand(prospect_id, now=now, touch_id=touch_id, key=key))
        prospect = stand.prospect
        if earlier := already_arranged(stand, by):
            return earlier
        if by is not None and not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        if prospect.merged_into_id is not None:
            raise Refused("This prospect was merged into another one; open that one.")
        if touch_id is not None and stand.touch is None:
            raise Refused("This is no longer planned: somebody was quicker. Reload to see how it stands.")
        decision = decide(stand)
        refuse_suppressed(stand, decision)
        words = f"{text or decision.because.text} {next_words(decision, stand.calendar.zone)}".strip()
        carrying = carry_out(
            by=by, stand=stand, decision=decision, event=verb, key=key, text=words, now=now, closes_touch=closes_touch
        )
        if also is not None:
            also(carrying)
        return seal(carrying)


def locked_prospect(prospect_id: int) -> Prospect:
    """The row, held until the transaction ends: what happens to one prospect happens one after the other."""
    return known(ask_locked(prospect_id).first())


def ask_locked(prospect_id: int) -> Asked[Prospect]:
    """The same, read later."""
    return _locked.ask(prospect_id)


def ask_if_free(prospect_id: int) -> Asked[Prospect]:
    """The row, held, to be read later; none while somebody else holds it, who is about to change something there."""
    return _free.ask(prospect_id)


def known(found: Found | None) -> Found:
    """What was found of a prospect; Refused if nothing was."""
    if found is None:
        raise Refused("This prospect no longer exists.")
    return found
