"""A missed talk: the mail about it is offered, read, sent once, and falls when they meet after all (C2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ringback.actions.appointing import make_appointment, write_of_missed_talk
from ringback.actions.errors import Refused
from ringback.actions.reacting import record_reply
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.vocabulary import Channel, MachineResult
from ringback.models import Arrangement, ContactPoint, Prospect, Touch, User
from ringback.queries.brief import brief
from ringback.queries.drafts import draft_of
from tests.actions.mailing.rows import mailbox
from tests.actions.rows import fresh_key, log, snapshot, unreached
from tests.cast import NOW, Cast

AsUser = Callable[[User], Client]
MET = NOW + timedelta(days=1)
LATER = MET + timedelta(minutes=20)


@pytest.fixture
def missed(them: Cast) -> Arrangement:
    """Sofia was not there at the agreed minute."""
    make_appointment(by=them.rosa, prospect=them.sofia, starts_at=MET, reason="Figures", key=fresh_key(), now=NOW)
    call = Touch.objects.get(prospect=them.sofia, kind="appointment", state="open")
    return log(them.rosa, call, unreached(MachineResult.NO_ANSWER, MET), MET)


def offered(client: Client, pk: int) -> bool:
    return "They missed the talk of" in client.get(f"/prospects/{pk}/").content.decode()


def test_C2_it_is_offered_read_and_stands_beside_the_ladder(them: Cast, missed: Arrangement, as_user: AsUser) -> None:
    mailbox(them.rosa)
    with time_machine.travel(LATER, tick=False):
        client = as_user(them.rosa)
        assert "Write that you missed each other" in client.get(f"/arrangements/{missed.pk}/").content.decode()
        assert offered(client, them.sofia.pk)
        pressed = {"key": fresh_key()}
        answer = client.post(f"/prospects/{them.sofia.pk}/missed-talk", pressed)
        mail = Touch.objects.get(prospect=them.sofia, channel="email", state="open", kind="retry")
        assert answer["Location"] == f"/mail/review/{mail.pk}/"
        assert "We missed each other, Sofia" in client.get(answer["Location"]).content.decode()
        assert not offered(client, them.sofia.pk)
        # A second press of the same button leads to the same mail, and writes no other.
        before = snapshot()
        assert client.post(f"/prospects/{them.sofia.pk}/missed-talk", pressed)["Location"] == answer["Location"]
        told = client.post(f"/prospects/{them.sofia.pk}/missed-talk", follow=True).content.decode()
        assert ("too old to act on" in told, snapshot()) == (True, before)
    # A person reads it first, and the ladder's next call stands.
    assert (mail.lane != AUTOMATIC, mail.held != "", mail.appointment.state) == (True, True, "missed")  # type: ignore[union-attr]
    assert Touch.objects.filter(prospect=them.sofia, channel="call", state="open").count() == 1
    assert "missed each other on Tuesday" in draft_of(mail, now=LATER).markdown


def test_A4_what_the_missed_talk_was_to_be_about_is_said_and_not_an_older_note(them: Cast, missed: Arrangement) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(talk_about="The second depot")
    found = brief(Prospect.objects.get(pk=them.sofia.pk), now=MET + timedelta(days=2), rep=them.rosa)
    said = " ".join(each.text for each in found.opening.sentences)
    assert ("missed each other: Figures" in said, "The second depot" in said) == (True, False)


@pytest.mark.parametrize("what", ["reply", "appointment"])
def test_C5_it_falls_when_they_answer_or_agree_anew(them: Cast, missed: Arrangement, what: str) -> None:
    mail = write_of_missed_talk(by=them.rosa, prospect=them.sofia, key=fresh_key(), now=LATER)
    if what == "reply":
        record_reply(by=None, prospect=them.sofia, channel=Channel.EMAIL, key=fresh_key(), now=LATER)
    else:
        starts_at = MET + timedelta(days=7)
        make_appointment(
            by=them.rosa, prospect=them.sofia, starts_at=starts_at, reason="Again", key=fresh_key(), now=LATER
        )
    mail.refresh_from_db()
    assert mail.state == "cancelled"


@pytest.mark.parametrize("why", ["nothing missed", "written before", "agreed anew", "no address", "somebody else's"])
def test_C2_it_is_refused(them: Cast, why: str, request: pytest.FixtureRequest) -> None:
    by = them.rosa
    if why != "nothing missed":
        request.getfixturevalue("missed")
    if why == "written before":
        write_of_missed_talk(by=by, prospect=them.sofia, key=fresh_key(), now=LATER)
    if why == "agreed anew":
        make_appointment(
            by=by, prospect=them.sofia, starts_at=MET + timedelta(days=7), reason="A", key=fresh_key(), now=LATER
        )
    if why == "no address":
        ContactPoint.objects.filter(prospect=them.sofia, kind="email").delete()
    if why == "somebody else's":
        by = them.otto
    before = snapshot()
    with pytest.raises(Refused):
        write_of_missed_talk(by=by, prospect=them.sofia, key=fresh_key(), now=LATER)
    assert snapshot() == before


@pytest.mark.parametrize("with_mailbox", [True, False])
def test_preview_says_how_each_mail_leaves(them: Cast, as_user: AsUser, with_mailbox: bool) -> None:
    if with_mailbox:
        mailbox(them.rosa)
    said = {
        "result": "appointment", "next_local": "2026-12-01T10:00", "reason": "Figures", "mood": "good",
        "dialled_at": "", "key": "k", "direction": "out",
    }  # fmt: skip
    page = as_user(them.rosa).post(f"/prospects/{them.sofia.pk}/calls/preview", said).content.decode()
    counted = {
        words: page.count(words)
        for words in (
            "Goes by itself half a minute after saving", "Goes by itself at that time",
            "until you have read and sent it", "for your hand: no mailbox",
        )
    }  # fmt: skip
    assert list(counted.values()) == ([1, 1, 1, 0] if with_mailbox else [0, 0, 1, 2])
