"""Reads every inbox: a thread each, which waits for news and takes in what comes, once, whatever breaks off."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Event

from django.db import OperationalError, close_old_connections
from django.utils import timezone

from ringback.actions import incoming as acts
from ringback.adapters.mail.imap import ImapMailbox
from ringback.adapters.mail.imap_fetching import WHOLE_UP_TO, FetchedMail
from ringback.adapters.mail.parsing import parse
from ringback.adapters.mail.trouble import MailboxTrouble
from ringback.adapters.secrets import CannotOpen
from ringback.domain.mail.incoming import Incoming
from ringback.models import Mailbox
from ringback.queries.inbox import mailboxes_to_read
from ringback.queries.mailboxes import reach, reading_server
from ringback.worker.mail.rounds import Round, Rounds
from ringback.worker.mail.sending import fresh_connection

log = logging.getLogger("ringback.worker")

BATCH, NOTED_EVERY = 100, 20
WAIT_SECONDS = 50.0
# A mail that came while the inbox was numbered anew is looked for from the day before the last look on.
LOOK_BACK = timedelta(days=1)
NOT_STORED = "It could not be taken in as it is; look at it in your mail program."
NOT_HANDED_OUT = "It could not be read; look at it in your mail program. {words}"
NOT_WHOLE = "The server did not hand it out whole: only its beginning was read."
ONLY_BEGINNING = "It is larger than is read: only its beginning was."

Clock = Callable[[], datetime]


class Readers:
    """Looks every few seconds; an inbox without a thread gets one, unless it rests after trouble.

    What has been read is in the rows only: whatever this process forgets when it dies, the next look takes in.
    """

    def __init__(self, clock: Clock = timezone.now, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._clock, self._wait_seconds = clock, wait_seconds
        self._rounds = Rounds("inbox of mailbox")
        self._stop = Event()

    def look(self, now: datetime) -> int:
        """Returns how many threads were started."""
        if self._stop.is_set():
            return 0
        waiting = [mailbox for mailbox in mailboxes_to_read() if self._rounds.may_start(mailbox.pk, now)]
        for mailbox in waiting:
            self._rounds.start(mailbox, self._read)
        return len(waiting)

    def stop(self, seconds: float | None = None) -> None:
        """Finish the mails at hand and no others; who waits for news stops waiting within `wait_seconds`."""
        self._stop.set()
        self._rounds.wait(seconds)

    def _read(self, mailbox: Mailbox, state: Round) -> None:
        """One thread, until it is stopped, the mailbox changes, or something breaks off."""
        with fresh_connection():
            try:
                with closing(ImapMailbox(reading_server(mailbox), reach=reach())) as inbox:
                    self._follow(mailbox, inbox, state)
            except (CannotOpen, MailboxTrouble) as trouble:
                self._rest(mailbox, state, str(trouble))
            except Exception as fault:
                log.exception("the inbox of mailbox %s could not be read; it is tried again", mailbox.pk)
                self._rest(mailbox, state, f"The inbox could not be read: {type(fault).__name__}. See the log.")

    def _follow(self, mailbox: Mailbox, inbox: ImapMailbox, state: Round) -> None:
        known = _settings(mailbox)
        while not self._stop.is_set():
            current = mailboxes_to_read(mailbox.pk).first()
            if current is None or _settings(current) != known:
                return  # paused, removed, or to be read elsewhere: the next look begins anew
            catch_up(current, inbox, self._clock, self._stop)
            state.went_well()
            close_old_connections()
            if not self._stop.is_set():
                inbox.wait_for_news(current.inbox_folder, self._wait_seconds)

    def _rest(self, mailbox: Mailbox, state: Round, words: str) -> None:
        if self._stop.is_set():
            return
        now = self._clock()
        state.failed(now)
        try:
            acts.note_reading_trouble(mailbox=mailbox, words=words, now=now)
        except OperationalError:
            log.warning("the trouble of mailbox %s could not be written down: %s", mailbox.pk, words)


def _settings(mailbox: Mailbox) -> tuple[object, ...]:
    return (
        *(mailbox.imap_host, mailbox.imap_port, mailbox.imap_security, mailbox.imap_username, mailbox.imap_secret),
        *(mailbox.username, mailbox.secret, mailbox.inbox_folder),
    )


def catch_up(mailbox: Mailbox, inbox: ImapMailbox, clock: Clock, stop: Event) -> int:
    """Take in everything that is new, batch by batch, however much has gathered; returns how many mails that was.

    After each mail it may be broken off: what was taken in is known by its place and its Message-ID, and what was
    stored but not carried out is carried out first.
    """
    acts.carry_out_pending(mailbox=mailbox, now=clock())
    validity, last_uid, taken = mailbox.uid_validity, mailbox.last_uid, 0
    while not stop.is_set():
        batch = 0
        for fetched in inbox.new_mails(mailbox.inbox_folder, validity, last_uid, since=_since(mailbox), most=BATCH):
            _take(mailbox, fetched, clock())
            validity, last_uid, batch = fetched.uid_validity, fetched.uid, batch + 1
            if batch % NOTED_EVERY == 0:
                acts.note_read(mailbox=mailbox, uid_validity=validity, last_uid=last_uid, now=clock())
            if stop.is_set():
                break
        taken += batch
        if not batch and inbox.looked_to is None:
            break
        if inbox.looked_to is not None and not stop.is_set():
            validity, last_uid = inbox.looked_to
        assert validity is not None
        acts.note_read(mailbox=mailbox, uid_validity=validity, last_uid=last_uid, now=clock())
    if not taken:
        acts.note_looked(mailbox=mailbox, now=clock())
    return taken


def _since(mailbox: Mailbox) -> date:
    """At first contact, what has come since the mailbox is known here; later, since it was last looked into."""
    return ((mailbox.read_at if mailbox.uid_validity else None) or mailbox.created_at).date() - LOOK_BACK


def _take(mailbox: Mailbox, fetched: FetchedMail, now: datetime) -> None:
    """A mail that cannot be taken in as it is leaves a row that says so: it is seen, and stops no other."""
    mail = Incoming(problems=(NOT_HANDED_OUT.format(words=fetched.problem),)) if fetched.problem else parse(fetched.raw)
    if not fetched.whole and not fetched.problem:
        why = ONLY_BEGINNING if fetched.size > WHOLE_UP_TO else NOT_WHOLE
        mail = replace(mail, problems=(*mail.problems, why))

    def take(incoming: Incoming) -> None:
        acts.take_in(mailbox=mailbox, uid_validity=fetched.uid_validity, uid=fetched.uid, incoming=incoming, now=now)

    try:
        take(mail)
    except OperationalError:
        raise  # the database's trouble, not the mail's: it is tried again
    except Exception:
        log.exception("mail %s of mailbox %s could not be taken in", fetched.uid, mailbox.pk)
        take(_bare(mail))


def _bare(mail: Incoming) -> Incoming:
    from_ = replace(mail.from_, name="")
    return Incoming(from_=from_, subject=mail.subject, message_id=mail.message_id, problems=(NOT_STORED,))


_readers = Readers()


def read_inboxes(now: datetime) -> int:
    return _readers.look(now)
