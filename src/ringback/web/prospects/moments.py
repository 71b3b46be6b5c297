"""What a moment means while it is typed: on both clocks, and whether it was promised to somebody else."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ringback.models import Prospect, User
from ringback.queries import access
from ringback.web.agreeing import both_readings, clash_words
from ringback.web.calls.forms import read_local
from ringback.web.prospects.zones import zone_of
from ringback.web.requests import MemberRequest


@require_safe
def reading(request: MemberRequest, pk: int) -> HttpResponse:
    """Of `?moment=`, by the clock of the standing appointment, else of the prospect."""
    prospect = access.prospect_for(request.user, pk)
    typed = request.GET.get("moment", "")
    context = meaning(typed, prospect, request.user, timezone.now()) if typed else {}
    return render(request, "prospects/_moment.html", context)


def meaning(typed: str, prospect: Prospect, by: User, now: datetime) -> dict[str, str]:
    agreed = prospect.appointments.filter(state="agreed").first()
    zone = agreed.zone if agreed else zone_of(prospect)
    try:
        at = read_local(typed, zone)
    except ValidationError as wrong:
        return {"problem": " ".join(wrong.messages)}
    return {
        "reading": both_readings(at, zone, by.zone, now),
        "clash": clash_words(at, prospect=prospect, by=by, now=now),
    }
