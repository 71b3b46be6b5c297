"""How fast mail leaves, how late, what is sent after somebody was blocked, and what waiting mail costs.

    python bench/send_mail.py [--database postgresql] [--mails 20000] [--delay 0.02]

Throughput: several worker processes (one on SQLite) over mails that are all due, held against a hand-written SMTP loop
with the same number of connections to the same sink. Lateness: touches fall due at a steady rate; each mail is written,
claimed and handed over. Blocked: people are blocked while their mails are on the way. Idle: the look for due work
beside a million mails that are scheduled for later.
"""

from __future__ import annotations

import argparse
import os
import signal
import smtplib
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Event

from ground import each_database, milliseconds, verdict

WORKERS = {"sqlite": 1, "postgresql": 4}
LOOK_SECONDS = 0.1
A_SECOND = 50


def measure(chosen: argparse.Namespace) -> None:
    mails = 400 if chosen.quick else chosen.mails
    with tempfile.TemporaryDirectory(prefix="ringback-send-", dir="/tmp") as folder:
        place = Path(folder)
        throughput(chosen.database, mails, chosen.delay, place)
        lateness(chosen.database, 4 if chosen.quick else chosen.seconds, chosen.delay, place)
        blocked(60 if chosen.quick else 600, place)
        idle(20_000 if chosen.quick else 1_000_000)


def throughput(database: str, count: int, delay: float, place: Path) -> None:
    from django.utils import timezone
    from people import a_rep
    from post import a_mailbox, mails, people, sink

    from ringback.models import Message

    workers, now = WORKERS[database], timezone.now()
    rep = a_rep()
    people(rep, count, now)
    with sink(place / "hand.log", delay) as taking:
        by_hand = timed(lambda share: by_hand_loop(taking.port, share), workers, count)
    with sink(place / "ours.log", delay) as taking:
        mails(a_mailbox(rep, taking.port, now), count, now - timedelta(seconds=1))
        ours = timed(lambda _: serve_until(all_sent), workers, count)
        taken = [each.message_id for each in taking.taken()]
    share = by_hand / ours
    print(
        f"send, {workers} worker(s), {delay * 1000:.0f} ms a mail: {count / ours:7.1f} mails/s, by hand"
        f" {count / by_hand:7.1f}, share {share:.2f}   n={count}   aim ≥ 0.6: {'met' if share >= 0.6 else 'MISSED'}"
    )
    twice = len(taken) - len(set(taken))
    good = not twice and len(taken) == count and not Message.objects.exclude(state="sent").exists()
    print(f"  sent {len(taken)}, twice {twice}   aim all once: {'met' if good else 'MISSED'}")


def timed(work: Callable[[int], None], workers: int, count: int) -> float:
    """Seconds until all forked workers have done their share."""
    from django.db import connections

    connections.close_all()
    began = time.monotonic()
    children = [fork(lambda: work(count // workers)) for _ in range(workers)]
    for child in children:
        os.waitpid(child, 0)
    return time.monotonic() - began


def fork(work: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def by_hand_loop(port: int, count: int) -> None:
    from post import BODY

    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(count):
            mail = EmailMessage()
            mail["Message-ID"], mail["Subject"] = f"<{os.getpid()}.{number}@hand.example>", "Our talk"
            mail["From"], mail["To"] = "ren@bench.example", f"ada{number}@example.org"
            mail.set_content(BODY)
            server.send_message(mail)


def serve_until(done: Callable[[], bool]) -> None:
    from django.utils import timezone

    from ringback.worker.mail.opening import open_sender
    from ringback.worker.mail.sending import Postman

    postman = Postman(open_sender, timezone.now)
    while not done():
        postman.look(timezone.now())
        Event().wait(LOOK_SECONDS)
    postman.stop(10)


def all_sent() -> bool:
    from ringback.models import Message

    return not Message.objects.filter(state__in=("queued", "sending")).exists()


def lateness(database: str, seconds: int, delay: float, place: Path) -> None:
    """Touches that fall due one after the other, from their moment to the server's log."""
    from django.db import connections
    from django.utils import timezone
    from people import enrolled
    from post import a_mailbox, sink

    from ringback.domain.lanes import AUTOMATIC
    from ringback.domain.mail.sending import UNDO_WAIT
    from ringback.models import ContactPoint, Message, Need, Touch

    clean()
    count, workers = seconds * A_SECOND, WORKERS[database]
    rep, ids = enrolled(count, timezone.now())
    with sink(place / "late.log", delay) as taking:
        a_mailbox(rep, taking.port, timezone.now())
        begins = timezone.now() + timedelta(seconds=3)
        for number, prospect in enumerate(ids):
            due = begins + timedelta(seconds=number / A_SECOND) - UNDO_WAIT
            Touch.objects.filter(prospect=prospect, state="open").update(
                channel="email", step_id="day-3", kind="cadence", lane=AUTOMATIC, due_at=due
            )
            ContactPoint.objects.filter(prospect=prospect, kind="email").update(value=f"ada{prospect}@example.org")
        Touch.objects.exclude(prospect__in=ids).delete()
        # What the mail of that step names.
        Need.objects.bulk_create(Need(prospect_id=each, text="less waste", learned_at=begins) for each in ids)
        connections.close_all()
        ends = time.monotonic() + 3 + seconds + 20

        def done() -> bool:
            return time.monotonic() > ends or (Message.objects.count() == count and all_sent())

        timed(lambda _: serve_until(done), workers, count)
        at = {each.to: each.at for each in taking.taken()}
    late = [
        at[f"ada{prospect}@example.org"] - (begins.timestamp() + number / A_SECOND)
        for number, prospect in enumerate(ids)
        if f"ada{prospect}@example.org" in at
    ]
    late = late if len(late) > 1 else [float("inf")] * 2
    p99 = statistics.quantiles(late, n=100)[98]
    print(
        f"late, {A_SECOND} a second for {seconds} s: sent {len(at)} of {count},"
        f" median {statistics.median(late):.2f} s, p99 {p99:.2f} s, at most {max(late):.2f} s   {verdict(p99, 5, ' s')}"
    )


def blocked(count: int, place: Path) -> None:
    """Everybody is blocked while their mails are on the way; no mail may be taken after the block's commit."""
    from django.utils import timezone
    from people import a_rep
    from post import a_mailbox, mails, people, sink

    from ringback.actions.reacting import opt_out
    from ringback.models import Prospect

    clean()
    rep, now = a_rep(), timezone.now()
    people(rep, count, now)
    with sink(place / "blocked.log", 0.04) as taking:
        mails(a_mailbox(rep, taking.port, now), count, now - timedelta(seconds=1))
        from django.db import connections

        connections.close_all()
        child = fork(lambda: serve_until(all_sent))
        committed: dict[str, float] = {}
        for prospect in Prospect.objects.order_by("pk"):
            opt_out(by=rep, prospect=prospect, proof="Said so.", key=f"stop-{prospect.pk}", now=timezone.now())
            committed[f"ada{prospect.pk}@example.org"] = time.time()
            time.sleep(0.01)
        os.waitpid(child, 0)
        taken = taking.taken()
    after = sum(each.at > committed[each.to] for each in taken)
    print(
        f"blocked while on the way: {len(taken)} of {count} had left before, {after} after the block's commit"
        f"   aim 0: {'met' if not after else 'MISSED'}"
    )


def idle(count: int) -> None:
    """One look of the worker, with nothing due."""
    from django.utils import timezone
    from filling import in_haste
    from people import a_rep
    from post import a_mailbox, mails, people

    from ringback.worker.mail.opening import open_sender
    from ringback.worker.mail.sending import Postman

    clean()
    rep, now = a_rep(), timezone.now()
    with in_haste():
        people(rep, count, now)
        mails(a_mailbox(rep, 1, now), count, now + timedelta(days=1), apart=timedelta(seconds=1))
    postman = Postman(open_sender, timezone.now)
    times = [milliseconds(lambda: postman.look(timezone.now())) for _ in range(200)]
    middle = statistics.median(times[20:])
    print(f"idle look beside {count} mails for later: median {middle:.2f} ms   {verdict(middle, 5, ' ms')}")


def clean() -> None:
    from django.db import connection

    from ringback.models import Activity, Arrangement, Mailbox, Message, Prospect, Suppression, Touch

    for model in (Message, Activity, Touch, Arrangement, Suppression, Prospect, Mailbox):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
            else:
                cursor.execute("PRAGMA foreign_keys=OFF")
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
                cursor.execute("PRAGMA foreign_keys=ON")


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="How fast and how late mail leaves.")
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--delay", type=float, default=0.02, help="seconds that the server takes for a mail")
    return parser


if __name__ == "__main__":
    each_database(measure, options())
