"""What a row does to a prospect that is known already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ringback.actions.importing.adding import DO_NOT_CALL
from ringback.actions.importing.options import Duplicates
from ringback.actions.prospecting import PointFields, ProspectFields, change_prospect
from ringback.adapters.judging import Entry, candidate_of
from ringback.domain.importing import Candidate
from ringback.domain.vocabulary import Channel, Qualification, Temperature
from ringback.models import Activity, Prospect, Suppression, User

_TEXTS = (
    "first_name", "last_name", "job_title", "company_name", "zone", "region", "language", "street", "city",
    "postal_code", "state_name", "country", "source",
)  # fmt: skip


def change_known(
    *, by: User, known: Sequence[tuple[Entry, Prospect]], policy: Duplicates, file_name: str, now: datetime
) -> int:
    """Update or merge each pair through the same action that a person's edit takes; returns how many changed."""
    changed = 0
    for entry, prospect in known:
        candidate = candidate_of(entry)
        fields = _fields(candidate, prospect, policy)
        before = (prospect.contact_points.count(), _barred(prospect))
        if candidate.do_not_call and not before[1]:
            _bar(by, candidate, prospect, file_name, now)
        row = change_prospect(by=by, prospect=prospect, fields=fields, now=now)
        if fresh := {name: text for name, text in candidate.custom.items() if name not in row.custom}:
            Prospect.objects.filter(pk=row.pk).update(custom={**row.custom, **fresh})
        after = (row.contact_points.count(), before[1] or candidate.do_not_call)
        if before != after or any(getattr(prospect, name) != getattr(row, name) for name in fields.columns()):
            changed += 1
            text = f"Changed by {file_name}, line {candidate.line}."
            Activity.objects.create(prospect=row, at=now, by=by, verb="imported", text=text)
    return changed


def _fields(candidate: Candidate, prospect: Prospect, policy: Duplicates) -> ProspectFields:
    """Update: what the row says. Merge: what the row says where the prospect says nothing; notes and tags join."""
    wins = policy is Duplicates.UPDATE
    given: dict[str, Any] = {
        name: value for name in _TEXTS if (value := getattr(candidate, name)) and (wins or not getattr(prospect, name))
    }
    if (candidate.first_name or candidate.last_name) and (wins or not (prospect.first_name or prospect.last_name)):
        given["shown_name"] = candidate.shown_name
    if candidate.value is not None and (wins or not prospect.value):
        given["value"] = candidate.value
    if candidate.temperature is not None and (wins or candidate.temperature is Temperature.WARM):
        given["temperature"] = candidate.temperature
    if candidate.qualification is not None and (wins or prospect.qualification == Qualification.UNKNOWN):
        given["qualification"] = candidate.qualification
    if candidate.notes and candidate.notes not in prospect.notes:
        given["notes"] = "\n\n".join(filter(None, (prospect.notes, candidate.notes)))
    if set(candidate.tags) - set(prospect.tags):
        given["tags"] = tuple(dict.fromkeys([*prospect.tags, *candidate.tags]))
    points = tuple(
        PointFields(point.kind.value, point.value, point.shown, point.label, point.extension)
        for point in candidate.points
    )
    return ProspectFields(contact_points=points, **given)


def _barred(prospect: Prospect) -> bool:
    return Suppression.objects.filter(prospect=prospect, lifted_at=None).exists()


def _bar(by: User, candidate: Candidate, prospect: Prospect, file_name: str, now: datetime) -> None:
    Suppression.objects.create(
        prospect=prospect,
        channel=Channel.CALL.value,
        reason=DO_NOT_CALL,
        proof=f"{file_name}, line {candidate.line}",
        by=by,
        by_list=True,
        at=now,
    )
