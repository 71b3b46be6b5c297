"""Rehearse: choose a start, a place and how each call ends; see every date and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ringback.adapters.holidays import list_regions
from ringback.domain.cadence import Cadence
from ringback.domain.call_hours import NoWorkingMoment, WorkCalendar
from ringback.domain.local_time import local
from ringback.domain.rehearse import Rehearsal, Rehearsed, rehearse
from ringback.models import Workspace
from ringback.queries.calendars import calendar_of
from ringback.queries.library import current_cadences
from ringback.queries.standing import workspace_now
from ringback.web import when
from ringback.web.cadences.forms import RehearsalForm, answer_choices, answers_in
from ringback.web.cadences.months import Mark, Month, months
from ringback.web.fields import zone_names
from ringback.web.requests import MemberRequest
from ringback.web.words import CHANNELS

TEN_O_CLOCK = time(10)


@dataclass(frozen=True, slots=True)
class Line:
    """One touch of the rehearsal as finished strings."""

    number: int
    title: str
    channel: str
    channel_name: str
    day: str
    clock: str
    utc: str
    gap: str
    rule: str
    why: str
    is_call: bool
    answer: str
    answer_label: str


@dataclass(frozen=True, slots=True)
class Shown:
    lines: tuple[Line, ...]
    months: tuple[Month, ...]
    ending: str


@require_safe
def rehearsal(request: MemberRequest, name: str) -> HttpResponse:
    cadences = current_cadences()
    if name not in cadences:
        raise Http404
    cadence, house = cadences[name], workspace_now()
    form = RehearsalForm(request.GET if "zone" in request.GET else first_choice(request, house))
    context: dict[str, Any] = {"area": "cadences", "cadence": cadence, "form": form, "choices": answer_choices()}
    if form.is_valid():
        context |= rehearsed(cadence, cadences, form, house, request)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cadences/_rehearsal.html", context)
    context |= {"zones": zone_names(), "regions": list_regions()}
    return render(request, "cadences/rehearse.html", context)


def first_choice(request: MemberRequest, house: Workspace) -> dict[str, str]:
    tomorrow = local(timezone.now(), request.user.zone).date() + timedelta(days=1)
    start = datetime.combine(tomorrow, TEN_O_CLOCK)
    return {"start": f"{start:%Y-%m-%dT%H:%M}", "zone": request.user.zone, "region": house.region}


def rehearsed(
    cadence: Cadence, cadences: dict[str, Cadence], form: RehearsalForm, house: Workspace, request: MemberRequest
) -> dict[str, Any]:
    """The rehearsal for the page, or the sentence that says why there is none."""
    try:
        start = form.starts_at()
        calendar = calendar_of((form.cleaned_data["zone"],), form.cleaned_data["region"], house, start).calendar
        answers = answers_in(request.GET)
        done = rehearse(
            cadence, start=start, calendar=calendar, policy=house.as_value(), answers=answers, library=cadences
        )
    except (NoWorkingMoment, OverflowError) as problem:
        return {"problem": str(problem)}
    return {"shown": shown(done, calendar)}


def shown(done: Rehearsal, calendar: WorkCalendar) -> Shown:
    marks: dict[date, list[Mark]] = defaultdict(list)
    lines: list[Line] = []
    before: datetime | None = None
    for number, touch in enumerate(done.touches, 1):
        made = line(number, touch, before, calendar.zone)
        lines.append(made)
        marks[local(touch.due_at, calendar.zone).date()].append(
            Mark(made.clock, made.channel, made.channel_name, made.title, number)
        )
        before = touch.due_at
    return Shown(tuple(lines), months(marks, calendar.workdays, calendar.holidays), done.ending)


def line(number: int, touch: Rehearsed, before: datetime | None, zone: str) -> Line:
    return Line(
        number=number,
        title=touch.title,
        channel=touch.channel.value,
        channel_name=str(CHANNELS[touch.channel]),
        day=date_format(local(touch.due_at, zone), "D j M Y"),
        clock=when.clock(touch.due_at, zone),
        utc=f"{touch.due_at:%Y-%m-%d %H:%M} UTC",
        gap=gap_words(touch.due_at - before) if before else "",
        rule=touch.because.rule,
        why=touch.because.text,
        is_call=touch.answer is not None,
        answer=touch.answer.value if touch.answer else "",
        answer_label=_("How call %(number)s ends") % {"number": number},
    )


def gap_words(gap: timedelta) -> str:
    """How long after the one before: in days, hours or minutes, whatever says it best."""
    minutes = int(gap.total_seconds() // 60)
    if minutes >= 24 * 60:
        return _("%(n)s days later") % {"n": f"{minutes / 1440:.1f}".removesuffix(".0")}
    if minutes >= 60:
        return _("%(n)s h later") % {"n": f"{minutes / 60:.1f}".removesuffix(".0")}
    return _("%(n)s min later") % {"n": minutes}
