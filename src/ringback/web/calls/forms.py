"""What a rep says about a call, read and judged; whatever is wrong is said at its field and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ringback.domain.events import Gate, Promise
from ringback.domain.local_time import exists_locally, local, resolve_local
from ringback.domain.outcome import GATE_QUESTIONS, Ask, outcome_rule
from ringback.domain.vocabulary import MachineResult, Mood, Outcome, Party
from ringback.web.calls.walk_field import WalkField
from ringback.web.forms import Form
from ringback.web.presenting import number

NOTES_FIT = 20_000
REASON_FITS = 500
CLOSE_REASON_FITS = 300
PROMISE_FITS = 300
OVERRIDE_FITS = 500
UNREACHED = tuple(result for result in MachineResult if result is not MachineResult.ANSWERED)
RESULTS = frozenset((*UNREACHED, *Outcome))
LOCAL_MINUTE = "%Y-%m-%dT%H:%M"


class Fitting(forms.CharField):
    """Text that has to fit; the refusal says by how much it does not."""

    def __init__(self, fits: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.fits = fits

    def validate(self, value: str) -> None:
        super().validate(value)
        too_long(value, self.fits)


class Lines(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, each_fits: int, **kwargs: Any) -> None:
        super().__init__(required=False, widget=area(1), **kwargs)
        self.each_fits = each_fits

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(dict.fromkeys(line.strip() for line in str(super().clean(value)).splitlines() if line.strip()))
        for line in lines:
            too_long(line, self.each_fits)
        return lines


class LocalMinute(forms.CharField):
    """A wall-clock reading in the prospect's zone, to the minute, as UTC; one that clocks skip is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput({"type": "datetime-local"}), **kwargs)
        self.zone = "UTC"

    def clean(self, value: Any) -> datetime | None:
        text = str(super().clean(value))
        return read_local(text, self.zone) if text else None


class Instant(forms.CharField):
    """A moment that a script has taken down, with its zone; rubbish counts as nothing."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput())

    def clean(self, value: Any) -> datetime | None:
        try:
            at = datetime.fromisoformat(str(value or "").replace("Z", "+00:00"))
        except ValueError:
            return None
        return at.astimezone(UTC) if at.tzinfo else None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One line of promises as it was typed."""

    party: str = Party.US
    text: str = ""
    due_on: str = ""


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto"})


def too_long(text: str, fits: int) -> None:
    if len(text) > fits:
        facts = {"length": number(len(text)), "fits": number(fits)}
        raise ValidationError(
            _("This has %(length)s characters and %(fits)s fit. It is all still here: please shorten it.") % facts
        )


def read_local(text: str, zone: str) -> datetime:
    """The UTC instant of “2026-03-29T02:30” in `zone`; ValidationError if it is no reading, or if clocks skip it."""
    try:
        naive = datetime.fromisoformat(text).replace(second=0, microsecond=0)
    except ValueError:
        raise ValidationError(_("Give a day and a time, such as 2026-03-24 15:00.")) from None
    if naive.tzinfo is not None or not 2000 <= naive.year <= 9000:
        raise ValidationError(_("Give a day and a time there, without an offset."))
    at = resolve_local(naive, zone)
    if not exists_locally(naive, zone):
        facts = {"asked": f"{naive:%H:%M}", "zone": zone, "meant": f"{local(at, zone):%H:%M}"}
        raise ValidationError(
            _("%(asked)s does not exist that day in %(zone)s: the clocks go forward. Did you mean %(meant)s?") % facts
        )
    return at


class WrapUpForm(Form):
    """How a call ended and what was agreed. `zone` is where `next_local` is read."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput())
    touch = forms.IntegerField(required=False, widget=forms.HiddenInput())
    direction = forms.CharField(required=False, widget=forms.HiddenInput())
    phone = forms.CharField(required=False, max_length=320, widget=forms.HiddenInput())
    dialled_at = Instant()
    ended_at = Instant()
    tried = forms.BooleanField(required=False, widget=forms.HiddenInput())
    walk = WalkField()
    result = forms.CharField()
    slot = forms.CharField(required=False)
    next_local = LocalMinute()
    said = forms.CharField(
        required=False,
        max_length=200,
        widget=forms.TextInput({"dir": "auto", "placeholder": gettext_lazy("next Tuesday 3pm"), "autocomplete": "off"}),
    )
    reason = Fitting(REASON_FITS, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}))
    close_reason = Fitting(CLOSE_REASON_FITS, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}))
    mood = forms.ChoiceField(required=False, choices=[("", ""), *((mood.value, mood.value) for mood in Mood)])
    notes = Fitting(NOTES_FIT, widget=area(3))
    needs = Lines(500)
    interests = Lines(200)
    objections = Lines(500)
    several_calls = forms.BooleanField(required=False)
    need_uncovered = forms.BooleanField(required=False)
    will_value_it = forms.BooleanField(required=False)
    recipient_decides = forms.BooleanField(required=False)
    gate_heeded = forms.BooleanField(required=False, widget=forms.HiddenInput())
    gate_override = Fitting(OVERRIDE_FITS, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}))

    def __init__(self, data: QueryDict | None = None, *, zone: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        moment = self.fields["next_local"]
        assert isinstance(moment, LocalMinute)
        moment.zone = zone
        self.zone = zone
        self.promise_lines = tuple(_promise_lines(data)) if data is not None else ()
        for name in ("next_local", "reason", "close_reason", "needs", "interests", "objections", "notes"):
            own = "next_at" if name == "next_local" else name
            self.fields[name].widget.attrs["aria-describedby"] = f"error-{own}"

    def clean_result(self) -> str:
        result = str(self.cleaned_data["result"])
        if result not in RESULTS:
            raise ValidationError(_("Choose how the call ended."))
        return result

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("next_local") is None and answers.get("slot") and "next_local" not in self.errors:
            answers["next_local"] = self._from_slot(answers["slot"])
        answers["promises"] = self._promises()
        return answers

    def _from_slot(self, text: str) -> datetime | None:
        try:
            return read_local(text, self.zone)
        except ValidationError as wrong:
            self.add_error("next_local", wrong)
            return None

    def _promises(self) -> tuple[Promise, ...]:
        kept = []
        for line in self.promise_lines:
            try:
                kept.append(_promise(line))
            except ValidationError as wrong:
                self.add_error(None, wrong)
                self.promise_problem = "; ".join(wrong.messages)
        return tuple(kept)

    promise_problem = ""

    @property
    def machine(self) -> MachineResult:
        result = self.cleaned_data["result"]
        return MachineResult(result) if result in UNREACHED else MachineResult.ANSWERED

    @property
    def outcome(self) -> Outcome | None:
        return None if self.machine is not MachineResult.ANSWERED else Outcome(self.cleaned_data["result"])

    @property
    def asks_moment(self) -> bool:
        """Whether the chosen ending has a place for the next talk; what another ending left there does not count."""
        return bool(self.outcome and outcome_rule(self.outcome).asks & {Ask.MOMENT, Ask.MOMENT_IF_ANY})

    @property
    def gate(self) -> Gate:
        return Gate(**{name: bool(self.cleaned_data[name]) for name in GATE_QUESTIONS})

    def field_messages(self) -> dict[str, str]:
        """One message for each place of the page that shows one."""
        told = {_place(name): " ".join(str(each) for each in errors) for name, errors in self.errors.items()}
        if self.promise_problem:
            told["promises"] = self.promise_problem
        return {name: text for name, text in told.items() if name != NON_FIELD_ERRORS}


def _place(field: str) -> str:
    if field in ("next_local", "slot", "said"):
        return "next_at"
    return "gate" if field == "gate_override" else field


def _promise_lines(data: QueryDict) -> Iterable[PromiseLine]:
    """The lines of which anything was filled in; a party alone is none."""
    columns = (data.getlist("promise_party"), data.getlist("promise_text"), data.getlist("promise_due"))
    for party, text, due in zip(*columns, strict=False):
        if text.strip() or due.strip():
            yield PromiseLine(party, text.strip(), due.strip())


def _promise(line: PromiseLine) -> Promise:
    too_long(line.text, PROMISE_FITS)
    if not line.text:
        raise ValidationError(_("Say what is owed, or take the line away."))
    try:
        due_on = date.fromisoformat(line.due_on)
    except ValueError:
        raise ValidationError(_("“%(text)s” needs a day by which it is done.") % {"text": line.text[:60]}) from None
    return Promise(Party.THEM if line.party == Party.THEM else Party.US, line.text, due_on)
