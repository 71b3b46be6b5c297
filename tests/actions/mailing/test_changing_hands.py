"""Whoever stands for a prospect, and whichever row does: their mails go along, and leave in the right name."""

from __future__ import annotations

import pytest

from ringback.actions.errors import Refused
from ringback.actions.mailing import claiming, drafting
from ringback.actions.mailing.claiming import claim_next
from ringback.actions.merging import merge_prospects
from ringback.actions.prospecting import assign
from ringback.domain.lanes import AUTOMATIC, Lane
from ringback.models import Article, IncomingMail, Message, Touch
from tests.actions.mailing.rows import claimed, mailbox, queued, reminder, state
from tests.cast import NOW, Cast


def stands(touch: Touch) -> tuple[int, str]:
    return Touch.objects.values_list("lane", "held").get(pk=touch.pk)


def test_mails_both_ways_move_to_whoever_is_left(them: Cast) -> None:
    box, kept = mailbox(them.rosa), them.prospects[1]
    sent = queued(box, them.sofia, state="sent", settled_at=NOW)
    doubted = queued(box, them.sofia, state="unknown")
    came = IncomingMail.objects.create(
        mailbox=box, uid_validity=1, uid=1, taken_at=NOW, kind="reply", because="Theirs.", prospect=them.sofia
    )
    merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    assert set(Message.objects.filter(prospect=kept)) == {sent, doubted}
    came.refresh_from_db()
    assert came.prospect == kept


def test_a_written_mail_is_written_anew_for_whoever_is_left(them: Cast) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    message = queued(box, them.sofia, touch=touch)
    merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=NOW)
    assert (state(message), stands(touch)) == ("withdrawn", (AUTOMATIC, ""))
    assert claim_next(mailbox=box, now=NOW) is None


def test_two_that_had_the_same_article_can_be_merged(them: Cast) -> None:
    box, kept = mailbox(them.rosa), them.prospects[1]
    article = Article.objects.create(title="Kilns", topics=[], text="Hot.", added_at=NOW)
    for prospect in (kept, them.sofia):
        queued(box, prospect, state="sent", settled_at=NOW, article=article)
    merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    assert Message.objects.filter(prospect=kept, article=article).count() == 1


def test_nobody_is_merged_while_a_mail_to_them_is_handed_over(them: Cast) -> None:
    box = mailbox(them.rosa)
    queued(box, them.sofia)
    claimed(box)
    with pytest.raises(Refused, match="being sent at this moment"):
        merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=NOW)


@pytest.mark.parametrize("worded", [False, True])
def test_a_written_mail_does_not_leave_in_the_name_of_a_former_owner(them: Cast, worded: bool) -> None:
    box, touch = mailbox(them.rosa), reminder(them)
    mailbox(them.max)
    message = queued(box, them.sofia, touch=touch, by=them.rosa if worded else None)
    assign(by=them.ada, prospect=them.sofia, owner=them.max, now=NOW)
    why = f"Given to {them.max.shown_name}: it would have gone in somebody else's name."
    assert state(message) == "withdrawn"
    assert stands(touch) == ((Lane.WRITTEN, why) if worded else (AUTOMATIC, ""))


def test_what_was_listed_before_a_merge_is_neither_written_nor_sent_for_the_emptied_row(
    them: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    box, touch, kept = mailbox(them.rosa), reminder(them), them.prospects[1]
    own = queued(box, them.sofia)
    listed, due = [(touch.pk, them.sofia.pk)], [(own.pk, them.sofia.pk)]
    merge_prospects(by=them.rosa, keep=kept, lose=them.sofia, now=NOW)
    monkeypatch.setattr(drafting, "automatic_touches", lambda **_: listed)
    monkeypatch.setattr(claiming, "due_messages", lambda *_, **__: due)
    drafting.draft_due(now=touch.due_at)
    assert claim_next(mailbox=box, now=NOW) is None
    assert not Message.objects.exclude(prospect=kept).exists()
