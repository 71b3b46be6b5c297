"""What the database itself holds, whoever writes."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from ringback.domain.vocabulary import Outcome
from ringback.models import (
    Activity,
    Appointment,
    Arrangement,
    CadenceVersion,
    Call,
    Commitment,
    ContactPoint,
    Enrollment,
    Pause,
    Prospect,
    Suppression,
    Touch,
    User,
    Workspace,
)
from tests.actions.rows import log, open_call, reached
from tests.cast import NOW, Cast


@pytest.fixture
def rows(them: Cast) -> Cast:
    """One of everything that the constraints speak of."""
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    ContactPoint.objects.filter(prospect=them.sofia).first()
    running = Enrollment.objects.get(prospect=them.prospects[1])
    Pause.objects.create(enrollment=running, by=them.rosa, at=NOW)
    Suppression.objects.create(prospect=them.prospects[2], reason="x", at=NOW)
    return them


def twin(row: Model, **changes: object) -> Model:
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def running(model: type[Model], **more: object) -> Model:
    return model._default_manager.filter(**more).order_by("pk").first()


IMPOSSIBLE = {
    "one-open-enrollment": lambda: twin(running(Enrollment, state="running")),
    "one-open-enrollment-even-if-paused": lambda: twin(running(Enrollment, state="running"), state="paused"),
    "one-open-touch-in-an-enrollment": lambda: twin(running(Touch, enrollment__isnull=False, state="open")),
    "one-agreed-appointment": lambda: twin(running(Appointment), uid="another"),
    "one-calendar-uid": lambda: twin(running(Appointment), state="kept"),
    "one-key": lambda: twin(running(Arrangement)),
    "one-current-version": lambda: twin(running(CadenceVersion), version=2),
    "one-number-of-a-version": lambda: twin(running(CadenceVersion), retired_at=NOW),
    "one-running-pause": lambda: twin(running(Pause)),
    "one-contact-point": lambda: twin(running(ContactPoint)),
    "one-call-for-a-touch": lambda: twin(running(Call)),
    "no-call-without-a-prospect": lambda: twin(running(Call), prospect_id=None, touch=None),
    "no-call-answered-without-an-outcome": lambda: twin(running(Call), touch=None, outcome=""),
    "no-outcome-without-an-answer": lambda: twin(running(Call), touch=None, machine="busy"),
    "no-word-of-our-own": lambda: twin(running(Call), touch=None, machine="ringing"),
    "no-touch-without-a-zone": lambda: twin(running(Touch, enrollment=None), zone=""),
    "no-touch-without-a-reason": lambda: twin(running(Touch, enrollment=None), because_rule=""),
    "no-open-touch-that-was-closed": lambda: twin(running(Touch, enrollment=None, state="open"), closed_at=NOW),
    "no-closed-touch-without-its-moment": lambda: twin(running(Touch, enrollment=None), state="done", closed_at=None),
    "no-finished-enrollment-without-a-reason": lambda: twin(
        running(Enrollment, state="running"), state="finished", finished_at=NOW
    ),
    "no-appointment-without-a-zone": lambda: twin(running(Appointment), state="kept", uid="another", zone=""),
    "no-unknown-state-of-a-prospect": lambda: twin(running(Prospect), state="asleep"),
    "no-unknown-role": lambda: twin(running(User), username="another", role="boss"),
    "no-unknown-party": lambda: twin(running(Commitment), party="nobody"),
    "no-unknown-contact-point": lambda: twin(running(ContactPoint), value="x", kind="pigeon"),
    "no-suppression-of-nobody": lambda: twin(running(Suppression), prospect=None, value=""),
    "one-workspace": lambda: twin(running(Workspace), pk=2),
    "no-hours-that-close-before-they-open": lambda: twin(running(Workspace), pk=1, window_close=time(1)),
}  # fmt: skip


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_database_refuses(rows: Cast, case: str) -> None:
    row = IMPOSSIBLE[case]()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=case != "no-hours-that-close-before-they-open")


def test_timeline_is_append_only(them: Cast) -> None:
    line = Activity.objects.filter(prospect=them.sofia).first()
    assert line is not None
    with pytest.raises(TypeError):
        line.save()


def test_a_retired_version_and_a_finished_enrollment_make_room(rows: Cast) -> None:
    CadenceVersion.objects.filter(name="general").update(retired_at=NOW)
    twin(CadenceVersion.objects.get(name="general"), version=2, retired_at=None).save(force_insert=True)
    Enrollment.objects.filter(state="running").update(
        state="finished", finished_at=NOW + timedelta(days=1), finish_reason="stopped"
    )
    twin(running(Enrollment), state="running", finished_at=None, finish_reason="").save(force_insert=True)
