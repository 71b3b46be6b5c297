"""What every sender promises, whichever it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ringback.adapters.mail.fake import FakeSender
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.senders import Sender, sender_for
from ringback.domain.mail.outgoing import Delivery, SendResult
from tests.adapters.mail.mails import mail
from tests.mail_servers.provider_api import ProviderApi
from tests.mail_servers.smtp_sink import SmtpSink

SMTP_ANSWERS = {"deferred": ("END", "451 4.3.0 Later"), "refused": ("RCPT", "550 5.1.1 No such user")}


@pytest.fixture(params=["smtp", "provider", "fake"])
def sender_answered(
    request: pytest.FixtureRequest, smtp_sink: SmtpSink, provider_api: ProviderApi
) -> Callable[[str], Sender]:
    def smtp(answer: str) -> Sender:
        smtp_sink.answers.update([SMTP_ANSWERS[answer]] if answer in SMTP_ANSWERS else [])
        return sender_for(smtp_sink.server, timeout=5, reach=Reach(private=True))

    def provider(answer: str) -> Sender:
        provider_api.status = {"deferred": 503, "refused": 422}.get(answer, 200)
        return sender_for(provider_api.server, provider="postmark", timeout=5, reach=Reach(private=True))

    def fake(answer: str) -> Sender:
        return FakeSender([SendResult(Delivery(answer), "451 4.3.0 Later")] if answer in SMTP_ANSWERS else [])

    return {"smtp": smtp, "provider": provider, "fake": fake}[request.param]


@pytest.mark.parametrize("answer", ["accepted", "deferred", "refused"])
def test_answer_is_told_in_our_words(sender_answered: Callable[[str], Sender], answer: str) -> None:
    sender = sender_answered(answer)
    result = sender.send(mail())
    assert result.delivery is Delivery(answer)
    assert result.answer
    sender.close()


def test_mail_that_cannot_be_one_is_refused(sender_answered: Callable[[str], Sender]) -> None:
    sender = sender_answered("accepted")
    result = sender.send(mail(subject="a\r\nBcc: all@evil.example"))
    assert result == SendResult(
        Delivery.REFUSED, "The subject holds a line break or a NUL, which could forge a header."
    )
    assert sender.send(mail()).delivery is Delivery.ACCEPTED
    sender.close()


def test_check_sends_nothing(sender_answered: Callable[[str], Sender], smtp_sink: SmtpSink) -> None:
    sender = sender_answered("accepted")
    assert sender.check().delivery is Delivery.ACCEPTED
    assert smtp_sink.mails == []
    sender.close()
    sender.close()
