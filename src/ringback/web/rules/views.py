"""All rules on one page; the badges take their sentence from it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ringback.web.requests import MemberRequest
from ringback.web.rules.meanings import MEANINGS


@require_safe
def rules(request: MemberRequest) -> HttpResponse:
    groups = [{"title": title, "rules": meanings.items()} for title, meanings in MEANINGS.items()]
    return render(request, "rules/page.html", {"groups": groups})
