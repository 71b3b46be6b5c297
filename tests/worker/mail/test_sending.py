"""The post, with a real mail server: from what an outcome arranged to the mail in their inbox (A4, A5, A7, C3, C5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from ringback.actions.appointing import cancel_appointment, move_appointment
from ringback.actions.mailing.claiming import Claimed, claim_next
from ringback.actions.mailing.drafting import draft_due
from ringback.actions.undoing import undo
from ringback.domain.lanes import Lane
from ringback.domain.mail.sending import LEASE, UNDO_WAIT
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Activity, Appointment, Mailbox, Message, Touch
from tests.actions.rows import fresh_key, log, next_week, open_call, open_touches, reached, unreached
from tests.cast import NOW
from tests.mail_servers.smtp_sink import Trick
from tests.worker.mail.world import World

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


def invitation_in(message: EmailMessage) -> tuple[str, str, int, datetime]:
    """Method, uid, sequence and start of the calendar part."""
    part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    event = calendar.walk("VEVENT")[0]
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), str(event["UID"]), int(event.get("SEQUENCE", 0)), event["DTSTART"].dt


def test_A4_confirmation_leaves_when_undo_has_passed_and_carries_the_invitation(world: World) -> None:
    appointment = world.agree()
    world.look(NOW + UNDO_WAIT - SECOND)
    assert world.sink.mails == []
    world.look(NOW + UNDO_WAIT)
    mail = world.sink.wait_for(1)[0].message
    assert (mail["To"], mail["From"]) == (
        "Sofia Marchetti <person0@example.com>",
        "Rosa Lindqvist <rosa@kilns.example>",
    )
    assert invitation_in(mail) == ("REQUEST", appointment.uid, 0, next_week(NOW))
    body = mail.get_body(("plain",))
    assert body is not None
    assert "30 November" in body.get_content()
    assert "10:00" in body.get_content()
    row = Message.objects.get()
    assert (row.state, row.message_id) == ("sent", mail["Message-ID"])
    assert not Touch.objects.filter(kind="confirmation", state="open").exists()
    assert Activity.objects.filter(verb="sent", rule="A4").count() == 1


def test_what_is_taken_back_in_time_never_leaves(world: World) -> None:
    appointment = world.agree()
    arrangement = Touch.objects.get(kind="confirmation").arrangement
    assert arrangement is not None
    undo(by=world.them.rosa, arrangement=arrangement, now=NOW + UNDO_WAIT - SECOND)
    world.look(NOW + timedelta(days=7))
    assert world.sink.mails == []
    assert not Appointment.objects.filter(pk=appointment.pk).exists()


def test_A7_reminder_goes_the_business_day_before_and_does_not_give_the_time_away(world: World) -> None:
    world.agree()
    reminder = Touch.objects.get(kind="reminder")
    world.look(NOW + UNDO_WAIT)
    world.look(reminder.due_at + UNDO_WAIT)
    mail = world.sink.wait_for(2)[1].message
    assert "30 November" in str(mail["Subject"])
    assert "10:00" not in str(mail["Subject"])
    assert [part.get_content_type() for part in mail.walk() if part.get_content_type() == "text/calendar"] == []
    assert not Touch.objects.filter(kind="reminder", state="open").exists()


def test_A4_moves_and_the_end_reach_the_same_entry(world: World) -> None:
    appointment = world.agree()
    at = NOW + UNDO_WAIT
    world.look(at)
    for turn in (1, 2):
        appointment.refresh_from_db()
        move_appointment(
            by=world.them.rosa,
            appointment=appointment,
            starts_at=next_week(NOW) + timedelta(hours=turn),
            key=fresh_key(),
            now=at,
        )
        at += timedelta(minutes=1)
        world.look(at)
    appointment.refresh_from_db()
    cancel_appointment(by=world.them.rosa, appointment=appointment, reason="", key=fresh_key(), now=at)
    world.look(at + UNDO_WAIT)
    heard = [invitation_in(each.message) for each in world.sink.wait_for(4)]
    assert [(method, sequence) for method, _, sequence, _ in heard] == [
        ("REQUEST", 0), ("REQUEST", 1), ("REQUEST", 2), ("CANCEL", 3),
    ]  # fmt: skip
    assert {uid for _, uid, _, _ in heard} == {appointment.uid}
    assert heard[2][3] == next_week(NOW) + timedelta(hours=2)
    thread = [each.message["In-Reply-To"] for each in world.sink.mails]
    assert thread == [None, *(each.message["Message-ID"] for each in world.sink.mails[:3])]


def to_first_mail(world: World) -> Touch:
    """Sofia's first call meets her voicemail: the ladder's mail is next."""
    log(world.them.rosa, open_call(world.them.sofia), unreached(MachineResult.VOICEMAIL, NOW), NOW)
    return Touch.objects.get(prospect=world.them.sofia, state="open")


def test_C3_ladder_climbs_over_its_mail_by_itself(world: World) -> None:
    world.them.sofia.needs.create(text="less waste", learned_at=NOW)
    touch = to_first_mail(world)
    assert touch.channel == "email"
    world.look(touch.due_at + UNDO_WAIT)
    assert "less waste" in world.subjects()[0]
    assert [each.step_id for each in open_touches(world.them.sofia)] == ["second-call"]
    header = world.sink.mails[0].message["List-Unsubscribe-Post"]
    assert header == "List-Unsubscribe=One-Click"


def test_a_mail_that_lacks_something_waits_for_a_person(world: World) -> None:
    """Nothing is known that the mail could be about: it is held, and the rep reads why."""
    touch = to_first_mail(world)
    world.look(touch.due_at + UNDO_WAIT)
    touch.refresh_from_db()
    assert world.sink.mails == []
    assert (touch.state, touch.lane) == ("open", Lane.WRITTEN)
    assert touch.held.startswith("Not known: ")
    assert Message.objects.count() == 0


def agreed_and_looked(world: World, at: datetime = NOW + UNDO_WAIT) -> Message:
    world.agree()
    world.look(at)
    return Message.objects.get()


def test_a_server_that_dies_in_the_act_leaves_a_doubt_and_no_second_mail(world: World) -> None:
    world.sink.play(Trick.KEEP_AND_DROP)
    message = agreed_and_looked(world)
    assert message.state == "unknown"
    world.look(NOW + timedelta(hours=1))
    assert len(world.sink.mails) == 1


def test_a_refused_address_is_held_with_the_servers_words(world: World) -> None:
    world.sink.answers["RCPT"] = "550 5.1.1 no such user here"
    message = agreed_and_looked(world)
    touch = Touch.objects.get(kind="confirmation")
    assert (message.state, touch.state) == ("failed", "open")
    assert "no such user here" in touch.held


def test_greylisting_is_waited_out(world: World) -> None:
    world.sink.answers["RCPT"] = "451 4.7.1 try again later"
    message = agreed_and_looked(world)
    assert (message.state, message.attempts) == ("queued", 1)
    world.sink.answers.clear()
    world.look(message.due_at - SECOND)
    assert world.sink.mails == []
    world.look(message.due_at)
    assert len(world.sink.mails) == 1


def test_a_mailbox_that_cannot_be_reached_is_in_trouble_and_costs_no_mail(world: World) -> None:
    Mailbox.objects.update(smtp_port=1)
    message = agreed_and_looked(world)
    box = Mailbox.objects.get()
    assert (message.state, message.attempts, box.troubles) == ("queued", 0, 1)
    assert box.trouble
    Mailbox.objects.update(smtp_port=world.sink.server.port)
    assert box.retry_at is not None
    world.look(box.retry_at)
    assert len(world.sink.mails) == 1
    assert Mailbox.objects.get().trouble == ""


def test_an_outage_of_days_leaves_nothing_stale(world: World) -> None:
    """The worker was off until the morning of the talk: no confirmation of long ago, no reminder in the last hour."""
    world.agree()
    starts_at = next_week(NOW)
    world.look(starts_at - timedelta(minutes=30))
    assert [subject for subject in world.subjects() if "30 November" not in subject] == []
    states = dict(Message.objects.values_list("situation", "state"))
    assert states["reminder"] == "withdrawn"


def test_a_cap_spreads_what_has_piled_up(world: World) -> None:
    Mailbox.objects.update(per_minute=2)
    for number, prospect in enumerate(world.them.prospects):
        log(world.them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW - number * SECOND), NOW)
    at = NOW + UNDO_WAIT
    world.look(at)
    assert len(world.sink.mails) == 2
    world.look(at + timedelta(seconds=59))
    assert len(world.sink.mails) == 2
    world.look(at + timedelta(seconds=61))
    assert len(world.sink.mails) == 3


def test_a_cap_of_the_day_that_is_raised_holds_nothing_up_until_tomorrow(world: World) -> None:
    Mailbox.objects.update(per_day=1)
    for prospect in world.them.prospects[:2]:
        log(world.them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW), NOW)
    world.look(NOW + UNDO_WAIT)
    assert len(world.sink.mails) == 1
    Mailbox.objects.update(per_day=100)
    world.look(NOW + UNDO_WAIT + timedelta(minutes=1))
    assert len(world.sink.mails) == 2


@pytest.mark.parametrize("died", [False, True])
def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on(world: World, died: bool) -> None:
    """What was only queued goes at once; what was being handed over is in doubt when its lease has run out."""
    world.agree()
    assert draft_due(now=NOW + UNDO_WAIT) == 1
    if died:
        assert isinstance(claim_next(mailbox=world.box, now=NOW + UNDO_WAIT), Claimed)
    world.look(NOW + UNDO_WAIT + LEASE + SECOND)
    assert Message.objects.get().state == ("unknown" if died else "sent")
    assert len(world.sink.mails) == (0 if died else 1)
