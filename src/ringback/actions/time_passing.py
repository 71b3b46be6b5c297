"""What time alone brings about: a touch that no longer makes sense, a pause that has run out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ringback.actions.enrolling import resume
from ringback.actions.errors import Refused
from ringback.domain.vocabulary import EnrollmentState, TouchState
from ringback.models import Activity, Pause, Touch

AT_A_TIME = 200


def expire_touches(*, now: datetime) -> int:
    """Close open touches whose latest sensible moment has passed, each with a line that says so; returns how many.

    Only what hangs on an appointment has such a moment, so no ladder is left without its next step.
    """
    due = Touch.objects.filter(state=TouchState.OPEN, latest_at__isnull=False, latest_at__lt=now)
    return sum(_expire(touch, now) for touch in due.order_by("latest_at")[:AT_A_TIME])


def _expire(touch: Touch, now: datetime) -> bool:
    with transaction.atomic():
        still_open = Touch.objects.filter(pk=touch.pk, state=TouchState.OPEN, latest_at=touch.latest_at)
        if not still_open.update(state=TouchState.EXPIRED, closed_at=now):
            return False
        text = f"Not done in time, and of no use any more: {touch.title}."
        Activity.objects.create(
            prospect_id=touch.prospect_id, at=now, verb="expired", text=text, rule=touch.because_rule
        )
    return True


def end_pauses(*, now: datetime) -> int:
    """Resume enrollments whose pause was limited to a moment that has come; returns how many.

    One that cannot go on hurts only itself and is tried again in the next round.
    """
    over = Pause.objects.filter(ended_at=None, until__isnull=False, until__lte=now)
    return sum(_resume(held, now) for held in over.select_related("enrollment").order_by("until")[:AT_A_TIME])


def _resume(held: Pause, now: datetime) -> bool:
    if held.enrollment.state != EnrollmentState.PAUSED:
        Pause.objects.filter(pk=held.pk, ended_at=None).update(ended_at=now)
        return False
    try:
        resume(by=None, enrollment=held.enrollment, key=f"pause-{held.pk}-over", now=now)
    except Refused:
        return False
    return True
