"""One follow-up from the call to the ladder, by mail that really travels: Postfix delivers it, Dovecot keeps it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from time import monotonic
from typing import Any

import pytest

from ringback.actions.mailboxes import MailboxFields, connect_mailbox
from ringback.adapters.mail.imap import ImapMailbox
from ringback.domain.mail.outgoing import MailServer
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Appointment, Article, ContactPoint, Enrollment, IncomingMail, Mailbox, Touch, Workspace
from ringback.worker.mail.opening import open_sender
from ringback.worker.mail.reading import Readers
from ringback.worker.mail.sending import Postman
from ringback.worker.mail.sent_folder import SentFolders
from tests.actions.rows import log, next_week, open_call, open_touches, reached, unreached
from tests.adapters.mail.test_post_office import inbox
from tests.cast import NOW, Cast, cast
from tests.mail_servers.answers import calendar_answer, reply
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.post_office import IMOGEN, ROSA, PostOffice
from tests.worker.mail.test_reading import until
from tests.worker.mail.test_sending import invitation_in
from tests.worker.mail.world import Clock

pytestmark = pytest.mark.django_db(transaction=True)
A_MINUTE = 60


class House:
    """Rosa's mailbox at the post office, the worker's three parts, and Sofia, who reads her mail as Imogen."""

    def __init__(self, office: PostOffice, certificates: Certificates) -> None:
        self.office, self.certificates = office, certificates
        self.them: Cast = cast()
        Workspace.objects.update(private_hosts=True)
        ContactPoint.objects.filter(prospect=self.them.sofia, kind="email").update(value=IMOGEN)
        smtp, imap = office.smtp(), office.imap()
        fields = MailboxFields(
            address=ROSA,
            username=ROSA,
            secret=smtp.secret,
            sent_folder="Gesendet",
            smtp_host=smtp.host,
            smtp_port=smtp.port,
            smtp_security=smtp.security,
            imap_host=imap.host,
            imap_port=imap.port,
            imap_security=imap.security,
        )
        connect_mailbox(by=self.them.rosa, owner=self.them.rosa, fields=fields, now=NOW)
        # The servers date what they hold by their own clock, which is not the cast's.
        Mailbox.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
        self.clock = Clock()
        self.postman = Postman(open_sender, self.clock)

    def look(self, at: datetime) -> None:
        self.clock.now = at
        self.postman.look(at)
        self.postman.wait(60)
        folders = SentFolders()
        folders.look(at)
        folders.wait(60)

    def received(self, count: int) -> list[Any]:
        return inbox(self.office, self.certificates, IMOGEN, count=count)

    def answers(self, raw: bytes) -> None:
        """She sends it by her own server."""
        server: MailServer = self.office.smtp(IMOGEN)
        with smtplib.SMTP(server.host, server.port, timeout=20) as client:
            client.starttls(context=self.certificates.reach.tls())
            client.login(server.username, server.secret)
            client.sendmail(IMOGEN, [ROSA], raw)

    @contextmanager
    def being_read(self) -> Iterator[None]:
        readers = Readers(self.clock, wait_seconds=2)
        readers.look(self.clock.now)
        try:
            assert until(lambda: Mailbox.objects.filter(read_at__isnull=False).exists(), 30), "it was never read"
            yield
        finally:
            readers.stop(30)


@pytest.fixture
def house(transactional_db: None, post_office: PostOffice, certificates: Certificates, settings: Any) -> House:
    settings.MAIL_AUTHORITIES = certificates.authorities
    return House(post_office, certificates)


def test_A4_A7_A8_from_the_call_to_the_ladder(house: House) -> None:
    sofia = house.them.sofia
    Article.objects.create(title="Glaze at sea", promise="three recipes", topics=["sailing"], text="Mix.", added_at=NOW)
    log(house.them.rosa, open_call(sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    appointment = Appointment.objects.get(prospect=sofia)

    house.look(NOW + UNDO_WAIT)
    [confirmation] = house.received(1)
    assert invitation_in(confirmation) == ("REQUEST", appointment.uid, 0, next_week(NOW))

    house.look(Touch.objects.get(kind="reminder").due_at + UNDO_WAIT)
    reminder = next(mail for mail in house.received(2) if mail["Message-ID"] != confirmation["Message-ID"])
    assert ("30 November" in reminder["Subject"], "10:00" in reminder["Subject"]) == (True, False)
    assert [part.get_filename() for part in reminder.iter_attachments()] != []
    assert "P.S." in reminder.get_body(("plain",)).get_content()

    with house.being_read():
        house.answers(calendar_answer(confirmation, "DECLINED"))
        assert until(lambda: IncomingMail.objects.filter(trouble="").exists(), A_MINUTE)
    appointment.refresh_from_db()
    assert (IncomingMail.objects.get().kind, appointment.state) == ("calendar_answer", "cancelled")
    assert any(touch.channel == "call" and "A1" in touch.because_rule for touch in open_touches(sofia))
    # What was sent lies in the Sent folder too, once each.
    assert all(copied for copied in sofia.messages.values_list("copied_at", flat=True))
    with ImapMailbox(house.office.imap(), timeout=15, reach=house.certificates.reach) as mailbox:
        assert len(list(mailbox.new_mails("Gesendet", None, 0, since=date(2020, 1, 1)))) == sofia.messages.count()


def test_C5_a_reply_stops_a_cadence_within_a_minute(house: House) -> None:
    sofia = house.them.sofia
    sofia.needs.create(text="less waste", learned_at=NOW)
    log(house.them.rosa, open_call(sofia), unreached(MachineResult.VOICEMAIL, NOW), NOW)
    house.look(Touch.objects.get(prospect=sofia, state="open").due_at + UNDO_WAIT)
    [mail] = house.received(1)
    with house.being_read():
        began = monotonic()
        house.answers(reply(mail, "Thursday at ten suits me."))
        stopped = until(lambda: Enrollment.objects.filter(prospect=sofia, finish_reason="replied").exists(), A_MINUTE)
        assert (stopped, monotonic() - began < A_MINUTE) == (True, True)
    assert IncomingMail.objects.get().new_text == "Thursday at ten suits me."
    assert [touch.kind for touch in open_touches(sofia)] == ["review"]
