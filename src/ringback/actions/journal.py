"""What an action changed, row by row, so that undo can restore exactly what was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Field, Model

from ringback.actions import hot_write
from ringback.actions.errors import Refused

Row = TypeVar("Row", bound=Model)

SOMETHING_CHANGED = "Something has changed since; look at the timeline before you take this back."


class Journal:
    """Writes rows and remembers how to unwrite them. Entries are plain JSON, oldest first."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def create(self, row: Row) -> Row:
        hot_write.insert(row)
        self.entries.append({"row": row._meta.model_name, "id": row.pk})
        return row

    def create_all(self, rows: Sequence[Row]) -> None:
        """Several rows of one kind in one statement."""
        if rows:
            hot_write.insert_all(rows)
            self.entries += [{"row": row._meta.model_name, "id": row.pk} for row in rows]

    def change(self, row: Model, **after: Any) -> None:
        """Write only these columns, and only if the row still holds what was read; Refused if it does not."""
        before = {name: getattr(row, name) for name in after}
        changed = {name for name in after if before[name] != after[name]}
        if not changed:
            return
        self._compare_and_set(row, {name: before[name] for name in changed}, {name: after[name] for name in changed})
        for name in changed:
            setattr(row, name, after[name])

    def _compare_and_set(self, row: Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        if not hot_write.compare_and_set(row, before, after):
            raise Refused(SOMETHING_CHANGED)
        entry = {"row": row._meta.model_name, "id": row.pk, "before": _plain(before), "after": _plain(after)}
        self.entries.append(entry)


def play_back(entries: list[dict[str, Any]]) -> None:
    """Unwrite the entries, newest first. Refused if a row no longer holds what was written then."""
    for entry in reversed(entries):
        model = apps.get_model("ringback", entry["row"])
        if "before" in entry:
            _restore(model, entry)
        else:
            model._default_manager.filter(pk=entry["id"]).delete()


def _restore(model: type[Model], entry: dict[str, Any]) -> None:
    after, before = _values(model, entry["after"]), _values(model, entry["before"])
    if model._default_manager.filter(pk=entry["id"], **after).update(**before) != 1:
        raise Refused(SOMETHING_CHANGED)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON; instants keep their microseconds."""
    return {
        name: value.isoformat() if isinstance(value, datetime | date | time) else value
        for name, value in values.items()
    }


def _values(model: type[Model], plain: dict[str, Any]) -> dict[str, Any]:
    return {name: _field(model, name).to_python(value) for name, value in plain.items()}


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field
