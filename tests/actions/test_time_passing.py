"""What time alone brings about: nothing senseless stays in the queue, and no pause outlives its end (A7, C6)."""

from __future__ import annotations

from datetime import timedelta

from ringback.actions.appointing import make_appointment
from ringback.actions.enrolling import pause
from ringback.actions.time_passing import end_pauses, expire_touches
from ringback.models import Activity, Enrollment, Touch
from tests.actions.rows import fresh_key, next_week, open_touches
from tests.cast import NOW, Cast

SECOND = timedelta(seconds=1)


def test_A7_reminder_of_a_talk_that_has_begun_expires_and_the_call_stays(them: Cast) -> None:
    starts_at = next_week(NOW)
    make_appointment(by=them.rosa, prospect=them.sofia, starts_at=starts_at, reason="Talk", key=fresh_key(), now=NOW)
    assert expire_touches(now=starts_at) == 0
    assert expire_touches(now=starts_at + SECOND) == 2
    assert [touch.kind for touch in open_touches(them.sofia)] == ["appointment"]
    expired = Touch.objects.filter(state="expired").order_by("kind").values_list("kind", "closed_at")
    assert list(expired) == [("confirmation", starts_at + SECOND), ("reminder", starts_at + SECOND)]
    assert list(Activity.objects.filter(verb="expired").order_by("rule").values_list("rule", flat=True)) == ["A4", "A7"]
    assert expire_touches(now=starts_at + SECOND) == 0


def paused_until_tomorrow(them: Cast) -> Enrollment:
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    pause(
        by=them.rosa,
        enrollment=enrollment,
        reason="Fair",
        until=NOW + timedelta(days=1),
        key=fresh_key(),
        now=NOW,
    )
    return enrollment


def test_C6_pause_ends_by_itself_at_its_moment_and_only_once(them: Cast) -> None:
    enrollment = paused_until_tomorrow(them)
    tomorrow = NOW + timedelta(days=1)
    assert end_pauses(now=tomorrow - SECOND) == 0
    assert open_touches(them.sofia) == []
    assert end_pauses(now=tomorrow) == 1
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.pauses.get().ended_at) == ("running", tomorrow)
    assert [touch.enrollment_id for touch in open_touches(them.sofia)] == [enrollment.pk]
    assert end_pauses(now=tomorrow + SECOND) == 0


def test_C6_pause_without_an_end_lasts(them: Cast) -> None:
    enrollment = Enrollment.objects.get(prospect=them.sofia)
    pause(by=them.rosa, enrollment=enrollment, reason="", key=fresh_key(), now=NOW)
    assert end_pauses(now=next_week(NOW)) == 0


def test_C6_pause_that_cannot_end_hurts_only_itself(them: Cast) -> None:
    paused_until_tomorrow(them)
    them.sofia.merged_into = them.prospects[1]
    them.sofia.save(update_fields=["merged_into"])
    assert end_pauses(now=next_week(NOW)) == 0
    assert open_touches(them.sofia) == []
