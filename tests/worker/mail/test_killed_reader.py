"""A reader that is killed in the middle of taking mails in, again and again: nothing twice, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ringback.models import IncomingMail, Mailbox
from tests.mail_servers.imap_server import ImapServer
from tests.worker.mail.test_reading import arrange, letter, reads

MAILS, MOST_KILLS = 24, 80
ROOT = Path(__file__).resolve().parents[3]
KEYS = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def killed_while_reading(mailbox: Mailbox) -> dict[str, int]:
    """By an interpreter of its own: a fork beside the connections of other tests would inherit them."""
    database = {name: value for name, value in connection.settings_dict.items() if name in KEYS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.worker.mail.reader_process", str(mailbox.pk), str(MAILS), str(MOST_KILLS)],
        input=json.dumps({"database": database, "secret_key": settings.SECRET_KEY}),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.django_db(transaction=True)
def test_C5_nothing_is_taken_twice_or_lost_by_a_reader_that_is_killed(imap_server: ImapServer) -> None:
    them, mailbox = arrange(imap_server)
    for number in range(MAILS):
        imap_server.put(letter(number, message_id=number % 4 != 0))  # some carry no name of their own
    told = killed_while_reading(mailbox)
    assert told["in_the_middle"] >= 3, told
    reads(mailbox)  # what the last one left undone
    assert reads(mailbox) == 0
    rows = IncomingMail.objects.order_by("id")
    assert [row.subject for row in rows] == [f"Letter {number}" for number in range(MAILS)]
    assert {(row.kind, row.trouble, row.prospect_id) for row in rows} == {("reply", "", them.sofia.pk)}
    # What each brought about happened once, and is that mail's own.
    replies = them.sofia.arrangements.filter(event="reply").order_by("pk").values_list("pk", flat=True)
    assert list(replies) == [row.arrangement_id for row in rows]
