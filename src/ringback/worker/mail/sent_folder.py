"""What the mailbox's Sent folder has to do with it: copies go there, and what lies there was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from ringback.actions.mailing.copying import note_copied
from ringback.actions.mailing.doubting import found_sent
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.trouble import MailboxTrouble
from ringback.adapters.secrets import CannotOpen
from ringback.models import Mailbox, Message
from ringback.queries.articles import FileLost
from ringback.queries.handing_over import outgoing_of
from ringback.queries.mailboxes import reach, reading_server
from ringback.queries.outbox import doubted_in, mailboxes_with_sent_folder, waiting_copies

log = logging.getLogger("ringback.worker")

IN_SENT_FOLDER = "It lies in the Sent folder."


def look_into_sent_folders(now: datetime) -> int:
    """Put copies of what was sent there, and end the doubt about what is found there; how many mails it was about.

    A server that keeps copies by itself gets no second one: what is found is not copied. One mailbox in trouble
    hurts only itself.
    """
    return sum(_safely(mailbox, now) for mailbox in mailboxes_with_sent_folder())


def _safely(mailbox: Mailbox, now: datetime) -> int:
    copies, doubted = waiting_copies(mailbox.pk, now=now), doubted_in(mailbox.pk)
    if not copies and not doubted:
        return 0
    try:
        with _opened(mailbox) as inbox:
            # Doubts first: a folder that takes no copies can be searched all the same.
            found = _each(doubted, lambda row: _find(inbox, mailbox, row, now))
            return found + _each(copies, lambda row: _copy(inbox, mailbox, row, now))
    except (MailboxTrouble, CannotOpen) as trouble:
        log.warning("the Sent folder of mailbox %s cannot be used: %s", mailbox.pk, trouble)
        return 0


def _each(rows: list[Message], deal: Callable[[Message], bool]) -> int:
    return sum(deal(row) for row in rows)


def _copy(inbox: ImapMailbox, mailbox: Mailbox, message: Message, now: datetime) -> bool:
    if not inbox.find_by_message_id(mailbox.sent_folder, message.message_id):
        try:
            raw = compose(outgoing_of(message)).as_bytes()
        except FileLost as lost:
            log.warning("no copy of mail %s: %s", message.pk, lost)
            return note_copied(message.pk, now)
        inbox.append(mailbox.sent_folder, raw)
    return note_copied(message.pk, now)


def _find(inbox: ImapMailbox, mailbox: Mailbox, message: Message, now: datetime) -> bool:
    if not inbox.find_by_message_id(mailbox.sent_folder, message.message_id):
        return False
    note_copied(message.pk, now)
    return found_sent(message=message, proof=IN_SENT_FOLDER, now=now)


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[ImapMailbox]:
    with closing(ImapMailbox(reading_server(mailbox), reach=reach())) as inbox:
        yield inbox
