"""The page of the day, its quiet refresh, and touches that are finished in place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ringback.actions.touching import finish_touch
from ringback.domain.local_time import local
from ringback.models import Arrangement, User
from ringback.queries import access
from ringback.queries.today import Today, today
from ringback.web import when
from ringback.web.calls import arranged
from ringback.web.requests import MemberRequest, said_after
from ringback.web.today import showing, writing

# A page that shows what was just arranged does so for as long as it can be taken back.
JUST_NOW = timedelta(minutes=2)


@require_safe
def today_page(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        **day(request),
        "area": "today",
        "date": date_format(local(now, request.user.zone), "l j F"),
        "just_arranged": just_arranged(request),
        "keys": keys(),
    }
    return render(request, "today/page.html", context)


@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """The same day without its frame, for the refresh every minute."""
    return render(request, "today/queue.html", day(request))


def day(request: MemberRequest) -> dict[str, Any]:
    now = timezone.now()
    found = today(request.user, now=now)
    return {
        "entries": showing.entries(found.entries, found.currency),
        "next": showing.appointment(found.next_appointment, request.user, now),
        "progress": showing.progress(found.progress),
        "queue_title": showing.due(found.progress, len(found.entries)),
        "held": showing.held(found),
        "mail": showing.mail_news(found.mail, request.user, now),
        "more": _("More is waiting behind these.") if found.progress.due_is_more else "",
        "empty": None if found.entries else empty(found, request.user, now),
    }


def empty(found: Today, reader: User, now: datetime) -> dict[str, str]:
    """What to do with a day on which nothing is due."""
    later = found.next_due_at
    return {
        "icon": "coffee",
        "title": _("Nothing to call right now") if found.held else _("Nothing is due now"),
        "text": _("The next thing is planned for %(moment)s; it shows up here by itself.")
        % {"moment": when.moment(later, reader.zone, now)}
        if later
        else _("Whatever is planned shows up here at its minute. Put people on a cadence, or bring in a new list."),
        "action_url": reverse("prospects"),
        "action_label": _("Choose prospects"),
        "second_url": reverse("imports"),
        "second_label": _("Import a list"),
    }


def just_arranged(request: MemberRequest) -> arranged.Arranged | None:
    """What the page before this one has arranged, if the address names it."""
    named = request.GET.get("arranged", "")
    if not named.isdecimal():
        return None
    now = timezone.now()
    try:
        row = access.arrangement_for(request.user, int(named))
    except access.NotVisible:
        return None
    fresh = row.undone_at is None and now - row.at < JUST_NOW
    return arranged.shown(row, reader=request.user, now=now) if fresh else None


def keys() -> tuple[tuple[str, str], ...]:
    return (
        ("j", _("Next entry")),
        ("k", _("Entry before")),
        ("Enter", _("Open it")),
        ("d", _("Mark mail, card or task as done")),
        ("u", _("Undo, as long as it counts down")),
    )


@require_safe
def touch(request: MemberRequest, touch_id: int) -> HttpResponse:
    """What is to be written or done, with the text to copy."""
    row = access.touch_for(request.user, touch_id)
    context = {"touch": writing.to_do(row, reader=request.user, now=timezone.now(), key=str(uuid4()))}
    return render(request, "today/touch.html", context)


@require_POST
def completion(request: MemberRequest, touch_id: int) -> HttpResponse:
    row = access.touch_for(request.user, touch_id)
    skipped, made = request.POST.get("skipped") == "1", list[Arrangement]()
    key = request.POST.get("key") or str(uuid4())

    def finish() -> None:
        made.append(finish_touch(by=request.user, touch=row, skipped=skipped, key=key, now=timezone.now()))

    said = _("Skipped: %(title)s") if skipped else _("Done: %(title)s")
    said_after(request, finish, said % {"title": row.title})
    return redirect(f"{reverse('today')}?arranged={made[0].pk}" if made else reverse("today"))
