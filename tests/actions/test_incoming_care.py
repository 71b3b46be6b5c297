"""Mails that came in: whose clock counts, who corrected what, and nothing carried out twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from ringback.actions import incoming as acts
from ringback.actions import reacting
from ringback.actions.appointing import move_appointment
from ringback.actions.deciding import happen
from ringback.actions.incoming import effects
from ringback.actions.incoming.effects import PENDING, follow
from ringback.domain.mail.incoming import Address
from ringback.domain.vocabulary import CalendarAnswer, MailKind
from ringback.models import Appointment, Arrangement, IncomingMail, Mailbox, Prospect, Workspace
from tests.actions.rows import snapshot
from tests.actions.test_incoming import answered, appointment, automatic, mail, mailbox, takes
from tests.cast import Cast

__all__ = ["appointment", "mailbox"]
BACK = "I am out of the office and back tomorrow."
# Half past midnight on Wednesday in Rome and Berlin, Tuesday evening in UTC; noon on Wednesday in Auckland.
LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "known", "until"),
    [
        pytest.param("Europe/Rome", True, "2026-11-25", id="C5-their-day"),
        pytest.param("America/New_York", True, "2026-11-24", id="C5-their-day-is-the-one-before"),
        pytest.param("", True, "2026-11-25", id="C5-the-house's-day-where-theirs-is-unknown"),
        pytest.param("Europe/Rome", False, "2026-11-25", id="C5-the-house's-day-for-a-stranger"),
    ],
)
def test_C5_tomorrow_is_counted_by_their_clock(
    zone: str, known: bool, until: str, them: Cast, mailbox: Mailbox
) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(zone=zone)
    Workspace.objects.update(zone="Europe/Berlin")
    sender = Address("person0@example.com" if known else "stranger@example.net")
    row = takes(mailbox, automatic(text=BACK, from_=sender, written_at=LATE), LATE)
    assert (row.kind, row.facts["until"]) == (MailKind.OUT_OF_OFFICE, until)
    acts.correct(by=them.rosa, mail=row, kind=MailKind.AUTOMATIC, now=LATE)
    again = acts.correct(by=them.rosa, mail=row, kind=MailKind.OUT_OF_OFFICE, now=LATE)
    assert again.facts["until"] == until
    row.refresh_from_db()
    assert row.written_at == LATE


def test_whoever_says_whose_mail_it_is_is_kept(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(from_=Address("stranger@example.net")), them.now)
    acts.give_to(by=them.max, mail=row, prospect=them.sofia, now=them.now)
    row.refresh_from_db()
    assert (row.prospect, row.corrected_by, row.trouble) == (them.sofia, them.max, "")
    assert them.sofia.arrangements.get(event="reply").by == them.max


def test_what_was_carried_out_is_not_carried_out_again(them: Cast, mailbox: Mailbox) -> None:
    row = takes(mailbox, mail(), them.now)
    before = snapshot()
    follow(row, by=None, now=them.now)
    assert snapshot() == before


def test_whoever_comes_second_notes_nothing_a_second_time(them: Cast, mailbox: Mailbox) -> None:
    """The reader's own list of what is left undone may be older than what a person did meanwhile."""
    row = takes(mailbox, automatic(text="Received."), them.now)
    IncomingMail.objects.update(trouble=PENDING, done_at=None)
    stale = IncomingMail.objects.get()
    acts.correct(by=them.rosa, mail=row, kind=MailKind.REPLY, now=them.now)
    before = snapshot()
    follow(stale, by=None, now=them.now)
    assert snapshot() == before


@pytest.mark.parametrize("kind", [MailKind.REPLY, MailKind.REMOVE_ME])
def test_a_correction_that_comes_between_is_not_overridden(
    them: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, kind: MailKind
) -> None:
    row = takes(mailbox, automatic(text="Received."), them.now)
    IncomingMail.objects.update(trouble=PENDING, kind=kind, done_at=None)
    stale, after_correction = IncomingMail.objects.get(), []

    def correct_first(**said: Any) -> Arrangement:
        monkeypatch.undo()
        acts.correct(by=them.rosa, mail=row, kind=MailKind(row.kind), now=them.now)
        after_correction.append(snapshot())
        return happen(**said)

    for place in (effects, reacting):
        monkeypatch.setattr(place, "happen", correct_first)
    follow(stale, by=None, now=them.now)
    assert [snapshot()] == after_correction


def test_a_mail_names_its_arrangement_in_the_transaction_that_makes_it(
    them: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_off_after(**said: Any) -> Arrangement:
        happen(**said)
        raise OperationalError("the connection was lost")

    takes(mailbox, automatic(text="Received."), them.now)
    IncomingMail.objects.update(trouble=PENDING, kind=MailKind.REPLY)
    monkeypatch.setattr(effects, "happen", breaks_off_after)
    with pytest.raises(OperationalError):
        follow(IncomingMail.objects.get(), by=None, now=them.now)
    row = IncomingMail.objects.get()
    assert (row.arrangement, row.trouble) == (them.sofia.arrangements.get(event="reply"), "")


def kept(appointment: Appointment) -> tuple[str, datetime | None, str]:
    appointment.refresh_from_db()
    return appointment.answer, appointment.answered_at, appointment.answered_by


@pytest.mark.parametrize("answer", list(CalendarAnswer))
def test_A4_who_answered_the_invitation_and_when_is_kept(
    them: Cast, mailbox: Mailbox, appointment: Appointment, answer: CalendarAnswer
) -> None:
    row = takes(mailbox, answered(appointment, answer), them.now)
    assert kept(appointment) == (answer.value, them.now, "assistant@elsewhere.example")
    acts.correct(by=them.rosa, mail=row, kind=MailKind.AUTOMATIC, now=them.now)
    assert kept(appointment) == ("", None, "")
    assert appointment.state == "agreed"


def test_A4_a_new_moment_is_unanswered(them: Cast, mailbox: Mailbox, appointment: Appointment) -> None:
    takes(mailbox, answered(appointment, CalendarAnswer.ACCEPTED), them.now)
    starts_at = appointment.starts_at + timedelta(days=1)
    move_appointment(by=them.rosa, appointment=appointment, starts_at=starts_at, key="m", now=them.now)
    assert kept(appointment) == ("", None, "")


def test_A4_accepted_is_shown_where_the_appointment_is(
    them: Cast, mailbox: Mailbox, appointment: Appointment, client: Client
) -> None:
    client.force_login(them.rosa)
    with time_machine.travel(them.now, tick=False):
        pages = ["/today/", f"/prospects/{them.sofia.pk}/"]
        assert ["Accepted" in client.get(page).content.decode() for page in pages] == [False, False]
        takes(mailbox, answered(appointment, CalendarAnswer.ACCEPTED), them.now)
        today, record = (client.get(page).content.decode() for page in pages)
    assert ("Accepted" in today, "Accepted" in record, "assistant@elsewhere.example" in record) == (True, True, True)
