"""They answer a summary, or ask for no more mail, by a link that needs no log-in (C5, D1)."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ringback.actions.carrying_out import Carrying, once
from ringback.actions.deciding import by_rule, happen, locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.suppressing import after_mail_under_way, refuse_while_mail_leaves
from ringback.domain.arrangement import Arrangement as Decision
from ringback.domain.because import Because
from ringback.domain.events import OptedOut
from ringback.domain.vocabulary import Channel, MessageState, TouchKind, TouchState
from ringback.models import Arrangement, Message, Prospect, Suppression, Touch
from ringback.queries.outbox import may_not_be_written_to, wants_no_mail
from ringback.queries.standing import Stand

BY_LINK, BY_REPLY = "link", "reply"
# Whoever holds the link has the mail, whatever the server said about it.
ARRIVED = (MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN)
CONFIRMED = Because("D1", "They confirmed the summary: both of you hold the same in writing.")


def confirm_summary(*, touch_id: int, how: str, now: datetime) -> bool:
    """They say that the summary of this touch is right; asking about it falls. `how`: `link` or `reply`.

    False if it had been confirmed before: then nothing changes. Refused if there is no such summary any more.
    """
    touch = Touch.objects.filter(pk=touch_id, kind=TouchKind.SUMMARY, channel=Channel.EMAIL).first()
    if touch is None:
        raise Refused("This summary does not exist any more.")
    key = f"summary-{touch.pk}-confirmed"
    with once():
        locked_prospect(touch.prospect_id)
        if Arrangement.objects.filter(key=key).exists():
            return False
        happen(
            by=None,
            prospect_id=touch.prospect_id,
            decide=lambda _: Decision(CONFIRMED),
            verb="confirmed",
            text="They confirmed the summary." if how == BY_LINK else "They confirmed the summary in their answer.",
            key=key,
            now=now,
            also=lambda carrying: _note(carrying, touch, how),
        )
        return True


def stop_mail(*, prospect_id: int, address: str, proof: str, now: datetime) -> None:
    """No more mail to this person nor to this address, at once; other channels stay as they are.

    Doing it twice is harmless. A person who was merged into another one stands for that one. Waits, for seconds, until
    a mail that is being handed over has left.
    """
    after_mail_under_way(lambda patient: _stop_mail(prospect_id, address, proof, now, patient=patient))


def _stop_mail(prospect_id: int, address: str, proof: str, now: datetime, *, patient: bool) -> None:
    rule = by_rule(OptedOut(now, proof, frozenset({Channel.EMAIL})))

    def decide(stand: Stand) -> Decision:
        if patient:
            refuse_while_mail_leaves(stand, address)
        return rule(stand)

    def block_address(carrying: Carrying) -> None:
        reason = carrying.decision.because.text
        owner = carrying.stand.prospect
        row = Suppression(prospect=owner, value=address, channel=Channel.EMAIL, reason=reason, proof=proof, at=now)
        carrying.journal.create_all([row])

    with once():
        prospect = _standing_for(prospect_id)
        if wants_no_mail(prospect.pk) and may_not_be_written_to(prospect.pk, address):
            return
        happen(
            by=None,
            prospect_id=prospect.pk,
            decide=decide,
            verb="opt_out",
            text="They want no more mail.",
            key=f"stop-mail-{uuid4().hex}",
            now=now,
            also=block_address,
        )


def _note(carrying: Carrying, touch: Touch, how: str) -> None:
    note_confirmed(carrying, touch, Message.objects.filter(touch=touch, state__in=ARRIVED).first(), how)


def note_confirmed(carrying: Carrying, touch: Touch | None, message: Message | None, how: str) -> None:
    """The mail is confirmed, and nobody has to ask about it any more."""
    if message is not None:
        carrying.journal.change(message, confirmed_at=carrying.now, confirmed_by=how)
    for task in _asking_about(touch, carrying) if touch is not None else ():
        carrying.journal.change(task, state=TouchState.DONE.value, closed_at=carrying.now)


def _asking_about(touch: Touch, carrying: Carrying) -> list[Touch]:
    """The task that asks for this confirmation and those of earlier talks, not that of a later summary."""
    tasks = [
        task
        for task in carrying.stand.open_touches
        if task.kind == TouchKind.SUMMARY and task.channel == Channel.TASK and touch.closed_at is not None
    ]
    planted = Arrangement.objects.filter(
        pk__in=[task.arrangement_id for task in tasks], at__lte=touch.closed_at or carrying.now
    )
    until_then = set(planted.values_list("pk", flat=True))
    return [task for task in tasks if task.arrangement_id in until_then]


def _standing_for(prospect_id: int) -> Prospect:
    prospect = locked_prospect(prospect_id)
    while prospect.merged_into_id is not None:
        prospect = locked_prospect(prospect.merged_into_id)
    return prospect
