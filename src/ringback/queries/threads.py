"""Which conversation a mail belongs to, so that mail programs show it as one."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.queries.mail_reads import MOST_NAMED, named_before


@dataclass(frozen=True, slots=True)
class Thread:
    """What In-Reply-To and References of the next mail say; empty if it begins a conversation."""

    last: str = ""
    references: str = ""


def thread_of(prospect_id: int, mailbox_id: int) -> Thread:
    """The conversation between a mailbox and a prospect: what was sent, and what a person answered."""
    named = named_before(prospect_id, mailbox_id)
    ids = [message_id for at, message_id in sorted(named, key=lambda each: (each[0] is None, each[0]))][-MOST_NAMED:]
    return Thread(ids[-1], " ".join(ids)) if ids else Thread()
