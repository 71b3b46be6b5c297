"""Sends what is due: one mail at a time for each mailbox, none able to hold up another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from random import shuffle
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from django.db import close_old_connections, connections

from ringback.actions.mailing.claiming import Claimed, Full, claims
from ringback.actions.mailing.doubting import doubt_unanswered
from ringback.actions.mailing.drafting import AT_ONCE, draft_due
from ringback.actions.mailing.mailbox_state import note_trouble
from ringback.actions.mailing.settling import settle
from ringback.adapters.secrets import CannotOpen
from ringback.domain.mail.outgoing import Delivery, OutgoingMail, SendResult
from ringback.models import Mailbox
from ringback.queries.articles import FileLost
from ringback.queries.driver import plan_once
from ringback.queries.handing_over import outgoing_of
from ringback.queries.outbox import mailboxes_with_mail

log = logging.getLogger("ringback.worker")

DRAFTING_SECONDS = 2.0
STAYS_SECONDS = 3.0
# At once in one process: each has a connection to the database, and PostgreSQL's hundred are for the pages, too. Where
# more mailboxes have something due, a round's turn is over after so long.
MOST_ROUNDS, TURN_SECONDS = 16, 3.0
# A full mailbox is looked at again this soon: somebody may have raised what it may send.
LOOK_AGAIN = timedelta(minutes=1)
CANNOT_BE_READ = "This mail could not be put together; the log says why."


class Sender(Protocol):
    def send(self, mail: OutgoingMail) -> SendResult: ...


OpenSender = Callable[[Mailbox], AbstractContextManager[Sender]]


class Postman:
    """Looks every second; a mailbox with something due gets a round, which stays a while for what falls due next.

    The outbox rows are the only truth: whatever this process forgets when it dies, the next look finds.
    """

    def __init__(
        self, open_sender: OpenSender, clock: Callable[[], datetime], after: AfterSending | None = None
    ) -> None:
        self._open_sender, self._clock, self._after = open_sender, clock, after
        self._rounds: dict[int, _Round] = {}
        self._full_until: dict[int, datetime] = {}
        self._stop = Event()

    def look(self, now: datetime) -> int:
        """Notice what broke off, and write and send what is due; returns how many rounds began.

        Writing goes on for two seconds at most before the next look, and what is written leaves meanwhile.
        """
        doubt_unanswered(now=now)
        rounds, began = self._send_due(now), monotonic()
        while written := draft_due(now=now):
            rounds += self._send_due(now)
            if written < AT_ONCE or monotonic() - began > DRAFTING_SECONDS:
                break
        return rounds

    def stop(self, seconds: float | None = None) -> None:
        """Finish the mails at hand and no others."""
        self._stop.set()
        self.wait(seconds)

    def wait(self, seconds: float | None = None) -> None:
        """Until no round runs any more, but no longer than `seconds` in all; none stays for what falls due next."""
        ends = None if seconds is None else monotonic() + seconds
        for each in list(self._rounds.values()):
            each.come_home()
        for each in list(self._rounds.values()):
            each.thread.join(None if ends is None else max(0.0, ends - monotonic()))

    def _send_due(self, now: datetime) -> int:
        began, due = 0, mailboxes_with_mail(now)
        shuffle(due)  # where there is no room for all, they take turns
        for mailbox in due:
            running, full_until = self._rounds.get(mailbox.pk), self._full_until.get(mailbox.pk)
            if running is not None and running.thread.is_alive():
                running.tell(mailbox)
            elif (full_until is None or full_until <= now) and self._has_room():
                self._rounds[mailbox.pk] = _Round(mailbox, self._run)
                began += 1
        return began

    def _has_room(self) -> bool:
        """If not, those that only stay, and those whose turn is over, make room for the next look."""
        running = [each for each in self._rounds.values() if each.thread.is_alive()]
        if len(running) < MOST_ROUNDS:
            return True
        for each in running:
            if each.is_waiting or monotonic() - each.began > TURN_SECONDS:
                each.end()
        return False

    def _run(self, round_: _Round) -> None:
        try:
            with fresh_connection():
                plan_once()
                self._send_all(round_)
        except Exception:
            log.exception("the post of mailbox %s broke off; it goes on at the next look", round_.mailbox.pk)

    def _send_all(self, round_: _Round) -> None:
        try:
            sender = self._open_sender(round_.mailbox)
        except CannotOpen as trouble:
            note_trouble(round_.mailbox.pk, str(trouble), self._clock())
            return
        with sender as post:
            while self._send_claimed(post, round_) and round_.stays():
                continue

    def _send_claimed(self, post: Sender, round_: _Round) -> bool:
        """All that may leave, as long as the round goes on; whether more may leave through it when more falls due."""
        for found in claims(mailbox=round_.mailbox, clock=self._clock):
            if isinstance(found, Full):
                self._full_until[round_.mailbox.pk] = min(found.until, self._clock() + LOOK_AGAIN)
                return False
            if not self._send(post, found) or self._stop.is_set() or round_.has_ended:
                return False
        return True

    def _send(self, post: Sender, claimed: Claimed) -> bool:
        """Hand one mail over and write down how it went; whether the mailbox can take another one."""
        try:
            mail = outgoing_of(claimed.message, claimed.mailbox)
        except FileLost as lost:
            settle(claimed=claimed, result=SendResult(Delivery.REFUSED, str(lost)), now=self._clock())
            return True
        except Exception:
            log.exception("mail %s could not be put together", claimed.message.pk)
            settle(claimed=claimed, result=SendResult(Delivery.REFUSED, CANNOT_BE_READ), now=self._clock())
            return True
        result = post.send(mail)
        settle(claimed=claimed, result=result, now=self._clock())
        if result.delivery is Delivery.ACCEPTED and self._after is not None:
            self._after(claimed.message.pk, mail)
        return result.delivery is not Delivery.UNREACHABLE


AfterSending = Callable[[int, OutgoingMail], None]


class _Round:
    """The thread that sends for one mailbox, with its connections to the database and to the mail server.

    Opening those takes longer than a mail: it stays for a while, connected, in case more falls due.
    """

    def __init__(self, mailbox: Mailbox, run: Callable[[_Round], None]) -> None:
        self.mailbox, self.began = mailbox, monotonic()
        self.is_waiting = self.has_ended = False
        self._server, self._goes_home, self._called = _server_of(mailbox), False, Event()
        self.thread = Thread(target=run, args=(self,), name=f"post of mailbox {mailbox.pk}", daemon=True)
        self.thread.start()

    def tell(self, mailbox: Mailbox) -> None:
        """More is due in the mailbox, whose row is this by now. Another server is for another round."""
        self.mailbox = mailbox
        if _server_of(mailbox) != self._server:
            self.end()
        self._called.set()

    def come_home(self) -> None:
        """Send what is due, and stay for no more."""
        self._goes_home = True
        self._called.set()

    def end(self) -> None:
        """Send the mail at hand and no other."""
        self.has_ended = True
        self.come_home()

    def stays(self) -> bool:
        """Wait for what falls due next; False when the round is over."""
        self.is_waiting = True
        called = self._called.wait(STAYS_SECONDS)
        self.is_waiting = False
        self._called.clear()
        return called and not self._goes_home


def _server_of(mailbox: Mailbox) -> tuple[object, ...]:
    """What a connection to its server was opened with."""
    box = mailbox
    return box.provider, box.smtp_host, box.smtp_port, box.smtp_security, box.username, box.secret


@contextmanager
def fresh_connection() -> Iterator[None]:
    """A thread's own database connection, closed with it."""
    close_old_connections()
    try:
        yield
    finally:
        connections.close_all()
