"""What can be done with many prospects at once."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ringback.actions import enrolling, prospecting
from ringback.actions.errors import Refused
from ringback.domain.chooser import cadence_for
from ringback.domain.vocabulary import FirstContact, Qualification, Temperature
from ringback.models import CadenceVersion, Prospect, Workspace
from ringback.queries import access, prospects
from ringback.web.prospects.dialling import dial_code
from ringback.web.prospects.forms import FilterForm
from ringback.web.prospects.undoing import said_of_many
from ringback.web.requests import MemberRequest, managers_only

MOST = 1000
SHOWN = 200


def chosen(request: MemberRequest) -> list[Prospect]:
    """The ticked ones, or everybody who fits the list's questions; at most 1,000. A stranger's number is a 404."""
    if request.POST.get("everyone"):
        return everybody(request)
    ids = {int(each) for each in request.POST.getlist("ids") if each.isdecimal()}
    if len(ids) > MOST:
        raise Http404
    found = list(access.visible_prospects(request.user).filter(pk__in=ids).order_by("shown_name", "id"))
    if len(found) != len(ids):
        raise Http404
    return found


def everybody(request: MemberRequest) -> list[Prospect]:
    form = FilterForm(QueryDict(request.POST.get("query", "")), user=request.user)
    asked = form.asked()
    region = Workspace.objects.values_list("region", flat=True).first() or ""
    found = prospects.matching(request.user, text=asked.text, filters=asked.filters, dial_code=dial_code(region))
    return list(found.order_by("shown_name", "id")[:MOST])


@require_POST
def enroll_preview(request: MemberRequest) -> HttpResponse:
    """Who may enter a cadence, who may not and why; nothing is written."""
    people = chosen(request)
    if not people:
        return nobody(request)
    cadences = list(CadenceVersion.objects.filter(retired_at=None).order_by("title").values_list("name", "title"))
    cadence = request.POST.get("cadence") or fitting(people)
    try:
        preview = enrolling.preview_enrollment(by=request.user, prospects=people, cadence=cadence, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("prospects")
    reasons = Counter((conflict.rule, conflict.why) for conflict in preview.conflicts)
    context: dict[str, Any] = {
        "area": "prospects",
        "key": uuid4().hex,
        "people": people,
        "cadences": cadences,
        "cadence": cadence,
        "ready": preview.ready[:SHOWN],
        "ready_count": len(preview.ready),
        "more_ready": max(0, len(preview.ready) - SHOWN),
        "conflicts": preview.conflicts[:SHOWN],
        "more_conflicts": max(0, len(preview.conflicts) - SHOWN),
        "conflict_count": len(preview.conflicts),
        "reasons": [(rule, why, count) for (rule, why), count in reasons.most_common()],
    }
    return render(request, "prospects/enroll.html", context)


def fitting(people: list[Prospect]) -> str:
    """What fits most of them by temperature and first contact (A14)."""
    votes = Counter((person.temperature, person.first_contact) for person in people)
    temperature, first_contact = votes.most_common(1)[0][0]
    return cadence_for(Temperature(temperature), FirstContact(first_contact)).cadence


@require_POST
def enrollments(request: MemberRequest) -> HttpResponse:
    people, key, now = chosen(request), request.POST.get("key", "")[:60] or uuid4().hex, timezone.now()
    if not people:
        return nobody(request)
    report = enrolling.enroll_many(
        by=request.user, prospects=people, cadence=request.POST.get("cadence", ""), key=key, now=now
    )
    count = len(report.enrolled)
    if count:
        said = ngettext("%(n)s prospect enrolled.", "%(n)s prospects enrolled.", count) % {"n": count}
        said_of_many(request, said, now, count)
    if report.refused:
        first = report.refused[0]
        messages.warning(
            request,
            ngettext(
                "%(n)s could not enter: %(name)s. %(why)s", "%(n)s could not enter, the first being %(name)s. %(why)s",
                len(report.refused),
            )
            % {"n": len(report.refused), "name": first.prospect.shown_name, "why": first.why},
        )  # fmt: skip
    return redirect("prospects")


@require_POST
def qualification(request: MemberRequest) -> HttpResponse:
    given = request.POST.get("qualification", "")
    if given not in {each.value for each in Qualification}:
        raise Http404
    people, now, answer = chosen(request), timezone.now(), Qualification(given)
    made = [prospecting.qualify(by=request.user, prospect=each, qualification=answer, now=now) for each in people]
    count = len(people)
    said = {
        Qualification.QUALIFIED: ngettext("%(n)s marked as qualified.", "%(n)s marked as qualified.", count),
        Qualification.UNQUALIFIED: ngettext("%(n)s marked as unqualified.", "%(n)s marked as unqualified.", count),
        Qualification.UNKNOWN: ngettext("%(n)s marked as not asked yet.", "%(n)s marked as not asked yet.", count),
    }
    said_of_many(request, said[answer] % {"n": count}, now, sum(row is not None for row in made))
    return back(request)


@managers_only
@require_POST
def owner(request: MemberRequest) -> HttpResponse:
    given = request.POST.get("owner", "")
    new = get_object_or_404(access.visible_users(request.user), pk=int(given)) if given.isdecimal() else None
    people, now = chosen(request), timezone.now()
    made = [prospecting.assign(by=request.user, prospect=each, owner=new, now=now) for each in people]
    name = new.shown_name if new else _("nobody")
    said = _("%(n)s given to %(name)s.") % {"n": len(people), "name": name}
    said_of_many(request, said, now, sum(row is not None for row in made))
    return back(request)


def nobody(request: MemberRequest) -> HttpResponseRedirect:
    messages.warning(request, _("Nobody is selected. Press x on a line, or tick its box."))
    return back(request)


def back(request: MemberRequest) -> HttpResponseRedirect:
    """To the list as it was asked for."""
    query = QueryDict(request.POST.get("query", "")).copy()
    query.pop("after", None)
    return redirect(f"{reverse('prospects')}?{query.urlencode()}" if query else reverse("prospects"))
