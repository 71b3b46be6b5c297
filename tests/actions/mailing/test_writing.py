"""Several workers write what is due: each mail once, and none waits for another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ringback.actions.appointing import make_appointment
from ringback.actions.deciding import locked_prospect
from ringback.actions.mailing.drafting import draft_due
from ringback.domain.lanes import AUTOMATIC
from ringback.domain.mail.sending import UNDO_WAIT
from ringback.models import Message, Touch
from tests.actions.mailing.rows import mailbox
from tests.actions.rows import fresh_key, next_week
from tests.actions.test_racing import at_once
from tests.cast import NOW, Cast, cast

pytestmark = pytest.mark.django_db(transaction=True)
DUE = NOW + timedelta(minutes=1) + UNDO_WAIT


@pytest.fixture
def them(transactional_db: None) -> Cast:
    """Everybody has agreed on a talk, and its confirmation is due."""
    them = cast()
    mailbox(them.rosa)
    for number, prospect in enumerate(them.prospects):
        starts_at = next_week(NOW) + timedelta(hours=number)
        make_appointment(by=them.rosa, prospect=prospect, starts_at=starts_at, reason="Talk", key=fresh_key(), now=NOW)
    return them


def due() -> set[int]:
    return set(Touch.objects.filter(lane=AUTOMATIC, state="open", due_at__lte=DUE).values_list("pk", flat=True))


def test_several_writers_write_each_mail_once(them: Cast) -> None:
    wanted = due()
    assert len(wanted) >= len(them.prospects)
    at_once(*[lambda: draft_due(now=DUE)] * 4)
    draft_due(now=DUE)
    assert sorted(Message.objects.values_list("touch_id", flat=True)) == sorted(wanted)


def test_whom_somebody_holds_is_passed_by_and_written_to_later(them: Cast) -> None:
    wanted = due()
    theirs = set(Touch.objects.filter(pk__in=wanted, prospect=them.sofia).values_list("pk", flat=True))
    if connection.vendor == "postgresql":  # on SQLite there is one writer at a time: the other one would wait for it
        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            locked_prospect(them.sofia.pk)
            pool.submit(another_worker).result(timeout=30)
        assert written() == wanted - theirs
    draft_due(now=DUE)
    assert written() == wanted


def another_worker() -> None:
    try:
        draft_due(now=DUE)
    finally:
        connection.close()


def written() -> set[int | None]:
    return set(Message.objects.values_list("touch_id", flat=True))
