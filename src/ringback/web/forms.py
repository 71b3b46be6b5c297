"""What all forms share: the controls' looks and their ties to hints and errors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.widgets import Input

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "checkbox checkbox-sm"),
    (forms.CheckboxSelectMultiple, "checkbox checkbox-sm"),  # before its parent, RadioSelect
    (forms.RadioSelect, "radio radio-sm"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-input w-full"),
    (forms.HiddenInput, ""),
    (Input, "input"),
)


class Styled:
    """Mix into a Form: each control gets its class, and aria-describedby names its hint and its error."""

    fields: dict[str, forms.Field]
    auto_id: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.dress(name, field)

    def dress(self, name: str, field: forms.Field) -> None:
        look = next((css for kind, css in CLASSES if isinstance(field.widget, kind)), "")
        attrs = field.widget.attrs
        attrs["class"] = f"{look} {attrs.get('class', '')}".strip()
        if not field.widget.is_hidden and "aria-describedby" not in attrs:
            own_id = f"id_{name}"
            attrs["aria-describedby"] = f"{own_id}_helptext {own_id}_error" if field.help_text else f"{own_id}_error"


class Form(Styled, forms.Form):
    """A plain form with the product's looks. Keys in `error_messages` stay Django's own."""
