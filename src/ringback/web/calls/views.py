"""The call screen and its wrap-up: preview while it is filled in, then save, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ringback.actions.noting import BESIDE
from ringback.actions.wrapping_up import wrap_up
from ringback.models import Arrangement, Prospect, Touch
from ringback.queries.access import prospect_for, touch_for
from ringback.queries.brief import Brief, brief
from ringback.queries.calendars import calendar_for
from ringback.queries.standing import workspace_now
from ringback.web.calls import briefing, choices, judging, showing, slots, walking
from ringback.web.calls.forms import WrapUpForm
from ringback.web.calls.judging import Judged
from ringback.web.requests import MemberRequest

# A second press of the same key, or a browser that tries again, is no second ending.
SAME_PRESS = timedelta(seconds=5)


@never_cache
@require_safe
def call_page(request: MemberRequest, prospect_id: int) -> HttpResponse:
    prospect = prospect_for(request.user, prospect_id)
    touch = asked_touch(request, prospect)
    found = brief(prospect, now=timezone.now(), rep=request.user, touch_id=touch.pk if touch else None)
    inbound = request.GET.get("direction") == "in"
    worked = found.touch or touch
    start = {
        "key": str(uuid4()),
        "touch": worked.pk if worked and not inbound else None,
        "direction": "in" if inbound else "",
    }
    form = WrapUpForm(zone=found.stand.calendar.zone, initial=start)
    context = page(request, found, form, touch_id=worked.pk if worked else None)
    return render(request, "calls/page.html", {**context, "stale": stale(touch), "inbound": inbound})


def asked_touch(request: MemberRequest, prospect: Prospect) -> Touch | None:
    """The touch of ?touch=, if it is this prospect's."""
    named = request.GET.get("touch", "")
    if not named.isdecimal():
        return None
    touch = touch_for(request.user, int(named))
    return touch if touch.prospect_id == prospect.pk else None


def stale(touch: Touch | None) -> str:
    """Says that the planned call has been dealt with already."""
    if touch is None or touch.state == "open":
        return ""
    return _("This call is no longer planned: it was logged, moved or cancelled in the meantime.")


def page(request: MemberRequest, found: Brief, form: WrapUpForm, *, touch_id: int | None) -> dict[str, Any]:
    now, prospect = timezone.now(), found.prospect
    zone = found.stand.calendar.zone
    inbound = form["direction"].value() == "in"
    return {
        **showing.said(found),
        **walking.middle(request, found, rep=request.user, now=now, inbound=inbound),
        **choices.of(form),
        "who": showing.who(found),
        "bad_hour": showing.at_a_bad_hour(found, now),
        "phones": showing.phones(found),
        "brief": briefing.column(found, request.user, now),
        "why": showing.why_now(found),
        "slot_days": slots.by_day(found.slots, zone=zone, own_zone=request.user.zone, now=now),
        "next_label": _("Exact time (%(place)s)") % {"place": showing.place_of(zone)},
        "form": form,
        "draft": f"call-{prospect.pk}-{touch_id or f'after-{last_arrangement(prospect)}'}",
        "save_url": reverse("calls", args=[prospect.pk]),
        "preview_url": reverse("call_preview", args=[prospect.pk]),
        "keys": choices.keys(),
    }


def last_arrangement(prospect: Prospect) -> int:
    """Makes the draft of an unplanned call its own: one that was saved never comes back for the next call."""
    planned = Arrangement.objects.filter(prospect=prospect).exclude(event__in=BESIDE)
    return planned.order_by("-pk").values_list("pk", flat=True).first() or 0


@require_POST
def preview(request: MemberRequest, prospect_id: int) -> HttpResponse:
    """What saving would arrange, what is still needed, and how the words for the moment were read."""
    prospect, form = filled_in(request, prospect_id)
    judged = judging.judge(form, by=request.user, prospect=prospect, now=timezone.now())
    return answer(request, judged)


@require_POST
def save(request: MemberRequest, prospect_id: int) -> HttpResponse:
    """Save it once; what stands in the way is said at its field (status 422), and the page keeps all that was typed."""
    prospect, form = filled_in(request, prospect_id)
    now = timezone.now()
    made: list[Arrangement] = []

    def keep(given: judging.Given) -> None:
        made.append(wrap_up(by=request.user, prospect=prospect, key=form.cleaned_data["key"], now=now, **given))

    judged = judging.judge(form, by=request.user, prospect=prospect, now=now, keep=keep)
    if made:
        if now - made[0].at > SAME_PRESS:
            messages.warning(request, _("This call was logged already, so nothing was saved a second time."))
        return away(request, made[0], form)
    return answer(request, judged, status=422) if request.htmx else again(request, prospect, form, judged)  # type: ignore[attr-defined]


def filled_in(request: MemberRequest, prospect_id: int) -> tuple[Prospect, WrapUpForm]:
    prospect = prospect_for(request.user, prospect_id)
    hours = calendar_for(prospect, workspace_now(), timezone.now())
    return prospect, WrapUpForm(request.POST, zone=hours.calendar.zone)


def answer(request: MemberRequest, judged: Judged, status: int = 200) -> HttpResponse:
    return render(request, "calls/preview.html", {**judged.context(), "updates": True}, status=status)


def away(request: MemberRequest, made: Arrangement, form: WrapUpForm) -> HttpResponse:
    """An unanswered call goes back to the queue; a conversation shows what came of it."""
    draft = request.POST.get("draft", "")
    where = reverse("today") if form.outcome is None else reverse("arrangement", args=[made.pk])
    target = f"{where}?arranged={made.pk}&draft={draft}"
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def again(request: MemberRequest, prospect: Prospect, form: WrapUpForm, judged: Judged) -> HttpResponse:
    """Without JavaScript: the whole page once more, with what was typed and what is wrong."""
    touch_id = form.cleaned_data.get("touch")
    found = brief(prospect, now=timezone.now(), rep=request.user, touch_id=touch_id)
    context = {**page(request, found, form, touch_id=touch_id), **judged.context(), "updates": False}
    return render(request, "calls/page.html", context, status=422)
