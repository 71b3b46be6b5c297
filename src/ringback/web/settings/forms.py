"""What can be set: for oneself, for the house, for the team."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ringback.domain.vocabulary import Role
from ringback.models import Team, User, Workspace
from ringback.web.fields import RegionField, ZoneField
from ringback.web.forms import Form
from ringback.web.words import ROLES

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)


class HouseForm(Form):
    firm_name = forms.CharField(
        max_length=160, required=False, label=_("Firm"), help_text=_("As scripts and voicemails say it.")
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Currency"), error_messages={"invalid": _("Three letters, such as EUR.")}
    )
    zone = ZoneField(help_text=_("Assumed where a prospect’s own zone is not known."))
    region = RegionField(help_text=_("Such as DE-BY or US-CA. Its holidays are no working days."))
    window_open = forms.TimeField(
        label=_("Calls from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )  # fmt: skip
    window_close = forms.TimeField(
        label=_("Calls until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the prospect’s clock; the legal hours of their country hold besides."),
    )
    workdays = forms.TypedMultipleChoiceField(
        choices=WEEKDAYS, coerce=int, label=_("Working days"), widget=forms.CheckboxSelectMultiple
    )
    calls_per_week = forms.IntegerField(
        min_value=1, max_value=50, label=_("Calls to one person in seven days"),
        help_text=_("At most, outside the ladder of an agreed appointment."),
    )  # fmt: skip
    calls_per_day_part = forms.IntegerField(min_value=1, max_value=10, label=_("Calls in one part of a day"))
    talk_minutes = forms.IntegerField(
        min_value=1, max_value=240, label=_("Minutes a call may take"),
        help_text=_("No call is offered that could make the next appointment late."),
    )  # fmt: skip
    card_transit_days = forms.IntegerField(
        min_value=0, max_value=30, label=_("Business days a card travels"),
        help_text=_("A card that would come too late becomes a mail."),
    )  # fmt: skip
    reminder_at = forms.TimeField(
        label=_("Reminders go out at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES, label=_("Language of mails"), help_text=_("To people whose language is not known.")
    )
    postal_address = forms.CharField(
        max_length=300, required=False, label=_("Postal address"),
        help_text=_("Stands below mails where the law wants it."),
    )  # fmt: skip
    private_hosts = forms.BooleanField(
        required=False, label=_("Mailboxes may lie on private addresses"),
        help_text=_("Only if your mail server stands in your own network: otherwise settings could reach into it."),
    )  # fmt: skip

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_workdays(self) -> list[int]:
        return sorted(self.cleaned_data["workdays"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        opens, closes = given.get("window_open"), given.get("window_close")
        if isinstance(opens, time) and isinstance(closes, time) and opens >= closes:
            self.add_error("window_close", _("The calling hours must begin before they end."))
        return given


def house_values(house: Workspace) -> dict[str, Any]:
    return {name: getattr(house, name) for name in HouseForm.base_fields}


class ProfileForm(Form):
    first_name = forms.CharField(max_length=150, label=_("First name"), help_text=_("The opening statement says it."))
    last_name = forms.CharField(max_length=150, required=False, label=_("Last name"))
    email = forms.EmailField(required=False, label=_("E-mail"))
    phone = forms.CharField(
        max_length=40, required=False, label=_("Telephone"), help_text=_("What voicemails ask people to ring back.")
    )
    zone = ZoneField(help_text=_("Pages show your own clock beside the prospect’s."))
    daily_goal = forms.IntegerField(min_value=1, max_value=500, label=_("Calls a day you aim for"))


class MemberForm(Form):
    """A person of the team, as an admin sees them."""

    first_name = forms.CharField(max_length=150, label=_("First name"))
    last_name = forms.CharField(max_length=150, required=False, label=_("Last name"))
    email = forms.EmailField(required=False, label=_("E-mail"))
    role = forms.ChoiceField(choices=list(ROLES.items()), label=_("Role"))
    team = forms.ModelChoiceField(
        Team.objects.none(), required=False, empty_label=_("No team"), label=_("Team"),
        help_text=_("A manager sees the prospects of the own team."),
    )  # fmt: skip
    zone = ZoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = Team.objects.order_by("name")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewMemberForm(MemberForm):
    username = forms.CharField(max_length=150, label=_("Log-in name"))
    password = forms.CharField(
        max_length=128, label=_("First password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Tell it to them in person; they change it under Settings."),
    )  # fmt: skip
    field_order = ("first_name", "last_name", "username", "password", "role", "team", "email", "zone")


class TeamForm(Form):
    name = forms.CharField(max_length=120, label=_("Name of the team"))


def member_values(user: User) -> dict[str, Any]:
    return {name: getattr(user, name) for name in MemberForm.base_fields}
