"""What can be asked about and typed into prospects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringback.domain.local_time import exists_locally, resolve_local
from ringback.domain.vocabulary import ProspectState, Qualification, Temperature
from ringback.models import User
from ringback.queries import access
from ringback.queries.prospects import ME, NOBODY, Filters, Order
from ringback.web.fields import LocalMoment
from ringback.web.forms import Form

ANY = "any"
Choices = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    filters: Filters
    order: Order


class FilterForm(Form):
    """The list's questions; a wrong answer counts as none, because addresses are shared and edited by hand."""

    q = forms.CharField(required=False, max_length=200, label=_("Search"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            (ProspectState.OPEN, _("Open")),
            (ProspectState.WON, _("Won")),
            (ProspectState.CLOSED, _("Closed")),
            (ANY, _("Any state")),
        ],
    )
    owner = forms.ChoiceField(required=False, label=_("Owner"))
    temperature = forms.ChoiceField(
        required=False,
        label=_("Temperature"),
        choices=[("", _("Warm or cold")), (Temperature.WARM, _("Warm")), (Temperature.COLD, _("Cold"))],
    )
    qualification = forms.ChoiceField(
        required=False,
        label=_("Qualification"),
        choices=[
            ("", _("Qualified or not")),
            (Qualification.QUALIFIED, _("Qualified")),
            (Qualification.UNKNOWN, _("Not asked yet")),
            (Qualification.UNQUALIFIED, _("Unqualified")),
        ],
    )
    enrolled = forms.ChoiceField(
        required=False,
        label=_("Cadence"),
        choices=[("", _("In a cadence or not")), ("yes", _("In a cadence")), ("no", _("In no cadence"))],
    )
    phone = forms.ChoiceField(
        required=False,
        label=_("Telephone"),
        choices=[("", _("With a number or not")), ("yes", _("With a number")), ("no", _("Without a number"))],
    )
    order = forms.ChoiceField(
        required=False,
        label=_("Order"),
        choices=[
            (Order.NAME, _("By name")),
            (Order.VALUE, _("Most valuable first")),
            (Order.NEWEST, _("Newest first")),
        ],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = owners(user)

    def asked(self) -> Asked:
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        state = given["state"] or ProspectState.OPEN
        kept = ("owner", "temperature", "qualification", "enrolled", "phone")
        filters = Filters(state="" if state == ANY else state, **{name: given[name] for name in kept})
        return Asked(given["q"], filters, Order(given["order"] or Order.NAME))


def owners(user: User) -> Choices:
    """Everybody's own choice first, then the colleagues whose prospects one may see."""
    first: Choices = [("", _("Anybody’s")), (ME, _("Mine"))]
    if not user.is_manager:
        return first
    others = access.visible_users(user).exclude(pk=user.pk).order_by("first_name", "last_name", "username")
    return [*first, (NOBODY, _("Nobody’s")), *((str(each.pk), each.shown_name) for each in others)]


def assignees(user: User) -> Choices:
    """To whom a manager may give prospects; nobody for a rep, who may give none away."""
    if not user.is_manager:
        return []
    people = access.visible_users(user).order_by("first_name", "last_name", "username")
    return [*((str(each.pk), each.shown_name) for each in people), ("", _("Nobody"))]


class ThereForm(Form):
    """A form with a moment on the prospect's clock: `zone` says which."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def instant(self, field: str) -> datetime:
        """The UTC instant of what was typed."""
        naive: datetime = self.cleaned_data[field]
        return resolve_local(naive, self.zone)

    def clean_moment(self) -> datetime:
        naive = self.cleaned_data["moment"].replace(tzinfo=None)
        if not exists_locally(naive, self.zone):
            raise ValidationError(
                gettext(
                    "The clock in %(zone)s never shows that time: it is put forward that night. Choose another one."
                )
                % {"zone": self.zone}
            )
        return naive


class AppointmentForm(ThereForm):
    moment = LocalMoment(label=_("When"))
    reason = forms.CharField(max_length=500, label=_("What you will speak about"))


class MoveForm(ThereForm):
    moment = LocalMoment(label=_("New moment"))
    reason = forms.CharField(max_length=500, required=False, label=_("Why"))


class ReasonForm(Form):
    reason = forms.CharField(max_length=300, label=_("Why"))


class PauseForm(ThereForm):
    moment = LocalMoment(required=False, label=_("Until"))
    reason = forms.CharField(max_length=300, label=_("Why"))

    def clean_moment(self) -> datetime | None:  # type: ignore[override]
        return super().clean_moment() if self.cleaned_data.get("moment") else None

    def until(self) -> datetime | None:
        return self.instant("moment") if self.cleaned_data.get("moment") else None


class NoteForm(Form):
    text = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=_("Note"))


class ProofForm(Form):
    proof = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("How and when they asked for it"),
    )
