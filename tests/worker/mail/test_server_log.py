"""A mail in doubt that Postfix took is found in its log, and the plan goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.senders import sender_for
from ringback.domain.mail.outgoing import Delivery
from ringback.models import Message
from ringback.queries.handing_over import outgoing_of
from ringback.worker.mail.server_log import look_into_log
from tests.actions.mailing.rows import mailbox, queued, state
from tests.cast import cast
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.post_office import IMOGEN, ROSA, PostOffice
from tests.worker.mail.test_reading import until


@pytest.mark.django_db
def test_what_the_server_took_was_sent_and_what_it_did_not_stays_in_doubt(
    post_office: PostOffice, certificates: Certificates, settings: Any
) -> None:
    them = cast()
    box = mailbox(them.rosa, address=ROSA)
    taken, not_taken = (queued(box, them.sofia, state="unknown", to_address=IMOGEN) for _ in range(2))
    assert look_into_log(timezone.now()) == 0  # nobody has said where a log lies
    settings.MAIL_LOG = post_office.log
    sender = sender_for(post_office.smtp(), timeout=15, reach=certificates.reach)
    assert compose(outgoing_of(taken, taken.mailbox))["Message-ID"] == taken.message_id
    assert sender.send(outgoing_of(taken, taken.mailbox)).delivery is Delivery.ACCEPTED
    sender.close()
    assert until(lambda: look_into_log(timezone.now()) == 1, 20)
    assert (state(taken), state(not_taken)) == ("sent", "unknown")
    assert "queue active" in Message.objects.get(pk=taken.pk).answer


@pytest.mark.django_db
def test_a_log_that_cannot_be_read_ends_nothing_and_stops_nothing(settings: Any, tmp_path: Path) -> None:
    them = cast()
    doubted = queued(mailbox(them.rosa), them.sofia, state="unknown")
    settings.MAIL_LOG = tmp_path / "none"
    assert (look_into_log(timezone.now()), state(doubted)) == (0, "unknown")
