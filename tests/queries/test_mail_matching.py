"""Whose mail it is: the surest sign decides (C5)."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from ringback.actions.prospecting import add_prospect
from ringback.domain.mail.identity import message_id, plus_address
from ringback.domain.mail.incoming import Address, CalendarReply, FailedAddress, Incoming, Report
from ringback.domain.vocabulary import CalendarAnswer
from ringback.models import Appointment, Mailbox, Message, Prospect
from ringback.queries.mail_matching import match
from tests.cast import Cast, cast, person

_numbers = count(1)
STRANGER = Address("stranger@elsewhere.example")


@pytest.fixture
def them(db: None) -> Cast:
    return cast(people=2, cadence="")


@pytest.fixture
def mailbox(them: Cast) -> Mailbox:
    return Mailbox.objects.create(owner=them.rosa, address="rosa@kilns.example", from_name="Rosa", created_at=them.now)


def sent(them: Cast, mailbox: Mailbox, prospect: Prospect, token: str = "", **more: Any) -> Message:
    return Message.objects.create(
        prospect=prospect,
        mailbox=mailbox,
        situation="step",
        message_id=message_id(token or f"{next(_numbers):032x}", mailbox.address),
        to_address=more.pop("to_address", f"{prospect.pk}@example.com"),
        subject="x",
        text="x",
        state="sent",
        due_at=them.now,
        created_at=them.now,
        **more,
    )


def found(mailbox: Mailbox, **said: Any) -> tuple[Prospect | None, str]:
    result = match(mailbox, Incoming(**{"from_": STRANGER, **said}))
    return (result.prospect, result.by) if result else (None, "")


def test_plus_address_goes_before_everything(them: Cast, mailbox: Mailbox) -> None:
    first, second = them.prospects
    token = "ab" * 16
    sent(them, mailbox, first, token)
    other = sent(them, mailbox, second)
    to = (plus_address(token, mailbox.address),)
    assert found(mailbox, to=to, in_reply_to=(other.message_id,)) == (first, "plus address")


def test_the_mail_answered_goes_before_the_rest_of_the_thread(them: Cast, mailbox: Mailbox) -> None:
    first, second = them.prospects
    old, new = sent(them, mailbox, first), sent(them, mailbox, second)
    assert found(mailbox, in_reply_to=(new.message_id,), references=(old.message_id,)) == (second, "In-Reply-To")
    thread = ("<x@y>", old.message_id, new.message_id, "<z@y>")
    assert found(mailbox, references=thread) == (second, "References")


def test_calendar_answer_is_known_by_its_entry_alone(them: Cast, mailbox: Mailbox) -> None:
    appointment = Appointment.objects.create(
        prospect=them.sofia, rep=them.rosa, starts_at=them.now, zone="Europe/Rome", reason="x", agreed_at=them.now
    )
    reply = CalendarReply(appointment.uid, CalendarAnswer.ACCEPTED)
    assert found(mailbox, calendar=reply) == (them.sofia, "calendar UID")


def test_bounce_is_known_by_the_mail_it_returns_or_by_whom_it_names(them: Cast, mailbox: Mailbox) -> None:
    message = sent(them, mailbox, them.sofia, to_address="old@example.com")
    report = Report(True, original_message_ids=(message.message_id,))
    assert found(mailbox, report=report) == (them.sofia, "original Message-ID")
    assert found(mailbox, failed=(FailedAddress("old@example.com", True),)) == (them.sofia, "recipient")
    assert found(mailbox, failed=(FailedAddress("person0@example.com", True),)) == (them.sofia, "recipient")


def test_sender_is_the_last_resort(them: Cast, mailbox: Mailbox) -> None:
    assert found(mailbox, from_=Address("person0@example.com")) == (them.sofia, "sender")
    assert found(mailbox, reply_to=Address("person0@example.com")) == (them.sofia, "sender")
    assert found(mailbox) == (None, "")


def test_of_two_with_one_address_the_one_written_to_last_is_taken_and_it_is_said(them: Cast, mailbox: Mailbox) -> None:
    twin = add_prospect(by=them.rosa, fields=person(0), now=them.now)
    sent(them, mailbox, them.sofia)
    result = match(mailbox, Incoming(from_=Address("person0@example.com")))
    assert result is not None
    assert (result.prospect, "2 people have this address" in result.said) == (them.sofia, True)
    sent(them, mailbox, twin)
    again = match(mailbox, Incoming(from_=Address("person0@example.com")))
    assert again is not None
    assert again.prospect == twin


def test_nobody_is_recognised_whom_the_owner_may_not_see(them: Cast, mailbox: Mailbox) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(owner=them.otto)
    assert found(mailbox, from_=Address("person0@example.com")) == (None, "")


def test_mail_of_a_merged_row_is_the_other_ones(them: Cast, mailbox: Mailbox) -> None:
    first, second = them.prospects
    message = sent(them, mailbox, first)
    Prospect.objects.filter(pk=first.pk).update(merged_into=second)
    assert found(mailbox, in_reply_to=(message.message_id,)) == (second, "In-Reply-To")
