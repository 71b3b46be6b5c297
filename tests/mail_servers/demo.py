"""Watch mail go out and come in beside the demo company: what `bin/demo-mail` starts.

Rosa's mailbox is connected to a mail server on this machine; what she sends appears here, and can be answered.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from tests.mail_servers.answers import away, bounce, calendar_answer, reply
from tests.mail_servers.certificates import make_certificates
from tests.mail_servers.imap_server import ImapServer, running_imap_server
from tests.mail_servers.smtp_sink import SmtpSink

HELP = """
What she sends appears here. Answer mail 1 like a prospect would:
  r 1 Thursday at ten suits me      reply
  y 1  /  n 1                       their calendar accepts / declines the invitation
  o 1 I am away until 4 December.   out of office
  b 1                               the address does not exist
  q                                 stop
"""
ANSWERS: dict[str, Callable[[EmailMessage, str], bytes]] = {
    "r": reply,
    "y": lambda mail, _: calendar_answer(mail, "ACCEPTED"),
    "n": lambda mail, _: calendar_answer(mail, "DECLINED"),
    "o": lambda mail, text: away(mail, text or "I am out of office."),
    "b": lambda mail, _: bounce(mail),
}


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        SmtpSink() as sink,
        running_imap_server(make_certificates(Path(folder))) as inbox,
    ):
        address = connect(sys.argv[1] if len(sys.argv) > 1 else "rosa", sink, inbox)
        print(f"{address} sends and receives on this machine now. Work in Ringback, and look here.\n{HELP}")
        threading.Thread(target=tell, args=(sink,), daemon=True).start()
        answer_all(sink, inbox)


def connect(username: str, sink: SmtpSink, inbox: ImapServer) -> str:
    """Give this person of the demo company a mailbox here; its address."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringback.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from ringback.actions.mailboxes import MailboxFields, change_mailbox, connect_mailbox, resume_mailbox
    from ringback.models import Mailbox, User, Workspace

    now, user = timezone.now(), User.objects.get(username=username)
    Workspace.objects.filter(pk=1).update(private_hosts=True)
    fields = MailboxFields(
        address=user.email or f"{username}@demo.example",
        smtp_host="127.0.0.1",
        smtp_port=sink.server.port,
        smtp_security=Mailbox.NONE,
        username="",
        secret="",
        imap_host="127.0.0.1",
        imap_port=inbox.server.port,
        imap_security=Mailbox.NONE,
        imap_username=inbox.server.username,
        imap_secret=inbox.server.secret,
    )
    known = Mailbox.objects.filter(owner=user, address=fields.address).first()
    if known is None:
        connect_mailbox(by=user, owner=user, fields=fields, now=now)
    else:
        change_mailbox(by=user, mailbox=known, fields=fields, now=now)
        resume_mailbox(by=user, mailbox=known, now=now)
    return str(fields.address)


def tell(sink: SmtpSink) -> None:
    told = 0
    while True:
        for mail in sink.mails[told:]:
            told += 1
            print(f"\n{told}: to {mail.message['To']}\n   {mail.message['Subject']}{extras(mail.message)}", flush=True)
        time.sleep(0.2)


def extras(message: EmailMessage) -> str:
    calendar = [str(part.get_param("method")) for part in message.walk() if part.get_content_type() == "text/calendar"]
    files = [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename() != "invite.ics"]
    return "".join(
        [*(f"\n   invitation: {each}" for each in calendar[:1]), *(f"\n   attached: {each}" for each in files)]
    )


def answer_all(sink: SmtpSink, inbox: ImapServer) -> None:
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "q":
            return
        number, _, text = rest.partition(" ")
        if word not in ANSWERS or not number.isdecimal() or not 1 <= int(number) <= len(sink.mails):
            print(HELP)
            continue
        try:
            inbox.put(ANSWERS[word](sink.mails[int(number) - 1].message, text))
            print("   (sent back to her)")
        except StopIteration:
            print("   That mail carries no invitation.")


if __name__ == "__main__":
    main()
