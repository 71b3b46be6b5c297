"""From a mailbox to whatever hands its mail over."""

from __future__ import annotations

from ringback.actions.mailboxes import MailboxFields, connect_mailbox
from ringback.domain.mail.outgoing import Delivery
from ringback.models import Mailbox, Workspace
from ringback.worker.mail.opening import open_sender
from ringback.worker.mail.trying import trial_mail
from tests.cast import NOW, cast
from tests.mail_servers.provider_api import KEY, ProviderApi


def test_mailbox_with_a_provider_sends_through_its_interface(db: None, provider_api: ProviderApi) -> None:
    them = cast(people=0)
    Workspace.objects.update(private_hosts=True)
    fields = MailboxFields(address="rosa@kilns.example", provider="postmark", secret=KEY)
    mailbox = connect_mailbox(by=them.rosa, owner=them.rosa, fields=fields, now=NOW)
    Mailbox.objects.update(smtp_host=provider_api.server.host)
    mailbox.refresh_from_db()
    with open_sender(mailbox) as sender:
        assert sender.send(trial_mail(mailbox, "imogen@hartley.example", NOW)).delivery is Delivery.ACCEPTED
    assert [given["To"] for given in provider_api.mails] == ["imogen@hartley.example"]
