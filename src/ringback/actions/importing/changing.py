"""What a row does to a prospect that is known already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ringback.actions.importing.adding import DO_NOT_CALL
from ringback.actions.importing.options import Duplicates
from ringback.actions.prospecting import PointFields, ProspectFields, change_prospect
from ringback.adapters.judging import Entry, candidate_of
from ringback.domain.importing import Candidate
from ringback.domain.vocabulary import Channel, Qualification, Temperature
from ringback.models import Activity, ContactPoint, Prospect, Suppression, User

_TEXTS = (
    "first_name", "last_name", "job_title", "company_name", "zone", "region", "language", "street", "city",
    "postal_code", "state_name", "country", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What a row says that its prospect does not, at the moment of the look."""

    entry: Entry
    prospect: Prospect
    fields: ProspectFields
    custom: dict[str, Any]
    bars: bool

    def __bool__(self) -> bool:
        return bool(self.fields.columns() or self.fields.contact_points or self.custom or self.bars)


def changes_of(pairs: Sequence[tuple[Entry, int]], policy: Duplicates) -> list[Change]:
    """What the rows would change, each in the prospect with its number; rows that would change nothing are left out.

    Reads only, each table for all of them. Of two rows that say the same of one prospect, both are in it.
    """
    if not pairs or policy is Duplicates.SKIP:
        return []
    numbers = {number for _, number in pairs}
    prospects = Prospect.objects.in_bulk(numbers)
    points = set(ContactPoint.objects.filter(prospect__in=numbers).values_list("prospect_id", "kind", "value"))
    barred = _barred(numbers)
    found = [
        _change(entry, prospects[number], policy, points, barred=number in barred)
        for entry, number in pairs
        if number in prospects
    ]
    return [change for change in found if change]


def change_known(*, by: User, changes: Sequence[Change], policy: Duplicates, file_name: str, now: datetime) -> int:
    """Change them through the same action that a person's edit takes; returns how many rows really did.

    Inside the caller's transaction. They are held and looked at anew: what somebody has said since the first look, or
    an earlier row, is neither written over nor filled twice.
    """
    pairs = [(change.entry, change.prospect.pk) for change in changes]
    _hold({number for _, number in pairs})
    done: set[int] = set()
    changed = 0
    for change in changes_of(pairs, policy):
        again = changes_of([(change.entry, change.prospect.pk)], policy) if change.prospect.pk in done else [change]
        for current in again:
            _carry_out(by, current, file_name, now)
            done.add(change.prospect.pk)
            changed += 1
    return changed


def _hold(numbers: set[int]) -> None:
    """Until the transaction ends, in the order in which everybody holds several."""
    list(Prospect.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk"))


def _carry_out(by: User, change: Change, file_name: str, now: datetime) -> None:
    line = change.entry.line
    if change.bars:
        _bar(by, line, change.prospect, file_name, now)
    row = change_prospect(by=by, prospect=change.prospect, fields=change.fields, now=now)
    if change.custom:
        Prospect.objects.filter(pk=row.pk).update(custom={**row.custom, **change.custom})
    text = f"Changed by {file_name}, line {line}."
    Activity.objects.create(prospect=row, at=now, by=by, verb="imported", text=text)


def _barred(numbers: set[int]) -> set[int]:
    """Who must not be called, on whatever number (C6)."""
    blocks = Suppression.objects.filter(
        prospect__in=numbers, value="", channel__in=("", Channel.CALL.value), lifted_at=None
    )
    return set(blocks.values_list("prospect_id", flat=True))


def _change(
    entry: Entry, prospect: Prospect, policy: Duplicates, points: set[tuple[int, str, str]], *, barred: bool
) -> Change:
    candidate = candidate_of(entry)
    given = {
        name: value for name, value in _given(candidate, prospect, policy).items() if getattr(prospect, name) != value
    }
    fresh = tuple(
        PointFields(point.kind.value, point.value, point.shown, point.label, point.extension)
        for point in candidate.points
        if (prospect.pk, point.kind.value, point.value) not in points
    )
    own = candidate.custom if policy is Duplicates.UPDATE else {**candidate.custom, **prospect.custom}
    custom = {name: text for name, text in own.items() if prospect.custom.get(name) != text}
    fields = ProspectFields(contact_points=fresh, **given)
    return Change(entry, prospect, fields, custom, bars=candidate.do_not_call and not barred)


def _given(candidate: Candidate, prospect: Prospect, policy: Duplicates) -> dict[str, Any]:
    """Update: what the row says. Merge: what the row says where the prospect says nothing; notes and tags join."""
    wins = policy is Duplicates.UPDATE
    given: dict[str, Any] = {
        name: value for name in _TEXTS if (value := getattr(candidate, name)) and (wins or not getattr(prospect, name))
    }
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
    return given


def _bar(by: User, line: int, prospect: Prospect, file_name: str, now: datetime) -> None:
    Suppression.objects.create(
        prospect=prospect,
        channel=Channel.CALL.value,
        reason=DO_NOT_CALL,
        proof=f"{file_name}, line {line}",
        by=by,
        by_list=True,
        at=now,
    )
