"""A round stays for what falls due next, with the connection it has; a changed mailbox gets another one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from ringback.domain.mail.sending import UNDO_WAIT
from ringback.domain.vocabulary import Outcome
from ringback.models import Mailbox, Message, Prospect
from ringback.worker.mail import sending
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW
from tests.mail_servers.smtp_sink import SmtpSink
from tests.worker.mail.world import World

pytestmark = pytest.mark.django_db(transaction=True)
DUE, SOON = NOW + UNDO_WAIT, NOW + UNDO_WAIT + timedelta(seconds=2)


@pytest.fixture(autouse=True)
def long_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is."""
    monkeypatch.setattr(sending, "STAYS_SECONDS", 60.0)


def agree(world: World, prospect: Prospect) -> None:
    log(world.them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW), NOW)


def begun(world: World) -> None:
    """The first mail has left, and its round stays."""
    agree(world, world.them.prospects[0])
    world.clock.now = DUE
    assert world.postman.look(DUE) == 1
    world.sink.wait_for(1)
    until = time.monotonic() + 20
    while not Message.objects.filter(state="sent").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.2)  # it has looked for more, and stays


def maxs_mail_is_due(world: World) -> None:
    theirs = world.them.prospects[1]
    Prospect.objects.filter(pk=theirs.pk).update(owner=world.them.max)
    world.box.pk, world.box.owner, world.box.address = None, world.them.max, "max@kilns.example"
    world.box.save()
    log(world.them.max, open_call(theirs), reached(Outcome.APPOINTMENT, NOW), NOW)


def rounds() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("post of mailbox")]


def test_what_falls_due_soon_takes_the_same_connection(world: World) -> None:
    begun(world)
    agree(world, world.them.prospects[1])
    world.clock.now = SOON
    assert world.postman.look(SOON) == 0
    world.sink.wait_for(2)
    world.postman.wait(30)
    assert (world.sink.sessions, Message.objects.filter(state="sent").count()) == (1, 2)


def test_a_changed_server_is_connected_anew(world: World, start_smtp_sink: Callable[..., SmtpSink]) -> None:
    begun(world)
    other = start_smtp_sink()
    Mailbox.objects.update(smtp_port=other.server.port)
    agree(world, world.them.prospects[1])
    world.look(SOON)
    world.look(SOON)
    assert (len(world.sink.mails), len(other.mails)) == (1, 1)


def test_what_only_stays_makes_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_ROUNDS", 1)
    begun(world)
    maxs_mail_is_due(world)
    looked_until_one_began(world)
    world.sink.wait_for(2)


def looked_until_one_began(world: World) -> None:
    world.clock.now = SOON
    until = time.monotonic() + 20
    while not world.postman.look(SOON):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_long_backlog_of_one_keeps_nobody_waiting(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_ROUNDS", 1)
    monkeypatch.setattr(sending, "TURN_SECONDS", 0.0)
    monkeypatch.setattr(sending, "shuffle", list.reverse)  # the other one's turn comes first
    world.sink.delay = 1.0
    agree(world, world.them.prospects[0])
    agree(world, world.them.prospects[2])
    world.clock.now = DUE
    assert world.postman.look(DUE) == 1
    maxs_mail_is_due(world)
    looked_until_one_began(world)
    world.sink.wait_for(2, seconds=20)
    assert "max" in str(world.sink.mails[1].message["From"])
    looked_until_one_began(world)
    world.sink.wait_for(3, seconds=20)


def test_a_pause_ends_what_stays(world: World) -> None:
    begun(world)
    agree(world, world.them.prospects[1])
    Mailbox.objects.update(paused_at=SOON)
    world.look(SOON)
    assert len(world.sink.mails) == 1


def test_nobody_waits_for_a_round_that_only_stays(world: World) -> None:
    begun(world)
    assert len(rounds()) == 1
    world.postman.stop(30)
    assert rounds() == []
