"""Appointments outside a call: made, moved, cancelled, with everything that hangs on them (A1, A4, A7, C5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ringback.actions.appointing import cancel_appointment, make_appointment, move_appointment
from ringback.actions.errors import Refused
from ringback.actions.prospecting import close_prospect
from ringback.actions.reacting import opt_out
from ringback.domain.vocabulary import MachineResult, Outcome
from ringback.models import Appointment, Enrollment, Touch
from tests.actions.rows import fresh_key, log, open_call, open_touches, reached, snapshot, unreached
from tests.cast import NOW, Cast

STARTS = NOW + timedelta(days=8)


def make(them: Cast, starts_at=STARTS, now=NOW) -> Appointment:
    make_appointment(by=them.rosa, prospect=them.sofia, starts_at=starts_at, reason="Figures", key=fresh_key(), now=now)
    return Appointment.objects.get(prospect=them.sofia, state="agreed")


def hung(appointment: Appointment) -> list[str]:
    touches = Touch.objects.filter(appointment=appointment, state="open").order_by("due_at", "kind")
    return [f"{touch.kind} {touch.channel}" for touch in touches]


def test_C5_booking_stops_the_ladder(them: Cast) -> None:
    appointment = make(them)
    assert Enrollment.objects.get(prospect=them.sofia).finish_reason == "appointment"
    assert hung(appointment) == ["confirmation email", "reminder email", "appointment call"]
    assert len(open_touches(them.sofia)) == 3


def test_A4_moved_fifty_times_it_is_one_entry_with_one_set_of_everything(them: Cast) -> None:
    appointment = make(them)
    uid = appointment.uid
    for number in range(1, 51):
        appointment = Appointment.objects.get(pk=appointment.pk)
        starts_at = STARTS + timedelta(days=number)
        move_appointment(
            by=them.rosa,
            appointment=appointment,
            starts_at=starts_at,
            key=fresh_key(),
            now=NOW + timedelta(hours=number),
        )
    found = Appointment.objects.get(prospect=them.sofia)
    assert (found.pk, found.uid, found.sequence, found.starts_at) == (
        appointment.pk, uid, 50, STARTS + timedelta(days=50),
    )  # fmt: skip
    assert hung(found) == ["confirmation email", "reminder email", "appointment call"]
    assert [touch.due_at for touch in open_touches(them.sofia) if touch.kind == "appointment"] == [found.starts_at]
    assert Touch.objects.filter(appointment=found, state="cancelled").count() == 150


def test_booking_again_moves_the_standing_one(them: Cast) -> None:
    first = make(them)
    again = make(them, STARTS + timedelta(days=1))
    assert (again.pk, again.uid, again.sequence) == (first.pk, first.uid, 1)


def test_A4_cancelled_everything_around_it_falls_and_the_rhythm_begins(them: Cast) -> None:
    appointment = make(them)
    cancel_appointment(by=them.rosa, appointment=appointment, reason="Ill", key=fresh_key(), now=NOW)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.sequence, hung(appointment)) == ("cancelled", 1, [])
    assert [(touch.step_id, touch.channel) for touch in open_touches(them.sofia)] == [("day-3", "email")]


def test_A5_moving_rebuilds_the_card_that_was_not_written_yet(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    appointment = Appointment.objects.get()
    move_appointment(by=them.rosa, appointment=appointment, starts_at=STARTS, key=fresh_key(), now=NOW)
    assert "thank_you card" in hung(appointment)


@pytest.mark.parametrize("action", [move_appointment, cancel_appointment])
def test_appointment_that_changed_meanwhile_is_left_alone(them: Cast, action) -> None:
    seen = make(them)
    moved = Appointment.objects.get(pk=seen.pk)
    move_appointment(by=them.max, appointment=moved, starts_at=STARTS + timedelta(days=1), key=fresh_key(), now=NOW)
    before = snapshot()
    more = {"starts_at": STARTS + timedelta(days=2)} if action is move_appointment else {"reason": "x"}
    with pytest.raises(Refused, match="changed meanwhile"):
        action(by=them.rosa, appointment=seen, key=fresh_key(), now=NOW, **more)
    assert snapshot() == before


REFUSED = {
    "A1-in-the-past": ({"starts_at": NOW - timedelta(minutes=1)}, "next_at"),
    "A1-too-far": ({"starts_at": NOW + timedelta(days=800)}, "next_at"),
    "A4-without-a-reason": ({"reason": "  "}, "reason"),
    "too-long-a-reason": ({"reason": "x" * 501}, "reason"),
    "odd-character": ({"reason": "x\x00"}, "reason"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_field(them: Cast, case: str) -> None:
    changes, field = REFUSED[case]
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        make_appointment(
            **{"by": them.rosa, "prospect": them.sofia, "starts_at": STARTS, "reason": "Talk", "key": "k", "now": NOW}
            | changes
        )
    assert refusal.value.field == field
    assert snapshot() == before


def test_C5_none_with_somebody_who_asked_to_be_left_alone_or_is_closed(them: Cast) -> None:
    close_prospect(by=them.rosa, prospect=them.prospects[1], reason="Gone", key=fresh_key(), now=NOW)
    opt_out(by=them.rosa, prospect=them.sofia, proof="Wrote so", key=fresh_key(), now=NOW)
    before = snapshot()
    for prospect in them.prospects[:2]:
        with pytest.raises(Refused):
            make_appointment(by=them.rosa, prospect=prospect, starts_at=STARTS, reason="Talk", key=fresh_key(), now=NOW)
    assert snapshot() == before


def test_B1_missed_appointment_is_settled_and_another_can_be_agreed_on(them: Cast) -> None:
    make(them)
    call = Touch.objects.get(kind="appointment", state="open")
    log(them.rosa, call, unreached(MachineResult.NO_ANSWER, STARTS), STARTS)
    make(them, STARTS + timedelta(days=3), STARTS + timedelta(hours=1))
    assert list(Appointment.objects.order_by("pk").values_list("state", flat=True)) == ["missed", "agreed"]
