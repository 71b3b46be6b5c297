"""How fast mail leaves, how late, what is sent after somebody was blocked, and what waiting mail costs.

    python bench/send_mail.py [--database postgresql] [--mails 20000] [--later 1000000] [--workers 4] [--delay 0.02]

Throughput: several worker processes (one on SQLite, unless --workers says otherwise) over mails that are all due, held
against a hand-written SMTP loop with the same number of connections to the same sink. Lateness: touches of ten reps,
each with a mailbox, fall due at a steady rate; each mail is written, claimed and handed over by workers that look once
a second, as the real one does. Blocked: people are blocked while their mails are on the way. Idle: the look for due
work beside a million mails that are scheduled for later.
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
# Whether all is done is asked this often; for lateness, what is due is looked for as often as the real worker does.
LOOK_SECONDS, REAL_LOOK_SECONDS = 0.1, 1.0
A_SECOND, SENDERS = 50, 10
# From the last touch's moment on: what has not left by then is lost.
PATIENCE_SECONDS = 30


def measure(chosen: argparse.Namespace) -> None:
    mails = 400 if chosen.quick else chosen.mails
    workers = chosen.workers or WORKERS[chosen.database]
    with tempfile.TemporaryDirectory(prefix="ringback-send-", dir="/tmp") as folder:
        place = Path(folder)
        throughput(workers, mails, chosen.delay, place)
        lateness(workers, 4 if chosen.quick else chosen.seconds, chosen.delay, place)
        blocked(60 if chosen.quick else 600, place)
        idle(20_000 if chosen.quick else chosen.later)


def throughput(workers: int, count: int, delay: float, place: Path) -> None:
    from django.utils import timezone
    from people import a_rep
    from post import a_mailbox, mails, people, sink

    from ringback.models import Message

    now, rep = timezone.now(), a_rep()
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
        f" {count / by_hand:7.1f}, share {share:.2f}   n={count}   aim ≥ 0.6: {'met' if share >= 0.6 else 'MISSED'}",
        flush=True,
    )
    twice = len(taken) - len(set(taken))
    good = not twice and len(taken) == count and not Message.objects.exclude(state="sent").exists()
    print(f"  sent {len(taken)}, twice {twice}   aim all once: {'met' if good else 'MISSED'}", flush=True)


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


def serve_until(done: Callable[[], bool], look_seconds: float = LOOK_SECONDS) -> None:
    from django.utils import timezone

    from ringback.worker.mail.opening import open_sender
    from ringback.worker.mail.sending import Postman

    postman = Postman(open_sender, timezone.now)
    while not done():
        postman.look(timezone.now())
        Event().wait(look_seconds)
    postman.stop(10)


def all_sent() -> bool:
    from ringback.models import Message

    return not Message.objects.filter(state__in=("queued", "sending")).exists()


def lateness(workers: int, seconds: int, delay: float, place: Path) -> None:
    """Touches that fall due one after the other, from their moment to the server's log."""
    from django.db import connections
    from django.utils import timezone
    from people import a_rep, enrolled
    from post import a_mailbox, sink

    from ringback.models import Message

    clean()
    count = seconds * A_SECOND
    _, ids = enrolled(count, timezone.now())
    reps = [a_rep(f"rep{number}") for number in range(SENDERS)]
    with sink(place / "late.log", delay) as taking:
        for rep in reps:
            a_mailbox(rep, taking.port, timezone.now())
        begins = fall_due(ids, [rep.pk for rep in reps])
        connections.close_all()
        ends = time.monotonic() + seconds + PATIENCE_SECONDS

        def done() -> bool:
            return time.monotonic() > ends or (Message.objects.count() == count and all_sent())

        timed(lambda _: serve_until(done, REAL_LOOK_SECONDS), workers, count)
        at = {each.to: each.at for each in taking.taken()}
    late = [
        at[address_of(prospect)] - (begins + number / A_SECOND)
        for number, prospect in enumerate(ids)
        if address_of(prospect) in at
    ]
    late += [float("inf")] * (count - len(late))
    p99 = sorted(late)[int(0.99 * (count - 1))]
    print(
        f"late, {workers} worker(s), {A_SECOND} a second for {seconds} s: sent {len(at)} of {count},"
        f" median {statistics.median(late):.2f} s, p99 {p99:.2f} s, at most {max(late):.2f} s "
        f"  {verdict(p99, 5, ' s')}",
        flush=True,
    )
    if len(at) < count:
        say_why_not()


def fall_due(ids: list[int], reps: list[int]) -> float:
    """Each of these people has one mail to get, the first in a few seconds; that moment, in seconds since the epoch."""
    from django.db.models import F
    from django.utils import timezone

    from ringback.domain.lanes import AUTOMATIC
    from ringback.domain.mail.sending import UNDO_WAIT
    from ringback.models import ContactPoint, Need, Touch

    learned = timezone.now()
    # What the mail of that step names, and where it goes.
    Need.objects.bulk_create(Need(prospect_id=each, text="less waste", learned_at=learned) for each in ids)
    addresses = (ContactPoint(prospect_id=each, kind="email", value=address_of(each), position=1) for each in ids)
    ContactPoint.objects.bulk_create(addresses, batch_size=500)
    Touch.objects.filter(prospect__lt=ids[0]).delete()
    rung = {"channel": "email", "step_id": "day-3", "kind": "cadence", "lane": AUTOMATIC}
    touches = list(Touch.objects.filter(state="open").order_by("prospect"))
    begins = timezone.now() + timedelta(seconds=3 + len(ids) / 1000)
    for number, touch in enumerate(touches):
        touch.due_at = begins + timedelta(seconds=number / A_SECOND) - UNDO_WAIT
        touch.owner_id = reps[number % len(reps)]
    Touch.objects.update(**rung, due_at=F("due_at") + timedelta(days=365))
    Touch.objects.bulk_update(touches, ["due_at", "owner"], batch_size=200)
    return begins.timestamp()


def address_of(prospect: int) -> str:
    return f"ada{prospect}@example.org"


def say_why_not() -> None:
    """A figure about mails that never left would say nothing."""
    from django.db.models import Count
    from django.utils import timezone

    from ringback.models import Message, Touch

    due = Touch.objects.filter(state="open", due_at__lte=timezone.now())
    for why, count in due.values_list("held").annotate(Count("pk")):
        print(f"  {count} not sent: {why or 'not written in time'}", flush=True)
    for state, why, count in Message.objects.exclude(state="sent").values_list("state", "answer").annotate(Count("pk")):
        print(f"  {count} {state}: {why or 'not handed over in time'}", flush=True)


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
    parser.add_argument("--workers", type=int, help="processes that send; 1 on SQLite and 4 on PostgreSQL if not said")
    parser.add_argument("--later", type=int, default=1_000_000, help="mails that wait for later beside an idle look")
    parser.add_argument("--delay", type=float, default=0.02, help="seconds that the server takes for a mail")
    return parser


if __name__ == "__main__":
    each_database(measure, options())
