"""A thread for each mailbox that has something to do, never two for the same, and rest after trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Thread

from ringback.domain.mail.sending import mailbox_rests
from ringback.models import Mailbox


@dataclass(slots=True)
class Round:
    """A mailbox's thread, how often in a row it failed, and when it is tried again."""

    thread: Thread | None = None
    failures: int = 0
    rests_until: datetime | None = None

    def failed(self, now: datetime) -> None:
        self.failures += 1
        self.rests_until = mailbox_rests(self.failures, now)

    def went_well(self) -> None:
        self.failures, self.rests_until = 0, None


class Rounds:
    """One mailbox's trouble delays no other's: each runs, and rests, for itself."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.of: dict[int, Round] = {}

    def may_start(self, mailbox_id: int, now: datetime) -> bool:
        known = self.of.get(mailbox_id)
        if known is None:
            return True
        if known.thread is not None and known.thread.is_alive():
            return False
        return known.rests_until is None or known.rests_until <= now

    def start(self, mailbox: Mailbox, run: Callable[[Mailbox, Round], None]) -> None:
        state = self.of.setdefault(mailbox.pk, Round())
        state.thread = Thread(target=run, args=(mailbox, state), name=f"{self._name} {mailbox.pk}", daemon=True)
        state.thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Until each has ended, but no longer than `seconds` for one."""
        for each in list(self.of.values()):
            if each.thread is not None:
                each.thread.join(seconds)
