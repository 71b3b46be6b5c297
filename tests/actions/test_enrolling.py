"""Who enters a cadence, and who may not and why (A1, A15, C5, C6)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ringback.actions.appointing import make_appointment
from ringback.actions.enrolling import enroll, enroll_many, pause, preview_enrollment, stop
from ringback.actions.errors import Refused
from ringback.actions.prospecting import close_prospect
from ringback.actions.publishing import publish_cadence
from ringback.actions.reacting import opt_out
from ringback.library import cadence_documents
from ringback.models import ContactPoint, Enrollment, Prospect, Workspace
from ringback.queries.standing import stand_of
from tests.actions.rows import fresh_key, open_touches, snapshot
from tests.cast import NOW, Cast, cast


@pytest.fixture
def free(db: None) -> Cast:
    """Everybody is qualified and in no cadence."""
    return cast(cadence="")


def unqualified(them: Cast) -> None:
    Prospect.objects.filter(pk=them.sofia.pk).update(qualification="unknown")


def without_number(them: Cast) -> None:
    ContactPoint.objects.filter(prospect=them.sofia, kind="phone").delete()


def with_a_dead_number(them: Cast) -> None:
    ContactPoint.objects.filter(prospect=them.sofia, kind="phone").update(failed_at=NOW)


def closed(them: Cast) -> None:
    close_prospect(by=them.rosa, prospect=them.sofia, reason="Gone", key=fresh_key(), now=NOW)


def left_alone(them: Cast) -> None:
    opt_out(by=them.rosa, prospect=them.sofia, proof="x", key=fresh_key(), now=NOW)
    Prospect.objects.filter(pk=them.sofia.pk).update(state="open")


def number_of_somebody_left_alone(them: Cast) -> None:
    ContactPoint.objects.filter(kind="phone").update(value="+390546120000")
    opt_out(by=them.rosa, prospect=them.prospects[1], proof="x", key=fresh_key(), now=NOW)


def with_appointment(them: Cast) -> None:
    make_appointment(
        by=them.rosa, prospect=them.sofia, starts_at=NOW.replace(month=12), reason="Talk", key=fresh_key(), now=NOW
    )


def already_in_one(them: Cast) -> None:
    enroll(by=them.rosa, prospect=them.sofia, cadence="general", key=fresh_key(), now=NOW)


def paused_in_one(them: Cast) -> None:
    already_in_one(them)
    pause(by=them.rosa, enrollment=Enrollment.objects.get(), reason="", key=fresh_key(), now=NOW)


OBSTACLES: dict[str, tuple[Callable[[Cast], None], str]] = {
    "A15-not-qualified": (unqualified, "Not qualified: only probable buyers enter a call cadence."),
    "C6-no-number": (without_number, "No telephone number that may be called."),
    "C6-dead-number": (with_a_dead_number, "No telephone number that may be called."),
    "C6-closed": (closed, "The lead is closed; reopen it first, if they asked for it."),
    "C5-left-alone": (left_alone, "They may not be contacted on any channel, or cannot be."),
    "C6-somebody-else-with-this-number-asked": (
        number_of_somebody_left_alone, "No telephone number that may be called.",
    ),
    "A1-appointment-agreed": (with_appointment, "An appointment is agreed; it comes first."),
    "C6-already-in-one": (already_in_one, "Already in “General rhythm”."),
    "C6-paused-in-one": (paused_in_one, "Already in “General rhythm”."),
}  # fmt: skip


@pytest.mark.parametrize("case", OBSTACLES)
def test_obstacle_is_told_before_and_refused_after(free: Cast, case: str) -> None:
    prepare, why = OBSTACLES[case]
    prepare(free)
    free.sofia.refresh_from_db()
    before = snapshot()
    shown = preview_enrollment(by=free.rosa, prospects=[free.sofia], cadence="general", now=NOW)
    assert [(each.rule, each.why) for each in shown.conflicts] == [(case.partition("-")[0], why)]
    with pytest.raises(Refused) as refusal:
        enroll(by=free.rosa, prospect=free.sofia, cadence="general", key=fresh_key(), now=NOW)
    assert (refusal.value.message, refusal.value.field) == (why, "cadence")
    assert snapshot() == before


def test_many_each_for_itself(free: Cast) -> None:
    unqualified(free)
    free.sofia.refresh_from_db()
    said = {"by": free.rosa, "prospects": free.prospects, "cadence": "general", "now": NOW}
    shown = preview_enrollment(**said)
    assert (shown.ready, [each.prospect for each in shown.conflicts]) == (free.prospects[1:], [free.sofia])
    report = enroll_many(**said, key="k" * 80)
    assert [each.prospect for each in report.enrolled] == free.prospects[1:]
    assert [(each.prospect, each.why) for each in report.refused] == [(free.sofia, shown.conflicts[0].why)]
    again = enroll_many(**said, key="k" * 80)
    assert [each.pk for each in again.enrolled] == [each.pk for each in report.enrolled]
    assert Enrollment.objects.count() == 2


def test_somebody_elses_are_conflicts(free: Cast) -> None:
    shown = preview_enrollment(by=free.otto, prospects=free.prospects, cadence="general", now=NOW)
    assert (shown.ready, {each.why for each in shown.conflicts}) == ([], {"This prospect belongs to somebody else."})
    report = enroll_many(by=free.otto, prospects=free.prospects, cadence="general", key="k", now=NOW)
    assert (report.enrolled, len(report.refused)) == ([], 3)


def test_unknown_cadence_is_refused_with_those_that_there_are(free: Cast) -> None:
    with pytest.raises(Refused, match=r"There is no cadence “spam”\. There are: cold-first-voicemail, general"):
        enroll(by=free.rosa, prospect=free.sofia, cadence="spam", key="k", now=NOW)


def test_hours_that_leave_no_moment_are_said_in_words(free: Cast) -> None:
    Prospect.objects.filter(pk=free.sofia.pk).update(region="US", zone="America/New_York")
    Workspace.objects.update(workdays=[5], window_open="02:00", window_close="03:00", region="US")
    enroll(by=free.rosa, prospect=free.sofia, cadence="general", key="k", now=NOW)
    # Outside the legal hours altogether: the legal ones hold instead.
    assert 8 <= open_touches(free.sofia)[0].due_at.astimezone().hour <= 20


def test_versions_stay_with_whoever_is_in_them(free: Cast) -> None:
    already_in_one(free)
    document = cadence_documents()["general"] | {"title": "Our own rhythm"}
    version = publish_cadence(by=free.max, document=document, now=NOW)
    enroll(by=free.rosa, prospect=free.prospects[1], cadence="general", key=fresh_key(), now=NOW)
    assert list(Enrollment.objects.order_by("pk").values_list("cadence__version", flat=True)) == [1, 2]
    assert (version.version, version.built_in, version.published_by) == (2, False, free.max)
    stop(by=free.rosa, enrollment=Enrollment.objects.get(prospect=free.sofia), reason="", key=fresh_key(), now=NOW)


def test_preview_reads_for_all_together(free: Cast) -> None:
    preview_enrollment(by=free.max, prospects=free.prospects, cadence="general", now=NOW)
    counts = []
    for prospects in (free.prospects[:1], free.prospects):
        with CaptureQueriesContext(connection) as read:
            preview_enrollment(by=free.max, prospects=prospects, cadence="general", now=NOW)
        counts.append(len(read))
    assert counts == [6, 6]


@pytest.mark.parametrize("touches", [1, 30])
def test_where_somebody_stands_is_read_in_a_fixed_number_of_queries(free: Cast, touches: int) -> None:
    already_in_one(free)
    touch = open_touches(free.sofia)[0]
    for number in range(touches):
        touch.pk, touch.enrollment, touch.kind, touch.channel = None, None, "summary", "email"
        touch.save(force_insert=True)
        ContactPoint.objects.create(prospect=free.sofia, kind="phone", value=f"+3905460{number}")
    stand_of(free.sofia, now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as read:
        stand_of(free.sofia, now=NOW)
    assert len(read) <= 8
