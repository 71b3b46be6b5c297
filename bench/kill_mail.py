"""A worker is killed again and again while it sends: is anything lost, is anything sent twice?

    python bench/kill_mail.py [--kills 1000] [--database sqlite] [--naive]

Workers are forked with everything loaded, send what is due through the product's own way, and get SIGKILL after a
random while. The sink (smtp_sink.py) keeps the truth. What a kill leaves in doubt is looked up in the sink's log, as an
operator would in the server's, and decided: it was sent, or goes again. At the end every mail must be in the log once.

--naive sends first and marks afterwards, as a simple loop would: the same harness must then show mails sent twice, or
it would prove nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import smtplib
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from typing import Any

from ground import each_database

LIFE_SECONDS = (0.02, 0.8)
LEASE_SECONDS = 1.0
BATCH = 200
FEW = 40
STALLED_SECONDS = 600


@dataclass
class Tally:
    kills: int = 0
    in_doubt: int = 0
    most_by_one: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)
    found_sent: int = 0
    sent_again: int = 0
    seconds: list[float] = field(default_factory=list)


def measure(chosen: argparse.Namespace) -> None:
    kills = 25 if chosen.quick else chosen.kills
    with tempfile.TemporaryDirectory(prefix="ringback-kill-", dir="/tmp") as folder:
        print(f"{chosen.database}: {kills} kills, " + ("send, then mark" if chosen.naive else "as Ringback sends"))
        run(kills, Path(folder) / "sink.log", chosen.delay, naive=chosen.naive, seed=chosen.seed)


def run(kills: int, log: Path, delay: float, *, naive: bool, seed: int) -> None:
    from django.db import connections
    from django.utils import timezone
    from people import a_rep
    from post import a_mailbox, sink

    from ringback.domain.mail import sending

    # The lease of a real worker is two minutes; here a kill should be noticed while the bench still runs.
    sending.LEASE = timedelta(seconds=LEASE_SECONDS)
    from ringback.actions.mailing import claiming

    claiming.LEASE = sending.LEASE
    with sink(log, delay) as taking:
        supply = Supply(a_mailbox(a_rep(), taking.port, timezone.now()))
        supply.add()
        warm_up(supply.box)
        connections.close_all()
        tally = harass(kills, taking, supply, naive=naive, chance=random.Random(seed))
    report(tally, supply.mails, taking.taken())


@dataclass
class Supply:
    """Mails that are due, more of them as long as workers are still to be killed."""

    box: Any
    mails: int = 0

    def add(self) -> None:
        from post import mails, people

        people(self.box.owner, BATCH, self.box.created_at, first=self.mails + 1)
        mails(self.box, BATCH, self.box.created_at, first=self.mails + 1)
        self.mails += BATCH


def warm_up(box) -> None:  # type: ignore[no-untyped-def]
    """Load and compile everything that a worker needs, so that a forked one lives for sending alone."""
    from ringback.actions.mailing.claiming import Claimed, claim_next
    from ringback.actions.mailing.settling import settle
    from ringback.domain.mail.outgoing import Delivery, SendResult
    from ringback.models import Mailbox, Message
    from ringback.queries.handing_over import outgoing_of
    from ringback.worker.mail.opening import open_sender

    found = claim_next(mailbox=box, now=box.created_at)
    assert isinstance(found, Claimed)
    with open_sender(box) as sender:
        sender.check()
    outgoing_of(found.message, found.mailbox)
    settle(claimed=found, result=SendResult(Delivery.UNREACHABLE, "not yet"), now=box.created_at)
    Message.objects.filter(pk=found.message.pk).update(fence=0)
    Mailbox.objects.update(trouble="", troubles=0, retry_at=None)


def harass(kills: int, taking, supply: Supply, *, naive: bool, chance: random.Random) -> Tally:  # type: ignore[no-untyped-def]
    """Fork, wait a little, kill; until all kills are spent, and then until everything is settled."""
    tally, fruitless, longer = Tally(), 0, 1.0
    began = moved_at = time.monotonic()
    left = unsettled()
    while left and time.monotonic() - moved_at < STALLED_SECONDS:
        child = os.fork()
        if child == 0:
            work(taking.port, naive=naive)
        time.sleep(longer * (chance.uniform(*LIFE_SECONDS) if tally.kills < kills else 2.0))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        tally.kills += 1
        decide(tally, taking)
        now_left = unsettled()
        # On a busy machine a life may end before anything was sent: then the next ones last longer.
        fruitless = fruitless + 1 if now_left == left else 0
        longer *= 1.5 if fruitless and fruitless % 10 == 0 else 1.0
        if now_left < left:
            left, moved_at = now_left, time.monotonic()
        if left < FEW and tally.kills < kills:
            supply.add()
            left = unsettled()
    tally.seconds.append(time.monotonic() - began)
    return tally


def work(port: int, *, naive: bool) -> None:
    """The life of one worker, in the forked process."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from django.utils import timezone

    if naive:
        send_then_mark(port)
    from ringback.worker.mail.opening import open_sender
    from ringback.worker.mail.sending import Postman

    postman = Postman(open_sender, timezone.now)
    while True:
        postman.look(timezone.now())
        Event().wait(0.05)


def send_then_mark(port: int) -> None:
    """What a simple loop does."""
    from django.utils import timezone

    from ringback.models import Message

    with smtplib.SMTP("127.0.0.1", port) as server:
        while True:
            for row in Message.objects.filter(state="queued").order_by("pk")[:20]:
                mail = EmailMessage()
                mail["Message-ID"], mail["To"], mail["From"] = row.message_id, row.to_address, "ren@bench.example"
                mail.set_content(row.text)
                server.send_message(mail)
                Message.objects.filter(pk=row.pk).update(state="sent", settled_at=timezone.now())


def unsettled() -> int:
    from django.db import connections

    from ringback.models import Message

    try:
        return Message.objects.exclude(state="sent").count()
    finally:
        connections.close_all()  # nothing of it may be open in a fork


def decide(tally: Tally, taking) -> None:  # type: ignore[no-untyped-def]
    """What an operator does with mails in doubt: look into the server's log, then say so."""
    from django.db import connections
    from django.utils import timezone

    from ringback.actions.mailing.doubting import decide_doubt, found_sent
    from ringback.models import Message

    doubted = list(Message.objects.select_related("prospect").filter(state="unknown"))
    tally.in_doubt += len(doubted)
    broken_off = set(Message.objects.filter(state__in=("sending", "unknown")).values_list("pk", "fence"))
    tally.most_by_one = max(tally.most_by_one, len(broken_off - tally.seen))
    tally.seen |= broken_off
    if doubted:
        ids = {taken.message_id for taken in taking.taken()}
        for message in doubted:
            if message.message_id in ids:
                found_sent(message=message, proof="It is in the server's log.", now=timezone.now())
                tally.found_sent += 1
            else:
                decide_doubt(by=message.mailbox.owner, message=message, was_sent=False, now=timezone.now())
                tally.sent_again += 1
    connections.close_all()


def report(tally: Tally, count: int, taken) -> None:  # type: ignore[no-untyped-def]
    times = Counter(each.message_id for each in taken)
    waiting = unsettled()
    lost, doubled = count - waiting - len(times), sum(each > 1 for each in times.values())
    print(f"  mails {count}, kills {tally.kills}, {tally.seconds[0]:.0f} s")
    if waiting:
        print(f"  GAVE UP with {waiting} mails still waiting, since none left for {STALLED_SECONDS} s; {trouble()}")
    print(f"  lost     {lost:>6}   {interval(lost, count)}   aim 0: {'met' if not lost else 'MISSED'}")
    print(f"  doubled  {doubled:>6}   {interval(doubled, count)}   aim 0: {'met' if not doubled else 'MISSED'}")
    share = tally.in_doubt / tally.kills
    print(
        f"  in doubt {tally.in_doubt:>6}   {share:.2f} a kill, at most {tally.most_by_one} by one kill;"
        f" {tally.found_sent} were found in the log, {tally.sent_again} went again"
        f"   aim ≤ 1 a kill: {'met' if share <= 1 and tally.most_by_one <= 1 else 'MISSED'}"
    )


def trouble() -> str:
    """What the mailbox says of itself."""
    from ringback.models import Mailbox

    box = Mailbox.objects.get()
    return f"the mailbox: {box.trouble or 'no trouble'}, tried again at {box.retry_at}"


def interval(hits: int, n: int) -> str:
    """95 % (Wilson) of the true share a mail."""
    z = 1.959964
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * ((share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5) / (1 + z * z / n)
    return f"95 %: {max(0.0, middle - half) * 100:.3f} to {min(1.0, middle + half) * 100:.3f} % of the mails"


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Kill the worker while it sends, and count what is lost or doubled.")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--delay", type=float, default=0.03, help="seconds that the server takes for a mail")
    parser.add_argument("--naive", action="store_true", help="send first, mark afterwards: must show mails sent twice")
    parser.add_argument("--seed", type=int, default=7)
    return parser


if __name__ == "__main__":
    each_database(measure, options())
