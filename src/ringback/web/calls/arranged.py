"""What was arranged, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ringback.actions.undoing import undo
from ringback.domain.lanes import AT_THE_DOOR, AUTOMATIC, goes_by_itself
from ringback.domain.vocabulary import Channel, TouchKind, TouchState
from ringback.models import Arrangement, Touch, User
from ringback.queries.access import arrangement_for
from ringback.queries.missed import missed_talk
from ringback.web import when
from ringback.web.presenting import Gist, ShownArrangement, ShownLine, gist, saved
from ringback.web.requests import MemberRequest, page_to_go_on_with, said_after

UNDO_FOR = timedelta(seconds=30)
# A press in the last second may take a while to arrive.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Arranged:
    """A saved arrangement with whom it is about and the seconds that undo is still open."""

    name: str
    shown: ShownArrangement
    url: str
    undo_url: str
    undo_seconds: int
    gist: Gist
    undone: str = ""


def shown(row: Arrangement, *, reader: User, now: datetime) -> Arranged:
    left = (row.at + UNDO_FOR - now).total_seconds()
    shown_plan = saved(row.summary, own_zone=reader.zone, now=now)
    may = row.undone_at is None and row.by_id == reader.pk
    return Arranged(
        name=row.prospect.shown_name,
        shown=replace(shown_plan, lines=tuple(_by_themselves(row, shown_plan.lines))),
        url=reverse("arrangement", args=[row.pk]),
        undo_url=reverse("undo", args=[row.pk]),
        undo_seconds=max(0, int(left)) if may else 0,
        gist=gist(shown_plan),
        undone=_("Taken back %(moment)s.") % {"moment": when.moment(row.undone_at, reader.zone, now)}
        if row.undone_at
        else "",
    )


def _by_themselves(row: Arrangement, lines: Iterable[ShownLine]) -> Iterator[ShownLine]:
    """Mails that the worker sends say so; those that leave at once wait until nobody can take them back."""
    planned = row.summary.get("touches", ())
    mails = any(goes_by_itself(TouchKind(touch["kind"]), Channel(touch["channel"])) for touch in planned)
    leaving = set(lines_that_leave(row)) if mails and row.undone_at is None else set()
    for line, touch in zip(lines, planned, strict=True):
        due_at = datetime.fromisoformat(touch["due_at"])
        if (touch["kind"], due_at) not in leaving:
            yield line
        elif due_at <= row.at + UNDO_FOR:
            yield replace(line, by_itself=_("Goes by itself half a minute after this, unless you undo"))
        else:
            yield replace(line, by_itself=_("Goes by itself"))


def lines_that_leave(row: Arrangement) -> Iterator[tuple[str, datetime]]:
    """Kind and moment of what was planted here and is the worker's to send, or was sent by it."""
    its_own = Touch.objects.filter(arrangement=row, lane__in=(AUTOMATIC, AT_THE_DOOR))
    yield from its_own.values_list("kind", "due_at")


@require_safe
def arrangement_page(request: MemberRequest, arrangement_id: int) -> HttpResponse:
    row = arrangement_for(request.user, arrangement_id)
    prospect = row.prospect
    context = {
        "who": {
            "name": prospect.shown_name,
            "company": prospect.company_name,
            "url": reverse("prospect", args=[prospect.pk]),
        },
        "arranged": shown(row, reader=request.user, now=timezone.now()),
        "summary": waiting_summary(row),
        "key": uuid4().hex,
        "missed_pk": prospect.pk,
        "missed": row.event == "call" and missed_talk(prospect) is not None,
        "keys": (("u", _("Undo, as long as it counts down")), ("Enter", _("Back to Today"))),
        "area": "today",
    }
    return render(request, "calls/arrangement.html", context)


def waiting_summary(row: Arrangement) -> str:
    """Where the summary that this talk arranged is read and sent (D1); empty if there is none, or it went out."""
    planted = Touch.objects.filter(arrangement=row, kind=TouchKind.SUMMARY, channel=Channel.EMAIL)
    touch = planted.filter(state=TouchState.OPEN).first()
    return reverse("mail-review", args=[touch.pk]) if touch else ""


@require_POST
def undo_arrangement(request: MemberRequest, arrangement_id: int) -> HttpResponse:
    row, now = arrangement_for(request.user, arrangement_id), timezone.now()
    itself = reverse("arrangement", args=[arrangement_id])
    if now - row.at > UNDO_FOR + GRACE:
        messages.error(
            request, _("Undo is open for 30 seconds. What was arranged can be changed on the prospect's page.")
        )
        return redirect(page_to_go_on_with(request, itself))
    undone = said_after(request, lambda: undo(by=request.user, arrangement=row, now=now), taken_back(row))
    return redirect(page_to_go_on_with(request, reverse("today") if undone else itself))


def taken_back(row: Arrangement) -> str:
    name = {"name": row.prospect.shown_name}
    if row.event == "call":
        return _("Taken back: everything stands as before the call with %(name)s.") % name
    return _("Taken back: everything about %(name)s stands as before.") % name
