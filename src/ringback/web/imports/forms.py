"""What the person who imports decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringback.actions.importing import Duplicates, ImportOptions, Mode
from ringback.adapters.contacts.phones import is_region
from ringback.domain.columns import Column
from ringback.domain.vocabulary import Temperature
from ringback.models import User
from ringback.web.forms import Form
from ringback.web.prospects.forms import assignees

UNKNOWN, YES, NO = "unknown", "yes", "no"
NOBODY = "nobody"
LEFT_OUT = "-"
LARGEST_FILE = 2 * 1024**3


class UploadForm(Form):
    file = forms.FileField(
        label=_("File"),
        max_length=300,
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(gettext("This file is larger than two gigabytes. Split it into several."))
        return file


class OptionsForm(Form):
    qualified = forms.ChoiceField(
        label=_("Have these people been qualified?"),
        widget=forms.RadioSelect,
        choices=[
            (YES, _("Yes, they are probable buyers")),
            (NO, _("No")),
            (UNKNOWN, _("Not yet: ask me for each of them")),
        ],
        help_text=_(
            "Only qualified people may enter a cadence with calls. A column of the file wins where it says so."
        ),
    )
    temperature = forms.ChoiceField(
        label=_("Who came to whom?"),
        choices=[
            ("", _("As the file says, else cold")),
            (Temperature.WARM, _("They came to us: warm")),
            (Temperature.COLD, _("We come to them: cold")),
        ],
        required=False,
    )
    region = forms.CharField(
        max_length=2, required=False, label=_("Country of numbers without a country code"),
        help_text=_("Two letters, such as DE or US."),
    )  # fmt: skip
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    duplicates = forms.ChoiceField(
        label=_("People you know already"),
        choices=[
            (Duplicates.MERGE, _("Merge: fill in what is blank")),
            (Duplicates.UPDATE, _("Update: the file wins")),
            (Duplicates.SKIP, _("Skip: leave them as they are")),
        ],
        help_text=_("Recognised by telephone number or e-mail address."),
    )
    mode = forms.ChoiceField(
        label=_("Rows that cannot be read"),
        choices=[
            (Mode.GOOD_ROWS, _("Import the good rows, report the others")),
            (Mode.ALL_OR_NOTHING, _("All or nothing")),
        ],
    )
    source = forms.CharField(max_length=160, required=False, label=_("Source"), help_text=_("Where the list is from."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        others = [(value or NOBODY, label) for value, label in assignees(user) if value != str(user.pk)]
        owner.choices = [("", _("Me")), *others]

    def clean_region(self) -> str:
        region: str = self.cleaned_data["region"].strip().upper()
        if region and not is_region(region):
            said = gettext("“%(region)s” is no country’s code. Two letters, such as DE or US.")
            raise ValidationError(said % {"region": region})
        return region

    def as_options(self) -> ImportOptions:
        given = self.cleaned_data
        return ImportOptions(
            duplicates=Duplicates(given["duplicates"]),
            mode=Mode(given["mode"]),
            region=given["region"],
            qualified={YES: True, NO: False}.get(given["qualified"]),
            temperature=Temperature(given["temperature"]) if given["temperature"] else None,
            source=given["source"],
            owner_id=int(given["owner"]) if given["owner"].isdecimal() else None,
            unowned=given["owner"] == NOBODY,
        )


def chosen_mapping(data: Any, columns: tuple[Column, ...]) -> dict[str, str | None]:
    """Only what differs from the guess: `#position` → the field's name, or None for a column that is left out."""
    choices: dict[str, str | None] = {}
    for column in columns:
        given = data.get(f"column-{column.index}")
        if given is None:
            continue
        wanted = None if given == LEFT_OUT else given
        if wanted != (column.field.value if column.field else None):
            choices[f"#{column.index + 1}"] = wanted
    return choices
