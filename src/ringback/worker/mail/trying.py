"""A trial of a mailbox: a mail from it to itself, and a look whether it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from ringback.actions.mailing.mailbox_state import note_well
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.trouble import MailboxTrouble
from ringback.adapters.secrets import CannotOpen
from ringback.domain.mail.identity import message_id, token_of_id
from ringback.domain.mail.outgoing import Delivery, OutgoingMail
from ringback.models import Mailbox
from ringback.queries.mailboxes import reach, reading_server
from ringback.worker.mail.copies import told_of
from ringback.worker.mail.opening import open_sender

CONNECT, SEND, COPY, ARRIVE = "connect", "send", "copy", "arrive"
# How long a server may be silent: a page waits for it.
SECONDS = 12.0

SUBJECT = "A trial mail from Ringback ({mark})"
TEXT = (
    "This mail was sent to see whether the mailbox {address} works. If you read it, sending works. You can delete it.\n"
)
BY_ITSELF = "The server keeps a copy in “{folder}” by itself: the folder for copies may as well be left empty."
NO_COPY = "Your mail is sent, but no copies of it are kept: {words}"
_SPAM = re.compile(r"spam|junk|werbung|indésirable|no desead|indesiderata", re.IGNORECASE)
_MEANINGS = {
    Delivery.DEFERRED: "The server does not take it just now, and would be asked again later. {answer}",
    Delivery.REFUSED: "{answer}",
    Delivery.UNREACHABLE: "{answer}",
    Delivery.IN_DOUBT: "The connection broke off in the act: it may have been sent. {answer}",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trial; `words` for a person."""

    step: str
    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What was done so far. `message_id` is empty if nothing was sent."""

    to: str
    message_id: str
    steps: tuple[Step, ...]

    @property
    def passed(self) -> bool:
        return all(step.passed for step in self.steps)


def try_sending(*, mailbox: Mailbox, to: str = "", now: datetime, seconds: float = SECONDS) -> Trial:
    """Connect, encrypt, log in, and send a mail to `to` (else to the mailbox itself); stops where it fails. What was
    sent is put into the Sent folder where copies are wanted.

    Outside any transaction. A mailbox that can be reached again is tried by the worker at once.
    """
    to = to or mailbox.address
    mail = trial_mail(mailbox, to, now)
    try:
        with open_sender(mailbox, timeout=seconds) as sender:
            ready = sender.check()
            if ready.delivery is not Delivery.ACCEPTED:
                return Trial(to, "", (Step(CONNECT, False, ready.answer),))
            result = sender.send(mail)
    except CannotOpen as refused:
        return Trial(to, "", (Step(CONNECT, False, str(refused)),))
    connected = Step(CONNECT, True, ready.answer)
    if result.delivery is not Delivery.ACCEPTED:
        words = _MEANINGS[result.delivery].format(answer=result.answer)
        return Trial(to, "", (connected, Step(SEND, False, words)))
    note_well(mailbox.pk)
    sent = Step(SEND, True, f"The server took the mail to {to}: {result.answer}")
    copied = try_copying(mailbox=mailbox, mail=mail, seconds=seconds)
    return Trial(to, mail.message_id, (connected, sent, *((copied,) if copied else ())))


def try_copying(*, mailbox: Mailbox, mail: OutgoingMail, seconds: float = SECONDS) -> Step | None:
    """Whether a copy can be put into the Sent folder; None where none is wanted."""
    if not (mailbox.sent_folder and mailbox.imap_host):
        return None
    folder = mailbox.sent_folder
    try:
        with ImapMailbox(reading_server(mailbox), timeout=seconds, reach=reach()) as inbox:
            try:
                if inbox.find_by_message_id(folder, mail.message_id):
                    return Step(COPY, True, BY_ITSELF.format(folder=folder))
                inbox.append(folder, compose(mail).as_bytes())
            except MailboxTrouble as trouble:
                return Step(COPY, False, NO_COPY.format(words=told_of(inbox, trouble)))
    except CannotOpen as trouble:
        return Step(COPY, False, NO_COPY.format(words=trouble))
    return Step(COPY, True, f"A copy of it lies in “{folder}”.")


def trial_mail(mailbox: Mailbox, to: str, now: datetime) -> OutgoingMail:
    token = uuid4().hex
    return OutgoingMail(
        message_id=message_id(token, mailbox.address),
        from_address=mailbox.address,
        from_name=mailbox.from_name,
        to_address=to,
        to_name="",
        subject=SUBJECT.format(mark=_mark(token)),
        text=TEXT.format(address=mailbox.address),
        html="",
        written_at=now,
    )


def look_for(*, mailbox: Mailbox, message_id: str, may_still_come: bool, seconds: float = SECONDS) -> Step | None:
    """Whether the trial mail is in the inbox; None while it may still come. After that spam folders are searched."""
    try:
        with ImapMailbox(reading_server(mailbox), timeout=seconds, reach=reach()) as reading:
            if _is_in(reading, mailbox.inbox_folder, message_id):
                return Step(ARRIVE, True, f"It arrived in “{mailbox.inbox_folder}”: replies will be found there too.")
            return None if may_still_come else _not_arrived(reading, message_id)
    except (CannotOpen, MailboxTrouble) as trouble:
        return Step(ARRIVE, False, str(trouble))


def _not_arrived(reading: ImapMailbox, message_id: str) -> Step:
    for folder in filter(_SPAM.search, reading.folders()):
        if _is_in(reading, folder, message_id):
            words = f"It went to “{folder}”. Receivers mistrust this address: ringback check-sender says why."
            return Step(ARRIVE, False, words)
    words = (
        "The server took it, but it did not arrive in time. Look into the mailbox in a while: a filter may have moved "
        "it, or another mailbox is read than the one mails go to."
    )
    return Step(ARRIVE, False, words)


def _is_in(reading: ImapMailbox, folder: str, message_id: str) -> bool:
    """By its Message-ID, or by the mark in its subject: providers give their mails an identity of their own."""
    if reading.find_by_message_id(folder, message_id):
        return True
    return reading.find_by_subject(folder, _mark(token_of_id(message_id)))


def _mark(token: str) -> str:
    return token[:10]
