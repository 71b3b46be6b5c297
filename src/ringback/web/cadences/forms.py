"""What can be asked of a rehearsal, and the editor's text."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ringback.adapters.holidays import UnknownRegion, calendar_facts
from ringback.domain.cadence import Cadence, CadenceError, read_cadence
from ringback.domain.local_time import UnknownZone, exists_locally, resolve_local, zone_named
from ringback.domain.vocabulary import MachineResult
from ringback.web.fields import LocalMoment
from ringback.web.forms import Form
from ringback.web.words import MACHINE_RESULTS

ANSWERS = (MachineResult.NO_ANSWER, MachineResult.VOICEMAIL, MachineResult.BUSY, MachineResult.ANSWERED)
MOST_ANSWERS = 30
LARGEST_DOCUMENT = 200_000


class RehearsalForm(Form):
    start = LocalMoment(label=_("Start (their time)"))
    zone = forms.CharField(max_length=64, label=_("Time zone"), widget=forms.TextInput(attrs={"list": "zones"}))
    region = forms.CharField(
        max_length=16, required=False, label=_("Holiday region"), widget=forms.TextInput(attrs={"list": "regions"})
    )

    def clean_zone(self) -> str:
        name: str = self.cleaned_data["zone"].strip()
        try:
            zone_named(name)
        except UnknownZone as unknown:
            raise ValidationError(str(unknown)) from None
        return name

    def clean_region(self) -> str:
        try:
            return calendar_facts(self.cleaned_data["region"], ()).region
        except UnknownRegion as unknown:
            raise ValidationError(str(unknown)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, zone = given.get("start"), given.get("zone")
        if start and zone and not exists_locally(start, zone):
            self.add_error("start", gettext("The clock in %(zone)s skips that time.") % {"zone": zone})
        return given

    def starts_at(self) -> datetime:
        return resolve_local(self.cleaned_data["start"], self.cleaned_data["zone"])


def answers_in(data: Any) -> tuple[MachineResult, ...]:
    """How each call ended, in order; what is none of the words counts as no answer."""
    known = {str(each): each for each in ANSWERS}
    return tuple(known.get(word, MachineResult.NO_ANSWER) for word in data.getlist("answer")[:MOST_ANSWERS])


def answer_choices() -> list[tuple[str, str]]:
    return [(each.value, str(MACHINE_RESULTS[each])) for each in ANSWERS]


class DocumentForm(Form):
    """A cadence as TOML. `cadence` and `document` are there once it is valid."""

    text = forms.CharField(
        max_length=LARGEST_DOCUMENT,
        label=_("Cadence file"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 34, "class": "font-mono text-sm", "spellcheck": "false", "wrap": "off"}),
    )

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.problems: list[tuple[str, str]] = []
        self.document: dict[str, Any] = {}
        self.cadence: Cadence | None = None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        try:
            self.document = tomllib.loads(text)
            self.cadence = read_cadence(self.document)
        except tomllib.TOMLDecodeError as problem:
            self.problems = [("", str(problem))]
        except CadenceError as error:
            self.problems = [(problem.field, problem.message) for problem in error.problems]
        if self.cadence and self.name and self.cadence.name != self.name:
            self.problems = [
                ("name", gettext("stays “%(name)s”: a new version of this cadence.") % {"name": self.name})
            ]
        if self.problems:
            raise ValidationError(gettext("This is not a cadence yet; each problem is listed beside it."))
        return text
