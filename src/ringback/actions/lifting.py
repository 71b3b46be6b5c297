"""Somebody who was left alone may be contacted again, and may be blocked once more (C5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from ringback.actions.address_lock import hold_addresses
from ringback.actions.carrying_out import Carrying, once
from ringback.actions.checking import writable
from ringback.actions.deciding import by_rule, happen
from ringback.actions.errors import Refused
from ringback.actions.reacting import LONGEST_PROOF
from ringback.actions.suppressing import (
    after_mail_under_way,
    refuse_while_mail_leaves,
    refuse_while_mail_leaves_to,
)
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import Because, shortened
from ringback.domain.events import OptedOut
from ringback.domain.vocabulary import Channel
from ringback.models import Activity, Suppression, User
from ringback.queries.access import may_lift, visible_suppressions
from ringback.queries.blocks import rows_of_block
from ringback.queries.standing import Stand

LIFTED = Because("C5", "The block was lifted: they may be contacted again.")
FOR_A_MANAGER = "They asked for this themselves: only a manager or an admin lifts it."
OVER = "This block no longer stands: somebody was quicker. Reload to see how it is."
STANDS = "This block stands as it is."
ALREADY = "They are left alone already."


def lift_block(*, by: User, suppression: Suppression, reason: str, key: str, now: datetime) -> None:
    """The whole block ends; its rows stay with their proof, and with who ended it, when and why.

    What it had cancelled stays cancelled, and a closed lead stays closed until it is opened again. Once for each `key`;
    an address of nobody has no arrangement to keep it: there the same words of the same person are the same request.
    """
    if not reason.strip():
        raise Refused("Say why they may be contacted again, and how they asked for it.", "reason")
    writable(reason, "reason", at_most=300)
    row = _as_it_is(by, suppression)
    if not may_lift(by, row):
        raise Refused(FOR_A_MANAGER)
    lifted = {"lifted_at": now, "lifted_by_id": by.pk, "lifted_because": reason.strip()}
    if row.prospect_id is None:
        _lift_value(by, row, lifted, now)
    else:
        _lift_person(by, row, lifted, key, now)


def _lift_person(by: User, row: Suppression, lifted: dict[str, Any], key: str, now: datetime) -> None:
    def lift(carrying: Carrying) -> None:
        standing = [each for each in rows_of_block(row) if each.lifted_at is None]
        if not standing:
            raise Refused(OVER)
        for each in standing:
            carrying.journal.change(each, **lifted)

    assert row.prospect_id is not None
    happen(
        by=by,
        prospect_id=row.prospect_id,
        decide=lambda _: Decision(LIFTED),
        verb="block_lifted",
        text=f"May be contacted again: {lifted['lifted_because']}",
        key=key,
        now=now,
        also=lift,
    )


def block_again(*, by: User, suppression: Suppression, key: str, now: datetime) -> None:
    """A block that was lifted stands once more, as a new one with the old proof: what is planned by now falls.

    Waits, for seconds, until a mail that is being handed over has left. Once for each `key`; an address of nobody that
    the same person has put back already stays as it is.
    """
    row = _as_it_is(by, suppression)
    if row.lifted_at is None:
        raise Refused(STANDS)
    proof = shortened(f"Blocked again by {by.shown_name}. {row.proof}", LONGEST_PROOF)
    rows = list(rows_of_block(row))
    if row.prospect_id is None:
        after_mail_under_way(lambda patient: _block_values(by, rows, proof, now, patient=patient))
    else:
        after_mail_under_way(lambda patient: _block_person(by, rows, proof, key, now, patient=patient))


def _block_person(by: User, rows: list[Suppression], proof: str, key: str, now: datetime, *, patient: bool) -> None:
    prospect_id = rows[0].prospect_id
    assert prospect_id is not None
    channels, listed = _channels(rows), all(row.by_list for row in rows)
    rule = by_rule(OptedOut(now, proof, channels))

    def decide(stand: Stand) -> Decision:
        if channels - {Channel.TASK} <= stand.facts.suppressed:
            raise Refused(ALREADY)
        if patient:
            refuse_while_mail_leaves(stand, *(row.value for row in rows if row.value))
        decision = rule(stand)
        # What only a list had said does not become the person's own wish.
        said = Because(decision.because.rule, rows[0].reason)
        return replace(decision, because=said, by_list=True) if listed else decision

    def also_old_values(carrying: Carrying) -> None:
        """Numbers and addresses that the person has given up, or that were blocked for one channel only."""
        whole = all(not row.channel for row in rows)
        known = {point.value for point in carrying.stand.contact_points} if whole else set()
        reason = shortened(carrying.decision.because.text, 300)
        old = [row for row in rows if row.value and row.value not in known]
        carrying.journal.create_all([_copy(row, by, proof, now, reason=reason) for row in old])

    happen(
        by=by,
        prospect_id=prospect_id,
        decide=decide,
        verb="opt_out",
        text=f"Blocked again by {by.shown_name}.",
        key=key,
        now=now,
        also=also_old_values,
    )


def _channels(rows: list[Suppression]) -> frozenset[Channel]:
    if any(not row.channel for row in rows):
        return frozenset(Channel)
    return frozenset(Channel(row.channel) for row in rows)


def _as_it_is(by: User, suppression: Suppression) -> Suppression:
    row = visible_suppressions(by).filter(pk=suppression.pk).first()
    if row is None:
        raise Refused("This block is about somebody else's prospect.")
    return row


def _lift_value(by: User, row: Suppression, lifted: dict[str, Any], now: datetime) -> None:
    with once():
        if not Suppression.objects.filter(pk=row.pk, lifted_at=None).update(**lifted):
            row.refresh_from_db()
            if (row.lifted_by_id, row.lifted_because) == (by.pk, lifted["lifted_because"]):
                return
            raise Refused(OVER)
        text = f"{row.value} may be contacted again: {lifted['lifted_because']}"
        Activity.objects.create(at=now, by=by, verb="block_lifted", text=shortened(text, 1000))


def _block_values(by: User, rows: list[Suppression], proof: str, now: datetime, *, patient: bool) -> None:
    addresses = [row.value for row in rows]
    with once():
        if patient:
            refuse_while_mail_leaves_to(addresses)
        else:
            hold_addresses(addresses)
        for row in rows:
            standing = Suppression.objects.filter(value=row.value, channel=row.channel, lifted_at=None)
            if standing.filter(by=by, proof=proof).exists():
                return
            if standing.exists():
                raise Refused(ALREADY)
            _copy(row, by, proof, now, reason=row.reason).save(force_insert=True)
            Activity.objects.create(at=now, by=by, verb="opt_out", text=f"Blocked again: {row.value}")


def _copy(row: Suppression, by: User, proof: str, now: datetime, *, reason: str) -> Suppression:
    return Suppression(
        prospect_id=row.prospect_id,
        value=row.value,
        channel=row.channel,
        reason=reason,
        proof=proof,
        by=by,
        by_list=row.by_list,
        at=now,
    )
