"""A mailbox, mails that wait in it, and a sink that takes them: what the benches of sending share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from filling import fill, instant
from smtp_sink import Taken, read_log

from ringback.domain.mail.identity import message_id
from ringback.models import Mailbox, Message, Prospect, User, Workspace

BODY = "Dear Ada,\n\n" + "we speak on Monday at ten about the figures of your line.\n" * 20


@dataclass(frozen=True, slots=True)
class Sink:
    port: int
    log: Path

    def taken(self) -> list[Taken]:
        return read_log(self.log)


@contextmanager
def sink(log: Path, delay: float) -> Iterator[Sink]:
    """The sink in a process of its own, gone afterwards."""
    command = [sys.executable, str(Path(__file__).with_name("smtp_sink.py")), str(log), "--delay", str(delay)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Sink(int(process.stdout.readline()), log)
    finally:
        process.terminate()
        process.wait()


def a_mailbox(rep: User, port: int, now: datetime) -> Mailbox:
    """One without caps, on this machine."""
    Workspace.objects.filter(pk=1).update(private_hosts=True)
    return Mailbox.objects.create(
        owner=rep,
        address="ren@bench.example",
        from_name="Ren",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security=Mailbox.NONE,
        per_minute=0,
        per_day=0,
        created_at=now,
    )


def people(rep: User, count: int, now: datetime, *, first: int = 1) -> None:
    """`count` prospects from the number `first` on, who wait for nothing but mail."""
    blank = Prospect(owner=rep, first_name="Ada", created_at=now, zone="Europe/Berlin", qualification="qualified")
    fill(Prospect, ({"id": each, "shown_name": f"Ada {each}"} for each in range(first, first + count)), like=blank)


def mails(box: Mailbox, count: int, due_at: datetime, *, apart: timedelta = timedelta(0), first: int = 1) -> None:
    """One mail to each of `count` people from the number `first` on, the next one due `apart` later."""
    blank = Message(
        mailbox=box, prospect_id=1, situation="own", subject="Our talk", text=BODY, due_at=due_at, created_at=due_at
    )
    rows = (
        {
            "prospect_id": each,
            "message_id": message_id(uuid4().hex, box.address),
            "to_address": f"ada{each}@example.org",
            "due_at": instant(due_at + (each - first) * apart),
        }
        for each in range(first, first + count)
    )
    fill(Message, ({"id": number, **row} for number, row in enumerate(rows, start=first)), like=blank)
