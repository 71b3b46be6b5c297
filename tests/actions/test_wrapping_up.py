"""A call is logged: what was shown before saving is what stands in the rows after it, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ringback.actions.errors import Refused
from ringback.actions.summary import touch_data
from ringback.actions.wrapping_up import WrapUp, preview_wrap_up, wrap_up
from ringback.domain.arrangement import PlannedTouch
from ringback.domain.events import CallEnded, Gate, Promise
from ringback.domain.vocabulary import MachineResult, Outcome, Party
from ringback.models import (
    Activity,
    Appointment,
    Arrangement,
    Call,
    Commitment,
    ContactPoint,
    Enrollment,
    Interest,
    Need,
    Objection,
    Prospect,
    Suppression,
    Touch,
)
from tests.actions.rows import fresh_key, log, next_week, open_call, open_touches, reached, snapshot, unreached
from tests.cast import NOW, Cast

UNANSWERED = [each for each in MachineResult if each is not MachineResult.ANSWERED]
ENDINGS = [*((MachineResult.ANSWERED, each) for each in Outcome), *((each, None) for each in UNANSWERED)]
ZONE = "Europe/Rome"


def said_of(machine: MachineResult, outcome: Outcome | None) -> WrapUp:
    return reached(outcome, NOW) if outcome else unreached(machine, NOW)


@pytest.mark.parametrize(("machine", "outcome"), ENDINGS)
def test_saving_writes_exactly_what_the_preview_showed(
    them: Cast, machine: MachineResult, outcome: Outcome | None
) -> None:
    said, touch, before = said_of(machine, outcome), open_call(them.sofia), snapshot()
    shown = preview_wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=said, touch_id=touch.pk, now=NOW)
    assert snapshot() == before
    saved = log(them.rosa, touch, said, NOW)

    planted = Touch.objects.filter(arrangement=saved).order_by("pk")
    assert [as_row(each) for each in planted] == [as_shown(each) for each in shown.touches]
    assert saved.summary["touches"] == [touch_data(each, ZONE) for each in shown.touches]
    assert (saved.because_rule, saved.because_text) == (shown.because.rule, shown.because.text)
    assert saved.summary["gaps"] == list(shown.gaps)
    enrollment = Enrollment.objects.get(prospect=them.sofia, cadence__name="warm-first-voicemail")
    assert enrollment.finish_reason == (shown.finish.value if shown.finish else "")


def as_row(touch: Touch) -> tuple[object, ...]:
    because = (touch.because_rule, touch.because_text)
    moments = (touch.due_at, touch.planned_at, touch.latest_at, touch.zone)
    return (touch.kind, touch.channel, touch.title, moments, because, touch.step_id, touch.repetition)


def as_shown(touch: PlannedTouch) -> tuple[object, ...]:
    because = (touch.because.rule, touch.because.text)
    moments = (touch.due_at, touch.counted_from, touch.latest_at, ZONE)
    return (touch.kind, touch.channel, touch.title, moments, because, touch.step_id, touch.repetition)


@pytest.mark.parametrize(("machine", "outcome"), ENDINGS)
def test_every_ending_leaves_one_call_one_line_and_a_closed_touch(
    them: Cast, machine: MachineResult, outcome: Outcome | None
) -> None:
    touch = open_call(them.sofia)
    saved = log(them.rosa, touch, said_of(machine, outcome), NOW)
    call = Call.objects.get(prospect=them.sofia)
    assert (call.machine, call.outcome, call.touch, call.rep) == (machine, outcome or "", touch, them.rosa)
    line = Activity.objects.get(arrangement=saved)
    assert (line.verb, line.by, line.at, line.rule) == ("call", them.rosa, NOW, saved.because_rule)
    touch.refresh_from_db()
    assert (touch.state, touch.closed_at, touch.closed_by) == ("done", NOW, them.rosa)


def test_what_was_learned_becomes_records(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.THINKING, NOW), NOW)
    assert [row.text for row in Need.objects.all()] == ["less waste"]
    assert [row.text for row in Interest.objects.all()] == ["sailing"]
    assert [(row.text, row.state) for row in Objection.objects.all()] == [("too dear", "open")]
    assert list(Commitment.objects.order_by("pk").values_list("party", "text", "due_on", "state")) == [
        ("us", "Send the price list", datetime(2026, 11, 25).date(), "open"),
        ("them", "Send the drawings", datetime(2026, 11, 26).date(), "open"),
    ]


def test_empty_lines_are_nothing_learned(them: Cast) -> None:
    said = replace(reached(Outcome.APPOINTMENT, NOW), needs=(" ", ""), interests=("\n",), objections=("",))
    log(them.rosa, open_call(them.sofia), said, NOW)
    assert (Need.objects.count(), Interest.objects.count(), Objection.objects.count()) == (0, 0, 0)


def test_B5_thinking_it_over_asks_what_is_behind_it_and_an_empty_line_is_no_answer(them: Cast) -> None:
    said = replace(reached(Outcome.THINKING, NOW), objections=("  ",))
    with pytest.raises(Refused) as refusal:
        log(them.rosa, open_call(them.sofia), said, NOW)
    assert refusal.value.field == "objections"


def test_appointment_row_and_all_that_hangs_on_it(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    appointment = Appointment.objects.get()
    assert (appointment.starts_at, appointment.zone, appointment.state, appointment.rep, appointment.sequence) == (
        next_week(NOW), ZONE, "agreed", them.rosa, 0,
    )  # fmt: skip
    hung = Touch.objects.filter(appointment=appointment, state="open").order_by("kind")
    assert [(each.kind, each.channel) for each in hung] == [
        ("appointment", "call"), ("confirmation", "email"), ("reminder", "email"), ("thank_you", "card"),
    ]  # fmt: skip


def test_key_sent_twice_arranges_once(them: Cast) -> None:
    touch, said = open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW)
    first = log(them.rosa, touch, said, NOW, key="same")
    before = snapshot()
    again = log(them.rosa, touch, said, NOW + timedelta(seconds=2), key="same")
    assert (again.pk, again.summary) == (first.pk, first.summary)
    assert snapshot() == before
    assert Arrangement.objects.filter(key="same").count() == 1


@pytest.mark.parametrize("whose", ["another prospect", "another person"])
def test_key_of_somebody_else_is_refused(them: Cast, whose: str) -> None:
    said = unreached(MachineResult.NO_ANSWER, NOW)
    log(them.rosa, open_call(them.sofia), said, NOW, key="same")
    before = snapshot()
    by, prospect = (them.rosa, them.prospects[1]) if whose == "another prospect" else (them.max, them.sofia)
    with pytest.raises(Refused, match="sent before, for somebody else"):
        wrap_up(by=by, prospect=prospect, wrap_up=said, touch_id=None, key="same", now=NOW)
    assert snapshot() == before


@pytest.mark.parametrize("key", ["", "  ", "k" * 81])
def test_request_without_a_usable_key_is_refused(them: Cast, key: str) -> None:
    with pytest.raises(Refused, match="key"):
        wrap_up(
            by=them.rosa,
            prospect=them.sofia,
            wrap_up=unreached(MachineResult.BUSY, NOW),
            touch_id=None,
            key=key,
            now=NOW,
        )


def test_second_person_is_told_who_was_first_and_with_what(them: Cast) -> None:
    touch = open_call(them.sofia)
    log(them.rosa, touch, reached(Outcome.APPOINTMENT, NOW), NOW)
    before = snapshot()
    with pytest.raises(Refused, match=r"Rosa Lindqvist has just logged this: Appointment agreed\."):
        log(them.max, touch, unreached(MachineResult.NO_ANSWER, NOW), NOW)
    assert snapshot() == before


def test_number_of_another_prospects_touch_tells_nothing_about_it(them: Cast) -> None:
    other = open_call(them.prospects[1])
    log(them.rosa, other, reached(Outcome.APPOINTMENT, NOW), NOW)
    with pytest.raises(Refused) as refusal:
        wrap_up(
            by=them.rosa, prospect=them.sofia, wrap_up=unreached(MachineResult.BUSY, NOW), touch_id=other.pk,
            key=fresh_key(), now=NOW,
        )  # fmt: skip
    assert "Rosa" not in refusal.value.message


def test_rep_of_another_team_cannot_log(them: Cast) -> None:
    before = snapshot()
    with pytest.raises(Refused, match="somebody else"):
        log(them.otto, open_call(them.sofia), unreached(MachineResult.BUSY, NOW), NOW)
    assert snapshot() == before


LONG = [
    ("notes", lambda text: WrapUp(CallEnded(NOW, MachineResult.BUSY), notes=text), 200_000),
    ("phone", lambda text: WrapUp(CallEnded(NOW, MachineResult.BUSY), phone=text), 320),
    ("needs", lambda text: replace(reached(Outcome.WON, NOW), needs=(text,)), 500),
    ("interests", lambda text: replace(reached(Outcome.WON, NOW), interests=(text,)), 200),
    ("objections", lambda text: replace(reached(Outcome.WON, NOW), objections=(text,)), 500),
    ("reason", lambda text: event_with(Outcome.APPOINTMENT, reason=text), 500),
    ("close_reason", lambda text: event_with(Outcome.LOST, close_reason=text), 300),
    ("promises", lambda text: event_with(Outcome.WON, promises=(Promise(Party.THEM, text, NOW.date()),)), 300),
]


def event_with(outcome: Outcome, **changes: object) -> WrapUp:
    said = reached(outcome, NOW)
    return replace(said, event=replace(said.event, **changes))


@pytest.mark.parametrize(("field", "make", "most"), LONG, ids=[each[0] for each in LONG])
def test_text_that_fills_its_column_is_saved_and_a_longer_one_refused(
    them: Cast, field: str, make: object, most: int
) -> None:
    before = snapshot()
    for bad in ("x" * (most + 1), "zero\x00byte", "half\ud800pair"):
        with pytest.raises(Refused) as refusal:
            log(them.rosa, open_call(them.sofia), make(bad), NOW)
        assert refusal.value.field == field
        assert snapshot() == before
    log(them.rosa, open_call(them.sofia), make("ж" * most), NOW)


def test_what_does_not_fit_a_derived_text_is_cut_visibly(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), event_with(Outcome.APPOINTMENT, reason="r" * 500), NOW)
    assert Touch.objects.get(kind="appointment").title == "r" * 299 + "…"
    assert Appointment.objects.get().reason == "r" * 500


REFUSED_MOMENTS = {
    "A1-no-moment": (Outcome.APPOINTMENT, None, "next_at"),
    "A1-past": (Outcome.APPOINTMENT, NOW - timedelta(minutes=1), "next_at"),
    "A1-now": (Outcome.CALL_BACK, NOW, "next_at"),
    "A1-too-far": (Outcome.CALL_BACK, NOW + timedelta(days=800), "next_at"),
    "A1-no-zone": (Outcome.CALL_BACK, datetime(2026, 12, 1, 10), "next_at"),
    "A2-no-moment": (Outcome.THEY_CALL, None, "next_at"),
}


@pytest.mark.parametrize("rule", REFUSED_MOMENTS)
def test_moment_is_refused(them: Cast, rule: str) -> None:
    outcome, moment, field = REFUSED_MOMENTS[rule]
    with pytest.raises(Refused) as refusal:
        log(them.rosa, open_call(them.sofia), event_with(outcome, next_at=moment), NOW)
    assert (refusal.value.field, len(refusal.value.missing)) == (field, 1)


@pytest.mark.parametrize("at", [NOW + timedelta(minutes=6), datetime(2026, 11, 23, 9)])
def test_call_that_has_not_happened_is_refused(them: Cast, at: datetime) -> None:
    with pytest.raises(Refused) as refusal:
        log(them.rosa, open_call(them.sofia), unreached(MachineResult.BUSY, at), NOW)
    assert refusal.value.field == "at"


def test_outcome_without_an_answer_is_refused(them: Cast) -> None:
    said = WrapUp(CallEnded(NOW, MachineResult.NO_ANSWER, Outcome.LOST, close_reason="x"))
    with pytest.raises(Refused) as refusal:
        log(them.rosa, open_call(them.sofia), said, NOW)
    assert refusal.value.field == "outcome"


def test_B6_information_is_sent_only_behind_four_yeses(them: Cast) -> None:
    for gate in (None, Gate(True, True, True, False), Gate(False, True, True, True)):
        with pytest.raises(Refused) as refusal:
            log(them.rosa, open_call(them.sofia), event_with(Outcome.SEND_INFORMATION, gate=gate), NOW)
        assert [each.rule for each in refusal.value.missing] == ["B6"]


def test_C5_never_again_blocks_the_person_and_each_number_and_address(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.OPT_OUT, NOW), NOW)
    assert set(Suppression.objects.values_list("channel", "value")) == {
        ("", ""), ("", "+390546120000"), ("", "person0@example.com"),
    }  # fmt: skip
    assert open_touches(them.sofia) == []
    assert Prospect.objects.get(pk=them.sofia.pk).state == "closed"


def test_C5_nothing_is_planned_for_whoever_asked_to_be_left_alone(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.OPT_OUT, NOW), NOW)
    before = snapshot()
    with pytest.raises(Refused, match="asked not to be contacted"):
        wrap_up(
            by=them.rosa, prospect=them.sofia, wrap_up=reached(Outcome.APPOINTMENT, NOW), touch_id=None,
            key=fresh_key(), now=NOW,
        )  # fmt: skip
    assert snapshot() == before


def test_C6_closed_lead_that_nobody_answers_at_stays_without_a_plan(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.LOST, NOW), NOW)
    wrap_up(
        by=them.rosa, prospect=them.sofia, wrap_up=unreached(MachineResult.NO_ANSWER, NOW), touch_id=None,
        key=fresh_key(), now=NOW,
    )  # fmt: skip
    assert open_touches(them.sofia) == []


def test_C6_closed_lead_that_agrees_on_a_talk_is_open_again(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.LOST, NOW), NOW)
    said = reached(Outcome.APPOINTMENT, NOW)
    inbound = replace(said, event=replace(said.event, inbound=True))
    wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=inbound, touch_id=None, key=fresh_key(), now=NOW)
    found = Prospect.objects.get(pk=them.sofia.pk)
    assert (found.state, found.close_reason) == ("open", "")
    assert "appointment" in [touch.kind for touch in open_touches(them.sofia)]


@pytest.mark.parametrize("said", [unreached(MachineResult.FAILED, NOW), reached(Outcome.WRONG_PERSON, NOW)])
def test_dead_number_is_marked_and_looked_for(them: Cast, said: WrapUp) -> None:
    log(them.rosa, open_call(them.sofia), said, NOW)
    assert ContactPoint.objects.get(prospect=them.sofia, kind="phone").failed_at == NOW
    assert "find_number" in [touch.kind for touch in open_touches(them.sofia)]


def test_dead_number_with_another_one_is_tried_again_at_once(them: Cast) -> None:
    ContactPoint.objects.create(prospect=them.sofia, kind="phone", value="+390546999999", position=5)
    log(them.rosa, open_call(them.sofia), unreached(MachineResult.FAILED, NOW), NOW)
    again = open_call(them.sofia)
    assert (again.step_id, again.due_at, again.kind) == ("first-call", NOW, "new_lead")


def test_talk_replaces_an_older_promise_to_call(them: Cast) -> None:
    log(them.rosa, open_call(them.sofia), reached(Outcome.CALL_BACK, NOW), NOW)
    said = reached(Outcome.APPOINTMENT, NOW)
    inbound = replace(said, event=replace(said.event, inbound=True))
    wrap_up(by=them.rosa, prospect=them.sofia, wrap_up=inbound, touch_id=None, key=fresh_key(), now=NOW)
    assert [touch.kind for touch in open_touches(them.sofia) if touch.channel == "call"] == ["appointment"]


def test_instants_keep_their_microseconds(them: Cast) -> None:
    at = datetime(2026, 11, 23, 8, 59, 59, 123456, tzinfo=UTC)
    log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, at), NOW)
    assert Call.objects.get().at == at
    assert open_touches(them.sofia)[0].due_at == at + timedelta(minutes=10)


def test_nothing_is_left_when_the_program_dies_in_the_middle(them: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from ringback.actions import wrapping_up

    before, lines = snapshot(), Activity.objects.count()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    # The last thing that is written before the commit: everything else has been written by then.
    monkeypatch.setattr(wrapping_up, "seal", dies)
    with pytest.raises(KeyboardInterrupt):
        log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW, key="cut")
    assert (snapshot(), Activity.objects.count()) == (before, lines)
    assert not Arrangement.objects.filter(key="cut").exists()
