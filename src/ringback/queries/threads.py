"""Which conversation a mail belongs to, so that mail programs show it as one."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.domain.vocabulary import MailKind, MessageState
from ringback.models import IncomingMail, Message

# Programs look at the last few; a header line has an end.
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Thread:
    """What In-Reply-To and References of the next mail say; empty if it begins a conversation."""

    last: str = ""
    references: str = ""


def thread_of(prospect_id: int, mailbox_id: int) -> Thread:
    """The conversation between a mailbox and a prospect: what was sent, and what a person answered."""
    sent = Message.objects.filter(prospect=prospect_id, mailbox=mailbox_id, state=MessageState.SENT)
    came = IncomingMail.objects.filter(prospect=prospect_id, mailbox=mailbox_id, kind=MailKind.REPLY)
    named = [
        *sent.order_by("-id").values_list("settled_at", "message_id")[:MOST_NAMED],
        *came.exclude(message_id="").order_by("-id").values_list("taken_at", "message_id")[:MOST_NAMED],
    ]
    ids = [message_id for at, message_id in sorted(named, key=lambda each: (each[0] is None, each[0]))][-MOST_NAMED:]
    return Thread(ids[-1], " ".join(ids)) if ids else Thread()
