"""What the mailbox's Sent folder has to do with it: copies go there, and what lies there was sent."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime
from functools import partial

from django.db import OperationalError

from ringback.actions.mailing.copying import note_copied, note_copying_trouble, note_copying_well
from ringback.actions.mailing.doubting import found_sent
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.trouble import MailboxTrouble
from ringback.adapters.secrets import CannotOpen
from ringback.domain.mail.copies import Looked
from ringback.models import Mailbox, Message
from ringback.queries.mailboxes import reach, reading_server
from ringback.queries.outbox import doubted_in, mailboxes_with_sent_folder, waiting_copies
from ringback.worker.mail.copies import copy_all, told_of
from ringback.worker.mail.rounds import Round, Rounds
from ringback.worker.mail.sending import fresh_connection

log = logging.getLogger("ringback.worker")

IN_SENT_FOLDER = "It lies in the Sent folder."
NO_COPY = "No copies of sent mails are kept: {words}"


class SentFolders:
    """Looks every few seconds; a mailbox with something to copy or to search for gets a thread of its own.

    A slow or broken folder delays nobody else's; it rests ever longer, and its mailbox says what is wrong.
    """

    def __init__(self) -> None:
        self._rounds = Rounds("Sent folder of mailbox")

    def look(self, now: datetime) -> int:
        """Returns how many threads were started."""
        boxes = mailboxes_with_sent_folder()
        waiting = [box for box in boxes if self._rounds.may_start(box.pk, now) and _has_work(box, now)]
        for mailbox in waiting:
            self._rounds.start(mailbox, partial(self._run, now))
        return len(waiting)

    def wait(self, seconds: float | None = None) -> None:
        self._rounds.wait(seconds)

    def _run(self, now: datetime, mailbox: Mailbox, state: Round) -> None:
        with fresh_connection():
            try:
                words = look_into(mailbox, now).trouble
            except OperationalError:
                log.exception("the Sent folder of mailbox %s: the database is out of reach", mailbox.pk)
                return
            except Exception as fault:
                log.exception("the Sent folder of mailbox %s could not be looked into", mailbox.pk)
                words = f"{type(fault).__name__}. See the log."
            if words:
                state.failed(now)
                note_copying_trouble(mailbox.pk, NO_COPY.format(words=words), now)
            else:
                state.went_well()
                note_copying_well(mailbox.pk)


def _has_work(mailbox: Mailbox, now: datetime) -> bool:
    return bool(waiting_copies(mailbox.pk, now=now) or doubted_in(mailbox.pk))


def look_into(mailbox: Mailbox, now: datetime) -> Looked:
    """Put copies of what was sent there, and end the doubt about what is found there; how the folder was found.

    A server that keeps copies by itself gets no second one: what is found is not copied. Doubts come first: a folder
    that takes no copies can be searched all the same.
    """
    try:
        with closing(ImapMailbox(reading_server(mailbox), reach=reach())) as inbox:
            return _look(inbox, mailbox, now)
    except CannotOpen as trouble:
        return Looked(trouble=str(trouble))


def _look(inbox: ImapMailbox, mailbox: Mailbox, now: datetime) -> Looked:
    try:
        for message in doubted_in(mailbox.pk):
            _find(inbox, mailbox, message, now)
        return copy_all(inbox, mailbox, now)
    except MailboxTrouble as trouble:
        return Looked(trouble=told_of(inbox, trouble))


def _find(inbox: ImapMailbox, mailbox: Mailbox, message: Message, now: datetime) -> None:
    if inbox.find_by_message_id(mailbox.sent_folder, message.message_id):
        note_copied(message.pk, now)
        found_sent(message=message, proof=IN_SENT_FOLDER, now=now)
