"""Blocks that are lifted, and put back (C5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import pytest

from ringback.actions.confirming import stop_mail
from ringback.actions.errors import Refused
from ringback.actions.lifting import block_again, lift_block
from ringback.actions.reacting import opt_out
from ringback.actions.undoing import undo
from ringback.domain.vocabulary import Channel
from ringback.models import Activity, ContactPoint, Mailbox, Prospect, Suppression, User
from ringback.queries.standing import stand_of
from tests.actions.mailing.rows import queued
from tests.actions.rows import fresh_key, snapshot
from tests.cast import NOW, Cast

LATER = NOW + timedelta(days=9)
ALL = frozenset(Channel) - {Channel.TASK}


def blocked(them: Cast, channels: frozenset[Channel] = frozenset(Channel)) -> Suppression:
    opt_out(by=them.rosa, prospect=them.sofia, proof="Wrote so", channels=channels, key=fresh_key(), now=NOW)
    return Suppression.objects.filter(prospect=them.sofia).order_by("pk")[0]


def lift(by: User, row: Suppression, reason: str = "Asked us to call") -> None:
    lift_block(by=by, suppression=row, reason=reason, key=fresh_key(), now=LATER)


def forbidden(prospect: Prospect) -> frozenset[Channel]:
    return stand_of(Prospect.objects.get(pk=prospect.pk), now=LATER).facts.suppressed


def test_C5_block_is_lifted_whole_and_its_proof_stays_with_who_when_and_why(them: Cast) -> None:
    row = blocked(them)
    assert (Suppression.objects.count(), forbidden(them.sofia)) == (3, ALL)
    lift(them.max, row)
    kept = set(Suppression.objects.values_list("proof", "by", "lifted_at", "lifted_by", "lifted_because"))
    assert kept == {("Wrote so", them.rosa.pk, LATER, them.max.pk, "Asked us to call")}
    assert forbidden(them.sofia) == frozenset()
    said = Activity.objects.filter(prospect=them.sofia).latest("pk")
    assert (said.by, said.verb, "Asked us to call" in said.text) == (them.max, "block_lifted", True)


def test_C5_what_the_block_ended_stays_ended(them: Cast) -> None:
    lift(them.max, blocked(them))
    assert Prospect.objects.get(pk=them.sofia.pk).state == "closed"
    assert not them.sofia.touches.filter(state="open").exists()


def test_C5_one_block_of_several_is_lifted_alone(them: Cast) -> None:
    blocked(them, frozenset({Channel.EMAIL}))
    opt_out(
        by=them.rosa, prospect=them.sofia, proof="No chat", channels=frozenset({Channel.CHAT}), key=fresh_key(),
        now=NOW + timedelta(days=1),
    )  # fmt: skip
    lift(them.max, Suppression.objects.get(channel="email"))
    assert forbidden(them.sofia) == {Channel.CHAT}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "a\x00b"])
def test_lifting_needs_a_reason_that_can_be_kept(reason: str, them: Cast) -> None:
    row = blocked(them)
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        lift(them.max, row, reason)
    assert (refusal.value.field, snapshot()) == ("reason", before)


@pytest.mark.parametrize(
    ("who", "by_list", "may"),
    [
        ("rosa", False, False), ("rosa", True, True), ("max", False, True), ("max", True, True), ("ada", False, True),
        ("otto", True, False), ("otto", False, False),
    ],
)  # fmt: skip
def test_C5_who_may_lift(who: str, by_list: bool, may: bool, them: Cast) -> None:
    """What they asked for needs a manager; what a list said, whoever has the prospect."""
    row = blocked(them)
    Suppression.objects.update(by_list=by_list)
    row.refresh_from_db()
    if may:
        lift(getattr(them, who), row)
    else:
        before = snapshot()
        with pytest.raises(Refused):
            lift(getattr(them, who), row)
        assert snapshot() == before
    assert (forbidden(them.sofia) == frozenset()) is may


def test_second_lifting_changes_nothing(them: Cast) -> None:
    row = blocked(them)
    lift(them.max, row)
    before = snapshot()
    with pytest.raises(Refused, match="no longer"):
        lift(them.ada, row)
    assert snapshot() == before


def repeated(request: Callable[[str], object]) -> None:
    """The same request twice: the second answers as the first, and changes nothing."""
    key = fresh_key()
    request(key)
    before = snapshot()
    request(key)
    assert snapshot() == before


def test_C5_repeated_requests_to_lift_and_to_block_again_answer_as_the_first(them: Cast) -> None:
    row = blocked(them)
    repeated(lambda key: lift_block(by=them.max, suppression=row, reason="She rang", key=key, now=LATER))
    repeated(lambda key: block_again(by=them.max, suppression=row, key=key, now=LATER))
    assert (forbidden(them.sofia), Suppression.objects.filter(lifted_at=None).count()) == (ALL, 3)


def test_C5_repeated_requests_about_an_address_of_nobody_answer_as_the_first(them: Cast) -> None:
    row = Suppression.objects.create(value="info@example.com", channel="email", reason="Asked", proof="P", at=NOW)
    repeated(lambda key: lift_block(by=them.ada, suppression=row, reason="She rang ", key=key, now=LATER))
    repeated(lambda key: block_again(by=them.ada, suppression=row, key=key, now=LATER))
    assert list(Suppression.objects.order_by("pk").values_list("lifted_by", flat=True)) == [them.ada.pk, None]
    nina = User.objects.create_user("nina", role="admin")
    with pytest.raises(Refused, match="already"):
        block_again(by=nina, suppression=row, key=fresh_key(), now=LATER)
    with pytest.raises(Refused, match="no longer"):
        lift_block(by=nina, suppression=row, reason="She rang", key=fresh_key(), now=LATER)


def test_C5_block_is_put_back_with_its_old_proof_as_a_block_of_its_own(them: Cast) -> None:
    row = blocked(them)
    lift(them.max, row)
    block_again(by=them.max, suppression=row, key=fresh_key(), now=LATER + timedelta(hours=1))
    assert forbidden(them.sofia) == ALL
    assert Suppression.objects.filter(lifted_at=None).count() == 3
    assert Suppression.objects.filter(lifted_by=them.max).count() == 3
    fresh = Suppression.objects.filter(lifted_at=None).first()
    assert fresh is not None
    assert fresh.proof == "Blocked again by Max Okonkwo. Wrote so"


@pytest.mark.parametrize("by_list", [True, False])
def test_C5_what_only_a_list_said_is_put_back_as_what_a_list_said(by_list: bool, them: Cast) -> None:
    row = blocked(them)
    Suppression.objects.update(by_list=by_list, reason="The list says: do not call.")
    lift(them.ada, row)
    block_again(by=them.ada, suppression=row, key=fresh_key(), now=NOW + timedelta(minutes=1))
    again = Suppression.objects.filter(lifted_at=None)
    assert set(again.values_list("by_list", flat=True)) == {by_list}
    assert ("The list says: do not call." in set(again.values_list("reason", flat=True))) is by_list


def test_C5_number_given_up_since_is_blocked_again_too(them: Cast) -> None:
    row = blocked(them)
    lift(them.max, row)
    values = set(ContactPoint.objects.filter(prospect=them.sofia).values_list("value", flat=True))
    ContactPoint.objects.filter(prospect=them.sofia, kind="phone").delete()
    block_again(by=them.max, suppression=row, key=fresh_key(), now=LATER)
    assert set(Suppression.objects.filter(lifted_at=None).exclude(value="").values_list("value", flat=True)) == values


def test_block_that_stands_cannot_be_put_back(them: Cast) -> None:
    row = blocked(them)
    before = snapshot()
    with pytest.raises(Refused, match="stands"):
        block_again(by=them.max, suppression=row, key=fresh_key(), now=LATER)
    assert snapshot() == before


def test_C5_block_is_put_back_only_once(them: Cast) -> None:
    row = blocked(them)
    lift(them.max, row)
    block_again(by=them.max, suppression=row, key=fresh_key(), now=LATER)
    before = snapshot()
    with pytest.raises(Refused, match="already"):
        block_again(by=them.ada, suppression=row, key=fresh_key(), now=LATER)
    assert snapshot() == before


def test_C5_address_that_asked_for_no_mail_is_lifted_with_its_person(them: Cast) -> None:
    stop_mail(prospect_id=them.sofia.pk, address="person0@example.com", proof="By the link", now=NOW)
    lift(them.max, Suppression.objects.get(prospect=them.sofia, value=""))
    assert not Suppression.objects.filter(lifted_at=None).exists()
    block_again(by=them.max, suppression=Suppression.objects.earliest("pk"), key=fresh_key(), now=LATER)
    again = Suppression.objects.filter(lifted_at=None).values_list("value", "channel")
    assert set(again) == {("", "email"), ("person0@example.com", "email")}


def test_C5_address_without_a_person_is_lifted_and_put_back(them: Cast) -> None:
    row = Suppression.objects.create(value="info@example.com", channel="email", reason="Asked", proof="P", at=NOW)
    lift(them.ada, row)
    block_again(by=them.ada, suppression=row, key=fresh_key(), now=LATER)
    assert list(Suppression.objects.order_by("pk").values_list("value", "lifted_by", "proof")) == [
        ("info@example.com", them.ada.pk, "P"), ("info@example.com", None, "Blocked again by Ada Brandt. P"),
    ]  # fmt: skip


def test_C5_address_without_a_person_is_put_back_once_a_mail_to_it_has_left(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ringback.actions.suppressing.PATIENCE", timedelta(seconds=0.3))
    row = Suppression.objects.create(value="info@example.com", channel="email", reason="Asked", proof="P", at=NOW)
    lift(them.ada, row)
    box = Mailbox.objects.create(owner=them.rosa, address="rosa@example.com", created_at=NOW)
    queued(box, them.sofia, state="sending", to_address="info@example.com", lease_until=LATER)
    began = monotonic()
    block_again(by=them.ada, suppression=row, key=fresh_key(), now=LATER)
    assert monotonic() - began >= 0.3
    assert Suppression.objects.filter(value="info@example.com", lifted_at=None).exists()


def test_C5_opting_out_cannot_be_taken_back_under_a_lifting(them: Cast) -> None:
    """Its rows hold who lifted it: they would be gone."""
    row = blocked(them)
    lift(them.max, row)
    with pytest.raises(Refused, match="newer"):
        undo(by=them.max, arrangement=them.sofia.arrangements.order_by("-pk")[1], now=LATER)


def test_C5_lifting_is_taken_back_unless_a_mail_is_just_leaving(them: Cast) -> None:
    row = blocked(them)
    lift(them.max, row)
    made = them.sofia.arrangements.latest("pk")
    box = Mailbox.objects.create(owner=them.rosa, address="rosa@example.com", created_at=NOW)
    mail = queued(box, them.sofia, state="sending", lease_until=LATER)
    with pytest.raises(Refused, match="handed over"):
        undo(by=them.max, arrangement=made, now=LATER)
    type(mail).objects.filter(pk=mail.pk).update(state="sent", settled_at=LATER, lease_until=None)
    undo(by=them.max, arrangement=made, now=LATER)
    assert forbidden(them.sofia) == ALL
    assert set(Suppression.objects.values_list("lifted_at", "lifted_by", "lifted_because")) == {(None, None, "")}
