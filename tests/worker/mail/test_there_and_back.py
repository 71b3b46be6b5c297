"""A follow-up by mail, there and back: what is sent, what comes back, what follows (A4, A7, C5, C6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.incoming import take_in
from ringback.adapters.mail.parsing import parse
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.models import Appointment, Enrollment, IncomingMail, Message, Prospect, Suppression, Touch
from tests.actions.rows import open_touches
from tests.cast import NOW
from tests.mail_servers.answers import away, bounce, calendar_answer, reply
from tests.mail_servers.smtp_sink import SmtpSink
from tests.worker.mail.test_sending import to_first_mail
from tests.worker.mail.world import World

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def world(transactional_db: None, smtp_sink: SmtpSink) -> World:
    return World(smtp_sink)


def comes_back(world: World, raw: bytes) -> IncomingMail:
    uid = IncomingMail.objects.count() + 1
    return take_in(mailbox=world.box, uid_validity=7, uid=uid, incoming=parse(raw), now=LATER)


def confirmed(world: World) -> Appointment:
    appointment = world.agree()
    world.look(NOW + UNDO_WAIT)
    return appointment


def test_A4_a_declined_invitation_calls_the_appointment_off_and_is_followed_up(world: World) -> None:
    appointment = confirmed(world)
    mail = comes_back(world, calendar_answer(world.sink.mails[0].message, "DECLINED"))
    appointment.refresh_from_db()
    assert (mail.kind, mail.prospect, appointment.state) == ("calendar_answer", world.them.sofia, "cancelled")
    assert not Touch.objects.filter(kind="reminder", state="open").exists()
    assert any(touch.channel == "call" for touch in open_touches(world.them.sofia))
    world.look(LATER + UNDO_WAIT)
    assert len(world.sink.mails) == 1  # they know that they declined


def test_A4_an_accepted_invitation_changes_nothing_that_is_planned(world: World) -> None:
    appointment = confirmed(world)
    before = [(touch.pk, touch.due_at) for touch in open_touches(world.them.sofia)]
    mail = comes_back(world, calendar_answer(world.sink.mails[0].message, "ACCEPTED"))
    appointment.refresh_from_db()
    assert (mail.kind, appointment.state) == ("calendar_answer", "agreed")
    assert [(touch.pk, touch.due_at) for touch in open_touches(world.them.sofia)] == before


def on_a_ladder(world: World) -> None:
    """Sofia's ladder has sent its first mail."""
    world.them.sofia.needs.create(text="less waste", learned_at=NOW)
    touch = to_first_mail(world)
    world.look(touch.due_at + UNDO_WAIT)
    assert len(world.sink.mails) == 1


def test_C5_a_reply_stops_the_ladder_at_once_and_shows_what_they_wrote(world: World) -> None:
    on_a_ladder(world)
    mail = comes_back(world, reply(world.sink.mails[0].message, "Thursday at ten suits me."))
    assert (mail.kind, mail.new_text, mail.prospect) == ("reply", "Thursday at ten suits me.", world.them.sofia)
    assert mail.answers == Message.objects.get()
    assert Enrollment.objects.get(prospect=world.them.sofia).finish_reason == "replied"
    assert [touch.kind for touch in open_touches(world.them.sofia)] == ["review"]


def test_C5_an_absence_holds_the_step_until_they_are_back(world: World) -> None:
    on_a_ladder(world)
    mail = comes_back(world, away(world.sink.mails[0].message, "I am out of the office until 4 December 2026."))
    (touch,) = open_touches(world.them.sofia)
    assert (mail.kind, touch.step_id) == ("out_of_office", "second-call")
    assert touch.due_at.date().isoformat() == "2026-12-07"


def test_C6_a_bounce_marks_the_address_and_looks_for_another(world: World) -> None:
    on_a_ladder(world)
    mail = comes_back(world, bounce(world.sink.mails[0].message))
    assert (mail.kind, Message.objects.get().state) == ("bounce", "failed")
    assert world.them.sofia.contact_points.get(kind="email").failed_at is not None
    assert "find_number" in [touch.kind for touch in open_touches(world.them.sofia)]


def test_C5_whoever_asks_to_be_left_alone_gets_nothing_more(world: World) -> None:
    on_a_ladder(world)
    mail = comes_back(world, reply(world.sink.mails[0].message, "Please remove me from your list."))
    assert mail.kind == "remove_me"
    assert Suppression.objects.filter(prospect=world.them.sofia, value="", channel="").exists()
    assert Prospect.objects.get(pk=world.them.sofia.pk).state == "closed"
    assert open_touches(world.them.sofia) == []


def test_an_answer_proves_that_a_mail_in_doubt_was_sent(world: World) -> None:
    on_a_ladder(world)
    Message.objects.update(state="unknown", settled_at=None)
    comes_back(world, reply(world.sink.mails[0].message, "Got it."))
    assert Message.objects.get().state == "sent"
