"""The first visitor of an empty installation makes the first account; the link works once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ringback.actions.errors import Refused
from ringback.actions.settling import first_admin
from ringback.adapters.holidays import list_regions
from ringback.web.fields import RegionField, ZoneField, zone_names
from ringback.web.forms import Form
from ringback.web.setup_link import burn, check_setup_token

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SetupForm(Form):
    full_name = forms.CharField(
        max_length=200, label=gettext_lazy("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        max_length=150, label=gettext_lazy("Log-in name"), widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        max_length=128, label=gettext_lazy("Password"), help_text=gettext_lazy("At least eight characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    firm_name = forms.CharField(
        max_length=160, label=gettext_lazy("Firm"), widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    zone = ZoneField(help_text=gettext_lazy("Where the firm works."))
    region = RegionField(help_text=gettext_lazy("Such as DE-BY or US-CA; its holidays are no working days."))


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    """404 for every link but the one that was printed last, and for that one once somebody has an account."""
    if not check_setup_token(token):
        raise Http404
    form = SetupForm(request.POST or None, initial={"zone": "UTC"})
    if request.method == "POST" and form.is_valid():
        try:
            user = first_admin(now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            burn()
            login(request, user, backend=BACKEND)
            messages.success(request, _("Welcome. Bring in a list, or add the first prospect by hand."))
            return redirect("prospects")
    context = {"form": form, "zones": zone_names(), "regions": list_regions()}
    return render(request, "setup/setup.html", context, status=422 if form.errors else 200)
