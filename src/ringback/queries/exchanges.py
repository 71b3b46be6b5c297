"""What was written back and forth between a mailbox and a prospect, for a reader."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.models import IncomingMail, Message

# Who wants to read further back does so in the mail program.
MOST = 30


@dataclass(frozen=True, slots=True)
class Exchange:
    """The newest mails of both sides, beside the one that is read."""

    ours: tuple[Message, ...]
    theirs: tuple[IncomingMail, ...]


def exchange_around(message: Message) -> Exchange:
    """All mails to one prospect from one mailbox are one conversation (see `threads`), so they are read as one."""
    between = {"prospect": message.prospect_id, "mailbox": message.mailbox_id}
    ours = Message.objects.filter(**between).exclude(pk=message.pk).only("subject", "state", "settled_at", "due_at")
    theirs = IncomingMail.objects.filter(**between).only("subject", "kind", "taken_at")
    return Exchange(tuple(ours.order_by("-pk")[:MOST]), tuple(theirs.order_by("-pk")[:MOST]))
