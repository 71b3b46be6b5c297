"""Puts copies of what was sent into the Sent folder."""

from __future__ import annotations

import logging
from datetime import datetime

from ringback.actions.mailing.copying import forget_refused_copies, note_copied, note_refused_copy
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.trouble import MailboxTrouble, Trouble
from ringback.domain.mail.copies import Looked, looked
from ringback.models import Mailbox, Message
from ringback.queries.articles import FileLost
from ringback.queries.handing_over import outgoing_of
from ringback.queries.outbox import copies_refused_in_a_row, waiting_copies

log = logging.getLogger("ringback.worker")


RATHER = "Its folder for sent mail seems to be “{guess}”: put that in as the folder for copies."
LEAVE_OUT = "Create the folder, or leave the folder for copies empty."


class BrokeOff(Exception):
    """Twice in the act, although the server answers before and after: as good as a no to this mail."""


def copy_all(inbox: ImapMailbox, mailbox: Mailbox, now: datetime) -> Looked:
    """One mail that the folder does not take (it is too large, say) bars no other, and is not tried again.

    Raises MailboxTrouble where the folder cannot be used at all, or the server breaks off at more than one mail.
    """
    refused: dict[int, str] = {}
    broke_off, taken = False, 0
    for message in waiting_copies(mailbox.pk, now=now):
        try:
            _copy(inbox, mailbox, message, now)
            taken += 1
        except BrokeOff as end:
            if broke_off:
                raise MailboxTrouble(Trouble.UNREACHABLE, str(end)) from end
            broke_off = True
            refused[message.pk] = str(end)
        except MailboxTrouble as trouble:
            if trouble.trouble is not Trouble.REFUSED:
                raise
            refused[message.pk] = str(trouble)
    found = looked(refused, taken=taken, refused_before=copies_refused_in_a_row(mailbox.pk, now=now))
    if found.trouble:
        forget_refused_copies(mailbox.pk, now)  # they wait again, for a folder that takes some
    for message_id, words in found.refused.items():
        note_refused_copy(message_id, words)
    return found


def _copy(inbox: ImapMailbox, mailbox: Mailbox, message: Message, now: datetime) -> None:
    """Where the server keeps one by itself, there is nothing to do."""
    if not inbox.find_by_message_id(mailbox.sent_folder, message.message_id):
        try:
            _append(inbox, mailbox.sent_folder, compose(outgoing_of(message, mailbox)).as_bytes(), message.message_id)
        except FileLost as lost:
            log.warning("no copy of mail %s: %s", message.pk, lost)
    note_copied(message.pk, now)


def _append(inbox: ImapMailbox, folder: str, raw: bytes, message_id: str) -> None:
    """A line that breaks is no reason to lose a copy: once more, on a new one, unless it lies there by now."""
    try:
        inbox.append(folder, raw)
    except MailboxTrouble as trouble:
        if trouble.trouble is not Trouble.UNREACHABLE:
            raise
        if inbox.find_by_message_id(folder, message_id):
            return
        try:
            inbox.append(folder, raw)
        except MailboxTrouble as again:
            raise BrokeOff(str(again)) if again.trouble is Trouble.UNREACHABLE else again from again


def told_of(inbox: ImapMailbox, trouble: MailboxTrouble) -> str:
    """What is wrong with a Sent folder; of one that is missing also which may have been meant."""
    if trouble.trouble is not Trouble.FOLDER_MISSING:
        return str(trouble)
    try:
        guess = inbox.guess_sent_folder()
    except MailboxTrouble:
        guess = ""
    return f"{trouble} {RATHER.format(guess=guess) if guess else LEAVE_OUT}"
