"""Mailboxes: connected with what they hide sealed, and the mails that go by themselves while one works."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from ringback.actions.errors import Refused
from ringback.actions.mail_lanes import CHUNK, follow_all_mailboxes, follow_mailboxes
from ringback.actions.mailboxes import (
    MailboxFields,
    change_mailbox,
    connect_mailbox,
    pause_mailbox,
    remove_mailbox,
    reseal_secrets,
    resume_mailbox,
)
from ringback.actions.merging import merge_prospects
from ringback.actions.prospecting import ProspectFields, assign, change_prospect
from ringback.actions.settling import change_user
from ringback.actions.undoing import undo
from ringback.adapters.secrets import CannotOpen
from ringback.domain.lanes import AUTOMATIC, Lane
from ringback.domain.vocabulary import Outcome, Role
from ringback.models import Activity, IncomingMail, Mailbox, Prospect, Touch, User, Workspace
from ringback.queries.exporting import tables
from ringback.queries.mailboxes import has_mailbox, mailbox_of, reading_server, sending_server
from tests.actions.rows import log, open_call, reached, snapshot
from tests.cast import NOW, Cast, member

PASSWORD, IMAP_PASSWORD = "sage-glaze-91", "cobalt-slip-17"
ROSAS = MailboxFields(
    address="rosa@example.com",
    smtp_host="smtp.example.com",
    username="rosa",
    secret=PASSWORD,
    imap_host="imap.example.com",
    sent_folder="Sent",
)


def connected(them: Cast, **changed: object) -> Mailbox:
    return connect_mailbox(by=them.rosa, owner=them.rosa, fields=replace(ROSAS, **changed), now=NOW)


def words() -> str:
    return Activity.objects.filter(prospect=None).latest("pk").text


def mails(owner: User) -> list[tuple[str, int]]:
    found = Touch.objects.filter(owner=owner, state="open", channel="email").order_by("kind", "pk")
    return list(found.values_list("kind", "lane"))


@pytest.fixture
def planned(them: Cast) -> Cast:
    """Around Sofia's appointment: a confirmation, a reminder and a summary by mail."""
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    return them


BY_HAND = [("confirmation", int(Lane.WRITTEN)), ("reminder", int(Lane.WRITTEN)), ("summary", int(Lane.WRITTEN))]
BY_ITSELF = [("confirmation", AUTOMATIC), ("reminder", AUTOMATIC), ("summary", int(Lane.WRITTEN))]


def test_connected_mailbox_keeps_its_password_sealed(them: Cast) -> None:
    row = connected(them)
    stored = Mailbox.objects.values().get()
    assert PASSWORD not in str(stored)
    assert PASSWORD not in repr(row) + repr(ROSAS)
    assert (row.from_name, row.smtp_port, row.smtp_security) == ("Rosa Lindqvist", 587, "starttls")
    assert (sending_server(row).secret, reading_server(row).secret) == (PASSWORD, PASSWORD)
    assert PASSWORD not in repr(sending_server(row))
    assert words() == "Mailbox rosa@example.com connected"


def test_reading_may_have_a_log_in_of_its_own(them: Cast) -> None:
    server = reading_server(connected(them, imap_username="rosa-reads", imap_secret=IMAP_PASSWORD))
    assert (server.host, server.port, server.username, server.secret) == (
        "imap.example.com", 993, "rosa-reads", IMAP_PASSWORD,
    )  # fmt: skip


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(them: Cast) -> None:
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        connected(them, smtp_port=0, imap_host="imap:993", from_name="Rosa\r\nBcc: all@example.com")
    assert [each.field for each in refusal.value.missing] == ["from_name", "smtp_port", "imap_host"]
    assert snapshot() == before


@pytest.mark.parametrize("address", ["", "rosa", "rosa@", "a@example.com, b@example.com", "Rosa <rosa@example.com>x"])
def test_one_address_and_nothing_else(them: Cast, address: str) -> None:
    with pytest.raises(Refused) as refusal:
        connected(them, address=address)
    assert refusal.value.field == "address"


@pytest.mark.parametrize(("field", "value"), [("secret", "x" * 1_001), ("signature", "x" * 2_001), ("secret", "a\x00")])
def test_what_does_not_fit_is_refused_without_repeating_it(them: Cast, field: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        connected(them, **{field: value})
    assert refusal.value.field == field
    assert value not in str(refusal.value)


def test_the_same_address_twice_is_one_too_many(them: Cast) -> None:
    connected(them)
    with pytest.raises(Refused, match="connected already"):
        connected(them, address="ROSA@example.com", imap_host="", sent_folder="")


def test_one_inbox_is_read_by_one_mailbox(them: Cast) -> None:
    connected(them)
    office = replace(ROSAS, address="office@example.com")
    with pytest.raises(Refused, match="reads this inbox already") as refusal:
        connect_mailbox(by=them.otto, owner=them.otto, fields=office, now=NOW)
    assert "osa" not in str(refusal.value)
    alone = replace(office, imap_host="", sent_folder="")
    assert connect_mailbox(by=them.otto, owner=them.otto, fields=alone, now=NOW).owner == them.otto


def test_without_encryption_only_inside_ones_own_network(them: Cast) -> None:
    with pytest.raises(Refused, match="could be read on its way"):
        connected(them, smtp_security="none")
    Workspace.objects.update(private_hosts=True)
    assert connected(them, smtp_security="none").smtp_security == "none"


def test_change_says_what_and_not_to_what_secret(them: Cast) -> None:
    row = connected(them)
    Mailbox.objects.filter(pk=row.pk).update(trouble="The password is wrong.", trouble_at=NOW, troubles=3, retry_at=NOW)
    change_mailbox(by=them.ada, mailbox=row, fields=MailboxFields(secret="new-one-5", per_day=50), now=NOW)
    row.refresh_from_db()
    assert (sending_server(row).secret, row.per_day, row.trouble, row.troubles, row.retry_at) == (
        "new-one-5",
        50,
        "",
        0,
        None,
    )
    assert words() == "Mailbox rosa@example.com of Rosa Lindqvist changed (per day, secret)"


def test_unchanged_password_stays(them: Cast) -> None:
    row = change_mailbox(by=them.rosa, mailbox=connected(them), fields=MailboxFields(from_name="Rosa L."), now=NOW)
    assert sending_server(row).secret == PASSWORD


def test_change_of_nothing_is_no_news(them: Cast) -> None:
    row = connected(them)
    change_mailbox(by=them.rosa, mailbox=row, fields=MailboxFields(per_day=400), now=NOW)
    assert words() == "Mailbox rosa@example.com connected"


TRAVELS = {
    "sending-elsewhere": ({"smtp_host": "smtp.attacker.example"}, "secret"),
    "sending-to-another-port": ({"smtp_port": 2525}, "secret"),
    "sending-by-a-provider": (
        {"provider": "postmark", "smtp_host": "", "imap_username": "r", "imap_secret": "x"},
        "secret",
    ),
    "reading-elsewhere": ({"imap_host": "imap.attacker.example"}, "imap_secret"),
}


@pytest.mark.parametrize("case", TRAVELS)
def test_password_never_goes_to_a_server_it_was_not_given_for(them: Cast, case: str) -> None:
    """Whoever gets hold of a session could otherwise have the password sent to themselves."""
    changed, field = TRAVELS[case]
    row = connected(them)
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        change_mailbox(by=them.ada, mailbox=row, fields=MailboxFields(**changed), now=NOW)
    assert [each.field for each in refusal.value.missing] == [field]
    assert snapshot() == before
    change_mailbox(by=them.ada, mailbox=row, fields=MailboxFields(**{**changed, field: "typed-anew"}), now=NOW)


def test_password_does_not_travel_by_forgetting_the_other_one(them: Cast) -> None:
    elsewhere = {"imap_host": "imap.attacker.example", "imap_secret": "typed-anew"}
    row = change_mailbox(by=them.ada, mailbox=connected(them), fields=MailboxFields(**elsewhere), now=NOW)
    with pytest.raises(Refused) as refusal:
        change_mailbox(by=them.ada, mailbox=row, fields=MailboxFields(imap_secret=""), now=NOW)
    assert refusal.value.field == "imap_secret"


def test_another_inbox_is_read_from_its_beginning(them: Cast) -> None:
    row = connected(them)
    Mailbox.objects.filter(pk=row.pk).update(uid_validity=7, last_uid=99, read_at=NOW)
    change_mailbox(by=them.rosa, mailbox=row, fields=MailboxFields(sent_folder="Sent Items"), now=NOW)
    assert Mailbox.objects.get().last_uid == 99
    change_mailbox(by=them.rosa, mailbox=row, fields=MailboxFields(inbox_folder="Sales"), now=NOW)
    row.refresh_from_db()
    assert (row.uid_validity, row.last_uid, row.read_at) == (None, 0, None)


def test_only_the_owner_and_admins(them: Cast) -> None:
    row = connected(them)
    before = snapshot()
    theirs = replace(ROSAS, address="x@example.com")
    for other in (them.otto, them.max):
        for refused in (
            partial(connect_mailbox, owner=them.rosa, fields=theirs),
            partial(change_mailbox, mailbox=row, fields=MailboxFields(per_day=1)),
            partial(pause_mailbox, mailbox=row, reason="Mine now"),
            partial(resume_mailbox, mailbox=row),
            partial(remove_mailbox, mailbox=row),
        ):
            with pytest.raises(Refused, match="somebody else"):
                refused(by=other, now=NOW)
    assert snapshot() == before


def test_secret_of_another_key_is_told_in_words(them: Cast, settings: object) -> None:
    row = connected(them)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]  # type: ignore[attr-defined]
    assert sending_server(row).secret == PASSWORD
    assert reseal_secrets() == 1
    settings.SECRET_KEY_FALLBACKS = []  # type: ignore[attr-defined]
    assert sending_server(Mailbox.objects.get()).secret == PASSWORD
    with pytest.raises(CannotOpen, match="another secret key"):
        sending_server(row)


def test_mails_go_by_themselves_while_their_owner_has_a_mailbox(planned: Cast) -> None:
    assert mails(planned.rosa) == BY_HAND
    first = connected(planned)
    assert mails(planned.rosa) == BY_ITSELF
    second = connected(planned, address="rosa@example.org", imap_host="", sent_folder="")
    pause_mailbox(by=planned.rosa, mailbox=first, reason="Holiday", now=NOW)
    assert mailbox_of(planned.rosa) == second
    assert mails(planned.rosa) == BY_ITSELF
    pause_mailbox(by=planned.rosa, mailbox=second, reason="Holiday", now=NOW)
    assert (mailbox_of(planned.rosa), has_mailbox(planned.rosa.pk)) == (None, False)
    assert mails(planned.rosa) == BY_HAND
    resume_mailbox(by=planned.rosa, mailbox=first, now=NOW)
    assert mails(planned.rosa) == BY_ITSELF
    for mailbox in (first, second):
        remove_mailbox(by=planned.rosa, mailbox=mailbox, now=NOW)
    assert mails(planned.rosa) == BY_HAND


def test_what_a_person_has_to_look_at_stays_with_them(planned: Cast) -> None:
    Touch.objects.filter(kind="reminder").update(held="Nobody knows the article.")
    connected(planned)
    assert dict(mails(planned.rosa))["reminder"] == Lane.WRITTEN
    change_prospect(by=planned.rosa, prospect=planned.sofia, fields=ProspectFields(value=5), now=NOW)
    assert dict(mails(planned.rosa))["reminder"] == Lane.WRITTEN


def test_paused_twice_keeps_the_first_reason(them: Cast) -> None:
    row = connected(them)
    for reason in ("Holiday", "Again"):
        pause_mailbox(by=them.rosa, mailbox=row, reason=reason, now=NOW)
    row.refresh_from_db()
    assert (row.paused_because, row.paused_at) == ("Holiday", NOW)
    with pytest.raises(Refused):
        pause_mailbox(by=them.rosa, mailbox=row, reason=" ", now=NOW)


def test_a_new_owner_without_a_mailbox_writes_by_hand(planned: Cast) -> None:
    connected(planned)
    assign(by=planned.max, prospect=planned.sofia, owner=planned.max, now=NOW)
    assert (mails(planned.rosa), mails(planned.max)) == ([], BY_HAND)
    assign(by=planned.max, prospect=planned.sofia, owner=planned.rosa, now=NOW)
    assert mails(planned.rosa) == BY_ITSELF


def test_what_is_taken_back_goes_by_itself_if_a_mailbox_came_since(planned: Cast) -> None:
    call = Touch.objects.get(prospect=planned.sofia, kind="appointment")
    ended = log(planned.rosa, call, reached(Outcome.LOST, NOW + timedelta(days=7)), NOW + timedelta(days=7))
    assert mails(planned.rosa) == []
    connected(planned)
    undo(by=planned.rosa, arrangement=ended, now=NOW + timedelta(days=7))
    assert mails(planned.rosa) == BY_ITSELF


def test_merging_places_mails_by_the_mailbox_of_whoever_keeps_them(planned: Cast) -> None:
    connected(planned)
    other = Prospect.objects.create(first_name="S", owner=planned.max, created_at=NOW, zone="Europe/Rome")
    merge_prospects(by=planned.ada, keep=other, lose=planned.sofia, now=NOW)
    assert mails(planned.max) == BY_HAND


def test_whoever_leaves_sends_nothing_more(planned: Cast) -> None:
    row = connected(planned)
    change_user(by=planned.ada, user=planned.rosa, fields={"is_active": False}, now=NOW)
    row.refresh_from_db()
    assert row.paused_because == "Rosa Lindqvist can no longer log in."
    assert mails(planned.rosa) == BY_HAND
    with pytest.raises(Refused, match="do not work here"):
        connect_mailbox(by=planned.ada, owner=planned.rosa, fields=replace(ROSAS, address="r@example.org"), now=NOW)


def test_many_mails_move_in_chunks_and_none_of_anybody_else(planned: Cast) -> None:
    template = Touch.objects.get(kind="reminder")
    lena = member("lena", "Lena Holm", Role.REP, planned.rosa.team)
    copies = [template_copy(template, owner=lena if each % 5 == 0 else planned.rosa) for each in range(CHUNK + 60)]
    Touch.objects.bulk_create(copies)
    row = connected(planned)
    assert Touch.objects.filter(lane=AUTOMATIC, owner=planned.rosa).count() == (CHUNK + 60) * 4 // 5 + 2
    assert Touch.objects.filter(lane=AUTOMATIC, owner=lena).count() == 0
    assert follow_mailboxes(planned.rosa) == 0
    Mailbox.objects.filter(pk=row.pk).update(paused_at=NOW)  # broken off before its mails followed
    assert follow_all_mailboxes() == (CHUNK + 60) * 4 // 5 + 2
    assert not Touch.objects.filter(lane=AUTOMATIC).exists()


def template_copy(touch: Touch, owner: User) -> Touch:
    values = {f.attname: getattr(touch, f.attname) for f in Touch._meta.concrete_fields if not f.primary_key}
    return Touch(**{**values, "owner_id": owner.pk, "appointment_id": None, "enrollment_id": None})


def test_mailbox_with_a_history_is_paused_rather_than_removed(them: Cast) -> None:
    row = connected(them)
    said = {"mailbox": row, "uid_validity": 1, "taken_at": NOW, "kind": "reply", "because": "It is an answer."}
    IncomingMail.objects.create(uid=1, **said)
    hers = IncomingMail.objects.create(uid=2, prospect=them.sofia, **said)
    with pytest.raises(Refused, match="Pause it instead"):
        remove_mailbox(by=them.rosa, mailbox=row, now=NOW)
    hers.delete()
    remove_mailbox(by=them.rosa, mailbox=row, now=NOW)
    assert words() == "Mailbox rosa@example.com removed"
    with pytest.raises(Refused, match="no longer exists"):
        resume_mailbox(by=them.rosa, mailbox=row, now=NOW)


def test_secrets_are_in_no_export(them: Cast) -> None:
    sealed = Mailbox.objects.values_list("secret").get(pk=connected(them).pk)[0]
    said = str([list(table.rows) for table in tables(None)])
    assert "Mailbox rosa@example.com connected" in said
    assert (PASSWORD in said, sealed in said) == (False, False)
