"""Two people share an address: while one blocks it, no mail to the other leaves for it (C5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from ringback.actions.mailing.claiming import Claimed, claim_next
from ringback.actions.mailing.settling import settle
from ringback.actions.reacting import opt_out
from ringback.domain.mail.outgoing import Delivery, SendResult
from ringback.models import ContactPoint, Prospect, Suppression
from ringback.queries.library import cadence_value
from tests.actions.mailing.rows import mailbox, queued, state
from tests.actions.rows import fresh_key
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
SHARED = "office@example.com"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def them(transactional_db: None) -> Cast:
    cadence_value.cache_clear()
    found = cast()
    ContactPoint.objects.filter(kind="email").update(value=SHARED)
    return found


@pytest.fixture
def beside() -> Iterator[Callable[[Callable[[], object]], Future[object]]]:
    """Runs something on a connection of its own."""
    with ThreadPoolExecutor(2) as pool:

        def start(do: Callable[[], object]) -> Future[object]:
            def run() -> object:
                try:
                    return do()
                finally:
                    connection.close()

            return pool.submit(run)

        yield start


def block(them: Cast, prospect: Prospect) -> None:
    opt_out(by=them.rosa, prospect=prospect, proof="Said so", key=fresh_key(), now=NOW)


def test_C5_nothing_is_claimed_for_an_address_that_is_being_blocked(
    them: Cast, beside: Callable[[Callable[[], object]], Future[object]]
) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.prospects[1], to_address=SHARED)
    blocking, commit = Event(), Event()

    def block_slowly() -> None:
        with transaction.atomic():
            block(them, them.sofia)
            blocking.set()
            commit.wait(10)

    slow = beside(block_slowly)
    assert blocking.wait(10)
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time: the claim would wait for it
        assert claim_next(mailbox=box, now=LATER) is None
        assert state(message) == "queued"
    commit.set()
    slow.result(10)
    assert claim_next(mailbox=box, now=LATER) is None
    assert state(message) == "withdrawn"


def test_C5_block_waits_for_a_mail_to_the_address_that_is_being_claimed(
    them: Cast, beside: Callable[[Callable[[], object]], Future[object]]
) -> None:
    box = mailbox(them.rosa)
    message = queued(box, them.prospects[1], to_address=SHARED)
    claiming, commit = Event(), Event()
    found: list[Claimed] = []

    def claim_slowly() -> None:
        with transaction.atomic():
            claimed = claim_next(mailbox=box, now=LATER)
            assert isinstance(claimed, Claimed)
            found.append(claimed)
            claiming.set()
            commit.wait(10)

    slow = beside(claim_slowly)
    assert claiming.wait(10)
    blocked = beside(lambda: block(them, them.sofia))
    sleep(0.3)
    commit.set()
    slow.result(10)
    sleep(0.3)
    # Claimed, and not handed over yet: the block must not be there before the mail is.
    assert (blocked.done(), Suppression.objects.exists()) == (False, False)
    settle(claimed=found[0], result=SendResult(Delivery.ACCEPTED, "250"), now=LATER)
    blocked.result(15)
    assert (state(message), Suppression.objects.exists()) == ("sent", True)


def test_C5_two_who_block_the_same_addresses_do_not_wait_for_each_other(
    them: Cast, beside: Callable[[Callable[[], object]], Future[object]]
) -> None:
    for number in range(8):
        for prospect in them.prospects:
            values = {"kind": "email", "position": 5, "value": f"shared{number}@example.com"}
            ContactPoint.objects.create(prospect=prospect, **values)
    both = [beside(lambda each=each: block(them, each)) for each in them.prospects[:2]]  # type: ignore[misc]
    for each in both:
        each.result(20)
    assert Suppression.objects.filter(value=SHARED).count() == 2
