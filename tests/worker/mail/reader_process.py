"""A process of its own that reads one mailbox again and again, each time killed at a random moment.

    python -m tests.worker.mail.reader_process MAILBOX MAILS MOST_KILLS

By stdin it is told the database's settings and the secret key.
It forks while it holds no connection to anything, with everything loaded, so that a life is spent on reading. Prints
how often it killed, and how often in the middle of the work.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from random import Random
from threading import Event
from time import monotonic, sleep
from typing import NoReturn

# Two lives of three last until something was taken in, however slow the machine is, and then a moment longer.
LIFE_SECONDS, MOMENT_SECONDS, PATIENCE_SECONDS = (0.02, 0.25), 0.04, 20.0


def main(mailbox_id: int, mails: int, most_kills: int) -> None:
    import django
    from django.conf import settings

    told = json.load(sys.stdin)
    settings.DATABASES["default"].update(told["database"])
    settings.SECRET_KEY = told["secret_key"]
    django.setup()
    kills, in_the_middle, chance = 0, 0, Random(11)
    before, after = 0, taken()
    while after < mails and kills < most_kills:
        live(mailbox_id, chance, anyhow=kills % 3 == 0)
        before, after, kills = after, taken(), kills + 1
        in_the_middle += before < after < mails
    print(json.dumps({"kills": kills, "in_the_middle": in_the_middle}))


def live(mailbox_id: int, chance: Random, *, anyhow: bool) -> None:
    before = taken()
    child = os.fork()
    if child == 0:
        read(mailbox_id)
    if anyhow:
        sleep(chance.uniform(*LIFE_SECONDS))
    else:
        ends = monotonic() + PATIENCE_SECONDS
        while taken() == before and monotonic() < ends:
            sleep(0.005)
        sleep(chance.uniform(0, MOMENT_SECONDS))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def read(mailbox_id: int) -> NoReturn:
    """As the worker's thread does; then wait for the end."""
    from django.utils import timezone

    from ringback.adapters.mail.imap import ImapMailbox
    from ringback.models import Mailbox
    from ringback.queries.mailboxes import reach, reading_server
    from ringback.worker.mail.reading import catch_up

    try:
        mailbox = Mailbox.objects.get(pk=mailbox_id)
        with ImapMailbox(reading_server(mailbox), reach=reach()) as inbox:
            catch_up(mailbox, inbox, timezone.now, Event())
    finally:
        sleep(600)
    os._exit(0)


def taken() -> int:
    """Leaves no connection open: the next thing that happens is a fork."""
    from django.db import connections

    import ringback.worker.mail.reading  # noqa: F401 (loaded once, for all who are forked)
    from ringback.models import IncomingMail

    try:
        return IncomingMail.objects.count()
    finally:
        connections.close_all()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
