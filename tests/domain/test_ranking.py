"""The order of the queue, its two guards, and the reason on each line."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.policy import Policy
from ringback.domain.ranking import Entry, Lane, lane_for, rank, sift
from ringback.domain.readiness import Known, Readiness
from ringback.domain.vocabulary import Channel, TouchKind
from tests.domain.clock import BERLIN, instant
from tests.domain.queue import JUST_NOW, NOW, POLICY, ago, entry, ranked


def order(*entries: Entry) -> list[int]:
    return [each.entry.touch_id for each in ranked(*entries).offered]


@pytest.mark.parametrize(
    ("kind", "channel", "value", "lane"),
    [
        pytest.param(TouchKind.APPOINTMENT, Channel.CALL, 0, Lane.APPOINTMENT, id="B1-appointment"),
        pytest.param(TouchKind.APPOINTMENT, Channel.VISIT, 0, Lane.APPOINTMENT, id="B1-appointment-on-site"),
        pytest.param(TouchKind.CALL_BACK, Channel.CALL, 0, Lane.CALL_BACK, id="A2-call-back"),
        pytest.param(TouchKind.NEW_LEAD, Channel.CALL, 9, Lane.NEW_LEAD, id="A14-new-lead"),
        pytest.param(TouchKind.NEW_LEAD, Channel.EMAIL, 9, Lane.WRITTEN, id="A14-new-lead-without-number"),
        pytest.param(TouchKind.RETRY, Channel.CALL, 9, Lane.RETRY, id="D3-retry"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 0, Lane.CADENCE_1, id="A15-no-value"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 1, Lane.CADENCE_2, id="A15-from-1"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 999, Lane.CADENCE_2, id="A15-below-1000"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 1_000, Lane.CADENCE_3, id="A15-from-1000"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 10_000, Lane.CADENCE_4, id="A15-from-10000"),
        pytest.param(TouchKind.CADENCE, Channel.CALL, 100_000, Lane.CADENCE_5, id="A15-from-100000"),
        pytest.param(TouchKind.COMMITMENT, Channel.TASK, 0, Lane.COMMITMENT, id="A3-commitment"),
        pytest.param(TouchKind.COMMITMENT, Channel.CALL, 0, Lane.COMMITMENT, id="A3-commitment-by-phone"),
        pytest.param(TouchKind.CADENCE, Channel.EMAIL, 500_000, Lane.WRITTEN, id="C4-mail-however-valuable"),
        pytest.param(TouchKind.CONFIRMATION, Channel.EMAIL, 0, Lane.WRITTEN, id="A4-confirmation"),
        pytest.param(TouchKind.LAST_WORD, Channel.EMAIL, 0, Lane.WRITTEN, id="C6-last-word"),
        pytest.param(TouchKind.LAST_WORD, Channel.CALL, 5_000, Lane.CADENCE_3, id="C6-last-word-by-phone"),
        pytest.param(TouchKind.REVIEW, Channel.TASK, 0, Lane.WRITTEN, id="E3-review"),
        pytest.param(TouchKind.FIND_NUMBER, Channel.TASK, 0, Lane.WRITTEN, id="A15-find-number"),
        pytest.param(TouchKind.THANK_YOU, Channel.CARD, 0, Lane.CARD, id="A5-card"),
        pytest.param(TouchKind.THANK_YOU, Channel.EMAIL, 0, Lane.WRITTEN, id="A5-thank-you-mail"),
    ],
)
def test_lane_for(kind: TouchKind, channel: Channel, value: int, lane: Lane) -> None:
    assert lane_for(kind, channel, value) is lane


@pytest.mark.parametrize("kind", list(TouchKind))
@pytest.mark.parametrize("channel", list(Channel))
def test_every_touch_has_a_lane_and_a_sentence(kind: TouchKind, channel: Channel) -> None:
    (only,) = ranked(entry(1, kind, channel)).offered
    assert only.why
    assert only.rule


def test_B1_lanes_follow_the_order_of_the_design() -> None:
    lanes = [
        entry(12, TouchKind.APPOINTMENT),
        entry(11, TouchKind.CALL_BACK),
        entry(10, TouchKind.NEW_LEAD),
        entry(9, TouchKind.RETRY),
        entry(8, value=100_000),
        entry(7, value=10_000),
        entry(6, value=1_000),
        entry(5, value=1),
        entry(4),
        entry(3, TouchKind.COMMITMENT, Channel.TASK),
        entry(2, TouchKind.CADENCE, Channel.EMAIL),
        entry(1, TouchKind.THANK_YOU, Channel.CARD),
    ]
    assert order(*reversed(lanes)) == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


def _pair(**fields: object) -> tuple[Entry, Entry]:
    """Two entries, told apart by what each field is for the first and for the second."""
    halves = [{name: values[half] for name, values in fields.items()} for half in (0, 1)]  # type: ignore[index]
    return entry(1, **halves[0]), entry(2, **halves[1])


EARLIER_FIRST = (ago(hours=1), ago(hours=2))


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        pytest.param(_pair(kind=[TouchKind.APPOINTMENT] * 2, due_at=EARLIER_FIRST), [2, 1], id="B1-earlier-minute"),
        pytest.param(_pair(kind=[TouchKind.CALL_BACK] * 2, due_at=EARLIER_FIRST), [2, 1], id="A2-longer-due"),
        pytest.param(_pair(kind=[TouchKind.RETRY] * 2, due_at=EARLIER_FIRST), [2, 1], id="D3-longer-due"),
        pytest.param(
            _pair(kind=[TouchKind.NEW_LEAD] * 2, came_in_at=(ago(minutes=30), ago(minutes=4))),
            [2, 1],
            id="A14-youngest-in-its-first-hour",
        ),
        pytest.param(
            _pair(kind=[TouchKind.NEW_LEAD] * 2, came_in_at=(ago(hours=3), ago(hours=9))),
            [2, 1],
            id="A14-oldest-after-the-first-hour",
        ),
        pytest.param(
            _pair(kind=[TouchKind.NEW_LEAD] * 2, came_in_at=(ago(minutes=60), ago(minutes=59))),
            [2, 1],
            id="A14-fresh-before-old",
        ),
        pytest.param(_pair(value=(20_000, 30_000)), [2, 1], id="A15-higher-value"),
        pytest.param(_pair(value=(20_000, 20_000), due_at=EARLIER_FIRST), [2, 1], id="A15-same-value-longer-due"),
        pytest.param(
            _pair(channel=[Channel.CARD] * 2, latest_at=(NOW + timedelta(days=2), NOW + timedelta(days=1))),
            [2, 1],
            id="A5-sooner-to-be-posted",
        ),
        pytest.param(
            _pair(channel=[Channel.CARD] * 2, latest_at=(None, NOW + timedelta(days=1))),
            [2, 1],
            id="A5-with-a-deadline",
        ),
        pytest.param(_pair(value=(5, 5)), [1, 2], id="B1-alike-by-id"),
    ],
)
def test_order_within_a_lane(pair: tuple[Entry, Entry], expected: list[int]) -> None:
    assert order(*pair) == expected
    assert order(*reversed(pair)) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        pytest.param(entry(1, due_at=ago(hours=47)), [2, 1], id="A15-not-yet-after-47-hours"),
        pytest.param(entry(1, due_at=ago(hours=48)), [2, 1], id="A15-rises-behind-the-lane-it-reaches"),
        pytest.param(entry(1, due_at=ago(hours=96)), [1, 2], id="A15-passes-after-four-days"),
    ],
)
def test_old_work_rises_a_lane_every_48_hours(old: Entry, expected: list[int]) -> None:
    assert order(old, entry(2, value=1)) == expected


@pytest.mark.parametrize("days", [22, 400])
def test_B1_old_work_never_passes_appointments_and_promised_call_backs(days: int) -> None:
    card = entry(1, TouchKind.THANK_YOU, Channel.CARD, due_at=ago(days=days))
    others = [entry(4, TouchKind.NEW_LEAD), entry(3, TouchKind.CALL_BACK), entry(2, TouchKind.APPOINTMENT)]
    assert order(card, *others) == [2, 3, 1, 4]


def test_old_work_says_why_it_has_moved_up() -> None:
    (only,) = ranked(entry(value=500, due_at=ago(days=4))).offered
    assert only.why == "Worth 500 and due since Saturday; moved up after waiting 4 days"


CALL, VISIT, MAIL = entry(1), entry(2, channel=Channel.VISIT), entry(3, channel=Channel.EMAIL)
HELD = "Held until after your {} appointment: a call now could make you late"


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [
        pytest.param(13, "", id="B1-enough-time"),
        pytest.param(12, "", id="B1-just-enough-time"),
        pytest.param(11, HELD.format("10:14"), id="B1-a-minute-short"),
        pytest.param(1, HELD.format("10:04"), id="B1-about-to-begin"),
        pytest.param(0, "Held: your 10:03 appointment is waiting for your call", id="B1-now"),
        pytest.param(-30, "Held: your 09:33 appointment is waiting for your call", id="B1-half-an-hour-late"),
        pytest.param(-31, "", id="B1-given-up"),
    ],
)
def test_a_call_that_could_make_the_next_appointment_late_is_held(minutes: int, reason: str) -> None:
    ranking = ranked(CALL, VISIT, MAIL, next_appointment_at=NOW + timedelta(minutes=minutes))
    assert [(each.entry, each.why, each.rule) for each in ranking.held] == (
        [(CALL, reason, "B1"), (VISIT, reason, "B1")] if reason else []
    )
    assert MAIL in [each.entry for each in ranking.offered]


def test_B1_the_guard_follows_the_talk_minutes_of_the_workspace() -> None:
    soon = NOW + timedelta(minutes=20)
    ranking = rank([CALL], now=NOW, next_appointment_at=soon, policy=Policy(talk_minutes=19), rep_zone=BERLIN)
    assert [each.why for each in ranking.held] == [HELD.format("10:23")]


def test_B1_the_guard_speaks_the_reps_time() -> None:
    ranking = rank(
        [CALL], now=NOW, next_appointment_at=NOW + timedelta(minutes=5), policy=POLICY, rep_zone="America/New_York"
    )
    assert [each.why for each in ranking.held] == [HELD.format("04:08")]


def test_B1_the_appointment_itself_is_never_held() -> None:
    agreed = entry(9, TouchKind.APPOINTMENT, due_at=NOW + timedelta(minutes=1))
    assert ranked(agreed, next_appointment_at=agreed.due_at).held == ()


@pytest.mark.parametrize(
    ("not_now", "reason"),
    [
        pytest.param(entry(due_at=instant("2025-03-05 14:30")), "Not due before 14:30", id="C6-later-today"),
        pytest.param(entry(due_at=instant("2025-03-06 09:00")), "Not due before tomorrow 09:00", id="C6-tomorrow"),
        pytest.param(
            entry(latest_at=instant("2025-03-04 18:00")),
            "Too late: this made sense until yesterday 18:00",
            id="C6-past",
        ),
        pytest.param(
            entry(kind=TouchKind.APPOINTMENT, due_at=NOW + timedelta(minutes=3)),
            "Not due before 10:06",
            id="B1-too-early",
        ),
    ],
)
def test_what_may_not_be_started_now_is_held(not_now: Entry, reason: str) -> None:
    ranking = ranked(not_now)
    assert ranking.offered == ()
    assert [each.why for each in ranking.held] == [reason]


ANY_ENTRY = st.builds(
    entry,
    touch_id=st.integers(1, 10_000),
    kind=st.sampled_from(TouchKind),
    channel=st.sampled_from(Channel),
    value=st.integers(0, 10**9),
    due_at=st.datetimes(datetime(2024, 6, 1), datetime(2025, 4, 1), timezones=st.just(UTC)),
    attempt=st.integers(1, 30),
)


@given(st.lists(ANY_ENTRY, unique_by=lambda each: each.touch_id), st.randoms(use_true_random=False))
def test_B1_the_order_is_total_and_loses_nobody(entries: list[Entry], shuffle: random.Random) -> None:
    shuffled = list(entries)
    shuffle.shuffle(shuffled)
    ranking = ranked(*entries)
    assert ranked(*shuffled) == ranking
    sifted = sift(shuffled, now=NOW, next_appointment_at=None, policy=POLICY, rep_zone=BERLIN)
    assert sifted.offered == tuple(each.entry for each in ranking.offered)
    assert sifted.held == tuple(each.entry for each in ranking.held)
    assert sorted(each.entry.touch_id for each in ranking.offered + ranking.held) == sorted(
        each.touch_id for each in entries
    )


def test_rank_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        rank([CALL], now=NOW.replace(tzinfo=None), next_appointment_at=None, policy=POLICY, rep_zone=BERLIN)


def test_B1_appointments_at_the_same_minute_are_both_offered() -> None:
    first = entry(1, TouchKind.APPOINTMENT, due_at=JUST_NOW)
    assert order(replace(first, touch_id=2), first) == [1, 2]


OPENS_AT = NOW + timedelta(hours=6)
CLOSED = "Outside their call hours until 16:03"


@pytest.mark.parametrize(
    ("touch", "reason"),
    [
        pytest.param(entry(kind=TouchKind.RETRY), CLOSED, id="C6-an-overdue-retry"),
        pytest.param(entry(value=5000), CLOSED, id="C6-a-cadence-call"),
        pytest.param(entry(kind=TouchKind.CALL_BACK, due_at=ago(minutes=61)), CLOSED, id="C6-a-call-back-long-past"),
        pytest.param(entry(kind=TouchKind.APPOINTMENT, due_at=ago(hours=2)), CLOSED, id="C6-an-appointment-long-past"),
        pytest.param(entry(kind=TouchKind.CALL_BACK, due_at=ago(minutes=59)), "", id="B1-a-call-back-they-asked-for"),
        pytest.param(entry(kind=TouchKind.APPOINTMENT), "", id="B1-the-agreed-moment"),
    ],
)
def test_nobody_is_called_outside_their_hours_unless_they_named_the_moment(touch: Entry, reason: str) -> None:
    held = ranked(replace(touch, opens_at=OPENS_AT)).held
    assert [(line.why, line.rule) for line in held] == ([(reason, "C6")] if reason else [])


def ready(known: Known = Known.NOTHING, days: int | None = None) -> Readiness:
    return Readiness(known, None if days is None else NOW.date() + timedelta(days=days))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((1_000, ready(Known.NEED, 20)), (1_000, ready()), id="A15-D2-need-and-time-known-and-near"),
        pytest.param((1_000, ready(days=20)), (1_000, ready(days=80)), id="A15-D2-the-nearer-wish"),
        pytest.param((1_000, ready(Known.BUDGET)), (1_000, ready(days=400)), id="A15-D2-far-away-counts-nothing"),
        pytest.param((1_000, ready(Known.BUDGET)), (1_000, ready(days=-1)), id="A15-D2-passed-counts-nothing"),
        pytest.param((1_000, ready(Known.NEED, 20)), (1_400, ready()), id="A15-D2-a-point-is-a-tenth"),
        pytest.param((1_600, ready()), (1_000, ready(Known.NEED, 20)), id="A15-D2-worth-still-leads"),
        pytest.param((0, ready(Known.NEED)), (0, ready()), id="A15-D2-without-a-value-too"),
    ],
)
def test_what_they_said_ranks_within_the_lane(first: tuple[int, Readiness], second: tuple[int, Readiness]) -> None:
    lower, higher = (
        replace(entry(number, value=value), readiness=said)
        for number, (value, said) in enumerate((second, first), start=1)
    )
    assert order(lower, higher) == [2, 1]


def test_d2_what_they_said_does_not_pass_by_what_was_agreed() -> None:
    eager = replace(entry(1, value=90_000), readiness=ready(Known.NEED, 3))
    assert order(eager, entry(2, TouchKind.CALL_BACK), entry(3, TouchKind.RETRY)) == [2, 3, 1]


@pytest.mark.parametrize(
    ("value", "said", "why"),
    [
        (12_000, ready(), "Worth 12,000 and due at 10:00"),
        (12_000, ready(Known.NEED, 20), "Worth 12,000, wanted by 25 March, the need known; due at 10:00"),
        (0, ready(Known.NEED | Known.BUDGET), "No value noted yet, the need and the budget known; due at 10:00"),
    ],
)
def test_a15_d2_the_line_says_what_they_said(value: int, said: Readiness, why: str) -> None:
    (only,) = ranked(replace(entry(1, value=value), readiness=said)).offered
    assert (only.why, only.rule) == (why, "A15")
