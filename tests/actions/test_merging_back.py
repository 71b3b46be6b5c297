"""Two that were merged by mistake are two again, as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ringback.actions.enrolling import pause
from ringback.actions.errors import Refused
from ringback.actions.merging import merge_prospects
from ringback.actions.prospecting import ProspectFields, assign, change_prospect, close_prospect, note
from ringback.actions.reacting import opt_out
from ringback.actions.undoing import undo
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Activity, Arrangement, Article, Enrollment, IncomingMail, Message, Prospect, Touch
from tests.actions.mailing.rows import mailbox, queued, reminder
from tests.actions.rows import changed_tables, fresh_key, log, open_call, reached, snapshot, unreached
from tests.cast import NOW, Cast

LATER = NOW + timedelta(seconds=20)


def nothing(them: Cast) -> None:
    return None


def both_talked_to(them: Cast) -> None:
    """Everything that can be learned and planned hangs on either: appointments, promises, needs, a walk of mails."""
    for prospect in them.prospects[:2]:
        log(them.rosa, open_call(prospect), reached(Outcome.APPOINTMENT, NOW), NOW)


def one_with_an_appointment(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)


def one_paused(them: Cast) -> None:
    running = Enrollment.objects.get(prospect=them.sofia)
    pause(by=them.rosa, enrollment=running, reason="Fair", key=fresh_key(), now=NOW)


def one_opted_out(them: Cast) -> None:
    opt_out(by=them.rosa, prospect=them.sofia, proof="Wrote so", key=fresh_key(), now=NOW)


def kept_is_closed(them: Cast) -> None:
    close_prospect(by=them.rosa, prospect=them.prospects[1], reason="Moved", key=fresh_key(), now=NOW)


def lost_knows_more(them: Cast) -> None:
    Prospect.objects.filter(pk=them.prospects[1].pk).update(
        first_name="", last_name="", tags=["a"], custom={"z": 1, "a": {"b": [2]}}, notes="One", zone=""
    )
    Prospect.objects.filter(pk=them.sofia.pk).update(
        tags=["b", "a"], custom={"y": "ü", "a": 3}, possible_zones=["Europe/Rome", "Europe/Berlin"], notes="Two",
        proposal_sent_on=NOW.date(), wanted_by=NOW.date(), known_answers=3, talk_about="Kilns",
    )  # fmt: skip


def of_two_owners(them: Cast) -> None:
    one_with_an_appointment(them)
    assign(by=them.max, prospect=them.prospects[1], owner=them.max, now=NOW)


def with_mails_both_ways(them: Cast) -> None:
    box = mailbox(them.rosa)
    article = Article.objects.create(title="Kilns", topics=[], text="Hot.", added_at=NOW)
    for prospect in them.prospects[:2]:
        queued(box, prospect, state="sent", settled_at=NOW, article=article)
    IncomingMail.objects.create(
        mailbox=box, uid_validity=1, uid=1, taken_at=NOW, kind="reply", because="Theirs.", prospect=them.sofia
    )


BEFORE: tuple[Callable[[Cast], None], ...] = (
    nothing, both_talked_to, one_with_an_appointment, one_paused, one_opted_out, kept_is_closed, lost_knows_more,
    of_two_owners, with_mails_both_ways,
)  # fmt: skip


def lines() -> list[tuple[int | None, str]]:
    return list(Activity.objects.order_by("pk").values_list("prospect_id", "verb"))


def belonging() -> list[tuple[int, int]]:
    return list(Arrangement.objects.order_by("pk").values_list("pk", "prospect_id"))


@pytest.mark.parametrize("prepare", BEFORE, ids=lambda prepare: prepare.__name__)
def test_undo_of_a_merge_restores_every_row_of_both(them: Cast, prepare: Callable[[Cast], None]) -> None:
    prepare(them)
    before, said, arranged = snapshot(), lines(), belonging()
    merged = merge_prospects(by=them.ada, keep=them.prospects[1], lose=them.sofia, now=NOW)
    assert "prospect" in changed_tables(before)
    undo(by=them.ada, arrangement=merged, now=LATER)
    assert snapshot() == before
    kept = them.prospects[1].pk
    assert lines() == [*said, (kept, "merged"), (kept, "undo")]
    assert belonging() == [*arranged, (merged.pk, kept)]


def test_it_can_be_merged_and_parted_again(them: Cast) -> None:
    before = snapshot()
    for _ in range(2):
        merged = merge_prospects(by=them.rosa, keep=them.sofia, lose=them.prospects[1], now=NOW)
        undo(by=them.rosa, arrangement=merged, now=LATER)
    assert snapshot() == before


def test_what_was_arranged_before_can_be_taken_back_after_a_merge_was(them: Cast) -> None:
    before = snapshot()
    first = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    merged = merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=NOW)
    with pytest.raises(Refused, match="merged since"):
        undo(by=them.rosa, arrangement=Arrangement.objects.get(pk=first.pk), now=LATER)
    undo(by=them.rosa, arrangement=merged, now=LATER)
    undo(by=them.rosa, arrangement=Arrangement.objects.get(pk=first.pk), now=LATER)
    assert snapshot() == before


def test_it_stays_merged_once_something_was_done_with_the_one_that_is_left(them: Cast) -> None:
    kept = them.prospects[1]
    merged = merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    log(them.rosa, open_call(kept), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    before = snapshot()
    with pytest.raises(Refused, match="newer"):
        undo(by=them.rosa, arrangement=merged, now=LATER)
    assert snapshot() == before


def test_it_stays_merged_once_what_was_put_together_was_changed(them: Cast) -> None:
    kept = them.prospects[1]
    merged = merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    change_prospect(by=them.rosa, prospect=kept, fields=ProspectFields(value=7), now=NOW)
    before = snapshot()
    with pytest.raises(Refused, match="changed since"):
        undo(by=them.rosa, arrangement=merged, now=LATER)
    assert snapshot() == before


def test_a_note_written_meanwhile_stays_with_the_one_that_was_open(them: Cast) -> None:
    kept = them.prospects[1]
    merged = merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    noted = note(by=them.rosa, prospect=kept, text="Which one?", now=NOW)
    undo(by=them.rosa, arrangement=merged, now=LATER)
    noted.refresh_from_db()
    assert noted.prospect == kept


def test_only_who_sees_both_parts_them(them: Cast) -> None:
    merged = merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=NOW)
    Prospect.objects.filter(pk=them.sofia.pk).update(owner=them.otto)
    with pytest.raises(Refused, match="somebody else"):
        undo(by=them.rosa, arrangement=merged, now=LATER)


def test_a_mail_that_had_been_written_is_written_anew_for_whom_it_was_planned(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    queued(box, them.sofia, touch=touch)
    merged = merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=NOW)
    undo(by=them.rosa, arrangement=merged, now=LATER)
    touch = Touch.objects.get(pk=touch.pk)
    assert (touch.prospect, touch.state, touch.lane, touch.held) == (them.sofia, "open", AUTOMATIC, "")
    assert list(Message.objects.values_list("prospect", "state")) == [(them.sofia.pk, "withdrawn")]
