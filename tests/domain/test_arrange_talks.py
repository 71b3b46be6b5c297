"""Somebody was reached: what follows from what was agreed (A1–A5, A7, B1, B5, B6, C5, D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ringback.domain.arrangement import Ending, Hang
from ringback.domain.because import Because
from ringback.domain.call_backs import reason_in
from ringback.domain.events import CallEnded, MissedTalkWritten, Promise
from ringback.domain.outcome import outcome_rule
from ringback.domain.values import AppointmentFacts, Standing
from ringback.domain.vocabulary import (
    AppointmentState,
    Channel,
    FinishReason,
    FirstContact,
    MachineResult,
    Outcome,
    Party,
    ProspectState,
    Qualification,
)
from tests.domain.clock import instant
from tests.domain.engine import (
    BRIEF,
    FREE,
    GENERAL,
    PATIENT,
    PHONE_ONLY,
    SOFIA,
    WARM,
    agreed,
    call_back,
    follows,
    lines,
    on,
    reads,
    rung,
    talked,
    unanswered,
)

NEVER_SPOKEN = replace(SOFIA, first_contact=FirstContact.NONE)
SPOKEN = replace(SOFIA, first_contact=FirstContact.LIVE, conversations=1)
NO_ADDRESS = replace(SPOKEN, conversations=0, reachable=PHONE_ONLY | {Channel.EMAIL})

# Said on Monday 6 July 2026 at 10:00; with the agreed moment, everything around it.
AROUND = {
    "A4-A5-A7-D1-a-week-ahead-with-a-card": (
        SOFIA, "2026-07-14 14:00",
        ["confirmation email 2026-07-06 10:00", "thank_you card 2026-07-06 10:00", "summary email 2026-07-06 10:15",
         "reminder email 2026-07-13 10:00", "appointment call 2026-07-14 14:00"],
    ),
    "A7-Monday-is-reminded-of-on-Friday": (
        SPOKEN, "2026-07-13 09:00",
        ["confirmation email 2026-07-06 10:00", "summary email 2026-07-06 10:15", "reminder email 2026-07-10 10:00",
         "appointment call 2026-07-13 09:00"],
    ),
    "A7-after-Christmas-is-reminded-of-before-it": (
        SPOKEN, "2026-12-28 11:00",
        ["confirmation email 2026-07-06 10:00", "summary email 2026-07-06 10:15", "reminder email 2026-12-24 10:00",
         "appointment call 2026-12-28 11:00"],
    ),
    "A7-tomorrow-is-reminded-of-this-afternoon": (
        SPOKEN, "2026-07-07 11:00",
        ["confirmation email 2026-07-06 10:00", "summary email 2026-07-06 10:15", "reminder email 2026-07-06 16:00",
         "appointment call 2026-07-07 11:00"],
    ),
    "A7-today-needs-no-reminder": (
        SPOKEN, "2026-07-06 16:30",
        ["confirmation email 2026-07-06 10:00", "summary email 2026-07-06 10:15", "appointment call 2026-07-06 16:30"],
    ),
    "A5-no-time-for-a-card-so-an-e-mail": (
        SOFIA, "2026-07-09 14:00",
        ["confirmation email 2026-07-06 10:00", "thank_you email 2026-07-06 10:00", "summary email 2026-07-06 10:15",
         "reminder email 2026-07-08 10:00", "appointment call 2026-07-09 14:00"],
    ),
    "A5-a-card-posted-today-arrives-on-the-last-day": (
        SOFIA, "2026-07-10 14:00",
        ["confirmation email 2026-07-06 10:00", "thank_you card 2026-07-06 10:00", "summary email 2026-07-06 10:15",
         "reminder email 2026-07-09 10:00", "appointment call 2026-07-10 14:00"],
    ),
    "A5-without-an-address-an-e-mail": (
        NO_ADDRESS, "2026-07-14 14:00",
        ["confirmation email 2026-07-06 10:00", "thank_you email 2026-07-06 10:00", "summary email 2026-07-06 10:15",
         "reminder email 2026-07-13 10:00", "appointment call 2026-07-14 14:00"],
    ),
    "A5-only-after-the-first-talk": (
        SPOKEN, "2026-07-14 14:00",
        ["confirmation email 2026-07-06 10:00", "summary email 2026-07-06 10:15", "reminder email 2026-07-13 10:00",
         "appointment call 2026-07-14 14:00"],
    ),
    "B1-without-mail-the-call-alone": (
        replace(SOFIA, reachable=PHONE_ONLY), "2026-07-14 14:00", ["appointment call 2026-07-14 14:00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", AROUND)
@pytest.mark.parametrize("outcome", [Outcome.APPOINTMENT, Outcome.THINKING, Outcome.SEND_INFORMATION])
def test_around_an_appointment(case: str, outcome: Outcome) -> None:
    prospect, moment, expected = AROUND[case]
    arranged = follows(talked("2026-07-06 10:00", outcome, moment), FREE, prospect)
    assert lines(arranged) == expected
    assert arranged.because.rule == outcome_rule(outcome).rule
    assert arranged.agrees is not None
    assert (arranged.agrees.starts_at, arranged.agrees.reason, arranged.agrees.moved) == (
        instant(moment),
        "The figures",
        False,
    )


GAPS = {
    "A7-made-too-late": (
        SPOKEN, "2026-07-06 16:30", ("No reminder: the day before has begun, so the confirmation reminds them (A7).",),
    ),
    "A4-without-mail": (
        replace(SPOKEN, reachable=PHONE_ONLY), "2026-07-14 14:00",
        ("No e-mail address: confirmation, summary and reminder cannot be sent. Ask for one.",),
    ),
    "A5-nothing-reaches-them": (
        replace(SOFIA, reachable=PHONE_ONLY), "2026-07-14 14:00",
        ("No e-mail address: confirmation, summary and reminder cannot be sent. Ask for one.",
         "No address and no e-mail: the thank-you cannot be sent (A5)."),
    ),
    "C6-agreed-outside-the-hours": (
        SPOKEN, "2026-07-14 20:00", ("Outside their usual call hours; kept because you both agreed on it.",),
    ),
    "B1-without-a-number": (
        replace(SPOKEN, reachable=frozenset({Channel.EMAIL})), "2026-07-14 14:00",
        ("No telephone number that may be called: ask for one before the talk.",),
    ),
    "complete": (SPOKEN, "2026-07-14 14:00", ()),
}  # fmt: skip


@pytest.mark.parametrize("case", GAPS)
def test_gap(case: str) -> None:
    prospect, moment, expected = GAPS[case]
    assert follows(talked("2026-07-06 10:00", Outcome.APPOINTMENT, moment), FREE, prospect).gaps == expected


def test_A5_card_is_posted_in_time_and_names_the_day_of_the_next_talk() -> None:
    arranged = follows(talked("2026-07-06 10:00", Outcome.APPOINTMENT, "2026-07-14 14:00"))
    card = next(touch for touch in arranged.touches if touch.channel is Channel.CARD)
    assert card.latest_at is not None
    assert (reads(card.latest_at), card.hang) == ("2026-07-08 16:00", Hang.APPOINTMENT)
    assert card.because == Because(
        "A5", "Posted by Wednesday 8 July, it arrives before you speak again on Tuesday 14 July."
    )


@pytest.mark.parametrize(
    ("said_at", "channel"),
    [
        pytest.param("2026-07-06 15:59", Channel.CARD, id="A5-before-the-post-closes"),
        pytest.param("2026-07-06 16:00", Channel.EMAIL, id="A5-after-the-post-has-closed"),
        pytest.param("2026-07-04 12:00", Channel.CARD, id="A5-on-Saturday-for-Monday's-post"),
    ],
)
def test_A5_the_last_post(said_at: str, channel: Channel) -> None:
    arranged = follows(talked(said_at, Outcome.APPOINTMENT, "2026-07-10 14:00"))
    assert next(touch.channel for touch in arranged.touches if touch.kind == "thank_you") is channel


PROMISED = {
    "A1-they-asked-to-be-called": (Outcome.CALL_BACK, "2026-07-06 15:20", "A1"),
    "A1-in-the-evening-because-they-said-so": (Outcome.CALL_BACK, "2026-07-08 19:40", "A1"),
    "A2-they-want-to-call-and-you-do-if-they-do-not": (Outcome.THEY_CALL, "2026-07-10 12:00", "A2"),
    "A1-not-now-but-on-a-named-day": (Outcome.NOT_NOW, "2026-10-05 09:00", "A1"),
}


@pytest.mark.parametrize("case", PROMISED)
def test_promised_call_is_kept_to_the_minute(case: str) -> None:
    outcome, moment, rule = PROMISED[case]
    arranged = follows(talked("2026-07-06 10:00", outcome, moment), on(WARM, "first-call"))
    assert lines(arranged) == [f"call_back call {moment}"]
    assert (arranged.because.rule, arranged.finish, arranged.begin) == (rule, FinishReason.REACHED, "")


@pytest.mark.parametrize(
    ("outcome", "untold"),
    [(Outcome.CALL_BACK, "Call back as promised"), (Outcome.THEY_CALL, "Call, unless they have called")],
)
def test_A4_a_promised_call_is_named_after_its_reason_and_else_after_the_promise(outcome: Outcome, untold: str) -> None:
    event = talked("2026-07-06 10:00", outcome, "2026-07-10 12:00")
    titles = [follows(replace(event, reason=reason)).touches[0].title for reason in ("", "The trial")]
    assert titles == [untold, "The trial"]
    assert [reason_in(title) for title in titles] == ["", "The trial"]


def test_C4_not_now_without_a_day_makes_today_day_1() -> None:
    arranged = follows(talked("2026-07-06 10:00", Outcome.NOT_NOW), on(WARM, "first-call"))
    assert lines(arranged) == ["cadence email 2026-07-08 10:00"]
    assert (arranged.begin, arranged.finish, arranged.because.rule) == (GENERAL, FinishReason.REACHED, "C4")


def test_C4_not_now_said_in_the_evening_is_still_that_days_day_1() -> None:
    arranged = follows(talked("2026-07-06 19:00", Outcome.NOT_NOW))
    assert rung(arranged) == ("day-3", "2026-07-08 09:00", "2026-07-08 09:00")


@pytest.mark.parametrize("qualification", [Qualification.UNKNOWN, Qualification.UNQUALIFIED])
def test_A15_not_now_from_somebody_unqualified_begins_no_call_cadence(qualification: Qualification) -> None:
    arranged = follows(talked("2026-07-06 10:00", Outcome.NOT_NOW), FREE, replace(SOFIA, qualification=qualification))
    assert (arranged.touches, arranged.begin, arranged.because.rule, len(arranged.gaps)) == ((), "", "A15", 1)


ENDINGS = {
    "A1-won": (Outcome.WON, Ending(ProspectState.WON, "Bought elsewhere"), FinishReason.CLOSED, frozenset()),
    "A1-lost": (Outcome.LOST, Ending(ProspectState.CLOSED, "Bought elsewhere"), FinishReason.CLOSED, frozenset()),
    "C5-never-again": (
        Outcome.OPT_OUT, Ending(ProspectState.CLOSED, "Asked not to be contacted"), FinishReason.OPTED_OUT,
        frozenset(Channel) - {Channel.TASK},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ENDINGS)
def test_explicit_end(case: str) -> None:
    outcome, ending, finish, suppressed = ENDINGS[case]
    arranged = follows(talked("2026-07-06 10:00", outcome), on(WARM, "first-call"))
    assert (arranged.ending, arranged.finish, arranged.suppress, arranged.touches) == (ending, finish, suppressed, ())
    assert arranged.cancels >= {Hang.ENROLLMENT, Hang.APPOINTMENT, Hang.CALL_BACK}


def test_A3_what_is_owed_stays_owed_after_a_sale_and_falls_with_a_loss() -> None:
    owed = (Promise(Party.US, "Send the contract", date(2026, 7, 8)),)
    won = follows(talked("2026-07-06 10:00", Outcome.WON, promises=owed))
    lost = follows(talked("2026-07-06 10:00", Outcome.LOST, promises=owed))
    assert (lines(won), Hang.COMMITMENT in won.cancels) == (["commitment task 2026-07-08 09:00"], False)
    assert (lines(lost), lost.promises, Hang.COMMITMENT in lost.cancels) == ([], (), True)


OWED = {
    "A3-ours-on-the-morning-of-its-day": (Party.US, date(2026, 7, 9), "2026-07-09 09:00", "Price list"),
    "A3-theirs-on-the-business-day-after": (
        Party.THEM,
        date(2026, 7, 10),
        "2026-07-13 09:00",
        "Has it come? Price list",
    ),
    "A3-ours-today": (Party.US, date(2026, 7, 6), "2026-07-06 10:00", "Price list"),
    "A3-overdue-from-the-start": (Party.US, date(2026, 7, 1), "2026-07-06 10:00", "Price list"),
}


@pytest.mark.parametrize("case", OWED)
@pytest.mark.parametrize("outcome", [Outcome.WON, Outcome.GATEKEEPER])
def test_commitment(case: str, outcome: Outcome) -> None:
    party, day, due, title = OWED[case]
    promises = (Promise(party, "Price list", day),)
    arranged = follows(talked("2026-07-06 10:00", outcome, promises=promises), agreed("2026-07-20 10:00", asked=False))
    touch = next(touch for touch in arranged.touches if touch.kind == "commitment")
    assert (reads(touch.due_at), touch.title, touch.promise, touch.because.rule) == (due, title, 0, "A3")
    assert arranged.promises == promises


SETTLED = {
    "B1-the-agreed-call-keeps-it": (agreed("2026-07-06 10:00"), Outcome.CALL_BACK, AppointmentState.KEPT, False),
    "B1-the-agreed-call-and-the-next": (agreed("2026-07-06 10:00"), Outcome.APPOINTMENT, AppointmentState.KEPT, False),
    "A4-another-talk-moves-it": (agreed("2026-07-08 10:00", asked=False), Outcome.APPOINTMENT, None, True),
    "A1-another-talk-replaces-it": (
        agreed("2026-07-08 10:00", asked=False), Outcome.CALL_BACK, AppointmentState.CANCELLED, False,
    ),
    "A1-a-loss-calls-it-off": (
        agreed("2026-07-08 10:00", asked=False), Outcome.LOST, AppointmentState.CANCELLED, False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SETTLED)
def test_appointment_is_settled(case: str) -> None:
    standing, outcome, settles, moved = SETTLED[case]
    arranged = follows(talked("2026-07-06 10:00", outcome, "2026-07-14 14:00"), standing)
    assert (arranged.settles, bool(arranged.agrees and arranged.agrees.moved)) == (settles, moved)
    assert arranged.cancels >= {Hang.ENROLLMENT, Hang.APPOINTMENT, Hang.CALL_BACK}


def test_A5_a_card_still_to_be_written_survives_that_the_appointment_moves() -> None:
    planned = replace(SPOKEN, thanks_planned=True)
    arranged = follows(
        talked("2026-07-06 10:00", Outcome.APPOINTMENT, "2026-07-14 14:00"),
        agreed("2026-07-10 10:00", asked=False),
        planned,
    )
    assert "thank_you card 2026-07-06 10:00" in lines(arranged)


@pytest.mark.parametrize(
    "outcome", [each for each in Outcome if each not in (Outcome.GATEKEEPER, Outcome.WRONG_PERSON)]
)
def test_C5_any_talk_stops_the_ladder_and_is_the_first_contact(outcome: Outcome) -> None:
    arranged = follows(talked("2026-07-06 10:00", outcome, "2026-07-14 14:00"), on(WARM, "first-call"), NEVER_SPOKEN)
    assert arranged.finish is not None
    assert Hang.ENROLLMENT in arranged.cancels
    assert (arranged.talked, arranged.first_contact) == (True, FirstContact.LIVE)


def test_C6_a_closed_lead_that_agrees_on_something_is_open_again_and_one_that_buys_is_won() -> None:
    closed = replace(SOFIA, state=ProspectState.CLOSED)
    assert follows(talked("2026-07-06 10:00", Outcome.CALL_BACK, "2026-07-07 10:00"), FREE, closed).reopens
    assert not follows(talked("2026-07-06 10:00", Outcome.WON), FREE, closed).reopens
    assert not follows(talked("2026-07-06 10:00", Outcome.CALL_BACK, "2026-07-07 10:00")).reopens


def test_C6_somebody_else_answered_counts_as_a_try() -> None:
    same = follows(unanswered("2026-07-06 10:00"), on(WARM, "first-call"))
    assert lines(follows(talked("2026-07-06 10:00", Outcome.GATEKEEPER), on(WARM, "first-call"))) == lines(same)


def test_C5_a_call_of_theirs_that_we_missed_stops_the_ladder() -> None:
    event = CallEnded(instant("2026-07-06 10:00"), MachineResult.VOICEMAIL, inbound=True)
    arranged = follows(event, on(WARM, "fourth-call", "2026-07-09 10:00"))
    assert (lines(arranged), arranged.finish) == (["call_back call 2026-07-06 10:00"], FinishReason.REPLIED)
    assert arranged.first_contact is None


def test_B1_call_back_that_was_missed_gets_the_brief_ladder() -> None:
    arranged = follows(unanswered("2026-07-06 15:21"), call_back("2026-07-06 15:20"))
    assert rung(arranged) == ("shortly-after", "2026-07-06 15:26", "2026-07-06 15:26")


def test_A1_a_dial_besides_an_appointment_or_a_promise_leaves_it_standing() -> None:
    appointment = replace(FREE, appointment=AppointmentFacts(instant("2026-07-09 10:00"), "Talk"))
    for standing in (appointment, replace(FREE, call_back=True)):
        arranged = follows(unanswered("2026-07-06 10:00"), standing)
        assert (arranged.touches, arranged.begin, arranged.cancels) == ((), "", frozenset())


def test_reason_that_somebody_wrote_at_length_is_cut_visibly() -> None:
    arranged = follows(talked("2026-07-06 10:00", Outcome.LOST, close_reason="so " * 400))
    assert len(arranged.because.text) <= 500
    assert arranged.because.text.endswith("…")


@pytest.mark.parametrize(
    ("standing", "day"),
    [
        pytest.param(on(PATIENT, "again"), "Monday 6 July", id="C1-beside-the-patient-ladder"),
        pytest.param(on(BRIEF, "end-of-day"), "Monday 6 July", id="C2-beside-the-brief-ladder"),
        pytest.param(FREE, "Monday 6 July", id="C2-after-it"),
    ],
)
def test_C2_a_mail_about_a_missed_talk_stands_beside_the_ladder(standing: Standing, day: str) -> None:
    event = MissedTalkWritten(instant("2026-07-06 11:00"), instant("2026-07-06 10:00"))
    arranged = follows(event, standing)
    assert lines(arranged) == ["retry email 2026-07-06 11:00"]
    assert (arranged.because.rule, day in arranged.because.text) == ("C2", True)
    assert (arranged.cancels, arranged.position, arranged.finish) == (frozenset(), None, None)
