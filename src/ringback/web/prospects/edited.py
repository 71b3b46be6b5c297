"""Two tabs, or two people, that edit one prospect: each writes only what was changed in it.

Whoever changes a field that another has changed since hears of it first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from ringback.actions.prospecting import ProspectFields
from ringback.models import Prospect
from ringback.web.forms import Form

OPENED = "opened"
# An empty zone is worked out from these.
DECIDE_THE_ZONE = frozenset({"zone", "country", "state_name"})


@dataclass(frozen=True, slots=True)
class Opened:
    """What the fields held when the form was opened, as text."""

    values: Mapping[str, str]

    def as_json(self) -> str:
        return json.dumps(dict(self.values), ensure_ascii=False)

    @property
    def stamp(self) -> str:
        """Differs once anything was saved: a draft of older values is never laid over newer ones."""
        return sha256(self.as_json().encode()).hexdigest()[:12]


def opened(prospect: Prospect, names: Iterable[str]) -> Opened:
    return Opened({name: as_text(getattr(prospect, name)) for name in names})


def opened_in(data: Mapping[str, Any], now: Opened) -> Opened:
    """As the form sends it back; what cannot be read counts as opened just now."""
    try:
        told = json.loads(data.get(OPENED, ""))
    except ValueError:
        return now
    known = told if isinstance(told, dict) else {}
    return Opened({name: as_text(known.get(name, value)) for name, value in now.values.items()})


def changed_in(data: Mapping[str, Any], then: Opened) -> set[str]:
    """The fields in which something else was typed than stood there."""
    return {name for name, was in then.values.items() if as_text(data.get(name, "")) != was}


def tell_of_others(form: Form, data: Mapping[str, Any], then: Opened, now: Opened) -> bool:
    """Say at each field that was changed here and meanwhile elsewhere what it holds now; True if there is none."""
    for name in sorted(changed_in(data, then)):
        current = now.values[name]
        if current != then.values[name] and current != as_text(data.get(name, "")):
            said = _("Somebody has changed this meanwhile to “%(text)s”. Save again to put yours in its place.")
            form.add_error(name, said % {"text": current[:200]})
    return not form.errors


def only_changed(fields: ProspectFields, changed: set[str]) -> ProspectFields:
    """The others are left as they are."""
    kept = {"contact_points"} | changed | ({"zone", "possible_zones"} if changed & DECIDE_THE_ZONE else set())
    return replace(fields, **{name: None for name in fields.__dataclass_fields__ if name not in kept})


def as_text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
