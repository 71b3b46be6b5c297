"""Rosa's mailbox at a real SMTP server, and a worker that looks when a test tells it to."""

from __future__ import annotations

from datetime import datetime

from ringback.domain.vocabulary import Outcome
from ringback.models import Appointment, Mailbox, Workspace
from ringback.queries.library import cadence_value
from ringback.worker.mail.opening import open_sender
from ringback.worker.mail.sending import Postman
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW, Cast, cast
from tests.mail_servers.smtp_sink import SmtpSink


class Clock:
    """The worker's clock, moved by the test."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class World:
    """Rosa with a mailbox at the sink, and a worker that looks when it is told to."""

    def __init__(self, sink: SmtpSink) -> None:
        cadence_value.cache_clear()
        self.them: Cast = cast()
        self.sink, self.clock = sink, Clock()
        Workspace.objects.update(private_hosts=True)
        self.box = Mailbox.objects.create(
            owner=self.them.rosa,
            address="rosa@kilns.example",
            from_name="Rosa Lindqvist",
            smtp_host=sink.server.host,
            smtp_port=sink.server.port,
            smtp_security=Mailbox.NONE,
            created_at=NOW,
        )
        self.postman = Postman(open_sender, self.clock)

    def look(self, at: datetime) -> None:
        """One look of the worker at this moment, to its end."""
        self.clock.now = at
        self.postman.look(at)
        self.postman.wait(30)

    def agree(self) -> Appointment:
        log(self.them.rosa, open_call(self.them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
        return Appointment.objects.get(prospect=self.them.sofia)

    def subjects(self) -> list[str]:
        return [str(each.message["Subject"]) for each in self.sink.mails]
