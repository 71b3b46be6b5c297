"""The list of prospects: search, filters, order, pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ringback.queries import prospects
from ringback.queries.standing import workspace_now
from ringback.web import when
from ringback.web.presenting import money
from ringback.web.prospects.dialling import dial_code
from ringback.web.prospects.forms import FilterForm, assignees
from ringback.web.requests import MemberRequest
from ringback.web.words import QUALIFICATIONS, STATES, TEMPERATURES

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list as finished strings."""

    id: int
    url: str
    name: str
    company: str
    job_title: str
    owner: str
    phone: str
    value: str
    there: str
    temperature: str
    warm: bool
    tags: tuple[str, ...]
    cadence: str
    planned: str
    planned_on: str
    planned_at: str
    channel: str
    late: bool


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    form = FilterForm(request.GET, user=request.user)
    asked = form.asked()
    house = workspace_now()
    terms: dict[str, Any] = {"text": asked.text, "filters": asked.filters, "dial_code": dial_code(house.region)}
    after = request.GET.get("after", "")
    page = prospects.search(request.user, order=asked.order, after=after, limit=PER_PAGE, **terms)
    now = timezone.now()
    context = {
        "area": "prospects",
        "keys": keys(),
        "form": form,
        "lines": [line(row, house.currency, now) for row in page.rows],
        "next_url": following(request, page.after),
        "continued": bool(after),
        "narrowed": any(request.GET.get(name) for name in form.fields if name != "order"),
        "query": request.GET.urlencode(),
        "assignees": assignees(request.user),
    }
    if request.htmx and after:  # type: ignore[attr-defined]
        return render(request, "prospects/_lines.html", context)
    context["count"] = counted(page.count)
    return render(request, "prospects/_results.html" if request.htmx else "prospects/listing.html", context)  # type: ignore[attr-defined]


def line(row: prospects.Row, currency: str, now: datetime) -> Line:
    planned = row.planned
    tags = [word for word in (tag_of_state(row), tag_of_qualification(row)) if word]
    return Line(
        id=row.id,
        url=reverse("prospect", args=[row.id]),
        name=row.name,
        # A company without a person, or a number alone, is not said twice.
        company=row.company if row.company != row.name else "",
        job_title=row.job_title,
        owner=row.owner or _("Nobody"),
        phone=row.phone if row.phone != row.name else "",
        value=money(row.value, currency),
        there=when.clock(now, row.zone) if row.zone else "",
        temperature=str(TEMPERATURES[row.temperature]),
        warm=row.temperature == "warm",
        tags=tuple(tags),
        cadence=row.cadence,
        planned=planned.title if planned else "",
        planned_on=when.moment(planned.due_at, planned.zone, now) if planned else "",
        planned_at=when.full(planned.due_at, planned.zone) if planned else "",
        channel=planned.channel if planned else "",
        late=bool(planned and planned.due_at < now),
    )


def tag_of_state(row: prospects.Row) -> str:
    return "" if row.state == "open" else str(STATES[row.state])


def tag_of_qualification(row: prospects.Row) -> str:
    return "" if row.qualification == "qualified" else str(QUALIFICATIONS[row.qualification])


def counted(count: prospects.BoundedCount) -> str:
    if count.is_more:
        return _("more than %(number)s") % {"number": f"{count.number:,}"}
    return ngettext("%(number)s prospect", "%(number)s prospects", count.number) % {"number": count.number}


def following(request: MemberRequest, after: str) -> str:
    if not after:
        return ""
    asked = request.GET.copy()
    asked["after"] = after
    return f"{reverse('prospects')}?{asked.urlencode()}"


def keys() -> tuple[tuple[str, str], ...]:
    return (
        ("j / k", _("Next or previous prospect")),
        ("Enter", _("Open it")),
        ("x", _("Select it")),
        ("e", _("Enrol the selected in a cadence")),
        ("q", _("Mark the selected as qualified")),
        ("n", _("New prospect")),
        ("i", _("Import a file")),
    )
