"""The one door for handing mail over: by SMTP or through a provider, to the same contract."""

from __future__ import annotations

from typing import Protocol

from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.provider import ProviderSender
from ringback.adapters.mail.smtp import TIMEOUT, SmtpSender
from ringback.domain.mail.outgoing import MailServer, OutgoingMail, SendResult


class Sender(Protocol):
    """Hands over one mail at a time, never raises for what the outside world does, and is closed when done.

    `check` tries everything but sending: ACCEPTED means that mail could be handed over now.
    """

    def send(self, mail: OutgoingMail) -> SendResult: ...

    def check(self) -> SendResult: ...

    def close(self) -> None: ...


def sender_for(
    server: MailServer, *, provider: str = "", timeout: float = TIMEOUT, reach: Reach | None = None
) -> Sender:
    """By SMTP, or with a provider's name through its interface; then `server` holds its user name and key only."""
    if provider:
        return ProviderSender(provider, server, timeout=timeout, reach=reach)
    return SmtpSender(server, timeout=timeout, reach=reach)
