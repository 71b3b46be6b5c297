"""`ringback mail` before real servers."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ringback.actions.mailboxes import MailboxFields, connect_mailbox, pause_mailbox
from ringback.adapters.secrets import seal
from ringback.management.health import State, mailboxes
from ringback.models import Mailbox, Workspace
from tests.cast import NOW, Cast
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.smtp_sink import SmtpSink

SECRET = "sage-glaze-91"


def said(*words: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("mail", *words, stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        return out.getvalue(), int(str(ended.code))
    return out.getvalue(), 0


@pytest.fixture
def rosas(them: Cast, smtp_sink: SmtpSink, imap_server: ImapServer) -> Mailbox:
    Workspace.objects.update(private_hosts=True)
    smtp, imap = smtp_sink.server, imap_server.server
    fields = MailboxFields(
        address="rosa@kilns.example",
        smtp_host=smtp.host,
        smtp_port=smtp.port,
        smtp_security="none",
        secret=SECRET,
        imap_host=imap.host,
        imap_port=imap.port,
        imap_security="none",
        imap_username=imap.username,
        imap_secret=imap.secret,
    )
    return connect_mailbox(by=them.rosa, owner=them.rosa, fields=fields, now=NOW)


def test_trial_that_comes_back(rosas: Mailbox, smtp_sink: SmtpSink, imap_server: ImapServer) -> None:
    # What a provider does in a second: the mail that was handed over lies in the inbox.
    deliver = threading.Thread(target=lambda: imap_server.put(smtp_sink.wait_for(1)[0].content))
    deliver.start()
    words, code = said("try", "Rosa@kilns.example", "--wait", "20")
    deliver.join()
    assert code == 0
    assert [line.partition(":")[0] for line in words.splitlines()] == [
        "✓ Connection and log-in",
        "✓ Sending",
        "✓ Arrival",
    ]


def test_trial_that_does_not(rosas: Mailbox) -> None:
    words, code = said("try", str(rosas.pk), "--wait", "0", "--json")
    data = json.loads(words)
    assert (code, data["passed"], data["mailbox"], data["to"]) == (1, False, rosas.address, rosas.address)
    assert [(step["step"], step["passed"]) for step in data["steps"]] == [
        ("connect", True), ("send", True), ("arrive", False),
    ]  # fmt: skip
    assert SECRET not in words


def test_trial_to_somebody_else_is_not_read_back(rosas: Mailbox, smtp_sink: SmtpSink) -> None:
    words, code = said("try", str(rosas.pk), "--to", "ada@kilns.example")
    assert (code, "Arrival" in words, smtp_sink.mails[0].recipients) == (0, False, ("ada@kilns.example",))


def test_unknown_mailbox_names_those_there_are(rosas: Mailbox) -> None:
    with pytest.raises(CommandError, match=r"no mailbox “nina@kilns\.example”\. There are: \d+ rosa@kilns\.example"):
        said("try", "nina@kilns.example")


def test_boxes_for_people_and_for_scripts(them: Cast, rosas: Mailbox) -> None:
    assert (
        said("boxes")[0] == f"{rosas.pk:>4}  rosa@kilns.example (rosa): unused, 0 of 400 sent in 24 hours, 0 waiting\n"
    )
    pause_mailbox(by=them.ada, mailbox=rosas, reason="On leave.", now=NOW)
    assert json.loads(said("boxes", "--json")[0]) == [
        {
            "mailbox": rosas.pk,
            "address": "rosa@kilns.example",
            "owner": "rosa",
            "state": "paused",
            "why": "On leave.",
            "sends": False,
            "sent_last_day": 0,
            "per_day": 400,
            "waiting": 0,
            "read_at": None,
            "retry_at": None,
        }
    ]


def test_doctor_knows_of_mailboxes(them: Cast, rosas: Mailbox) -> None:
    assert (mailboxes(NOW).state, mailboxes(NOW).found) == (State.OK, "1 working")
    Mailbox.objects.update(trouble="The password is wrong.")
    assert (mailboxes(NOW).state, mailboxes(NOW).found) == (State.WARN, "rosa@kilns.example: The password is wrong.")
    Mailbox.objects.update(secret=seal(SECRET, ["another key"]))
    assert mailboxes(NOW).state is State.FAIL
    pause_mailbox(by=them.rosa, mailbox=rosas, reason="On leave.", now=NOW)
    assert mailboxes(NOW).state is State.OK


def test_passwords_move_to_the_key_in_use(rosas: Mailbox, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "of this year", [settings.SECRET_KEY]
    assert json.loads(said("reseal", "--json")[0]) == {"mailboxes": 1}
    settings.SECRET_KEY_FALLBACKS = []
    assert mailboxes(NOW).state is State.OK
    settings.SECRET_KEY = "of next year"
    with pytest.raises(CommandError, match="another secret key"):
        said("reseal")
