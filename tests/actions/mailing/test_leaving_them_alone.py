"""After somebody was blocked nothing is sent to them, whatever was on its way (C5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

import pytest

from ringback.actions import suppressing
from ringback.actions.confirming import stop_mail
from ringback.actions.mailing.claiming import Claimed, claim_next
from ringback.actions.mailing.settling import settle
from ringback.actions.reacting import opt_out
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.domain.vocabulary import Outcome
from ringback.models import Message, Suppression
from tests.actions.mailing.rows import claimed, mailbox, queued, state
from tests.actions.rows import fresh_key, log, open_call, reached
from tests.actions.test_racing import at_once
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
ACCEPTED = SendResult(Delivery.ACCEPTED, "250 OK")
SENDING_SECONDS = 0.4


@pytest.fixture
def them(transactional_db: None) -> Cast:
    return cast()


def by_hand(them: Cast) -> None:
    opt_out(by=them.rosa, prospect=them.sofia, proof="Said so.", key=fresh_key(), now=NOW)


def on_the_telephone(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.OPT_OUT, NOW), NOW)


def by_the_link_in_the_mail(them: Cast) -> None:
    stop_mail(prospect_id=them.sofia.pk, address="person0@example.com", proof="One click.", now=NOW)


@pytest.mark.parametrize("block", [by_hand, on_the_telephone, by_the_link_in_the_mail])
def test_C5_the_block_waits_until_the_mail_at_hand_has_left(them: Cast, block: Callable[[Cast], None]) -> None:
    box = mailbox(them.rosa)
    queued(box, them.sofia)
    waiting = queued(box, them.sofia)
    found = claimed(box)
    left_at: list[float] = []

    def hand_over() -> None:
        sleep(SENDING_SECONDS)
        left_at.append(monotonic())
        settle(claimed=found, result=ACCEPTED, now=NOW)

    def blocked() -> float:
        block(them)
        return monotonic()

    _, blocked_at = at_once(hand_over, blocked)
    assert isinstance(blocked_at, float)
    assert blocked_at > left_at[0]
    assert claim_next(mailbox=box, now=NOW) is None
    assert (state(found.message), state(waiting)) == ("sent", "withdrawn")


def test_C5_a_mail_that_hangs_blocks_nobodys_wish(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppressing, "PATIENCE", timedelta(seconds=0.2))
    box = mailbox(them.rosa)
    queued(box, them.sofia)
    found = claimed(box)
    by_hand(them)
    assert Suppression.objects.filter(prospect=them.sofia, value="").exists()
    assert state(found.message) == "sending"


@pytest.mark.parametrize("turn", range(3))
def test_C5_block_and_claim_at_the_same_moment(them: Cast, turn: int) -> None:
    """Whoever comes first wins: a mail that was claimed has left before the block, a blocked one is withdrawn."""
    box = mailbox(them.rosa)
    message = queued(box, them.sofia)

    def send() -> None:
        found = claim_next(mailbox=box, now=NOW)
        if isinstance(found, Claimed):
            sleep(0.1)
            assert not Suppression.objects.filter(prospect=them.sofia, value="").exists()
            settle(claimed=found, result=ACCEPTED, now=NOW)

    at_once(send, lambda: by_hand(them))
    claim_next(mailbox=box, now=NOW)
    assert Message.objects.get(pk=message.pk).state in ("sent", "withdrawn")
    assert Suppression.objects.filter(prospect=them.sofia, value="").exists()
