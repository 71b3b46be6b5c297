"""From a mailbox to a connection that hands its mail over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from ringback.adapters.mail.senders import Sender, sender_for
from ringback.adapters.mail.smtp import TIMEOUT
from ringback.models import Mailbox
from ringback.queries.mailboxes import reach, sending_server


@contextmanager
def open_sender(mailbox: Mailbox, *, timeout: float = TIMEOUT) -> Iterator[Sender]:
    """The mailbox's sender, closed afterwards; nothing is connected before the first mail. Raises CannotOpen."""
    server, provider = sending_server(mailbox), mailbox.provider
    with closing(sender_for(server, provider=provider, timeout=timeout, reach=reach())) as sender:
        yield sender
