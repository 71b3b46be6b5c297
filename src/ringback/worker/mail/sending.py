"""Sends what is due: one mail at a time for each mailbox, none able to hold up another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from django.db import close_old_connections, connections

from ringback.actions.mailing.claiming import Claimed, Full, claims
from ringback.actions.mailing.doubting import doubt_unanswered
from ringback.actions.mailing.drafting import draft_due
from ringback.actions.mailing.mailbox_state import note_trouble
from ringback.actions.mailing.settling import settle
from ringback.adapters.secrets import CannotOpen
from ringback.domain.mail.outgoing import Delivery, OutgoingMail, SendResult
from ringback.models import Mailbox
from ringback.queries.articles import FileLost
from ringback.queries.handing_over import outgoing_of
from ringback.queries.outbox import mailboxes_with_mail

log = logging.getLogger("ringback.worker")

DRAFTS_AT_ONCE, DRAFTING_SECONDS = 15, 2.0
# A full mailbox is looked at again this soon: somebody may have raised what it may send.
LOOK_AGAIN = timedelta(minutes=1)
CANNOT_BE_READ = "This mail could not be put together; the log says why."


class Sender(Protocol):
    def send(self, mail: OutgoingMail) -> SendResult: ...


OpenSender = Callable[[Mailbox], AbstractContextManager[Sender]]


class Postman:
    """Looks every second; a mailbox with something due gets a thread until nothing is due in it any more.

    The outbox rows are the only truth: whatever this process forgets when it dies, the next look finds.
    """

    def __init__(
        self, open_sender: OpenSender, clock: Callable[[], datetime], after: AfterSending | None = None
    ) -> None:
        self._open_sender, self._clock, self._after = open_sender, clock, after
        self._rounds: dict[int, Thread] = {}
        self._full_until: dict[int, datetime] = {}
        self._stop = Event()

    def look(self, now: datetime) -> int:
        """Write what is due, notice what broke off, start a round where mail waits; returns how many were started."""
        doubt_unanswered(now=now)
        self._draft(now)
        waiting = [box for box in mailboxes_with_mail(now) if self._may_start(box.pk, now)]
        for mailbox in waiting:
            thread = Thread(target=self._round, args=(mailbox,), name=f"post of mailbox {mailbox.pk}", daemon=True)
            self._rounds[mailbox.pk] = thread
            thread.start()
        return len(waiting)

    def stop(self, seconds: float | None = None) -> None:
        """Finish the mails at hand and no others."""
        self._stop.set()
        self.wait(seconds)

    def wait(self, seconds: float | None = None) -> None:
        """Until no round runs any more, but no longer than `seconds` in all."""
        ends = None if seconds is None else monotonic() + seconds
        for thread in list(self._rounds.values()):
            thread.join(None if ends is None else max(0.0, ends - monotonic()))

    def _draft(self, now: datetime) -> None:
        """All that is due, but not for so long that nothing gets sent meanwhile."""
        began = monotonic()
        while draft_due(now=now, most=DRAFTS_AT_ONCE) == DRAFTS_AT_ONCE and monotonic() - began < DRAFTING_SECONDS:
            continue

    def _may_start(self, mailbox_id: int, now: datetime) -> bool:
        running = self._rounds.get(mailbox_id)
        if running is not None and running.is_alive():
            return False
        until = self._full_until.get(mailbox_id)
        return until is None or until <= now

    def _round(self, mailbox: Mailbox) -> None:
        try:
            with fresh_connection():
                self._send_all(mailbox)
        except Exception:
            log.exception("the post of mailbox %s broke off; it goes on at the next look", mailbox.pk)

    def _send_all(self, mailbox: Mailbox) -> None:
        try:
            sender = self._open_sender(mailbox)
        except CannotOpen as trouble:
            note_trouble(mailbox.pk, str(trouble), self._clock())
            return
        with sender as post:
            for found in claims(mailbox=mailbox, clock=self._clock):
                if isinstance(found, Full):
                    self._full_until[mailbox.pk] = min(found.until, self._clock() + LOOK_AGAIN)
                elif not self._send(post, found) or self._stop.is_set():
                    return

    def _send(self, post: Sender, claimed: Claimed) -> bool:
        """Hand one mail over and write down how it went; whether the mailbox can take another one."""
        try:
            mail = outgoing_of(claimed.message)
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


@contextmanager
def fresh_connection() -> Iterator[None]:
    """A thread's own database connection, closed with it."""
    close_old_connections()
    try:
        yield
    finally:
        connections.close_all()
