"""What comes in by mail changes the plan: once, at once, and correctably (C5, C6, A1, A4, D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError

from ringback.actions import incoming as acts
from ringback.actions.appointing import make_appointment
from ringback.actions.errors import Refused
from ringback.actions.incoming import effects
from ringback.actions.incoming.effects import NO_RETURN, NOBODY, PENDING
from ringback.domain.mail.answers import EARLIER
from ringback.domain.mail.identity import message_id
from ringback.domain.mail.incoming import Address, CalendarReply, FailedAddress, Headers, Incoming, Report
from ringback.domain.vocabulary import CalendarAnswer, MailKind, MessageState, Situation
from ringback.models import Appointment, Arrangement, IncomingMail, Mailbox, Message, Suppression, Touch
from tests.actions.rows import changed_tables, open_touches, snapshot
from tests.cast import Cast

_uids = count(1)
LATER = timedelta(hours=3)


@pytest.fixture
def mailbox(them: Cast) -> Mailbox:
    return Mailbox.objects.create(
        owner=them.rosa, address="rosa@harbour.example", from_name="Rosa", created_at=them.now
    )


def mail(**said: Any) -> Incoming:
    text = said.pop("text", "Let us talk.")
    base = Incoming(
        from_=Address("person0@example.com", "Sofia Marchetti"),
        to=("rosa@harbour.example",),
        subject="Re: Our talk",
        message_id=f"<{next(_uids)}@their.example>",
        text=text,
        new_text=text,
    )
    return replace(base, **said)


def automatic(**said: Any) -> Incoming:
    return mail(headers=Headers(auto_submitted="auto-replied"), **said)


def takes(mailbox: Mailbox, given: Incoming, now: datetime) -> IncomingMail:
    return acts.take_in(mailbox=mailbox, uid_validity=7, uid=next(_uids), incoming=given, now=now)


def sent(them: Cast, mailbox: Mailbox, situation: Situation = Situation.STEP, **more: Any) -> Message:
    return Message.objects.create(
        prospect=them.sofia,
        mailbox=mailbox,
        situation=situation,
        message_id=message_id(f"{next(_uids):032x}", mailbox.address),
        to_address="person0@example.com",
        subject="Our talk",
        text="Hello",
        state=MessageState.SENT,
        due_at=them.now,
        created_at=them.now,
        settled_at=them.now,
        **more,
    )


def test_C5_a_reply_stops_the_ladder_and_plans_an_answer(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(text="Yes, call me.\n"), them.now + LATER)
    assert (row.kind, row.matched_by, row.trouble) == (MailKind.REPLY, "sender", "")
    assert [(touch.kind, touch.channel, touch.arrangement_id) for touch in open_touches(them.sofia)] == [
        ("review", "task", row.arrangement_id)
    ]
    assert them.sofia.enrollments.get().finish_reason == "replied"


def test_C5_the_wish_to_be_left_alone_blocks_every_channel_with_the_mail_as_proof(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(text="Please remove me from your list."), them.now)
    assert row.kind == MailKind.REMOVE_ME
    found = Suppression.objects.filter(prospect=them.sofia)
    assert {each.value for each in found} == {"", "person0@example.com", "+390546120000"}
    assert "Please remove me from your list." in found[0].proof
    assert row.message_id in found[0].proof
    assert open_touches(them.sofia) == []


def test_C5_a_complaint_blocks_whoever_complained(them: Cast, mailbox: Mailbox) -> None:
    report = Report(feedback="abuse", feedback_recipient="person0@example.com")
    row = takes(mailbox, mail(from_=Address("fbl@provider.example"), report=report), them.now)
    assert (row.kind, row.prospect) == (MailKind.COMPLAINT, them.sofia)
    assert Suppression.objects.filter(prospect=them.sofia, value="").exists()


def test_C5_an_absence_lets_the_open_step_wait_without_using_its_wait_up(them: Cast, mailbox: Mailbox) -> None:
    before = open_touches(them.sofia)[0]
    row = takes(mailbox, automatic(text="I am out of the office until 4 December."), them.now)
    after = open_touches(them.sofia)[0]
    assert row.kind == MailKind.OUT_OF_OFFICE
    assert after.step_id == before.step_id
    assert after.due_at == datetime(2026, 12, 7, 8, 0, tzinfo=UTC)  # Monday, 9:00 in Rome


def test_C5_an_absence_without_a_day_is_shown_and_can_be_given_one(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, automatic(text="I am out of the office."), them.now)
    assert row.trouble == NO_RETURN
    acts.say_return(by=them.rosa, mail=row, until=datetime(2026, 12, 4).date(), now=them.now)
    assert open_touches(them.sofia)[0].due_at == datetime(2026, 12, 7, 8, 0, tzinfo=UTC)


def test_C6_a_bounce_marks_the_address_and_the_mail_and_looks_for_another(them: Cast, mailbox: Mailbox) -> None:
    message = sent(them, mailbox)
    failed = (FailedAddress("person0@example.com", True, "5.1.1", "550 no such user"),)
    report = Report(is_delivery=True, original_message_ids=(message.message_id,))
    row = takes(mailbox, mail(from_=Address("mailer-daemon@x.example"), failed=failed, report=report), them.now)
    message.refresh_from_db()
    assert (row.kind, row.answers, row.matched_by) == (MailKind.BOUNCE, message, "original Message-ID")
    assert (message.state, message.answer) == (MessageState.FAILED, "It came back: 550 no such user")
    assert them.sofia.contact_points.get(kind="email").failed_at == them.now
    assert "find_number" in [touch.kind for touch in open_touches(them.sofia)]


def test_C6_a_bounce_for_a_redirected_address_is_about_the_one_written_to(them: Cast, mailbox: Mailbox) -> None:
    message = sent(them, mailbox)
    failed = (FailedAddress("box17@inner.example", True),)
    takes(mailbox, mail(failed=failed, report=Report(True, original_message_ids=(message.message_id,))), them.now)
    assert them.sofia.contact_points.get(kind="email").failed_at == them.now


def test_C6_a_delay_changes_nothing_and_is_shown(them: Cast, mailbox: Mailbox) -> None:
    before = snapshot()
    row = takes(mailbox, mail(failed=(FailedAddress("person0@example.com", False),)), them.now)
    assert (row.kind, row.trouble, row.arrangement) == (MailKind.BOUNCE, "", None)
    assert changed_tables(before) == {"incomingmail"}


def test_C6_who_has_left_is_climbed_to_no_more_and_the_successor_is_named(them: Cast, mailbox: Mailbox) -> None:
    text = "Sofia Marchetti no longer works here. Please write to anna@example.com."
    row = takes(mailbox, automatic(text=text), them.now)
    assert row.kind == MailKind.LEFT_COMPANY
    assert [touch.title for touch in open_touches(them.sofia)] == ["Find out who has taken over: anna@example.com"]
    assert them.sofia.contact_points.get(kind="email").failed_at == them.now
    assert them.sofia.enrollments.get().finish_reason == "stopped"


@pytest.fixture
def appointment(them: Cast) -> Appointment:
    at = them.now + timedelta(days=3)
    make_appointment(by=them.rosa, prospect=them.sofia, starts_at=at, reason="Figures", key="agreed", now=them.now)
    return Appointment.objects.get(prospect=them.sofia)


def answered(appointment: Appointment, answer: CalendarAnswer, **more: Any) -> Incoming:
    reply = CalendarReply(appointment.uid, answer, more.pop("sequence", appointment.sequence), **more)
    return mail(from_=Address("assistant@elsewhere.example"), calendar=reply)


def test_A1_declining_by_calendar_cancels_and_plans_a_call_for_a_new_moment(
    them: Cast, mailbox: Mailbox, appointment: Appointment
) -> None:
    row = takes(mailbox, answered(appointment, CalendarAnswer.DECLINED), them.now + LATER)
    appointment.refresh_from_db()
    assert (row.kind, row.matched_by, row.trouble) == (MailKind.CALENDAR_ANSWER, "calendar UID", "")
    assert appointment.state == "cancelled"
    touches = open_touches(them.sofia)
    assert [(touch.kind, touch.channel, touch.due_at) for touch in touches] == [("call_back", "call", them.now + LATER)]


@pytest.mark.parametrize("answer", [CalendarAnswer.ACCEPTED, CalendarAnswer.TENTATIVE])
def test_A4_yes_and_perhaps_are_noted_and_change_no_plan(
    them: Cast, mailbox: Mailbox, appointment: Appointment, answer: CalendarAnswer
) -> None:
    before = snapshot()
    row = takes(mailbox, answered(appointment, answer), them.now)
    assert row.arrangement is not None
    assert changed_tables(before) == {"incomingmail", "appointment"}
    assert them.sofia.activities.latest("id").verb == f"invitation_{answer}"


def test_A1_a_counter_is_a_task_with_the_moment_they_propose(
    them: Cast, mailbox: Mailbox, appointment: Appointment
) -> None:
    at = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
    takes(mailbox, answered(appointment, CalendarAnswer.COUNTER, starts_at=at), them.now)
    titles = [touch.title for touch in open_touches(them.sofia)]
    assert "They propose Friday 27 November at 14:00: move the appointment, or call" in titles


def test_A1_an_answer_to_an_earlier_moment_says_nothing_about_this_one(
    them: Cast, mailbox: Mailbox, appointment: Appointment
) -> None:
    Appointment.objects.filter(pk=appointment.pk).update(sequence=2)
    row = takes(mailbox, answered(appointment, CalendarAnswer.DECLINED, sequence=1), them.now)
    appointment.refresh_from_db()
    assert (row.trouble, appointment.state) == (EARLIER, "agreed")


@pytest.mark.parametrize(("text", "confirmed"), [("Passt so, danke!", True), ("Not quite: it was 12 kilns.", False)])
def test_D1_a_yes_to_a_summary_confirms_it(them: Cast, mailbox: Mailbox, text: str, confirmed: bool) -> None:
    message = sent(them, mailbox, Situation.SUMMARY)
    takes(mailbox, mail(text=text, in_reply_to=(message.message_id,)), them.now)
    message.refresh_from_db()
    assert (message.confirmed_at, message.confirmed_by) == ((them.now, "reply") if confirmed else (None, ""))


def test_mail_is_taken_once_by_place_and_by_message_id(them: Cast, mailbox: Mailbox) -> None:
    given = mail()
    first = acts.take_in(mailbox=mailbox, uid_validity=1, uid=5, incoming=given, now=them.now)
    again = acts.take_in(mailbox=mailbox, uid_validity=1, uid=5, incoming=replace(given, message_id=""), now=them.now)
    renumbered = acts.take_in(mailbox=mailbox, uid_validity=2, uid=1, incoming=given, now=them.now)
    assert first == again == renumbered
    assert Arrangement.objects.filter(event="reply").count() == 1


def test_what_a_stop_in_the_middle_left_undone_is_carried_out_later(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, automatic(text="Ticket #4 was opened."), them.now)
    IncomingMail.objects.filter(pk=row.pk).update(kind=MailKind.REMOVE_ME, trouble=PENDING, done_at=None)
    with pytest.raises(Refused, match="not been carried out yet"):
        acts.mark_done(by=them.rosa, mail=row, now=them.now)
    assert acts.carry_out_pending(mailbox=mailbox, now=them.now) == 1
    assert acts.carry_out_pending(mailbox=mailbox, now=them.now) == 0
    assert Suppression.objects.filter(prospect=them.sofia, value="").count() == 1


def test_mail_of_nobody_waits_until_somebody_says_whose_it_is(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(from_=Address("sofia@private.example")), them.now)
    assert (row.prospect, row.trouble) == (None, NOBODY)
    acts.give_to(by=them.rosa, mail=row, prospect=them.sofia, now=them.now)
    row.refresh_from_db()
    assert (row.trouble, row.matched_by) == ("", "by hand")
    assert them.sofia.enrollments.get().finish_reason == "replied"


def test_correction_undoes_the_first_reading_and_lets_the_other_happen(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(text="Please remove me from your list."), them.now)
    corrected = acts.correct(by=them.rosa, mail=row, kind=MailKind.REPLY, now=them.now)
    assert (corrected.corrected_from, corrected.corrected_by, corrected.kind) == ("remove_me", them.rosa, "reply")
    assert not Suppression.objects.exists()
    assert [touch.kind for touch in open_touches(them.sofia)] == ["review"]


def test_correction_back_and_forth_ends_where_it_began(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(), them.now)
    for kind, ladder in ((MailKind.AUTOMATIC, "running"), (MailKind.REPLY, "finished")) * 2:
        row = acts.correct(by=them.rosa, mail=row, kind=kind, now=them.now)
        assert (row.trouble, them.sofia.enrollments.get().state) == ("", ladder)


def test_correction_says_what_stands_in_its_way(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(), them.now)
    takes(mailbox, mail(), them.now)
    with pytest.raises(Refused, match="Something newer"):
        acts.correct(by=them.rosa, mail=row, kind=MailKind.AUTOMATIC, now=them.now)
    row.refresh_from_db()
    assert row.kind == MailKind.REPLY


def test_others_can_neither_correct_nor_give_away(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(), them.now)
    for act in (
        lambda: acts.correct(by=them.otto, mail=row, kind=MailKind.AUTOMATIC, now=them.now),
        lambda: acts.give_to(by=them.otto, mail=row, prospect=them.sofia, now=them.now),
        lambda: acts.mark_done(by=them.otto, mail=row, now=them.now),
    ):
        with pytest.raises(Refused, match="somebody else"):
            act()


def test_mail_that_cannot_have_its_effect_hurts_only_itself(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, automatic(text="I am out of the office until 4 December."), them.now)
    IncomingMail.objects.filter(pk=row.pk).update(facts={"until": "no day"}, trouble=PENDING, arrangement=None)
    acts.carry_out_pending(mailbox=mailbox, now=them.now)
    row.refresh_from_db()
    assert row.trouble.startswith("Something went wrong inside Ringback")
    assert takes(mailbox, mail(), them.now).trouble == ""


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [("Let us talk.", MailKind.REPLY, []), ("Remove me from your list.", MailKind.REMOVE_ME, [PENDING])],
)
def test_a_database_out_of_reach_is_no_trouble_of_the_mail(
    them: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, text: str, kind: MailKind, kept: list[str]
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setitem(effects._EFFECTS, kind, locked)
    with pytest.raises(OperationalError):
        takes(mailbox, mail(text=text), them.now)
    assert list(IncomingMail.objects.values_list("trouble", flat=True)) == kept


def test_what_a_person_corrected_and_a_stop_left_undone_is_done_in_their_name(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, automatic(text="Ticket #4 was opened."), them.now)
    undone = {"kind": MailKind.REMOVE_ME, "corrected_by": them.rosa, "trouble": PENDING, "done_at": None}
    IncomingMail.objects.filter(pk=row.pk).update(**undone)
    acts.carry_out_pending(mailbox=mailbox, now=them.now)
    assert Arrangement.objects.get(event="opt_out").by == them.rosa


def test_no_automatic_mail_plans_or_queues_a_mail(them: Cast, mailbox: Mailbox) -> None:
    before = set(Touch.objects.filter(channel="email").values_list("pk", flat=True))
    for text in ("I am out of the office until 4 December.", "Ticket #4 was opened.", "She no longer works here."):
        takes(mailbox, automatic(text=text), them.now)
    assert set(Touch.objects.filter(channel="email").values_list("pk", flat=True)) == before
    assert not Message.objects.exists()
