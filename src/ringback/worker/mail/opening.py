"""From a mailbox to a connection that hands its mail over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.senders import Sender, sender_for
from ringback.models import Mailbox
from ringback.queries.mailboxes import sending_server
from ringback.queries.standing import workspace_now


@contextmanager
def open_sender(mailbox: Mailbox) -> Iterator[Sender]:
    """The mailbox's sender, closed afterwards; nothing is connected before the first mail. Raises CannotOpen."""
    reach = Reach(private=workspace_now().private_hosts)
    with closing(sender_for(sending_server(mailbox), reach=reach)) as sender:
        yield sender
