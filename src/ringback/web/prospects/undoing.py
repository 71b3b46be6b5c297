"""What was done with many at once is taken back at once: its arrangements have one moment and one author."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ringback.actions.errors import Refused
from ringback.actions.undoing import undo
from ringback.models import Arrangement
from ringback.web.requests import MemberRequest, page_to_go_on_with

# Undo is offered for half a minute; a thousand prospects may have taken a while before that.
OPEN_FOR = timedelta(minutes=2)


def said_of_many(request: MemberRequest, said: str, at: datetime, count: int) -> None:
    """Say what was done with them at this moment, with Undo beside it unless nobody was left to do it with."""
    url = f"{reverse('prospects-undo')}?{urlencode({'at': at.isoformat()})}" if count else ""
    messages.success(request, said, extra_tags=url)


@require_POST
def undo_many(request: MemberRequest) -> HttpResponse:
    """Each in a transaction of its own: one on which something newer stands hurts only itself."""
    now, at = timezone.now(), moment(request.GET.get("at", ""))
    if at is None or now - at > OPEN_FOR:
        messages.error(request, _("Undo is open for 30 seconds. What was done can be changed on the prospects' pages."))
        return redirect(page_to_go_on_with(request, reverse("prospects")))
    rows = list(Arrangement.objects.filter(by=request.user, at=at, undone_at=None).order_by("-pk"))
    if not rows:
        messages.warning(request, _("There was nothing left to take back."))
    refused = list(taken_back(request, rows, now))
    if done := len(rows) - len(refused):
        messages.success(request, ngettext("%(n)s taken back.", "%(n)s taken back.", done) % {"n": done})
    if refused:
        messages.warning(
            request,
            ngettext("%(n)s could not be taken back. %(why)s", "%(n)s could not be taken back. %(why)s", len(refused))
            % {"n": len(refused), "why": refused[0]},
        )
    return redirect(page_to_go_on_with(request, reverse("prospects")))


def taken_back(request: MemberRequest, rows: list[Arrangement], now: datetime) -> Iterator[str]:
    """Why some could not be."""
    for row in rows:
        try:
            undo(by=request.user, arrangement=row, now=now)
        except Refused as why:
            yield str(why)


def moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
