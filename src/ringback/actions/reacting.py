"""What comes from the prospects: replies, absences, bounces, and the wish to be left alone (C5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ringback.actions.carrying_out import Carrying
from ringback.actions.checking import writable
from ringback.actions.deciding import by_rule, happen
from ringback.actions.errors import Refused
from ringback.actions.suppressing import after_mail_under_way, refuse_while_mail_leaves
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.events import Bounced, OptedOut, OutOfOffice, Replied
from ringback.domain.local_time import local
from ringback.domain.outcome import FURTHEST
from ringback.domain.vocabulary import Channel
from ringback.models import Arrangement, ContactPoint, Prospect, User
from ringback.queries.standing import Stand

LONGEST_PROOF = 20_000
REPLIED = {Channel.CALL: "They called.", Channel.EMAIL: "They wrote."}


def record_reply(*, by: User | None, prospect: Prospect, channel: Channel, key: str, now: datetime) -> Arrangement:
    """They wrote or called: the ladder stops at once, and answering is planned."""
    return happen(
        by=by,
        prospect_id=prospect.pk,
        decide=by_rule(Replied(now, channel)),
        verb="reply",
        text=REPLIED.get(channel, "They answered."),
        key=key,
        now=now,
    )


def record_absence(
    *,
    by: User | None,
    prospect: Prospect,
    until: date,
    key: str,
    now: datetime,
    first: Callable[[], None] | None = None,
    also: Callable[[Carrying], None] | None = None,
) -> Arrangement:
    """They are away up to and including `until` (their local day): the open step waits.

    `first` may refuse under the prospect's lock, and `also` writes in the same transaction.
    """
    rule = by_rule(OutOfOffice(now, until))

    def decide(stand: Stand) -> Decision:
        if first is not None:
            first()
        if until < local(now, stand.calendar.zone).date():
            raise Refused("That day has passed.", "until")
        if until > (now + FURTHEST).date():
            raise Refused("That is more than two years away; pause the cadence instead.", "until")
        return rule(stand)

    return happen(
        by=by,
        prospect_id=prospect.pk,
        decide=decide,
        verb="absence",
        text="",
        key=key,
        now=now,
        also=also,
    )


def record_bounce(*, by: User | None, prospect: Prospect, address: str, key: str, now: datetime) -> Arrangement:
    """Mail to the address came back: it is marked, and a working one is looked for."""

    writable(address, "address", at_most=320)

    def mark(carrying: Carrying) -> None:
        for point in carrying.stand.contact_points:
            if point.kind == ContactPoint.EMAIL and point.value == address and point.failed_at is None:
                carrying.journal.change(point, failed_at=now)

    return happen(
        by=by,
        prospect_id=prospect.pk,
        decide=by_rule(Bounced(now, address)),
        verb="bounce",
        text="",
        key=key,
        now=now,
        also=mark,
    )


def opt_out(
    *,
    by: User | None,
    prospect: Prospect,
    proof: str,
    key: str,
    now: datetime,
    channels: frozenset[Channel] = frozenset(Channel),
    first: Callable[[], None] | None = None,
    also: Callable[[Carrying], None] | None = None,
) -> Arrangement:
    """Never contact this person again (on these channels): blocked in the same transaction, with the proof.

    Waits, for seconds, until a mail that is being handed over has left: nothing is sent after the commit. `first` may
    refuse under the prospect's lock, and `also` writes in the same transaction.
    """
    if not proof.strip():
        raise Refused("Note how they said so: it is the proof that you acted on it.", "proof")
    writable(proof, "proof", at_most=LONGEST_PROOF)
    rule = by_rule(OptedOut(now, proof.strip(), channels))

    def opted_out(patient: bool) -> Arrangement:
        def decide(stand: Stand) -> Decision:
            if first is not None:
                first()
            if patient:
                refuse_while_mail_leaves(stand)
            return rule(stand)

        return happen(
            by=by, prospect_id=prospect.pk, decide=decide, verb="opt_out", text="", key=key, now=now, also=also
        )

    return after_mail_under_way(opted_out)
