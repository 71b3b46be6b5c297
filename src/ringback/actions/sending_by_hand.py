"""A person has read a mail and sends it: a summary, or what the worker could not send by itself (D1)."""

from __future__ import annotations

from datetime import datetime

from ringback.actions.carrying_out import once
from ringback.actions.checking import writable
from ringback.actions.deciding import locked_prospect
from ringback.actions.errors import Refused
from ringback.actions.mail_lanes import place_touches
from ringback.actions.mailing.holding import hold_mail_of
from ringback.actions.mailing.queueing import LONGEST_SUBJECT, queue_mail
from ringback.adapters.texts import LONGEST_TEXT
from ringback.domain.because import shortened
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.domain.vocabulary import Channel, MessageState, Situation, TouchState
from ringback.models import Activity, Mailbox, Message, Touch, User
from ringback.queries.access import may_see
from ringback.queries.drafts import Draft, draft_of, reworded
from ringback.queries.mailboxes import mailbox_of

GONE = (MessageState.WITHDRAWN, MessageState.FAILED)
NOT_PLANNED = "This mail is no longer planned: somebody was quicker. Reload to see how it stands."
NO_MAILBOX = "There is no mailbox that sends for {who}. Connect one, or copy the text into your own mail program."


def send_draft(*, by: User, touch: Touch, subject: str, markdown: str, now: datetime) -> Message:
    """Queue the mail of an open touch in these words; it leaves half a minute later. The touch stays open until then.

    Sending twice gives the same mail. Refused if something is still missing in it, if a reminder breaks A7, or if
    nobody may or can be written to.
    """
    writable(subject, "subject", at_most=LONGEST_SUBJECT)
    writable(markdown, "markdown", at_most=LONGEST_TEXT, name="text")
    with once():
        prospect = locked_prospect(touch.prospect_id)
        if not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        locked = Touch.objects.select_related("appointment", "owner").filter(pk=touch.pk).first()
        if locked is None or locked.state != TouchState.OPEN or locked.channel != Channel.EMAIL:
            raise Refused(NOT_PLANNED)
        if earlier := Message.objects.filter(touch=locked).exclude(state__in=GONE).first():
            return earlier
        locked.prospect = prospect
        draft = reworded(draft_of(locked, now=now), touch=locked, subject=subject, markdown=markdown, now=now)
        _refuse_unfit(draft)
        box = _mailbox(by, locked)
        return queue_mail(touch=locked, mailbox=box, draft=draft, by=by, due_at=now + UNDO_WAIT, now=now)


def take_mail_back(*, by: User, message: Message, now: datetime) -> None:
    """Withdraw a mail that has not left yet: a person decides what becomes of it. Refused once it is being sent.

    Where the worker could write it by itself, its touch is held: it would be written anew and leave within a second.
    """
    with once():
        prospect = locked_prospect(message.prospect_id)
        if not may_see(by, prospect):
            raise Refused("This prospect belongs to somebody else.")
        why = f"Taken back by {by.shown_name}."
        waiting = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED)
        if not waiting.update(state=MessageState.WITHDRAWN, settled_at=now, answer=why):
            raise Refused("It has left already, or is leaving now: a mail cannot be called back.")
        hold_mail_of(message, why=why)
        place_touches(prospect)
        text = f"Took the mail back before it left: “{shortened(message.subject, 300)}”."
        Activity.objects.create(prospect=prospect, at=now, by=by, verb="mail_withdrawn", text=text)


def _refuse_unfit(draft: Draft) -> None:
    if not draft.subject:
        raise Refused("Write a subject.", "subject")
    if draft.gaps:
        raise Refused(f"Still missing: {', '.join(draft.gaps)}.", "markdown")
    if draft.situation is Situation.REMINDER and draft.findings:
        found = draft.findings[0]
        raise Refused(f"{found.why} ({found.rule})", "subject" if found.field == "subject" else "markdown")


def _mailbox(by: User, touch: Touch) -> Mailbox:
    """The owner's, else that of whoever sends."""
    owner = touch.owner or by
    found = mailbox_of(owner) or mailbox_of(by)
    if found is None:
        raise Refused(NO_MAILBOX.format(who=owner.shown_name))
    return found
