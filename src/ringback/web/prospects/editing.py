"""Adding a prospect, changing one, and the ways to reach them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ringback.actions import prospecting
from ringback.actions.errors import Refused
from ringback.actions.prospecting import PointFields, ProspectFields
from ringback.adapters.contacts.emails import read_emails
from ringback.adapters.contacts.phones import read_phones
from ringback.adapters.contacts.places import country_code
from ringback.adapters.contacts.zones import zone_for
from ringback.adapters.holidays import UnknownRegion, calendar_facts, list_regions
from ringback.domain.local_time import UnknownZone, zone_named
from ringback.domain.vocabulary import Temperature
from ringback.models import ContactPoint, Prospect, Workspace
from ringback.queries import access
from ringback.web.fields import zone_names
from ringback.web.forms import Form
from ringback.web.prospects.doings import back_to
from ringback.web.prospects.edited import Opened, changed_in, only_changed, opened, opened_in, tell_of_others
from ringback.web.requests import MemberRequest, said_after
from ringback.web.words import TEMPERATURES


class ProspectForm(Form):
    first_name = forms.CharField(max_length=120, required=False, label=gettext_lazy("First name"))
    last_name = forms.CharField(max_length=160, required=False, label=gettext_lazy("Last name"))
    company_name = forms.CharField(max_length=200, required=False, label=gettext_lazy("Company"))
    job_title = forms.CharField(max_length=200, required=False, label=gettext_lazy("Job title"))
    phone = forms.CharField(
        max_length=320, required=False, label=gettext_lazy("Telephone"), widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.CharField(
        max_length=320, required=False, label=gettext_lazy("E-mail"), widget=forms.TextInput(attrs={"type": "email"})
    )
    temperature = forms.ChoiceField(choices=list(TEMPERATURES.items()), label=gettext_lazy("Temperature"))
    value = forms.IntegerField(
        min_value=0, max_value=10**12, required=False, label=gettext_lazy("Expected value"),
        help_text=gettext_lazy("Whole units of the house’s currency. The queue puts the more valuable first."),
    )  # fmt: skip
    zone = forms.CharField(
        max_length=64, required=False, label=gettext_lazy("Time zone"), widget=forms.TextInput(attrs={"list": "zones"}),
        help_text=gettext_lazy("Left empty, it is read from the address or the number where these allow one only."),
    )  # fmt: skip
    region = forms.CharField(
        max_length=16, required=False, label=gettext_lazy("Holiday region"),
        widget=forms.TextInput(attrs={"list": "regions"}),
    )  # fmt: skip
    street = forms.CharField(max_length=300, required=False, label=gettext_lazy("Street"))
    postal_code = forms.CharField(max_length=20, required=False, label=gettext_lazy("Postal code"))
    city = forms.CharField(max_length=120, required=False, label=gettext_lazy("City"))
    state_name = forms.CharField(max_length=120, required=False, label=gettext_lazy("State or province"))
    country = forms.CharField(max_length=60, required=False, label=gettext_lazy("Country"))
    language = forms.CharField(max_length=10, required=False, label=gettext_lazy("Language"))
    source = forms.CharField(max_length=160, required=False, label=gettext_lazy("Source"))
    notes = forms.CharField(
        max_length=100_000, required=False, label=gettext_lazy("Notes"), widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home

    def clean_phone(self) -> tuple[PointFields, ...]:
        return phones_in(self.cleaned_data["phone"], self.home)

    def clean_email(self) -> tuple[PointFields, ...]:
        return emails_in(self.cleaned_data["email"])

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip()
        try:
            return zone_named(zone).key if zone else ""
        except UnknownZone as unknown:
            raise ValidationError(str(unknown)) from None

    def clean_region(self) -> str:
        try:
            return calendar_facts(self.cleaned_data["region"], ()).region
        except UnknownRegion as unknown:
            raise ValidationError(str(unknown)) from None

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].strip()
        code = country_code(country)
        if country and not code:
            raise ValidationError(_("“%(country)s” is not a country’s name or code.") % {"country": country})
        return code

    def as_fields(self) -> ProspectFields:
        """What was typed, with the zone worked out where it was left empty."""
        given = dict(self.cleaned_data)
        points = (*given.pop("phone"), *given.pop("email"))
        given["temperature"] = Temperature(given["temperature"])
        given["value"] = given["value"] or 0
        numbers = tuple(point.value for point in points if point.kind == ContactPoint.PHONE)
        reading = zone_for(given["zone"], given["country"], given["state_name"], numbers)
        zones: tuple[str, ...] = () if reading.zone else reading.possible
        given["zone"] = reading.zone or given["zone"]
        return ProspectFields(contact_points=points, possible_zones=zones, **given)


class PointForm(Form):
    kind = forms.ChoiceField(choices=ContactPoint.KINDS, label=gettext_lazy("Kind"))
    value = forms.CharField(max_length=320, label=gettext_lazy("Number or address"))
    label = forms.CharField(max_length=40, required=False, label=gettext_lazy("Label"))


def phones_in(text: str, home: str) -> tuple[PointFields, ...]:
    """Refused in words unless every piece is a number."""
    reading = read_phones(text, home) if text.strip() else None
    if reading and (reading.unread or not reading.phones):
        bad = ", ".join(reading.unread) or text
        raise ValidationError(
            _("“%(text)s” is not a telephone number. Begin with + and the country’s code, such as +49 30 1234567.")
            % {"text": bad[:80]}
        )
    return tuple(
        PointFields(ContactPoint.PHONE, phone.e164, shown=text.strip()[:320], extension=phone.extension)
        for phone in (reading.phones if reading else ())
    )


def emails_in(text: str) -> tuple[PointFields, ...]:
    reading = read_emails(text) if text.strip() else None
    if reading and (reading.unread or not reading.addresses):
        raise ValidationError(_("“%(text)s” is not an e-mail address.") % {"text": text.strip()[:80]})
    return tuple(PointFields(ContactPoint.EMAIL, each) for each in (reading.addresses if reading else ()))


def home_region() -> str:
    """The country whose numbers need no code."""
    region = Workspace.objects.filter(pk=1).values_list("region", flat=True).first() or ""
    return region.partition("-")[0]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    form = ProspectForm(request.POST or None, home=home_region(), initial={"temperature": Temperature.WARM})
    if request.method == "POST" and form.is_valid():
        try:
            made = prospecting.add_prospect(by=request.user, fields=form.as_fields(), now=timezone.now())
        except Refused as refused:
            form.add_error("phone" if refused.field == "contact_points" else None, str(refused))
        else:
            messages.success(request, _("%(name)s is in.") % {"name": made.shown_name})
            return back_to(made, draft_of(None, None))
    return shown(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    prospect = access.prospect_for(request.user, pk)
    first = {name: getattr(prospect, name) for name in ProspectForm.base_fields if hasattr(prospect, name)}
    now = opened(prospect, first)
    form = ProspectForm(request.POST or None, home=home_region(), initial=first)
    for name in ("phone", "email"):
        form.fields.pop(name)
        form.cleaned_data = {}
    then = opened_in(request.POST, now)
    if request.method == "POST" and form.is_valid() and tell_of_others(form, request.POST, then, now):
        form.cleaned_data |= {"phone": tuple(points_of(prospect)), "email": ()}
        fields = only_changed(form.as_fields(), changed_in(request.POST, then))
        saved = said_after(
            request,
            lambda: prospecting.change_prospect(by=request.user, prospect=prospect, fields=fields, now=timezone.now()),
            _("Saved."),
        )
        if saved:
            return back_to(prospect, draft_of(prospect, then))
    return shown(request, form, prospect, now)


def draft_of(prospect: Prospect | None, then: Opened | None) -> str:
    return f"prospect-{prospect.pk}-{then.stamp}" if prospect and then else "prospect-new"


def points_of(prospect: Prospect) -> list[PointFields]:
    return [PointFields(row.kind, row.value) for row in prospect.contact_points.all()]


def shown(
    request: MemberRequest, form: ProspectForm, prospect: Prospect | None, now: Opened | None = None
) -> HttpResponse:
    groups = (
        (_("Who"), ("first_name", "last_name", "company_name", "job_title", "phone", "email")),
        (_("Worth"), ("temperature", "value", "source")),
        (_("When they can be called"), ("zone", "region", "language")),
        (_("Where"), ("street", "postal_code", "city", "state_name", "country")),
        (_("Notes"), ("notes",)),
    )
    context = {
        "area": "prospects",
        "form": form,
        "prospect": prospect,
        "opened": now.as_json() if now else "",
        "draft": draft_of(prospect, now),
        "groups": [(title, [form[name] for name in names if name in form.fields]) for title, names in groups],
        "zones": zone_names(),
        "regions": list_regions(),
    }
    return render(request, "prospects/edit.html", context, status=422 if form.errors else 200)


@require_POST
def add_point(request: MemberRequest, pk: int) -> HttpResponse:
    prospect = access.prospect_for(request.user, pk)
    if points := points_given(request, request.POST.get("kind", "")):
        add_points(request, prospect, points, _("Added."))
    return back_to(prospect)


@require_POST
def change_point(request: MemberRequest, pk: int, point_pk: int) -> HttpResponse:
    """Another value or label: the new one is added before the old one goes, so nothing is lost on a slip."""
    prospect = access.prospect_for(request.user, pk)
    point = get_object_or_404(prospect.contact_points, pk=point_pk)
    points = points_given(request, point.kind)
    if not points:
        return back_to(prospect)
    same = len(points) == 1 and points[0].value == point.value
    if same and points[0].label == point.label:
        return back_to(prospect)
    now = timezone.now()
    if same:
        prospecting.remove_contact_point(by=request.user, point=point, now=now)
        add_points(request, prospect, points, _("Saved."))
    elif add_points(request, prospect, points, _("Saved.")):
        prospecting.remove_contact_point(by=request.user, point=point, now=now)
    return back_to(prospect)


@require_POST
def point_failure(request: MemberRequest, pk: int, point_pk: int) -> HttpResponse:
    """It does not work; pressed again, it works after all."""
    prospect = access.prospect_for(request.user, pk)
    point = get_object_or_404(prospect.contact_points, pk=point_pk)
    works, now = point.failed_at is not None, timezone.now()
    said = _("Marked as working.") if works else _("Marked: it is passed over from now on.")
    said_after(
        request, lambda: prospecting.mark_contact_point(by=request.user, point=point, works=works, now=now), said
    )
    return back_to(prospect)


def points_given(request: MemberRequest, kind: str) -> tuple[PointFields, ...]:
    """What was typed, normalised; nothing (and a message that says why) if it is none of its kind."""
    form = PointForm({**request.POST.dict(), "kind": kind})
    try:
        if not form.is_valid():
            raise ValidationError([str(each) for problems in form.errors.values() for each in problems])
        return normalised(kind, form.cleaned_data["value"], form.cleaned_data["label"])
    except ValidationError as problem:
        for sentence in problem.messages:
            messages.error(request, sentence)
        return ()


def normalised(kind: str, value: str, label: str) -> tuple[PointFields, ...]:
    if kind == ContactPoint.PHONE:
        found = phones_in(value, home_region())
    elif kind == ContactPoint.EMAIL:
        found = emails_in(value)
    else:
        found = (PointFields(kind, value.strip()),)
    return tuple(PointFields(each.kind, each.value, each.shown, label, each.extension) for each in found)


def add_points(request: MemberRequest, prospect: Prospect, points: tuple[PointFields, ...], done: str) -> bool:
    fields, now = ProspectFields(contact_points=points), timezone.now()
    return said_after(
        request,
        lambda: prospecting.change_prospect(by=request.user, prospect=prospect, fields=fields, now=now),
        done,
    )
