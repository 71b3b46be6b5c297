"""The inbox and its number of unanswered replies."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ringback.queries import inbox
from ringback.web.presenting import number
from ringback.web.requests import MemberRequest


@require_safe
def page(request: MemberRequest) -> HttpResponse:
    return render(request, "inbox/page.html", {"area": "mail"})


@require_safe
def open_replies(request: MemberRequest) -> HttpResponse:
    """The badge beside “Mail”: asked for after the page, so that no page waits for it."""
    count = inbox.open_replies(request.user)
    return HttpResponse(number(count) if count else "")
