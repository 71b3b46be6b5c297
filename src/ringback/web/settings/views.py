"""Settings: oneself, the house, the team, the log."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ringback.actions import settling
from ringback.actions.errors import Refused
from ringback.adapters.holidays import UnknownRegion, calendar_facts, list_regions
from ringback.models import Team, User
from ringback.queries.standing import workspace_now
from ringback.queries.timeline import timeline
from ringback.web import when
from ringback.web.fields import zone_names
from ringback.web.forms import Form
from ringback.web.requests import MemberRequest, admins_only, said_after
from ringback.web.settings.forms import (
    HouseForm,
    MemberForm,
    NewMemberForm,
    ProfileForm,
    TeamForm,
    house_values,
    member_values,
)
from ringback.web.words import ROLES
from ringback.web.worker_seen import worker_seen

LOG_PAGE = 50
Fields = dict[str, Any]


def around(request: MemberRequest, tab: str) -> Fields:
    """What every settings page needs; reps see their own tabs only."""
    tabs = [
        ("profile", _("You"), reverse("settings")),
        ("mailboxes", _("Mailboxes"), reverse("mailboxes")),
        ("blocked", _("Blocked"), reverse("blocks")),
    ]
    if request.user.is_admin:
        tabs += [
            ("house", _("House"), reverse("settings-house")),
            ("team", _("Team"), reverse("settings-team")),
            ("log", _("Log"), reverse("settings-log")),
        ]
    return {"area": "settings", "tabs": tabs, "tab": tab}


def refused_on(form: Form, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    first = {name: getattr(request.user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        fields, now = form.cleaned_data, timezone.now()
        said_after(
            request,
            lambda: settling.change_user(by=request.user, user=request.user, fields=fields, now=now),
            _("Saved."),
        )
        return redirect("settings")
    context = around(request, "profile") | {"form": form, "zones": zone_names(), "role": ROLES[request.user.role]}
    return render(request, "settings/profile.html", context, status=422 if form.errors else 200)


class Password(PasswordChangeView):
    """allauth's own change of password on our page."""

    template_name = "settings/password.html"
    success_url = reverse_lazy("settings")

    def get_context_data(self, **kwargs: Any) -> Fields:
        form = kwargs.get("form") or self.get_form()
        for name in form.fields:
            form.fields[name].widget.attrs |= {"class": "input", "placeholder": ""}
        return super().get_context_data(**(kwargs | {"form": form})) | around(self.request, "profile")


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def house(request: MemberRequest) -> HttpResponse:
    row = workspace_now()
    form = HouseForm(request.POST or None, initial=house_values(row))
    if request.method == "POST" and form.is_valid():
        try:
            settling.change_workspace(by=request.user, fields=form.cleaned_data, now=timezone.now())
        except Refused as refused:
            refused_on(form, refused)
        else:
            messages.success(request, _("Saved. What is planned keeps its moment; the next plans use this."))
            return redirect("settings-house")
    region = form["region"].value() or ""
    context = around(request, "house") | {"form": form, "groups": groups(form), "zones": zone_names()}
    context |= {"regions": list_regions(), **holidays_of(region)}
    context["worker"] = worker_seen(zone=request.user.zone, now=timezone.now())
    return render(request, "settings/house.html", context, status=422 if form.errors else 200)


def groups(form: HouseForm) -> list[tuple[str, str, list[Any]]]:
    named = (
        (_("The firm"), "", ("firm_name", "currency", "zone", "region")),
        (
            _("Calling hours"),
            _("By the prospect’s clock."),
            ("window_open", "window_close", "workdays"),
        ),
        (
            _("Limits"),
            _("So that nobody feels rung at."),
            ("calls_per_week", "calls_per_day_part", "talk_minutes"),
        ),
        (_("Cards and reminders"), "", ("card_transit_days", "reminder_at")),
        (_("Mail"), "", ("language", "postal_address", "private_hosts")),
    )
    return [(title, hint, [form[name] for name in names]) for title, hint, names in named]


@admins_only
@require_safe
def holidays(request: MemberRequest) -> HttpResponse:
    """This year's holidays of a region, while it is being chosen."""
    return render(request, "settings/_holidays.html", holidays_of(request.GET.get("region", "")))


def holidays_of(region: str) -> Fields:
    year = timezone.now().year
    try:
        facts = calendar_facts(region, (year,))
    except UnknownRegion as unknown:
        return {"holidays_problem": str(unknown)}
    days = [(date_format(day, "D j M"), name) for day, name in sorted(facts.holidays.items())]
    return {"holidays": days, "year": year, "legal": str(facts.hard_stop), "chosen_region": facts.region}


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: MemberRequest) -> HttpResponse:
    """Everybody, and the form for somebody new."""
    form = NewMemberForm(request.POST or None, initial={"role": "rep", "zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["full_name"] = f"{given.pop('first_name')} {given.pop('last_name')}".strip()
        try:
            made = settling.add_user(by=request.user, now=timezone.now(), **given)
        except Refused as refused:
            refused_on(form, refused)
        else:
            messages.success(request, _("%(name)s can log in now.") % {"name": made.shown_name})
            return redirect("settings-team")
    people = User.objects.select_related("team").order_by("-is_active", "first_name", "last_name", "username")
    teams = Team.objects.annotate(size=Count("members", filter=Q(members__is_active=True))).order_by("name")
    context = around(request, "team") | {
        "form": form,
        "team_form": TeamForm(),
        "people": [(each, ROLES[each.role]) for each in people],
        "teams": teams,
        "zones": zone_names(),
    }
    return render(request, "settings/team.html", context, status=422 if form.errors else 200)


@admins_only
@require_POST
def teams(request: MemberRequest) -> HttpResponse:
    name, now = request.POST.get("name", ""), timezone.now()
    said_after(request, lambda: settling.add_team(by=request.user, name=name, now=now), _("The team is there."))
    return redirect("settings-team")


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: MemberRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = MemberForm(request.POST or None, initial=member_values(user))
    if request.method == "POST" and form.is_valid():
        try:
            settling.change_user(by=request.user, user=user, fields=form.cleaned_data, now=timezone.now())
        except Refused as refused:
            refused_on(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("settings-team")
    context = around(request, "team") | {"form": form, "member": user, "zones": zone_names()}
    return render(request, "settings/member.html", context, status=422 if form.errors else 200)


@admins_only
@require_POST
def deactivation(request: MemberRequest, pk: int) -> HttpResponse:
    """They can no longer log in; what they did stays theirs."""
    return activity_of(request, pk, active=False)


@admins_only
@require_POST
def activation(request: MemberRequest, pk: int) -> HttpResponse:
    return activity_of(request, pk, active=True)


def activity_of(request: MemberRequest, pk: int, *, active: bool) -> HttpResponse:
    user, now = get_object_or_404(User, pk=pk), timezone.now()
    said = _("%(name)s may log in again.") if active else _("%(name)s can no longer log in.")
    said_after(
        request,
        lambda: settling.change_user(by=request.user, user=user, fields={"is_active": active}, now=now),
        said % {"name": user.shown_name},
    )
    return redirect("settings-team")


@admins_only
@require_safe
def log(request: MemberRequest) -> HttpResponse:
    """Who changed what about the house: settings, team, cadences, imports."""
    before = request.GET.get("before", "")
    found = timeline(None, before=int(before) if before.isdecimal() else None, limit=LOG_PAGE)
    now = timezone.now()
    entries = [
        (entry, when.moment(entry.at, request.user.zone, now), when.full(entry.at, request.user.zone))
        for entry in found.entries
    ]
    next_url = f"{reverse('settings-log')}?before={found.before}" if found.before else ""
    return render(request, "settings/log.html", around(request, "log") | {"entries": entries, "next_url": next_url})
