"""What is taken back leaves every row exactly as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from ringback.actions.appointing import cancel_appointment, make_appointment, move_appointment
from ringback.actions.enrolling import enroll, move_to_current_version, pause, resume, stop
from ringback.actions.errors import Refused
from ringback.actions.merging import merge_prospects
from ringback.actions.prospecting import ProspectFields, assign, change_prospect, close_prospect, reopen_prospect
from ringback.actions.reacting import opt_out, record_absence, record_bounce, record_reply
from ringback.actions.touching import finish_touch, reschedule_touch
from ringback.actions.undoing import undo
from ringback.domain.vocabulary import Channel, MachineResult, Outcome
from ringback.models import Activity, Appointment, Arrangement, CadenceVersion, Enrollment, Prospect, Touch
from tests.actions.rows import (
    changed_tables,
    fresh_key,
    log,
    next_week,
    open_call,
    open_touches,
    reached,
    snapshot,
    unreached,
)
from tests.cast import NOW, Cast

LATER = NOW + timedelta(minutes=9)
UNANSWERED = [each for each in MachineResult if each is not MachineResult.ANSWERED]
AT_THE_APPOINTMENT = [*((MachineResult.ANSWERED, each) for each in Outcome), *((each, None) for each in UNANSWERED)]
Doing = Callable[[Cast], Arrangement]


def taken_back(them: Cast, do: Doing) -> Arrangement:
    before = snapshot()
    arrangement = do(them)
    assert changed_tables(before), "nothing was done that could be taken back"
    undo(by=them.rosa, arrangement=arrangement, now=LATER)
    assert snapshot() == before
    return arrangement


@pytest.mark.parametrize("outcome", Outcome)
def test_undo_restores_every_row_after_a_talk(them: Cast, outcome: Outcome) -> None:
    taken_back(them, lambda them: log(them.rosa, open_call(them.sofia), reached(outcome, NOW), NOW))


@pytest.mark.parametrize("machine", UNANSWERED)
def test_undo_restores_every_row_after_an_unanswered_dial(them: Cast, machine: MachineResult) -> None:
    taken_back(them, lambda them: log(them.rosa, open_call(them.sofia), unreached(machine, NOW), NOW))


def appointment_of(them: Cast) -> Appointment:
    log(them.rosa, open_call(them.sofia), reached(Outcome.APPOINTMENT, NOW), NOW)
    return Appointment.objects.get(prospect=them.sofia)


@pytest.mark.parametrize(("machine", "outcome"), AT_THE_APPOINTMENT)
def test_undo_restores_every_row_after_the_agreed_call(
    them: Cast, machine: MachineResult, outcome: Outcome | None
) -> None:
    at = appointment_of(them).starts_at
    said = reached(outcome, at) if outcome else unreached(machine, at)
    touch = Touch.objects.get(prospect=them.sofia, kind="appointment", state="open")
    taken_back(them, lambda them: log(them.rosa, touch, said, at))


def paused(them: Cast) -> Enrollment:
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    pause(by=them.rosa, enrollment=enrollment, reason="Holidays", until=next_week(NOW), key=fresh_key(), now=NOW)
    return Enrollment.objects.get(prospect=them.sofia)


def written(them: Cast) -> Touch:
    """The mail that follows the first call."""
    log(them.rosa, open_call(them.sofia), unreached(MachineResult.VOICEMAIL, NOW), NOW)
    return open_touches(them.sofia)[0]


def promised(them: Cast) -> Touch:
    log(them.rosa, open_call(them.sofia), reached(Outcome.CALL_BACK, NOW), NOW)
    return Touch.objects.filter(prospect=them.sofia, kind="commitment").first()


def newer_version(them: Cast) -> Enrollment:
    version = CadenceVersion.objects.get(name="warm-first-voicemail")
    CadenceVersion.objects.filter(pk=version.pk).update(retired_at=NOW)
    version.pk, version.version = None, 2
    version.save()
    return Enrollment.objects.get(prospect=them.sofia)


def stopped(them: Cast) -> None:
    stop(by=them.rosa, enrollment=Enrollment.objects.get(prospect=them.sofia), reason="No", key=fresh_key(), now=NOW)


def closed(them: Cast) -> None:
    close_prospect(by=them.rosa, prospect=them.sofia, reason="Moved away", key=fresh_key(), now=NOW)


def nothing(them: Cast) -> None:
    return None


def sofia(them: Cast, _: object) -> dict[str, object]:
    return {"prospect": them.sofia}


def enrollment(them: Cast, _: object) -> dict[str, object]:
    return {"enrollment": Enrollment.objects.get(prospect=them.sofia)}


def first_call(them: Cast, _: object) -> dict[str, object]:
    return {"touch": open_call(them.sofia)}


def touch(_: Cast, prepared: object) -> dict[str, object]:
    return {"touch": prepared}


def appointment(_: Cast, prepared: object) -> dict[str, object]:
    return {"appointment": prepared}


IN_TWO_HOURS, IN_NINE_DAYS = NOW + timedelta(hours=2), NOW + timedelta(days=9)

# What stood before, the action, what it is about, and what else is said.
OTHERS: dict[str, tuple[Callable[[Cast], object], Callable[..., Arrangement], Callable[..., dict], dict]] = {
    "enroll": (stopped, enroll, sofia, {"cadence": "general"}),
    "pause": (nothing, pause, enrollment, {"reason": "Fair"}),
    "resume": (paused, resume, enrollment, {}),
    "close-while-paused": (paused, close_prospect, sofia, {"reason": "No"}),
    "stop": (nothing, stop, enrollment, {"reason": "No budget"}),
    "move-version": (newer_version, move_to_current_version, enrollment, {}),
    "finish-mail": (written, finish_touch, touch, {}),
    "skip-mail": (written, finish_touch, touch, {"skipped": True}),
    "keep-commitment": (promised, finish_touch, touch, {}),
    "drop-commitment": (promised, finish_touch, touch, {"skipped": True}),
    "skip-call": (nothing, finish_touch, first_call, {"skipped": True}),
    "reschedule": (nothing, reschedule_touch, first_call, {"due_at": IN_TWO_HOURS}),
    "make-appointment": (nothing, make_appointment, sofia, {"starts_at": IN_NINE_DAYS, "reason": "Talk"}),
    "move-by-making": (appointment_of, make_appointment, sofia, {"starts_at": IN_NINE_DAYS, "reason": "Talk"}),
    "move-appointment": (appointment_of, move_appointment, appointment, {"starts_at": IN_NINE_DAYS}),
    "cancel-appointment": (appointment_of, cancel_appointment, appointment, {"reason": "Ill"}),
    "close": (appointment_of, close_prospect, sofia, {"reason": "Bought elsewhere"}),
    "reopen": (closed, reopen_prospect, sofia, {}),
    "reply": (nothing, record_reply, sofia, {"channel": Channel.EMAIL}),
    "they-called": (nothing, record_reply, sofia, {"channel": Channel.CALL}),
    "absence": (nothing, record_absence, sofia, {"until": next_week(NOW).date()}),
    "bounce": (nothing, record_bounce, sofia, {"address": "person0@example.com"}),
    "opt-out": (appointment_of, opt_out, sofia, {"proof": "Wrote so"}),
}


@pytest.mark.parametrize("name", OTHERS)
def test_undo_restores_every_row_after(them: Cast, name: str) -> None:
    prepare, action, about, said = OTHERS[name]
    whom = about(them, prepare(them))
    taken_back(them, lambda them: action(by=them.rosa, **whom, **said, key="k", now=LATER))


def test_undo_is_a_line_on_the_timeline_and_the_first_one_stays(them: Cast) -> None:
    arrangement = taken_back(them, lambda them: log(them.rosa, open_call(them.sofia), reached(Outcome.LOST, NOW), NOW))
    verbs = Activity.objects.filter(arrangement=arrangement).order_by("pk").values_list("verb", "by__username")
    assert list(verbs) == [("call", "rosa"), ("undo", "rosa")]


def test_B2_a_talk_uses_up_what_it_was_to_be_about_and_undo_brings_it_back(them: Cast) -> None:
    noted = Prospect.objects.filter(pk=them.sofia.pk)
    noted.update(talk_about="The second depot")
    unanswered = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    assert noted.get().talk_about == "The second depot"
    undo(by=them.rosa, arrangement=unanswered, now=LATER)
    arrangement = log(them.rosa, open_call(them.sofia), reached(Outcome.THINKING, NOW), NOW)
    assert noted.get().talk_about is None
    undo(by=them.rosa, arrangement=arrangement, now=LATER)
    assert noted.get().talk_about == "The second depot"


def test_undo_twice_is_harmless(them: Cast) -> None:
    arrangement = taken_back(them, lambda them: log(them.rosa, open_call(them.sofia), reached(Outcome.WON, NOW), NOW))
    before, lines = snapshot(), Activity.objects.count()
    undo(by=them.rosa, arrangement=arrangement, now=LATER)
    assert (snapshot(), Activity.objects.count()) == (before, lines)


def test_undo_then_the_same_again_arranges_the_same(them: Cast) -> None:
    said = reached(Outcome.APPOINTMENT, NOW)
    first = taken_back(them, lambda them: log(them.rosa, open_call(them.sofia), said, NOW))
    assert log(them.rosa, open_call(them.sofia), said, NOW).summary == first.summary


def test_a_key_that_was_taken_back_is_not_taken_for_saved(them: Cast) -> None:
    touch = open_call(them.sofia)
    undo(by=them.rosa, arrangement=log(them.rosa, touch, reached(Outcome.WON, NOW), NOW, key="once"), now=LATER)
    with pytest.raises(Refused, match="taken back"):
        log(them.rosa, touch, reached(Outcome.WON, NOW), NOW, key="once")


def refused_untouched(them: Cast, arrangement: Arrangement, words: str, by: str = "rosa") -> None:
    before = snapshot()
    with pytest.raises(Refused, match=words):
        undo(by=getattr(them, by), arrangement=arrangement, now=LATER)
    assert snapshot() == before


def test_undo_refuses_while_something_newer_stands_on_it(them: Cast) -> None:
    first = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    second = finish_touch(by=them.rosa, touch=open_touches(them.sofia)[0], key=fresh_key(), now=LATER)
    refused_untouched(them, first, "newer")
    undo(by=them.rosa, arrangement=second, now=LATER)
    undo(by=them.rosa, arrangement=first, now=LATER)
    assert open_call(them.sofia).step_id == "first-call"


def test_undo_refuses_somebody_who_may_not_see_the_prospect(them: Cast) -> None:
    arrangement = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    refused_untouched(them, arrangement, "somebody else", by="otto")


def test_undo_refuses_after_a_merge(them: Cast) -> None:
    arrangement = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    merge_prospects(by=them.rosa, keep=them.prospects[1], lose=them.sofia, now=LATER)
    refused_untouched(them, Arrangement.objects.get(pk=arrangement.pk), "merged")


def test_undo_after_the_prospect_was_given_away_leaves_the_call_with_the_new_owner(them: Cast) -> None:
    arrangement = log(them.rosa, open_call(them.sofia), unreached(MachineResult.NO_ANSWER, NOW), NOW)
    assign(by=them.max, prospect=them.sofia, owner=them.max, now=LATER)
    undo(by=them.max, arrangement=arrangement, now=LATER)
    assert open_call(them.sofia).owner == them.max


def test_undo_after_an_unrelated_change_keeps_that_change(them: Cast) -> None:
    arrangement = log(them.rosa, open_call(them.sofia), reached(Outcome.LOST, NOW), NOW)
    change_prospect(by=them.rosa, prospect=them.sofia, fields=ProspectFields(job_title="Owner"), now=LATER)
    undo(by=them.rosa, arrangement=arrangement, now=LATER)
    them.sofia.refresh_from_db()
    assert (them.sofia.job_title, them.sofia.state) == ("Owner", "open")
