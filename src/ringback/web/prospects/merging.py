"""Two rows that are one person: find the other, see what is kept, merge."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ringback.actions.merging import merge_prospects
from ringback.models import Prospect, Workspace
from ringback.queries import access, prospects
from ringback.queries.standing import workspace_now
from ringback.web.presenting import money
from ringback.web.prospects.dialling import dial_code
from ringback.web.requests import MemberRequest, said_after
from ringback.web.words import QUALIFICATIONS, STATES, TEMPERATURES

OFFERED = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of both, and which of the two the merged one has."""

    label: str
    kept: str
    lost: str
    after: str

    @property
    def same(self) -> bool:
        return self.kept == self.lost


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    prospect = access.prospect_for(request.user, pk)
    chosen = request.POST.get("other") or request.GET.get("other", "")
    other = access.prospect_for(request.user, int(chosen)) if chosen.isdecimal() else None
    if request.method == "POST" and other:
        now = timezone.now()
        merged = said_after(
            request,
            lambda: merge_prospects(by=request.user, keep=prospect, lose=other, now=now),
            _("Merged. Everything known about both stands here now."),
        )
        if merged:
            return redirect("prospect", prospect.pk)
    house = workspace_now()
    text = request.GET.get("q", "")[:200]
    context = {
        "area": "prospects",
        "prospect": prospect,
        "other": other,
        "q": text,
        "found": [] if other else candidates(request, prospect, text, house),
        "facts": compared(prospect, other, house.currency) if other else [],
    }
    return render(request, "prospects/merge.html", context)


def candidates(request: MemberRequest, prospect: Prospect, text: str, house: Workspace) -> list[prospects.Row]:
    """Whoever fits what was typed; at first, whoever has the same last name."""
    wanted = text or prospect.last_name or prospect.shown_name
    page = prospects.search(request.user, text=wanted, limit=OFFERED + 1, dial_code=dial_code(house.region))
    return [row for row in page.rows if row.id != prospect.pk][:OFFERED]


def compared(keep: Prospect, lose: Prospect, currency: str) -> list[Compared]:
    """Nothing filled in is overwritten; the greater value and the warmer temperature win."""
    first = [
        (_("Name"), keep.shown_name, lose.shown_name),
        (_("Company"), keep.company_name, lose.company_name),
        (_("Job title"), keep.job_title, lose.job_title),
        (_("Time zone"), keep.zone, lose.zone),
        (_("City"), keep.city, lose.city),
        (_("Source"), keep.source, lose.source),
        (_("Owner"), str(keep.owner or _("Nobody")), str(lose.owner or _("Nobody"))),
        (_("State"), str(STATES[keep.state]), str(STATES[lose.state])),
        (_("Qualification"), str(QUALIFICATIONS[keep.qualification]), str(QUALIFICATIONS[lose.qualification])),
    ]
    rows = [Compared(label, mine, theirs, mine or theirs) for label, mine, theirs in first]
    values = money(keep.value, currency), money(lose.value, currency)
    rows.append(Compared(_("Value"), *values, money(max(keep.value, lose.value), currency)))
    warm = "warm" if "warm" in (keep.temperature, lose.temperature) else keep.temperature
    rows.append(
        Compared(
            _("Temperature"),
            str(TEMPERATURES[keep.temperature]),
            str(TEMPERATURES[lose.temperature]),
            str(TEMPERATURES[warm]),
        )
    )
    points = [[str(point) for point in one.contact_points.all()] for one in (keep, lose)]
    union = dict.fromkeys([*points[0], *points[1]])
    rows.append(Compared(_("Numbers and addresses"), ", ".join(points[0]), ", ".join(points[1]), ", ".join(union)))
    return [row for row in rows if row.kept or row.lost]
