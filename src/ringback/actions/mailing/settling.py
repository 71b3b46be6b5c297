"""What became of a mail that was handed over, and everything that follows from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError, transaction

from ringback.actions import hot_write
from ringback.actions.deciding import ask_locked, by_rule, happen, locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.mailing.claiming import Claimed
from ringback.actions.mailing.holding import LONGEST_ANSWER, hold_touch
from ringback.actions.mailing.mailbox_state import note_trouble, note_well
from ringback.domain.because import shortened
from ringback.domain.events import TouchDone
from ringback.domain.mail.identity import key_of_message
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.domain.mail.sending import next_attempt
from ringback.domain.vocabulary import MessageState, Situation
from ringback.models import Activity, Message, Touch
from ringback.queries.driver import at_once
from ringback.queries.mail_reads import still_open

log = logging.getLogger("ringback.worker")

IN_DOUBT = "The connection broke off in the act: it may have been sent, or not."
PLAN_STANDS_STILL = "The mail was sent, but what follows could not be planned: mark it as done."
GAVE_UP = "The server did not take it for a whole day. Last it said: {answer}"


def settle(*, claimed: Claimed, result: SendResult, now: datetime) -> None:
    """Write down how handing over a mail ended. Whoever holds an older claim changes nothing.

    Sent: the touch is done and the ladder goes on. Refused: a person has to look. Not now: again later. The mailbox's
    own trouble lets all its mails wait, at no attempt's cost. In doubt: shown, never sent again by itself.
    """
    _SETTLES[result.delivery](claimed, result.answer, now)
    if result.delivery is not Delivery.UNREACHABLE and claimed.mailbox.troubles:
        note_well(claimed.mailbox.pk)


def _accepted(claimed: Claimed, answer: str, now: datetime) -> None:
    # A claim whose lease had run out is in doubt by now; its answer came late, and ends the doubt.
    message = claimed.message
    with transaction.atomic():
        with at_once():
            ask_locked(message.prospect_id)
            moved = _move(claimed, MessageState.SENT, answer, settled_at=now)
            touch = still_open.ask(message.touch_id or 0)
        if moved() or _move(claimed, MessageState.SENT, answer, before=MessageState.UNKNOWN, settled_at=now)():
            note_sent(message, touch.first(), now)


def note_sent(message: Message, touch: Touch | None, now: datetime) -> None:
    """Its touch, if that is still open, is done. Runs in the caller's transaction, which holds the prospect."""
    said = f"Sent: “{shortened(message.subject, 300)}”."
    if touch is not None:
        try:
            happen(
                by=None,
                prospect_id=message.prospect_id,
                touch_id=touch.pk,
                decide=by_rule(TouchDone(at=now, confirmed=_confirmed(message))),
                verb="sent",
                text=said,
                key=key_of_message(message.pk),
                now=now,
            )
            return
        except OperationalError:
            raise
        except Refused as refused:
            # The plan changed while the mail was on its way; that it was sent stays true, and somebody has to go on.
            hold_touch(touch, why=f"{PLAN_STANDS_STILL} {refused.message}")
        except Exception:
            # What is wrong with a plan must not put into doubt what the server has taken.
            log.exception("mail %s was sent, but its plan cannot go on", message.pk)
            hold_touch(touch, why=PLAN_STANDS_STILL)
    line = {"prospect_id": message.prospect_id, "at": now, "by_id": message.by_id, "verb": "sent", "text": said}
    hot_write.insert(hot_write.new(Activity, **line, data={"message": message.pk}))


def _confirmed(message: Message) -> bool:
    """Whoever has the mail may confirm it while the server's answer is still on its way, or was lost (D1)."""
    if message.situation != Situation.SUMMARY:
        return False
    return Message.objects.filter(pk=message.pk, confirmed_at__isnull=False).exists()


def _refused(claimed: Claimed, answer: str, now: datetime) -> None:
    with transaction.atomic():
        locked_prospect(claimed.message.prospect_id)
        if _move(claimed, MessageState.FAILED, answer, settled_at=now)():
            hold_touch(claimed.message.touch, why=f"The mail was refused: {answer}")
            text = f"Could not be sent: “{claimed.message.subject}”. {answer}"
            Activity.objects.create(
                prospect_id=claimed.message.prospect_id,
                at=now,
                verb="mail_failed",
                text=shortened(text, 1000),
                data={"message": claimed.message.pk},
            )


def _deferred(claimed: Claimed, answer: str, now: datetime) -> None:
    again = next_attempt(claimed.message.attempts, now)
    if again is None:
        _refused(claimed, GAVE_UP.format(answer=answer), now)
    else:
        _move(claimed, MessageState.QUEUED, answer, due_at=again)()


def _unreachable(claimed: Claimed, answer: str, now: datetime) -> None:
    with transaction.atomic():
        _move(claimed, MessageState.QUEUED, answer, attempts=claimed.message.attempts - 1)()
        note_trouble(claimed.message.mailbox_id, answer, now)


def _in_doubt(claimed: Claimed, answer: str, _: datetime) -> None:
    _move(claimed, MessageState.UNKNOWN, f"{IN_DOUBT} {answer}".strip())()


def _move(
    claimed: Claimed,
    state: MessageState,
    answer: str,
    *,
    before: MessageState = MessageState.SENDING,
    settled_at: datetime | None = None,
    **columns: object,
) -> hot_write.Receive:
    after = {
        "state": state.value,
        "lease_until": None,
        "settled_at": settled_at,
        "answer": shortened(answer, LONGEST_ANSWER),
        **columns,
    }
    return hot_write.send_change(claimed.message, {"state": before.value, "fence": claimed.fence}, after)


_SETTLES: dict[Delivery, Callable[[Claimed, str, datetime], None]] = {
    Delivery.ACCEPTED: _accepted,
    Delivery.REFUSED: _refused,
    Delivery.DEFERRED: _deferred,
    Delivery.UNREACHABLE: _unreachable,
    Delivery.IN_DOUBT: _in_doubt,
}
