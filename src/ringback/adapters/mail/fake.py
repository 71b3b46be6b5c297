"""A sender that reaches nobody: for the demo company and for tests that are about something else."""

from __future__ import annotations

from collections.abc import Iterable

from ringback.adapters.mail.addresses import UnsendableMail
from ringback.adapters.mail.composing import compose
from ringback.domain.mail.outgoing import Delivery, OutgoingMail, SendResult


class FakeSender:
    """Keeps what was accepted in `mails`. `results` are given first, one an attempt; after them all is accepted."""

    def __init__(self, results: Iterable[SendResult] = ()) -> None:
        self.mails: list[OutgoingMail] = []
        self._results = iter(results)

    def send(self, mail: OutgoingMail) -> SendResult:
        try:
            compose(mail)
        except UnsendableMail as error:
            return SendResult(Delivery.REFUSED, f"{error}.")
        result = next(self._results, SendResult(Delivery.ACCEPTED, "250 kept, and sent to nobody"))
        if result.delivery is Delivery.ACCEPTED:
            self.mails.append(mail)
        return result

    def check(self) -> SendResult:
        return SendResult(Delivery.ACCEPTED, "Nothing to connect to.")

    def close(self) -> None:
        pass
