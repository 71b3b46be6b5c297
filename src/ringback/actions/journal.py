"""What an action changed, row by row, so that undo can restore exactly what was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model, QuerySet

from ringback.actions import hot_write
from ringback.actions.errors import Refused
from ringback.domain.local_time import iso_utc
from ringback.queries.driver import at_once

Row = TypeVar("Row", bound=Model)

CHUNK = 500
# How values are written in which JSON knows nothing; looked up by class, for an instant is a day as well.
_WRITTEN: dict[type, Callable[[Any], str]] = {datetime: iso_utc, date: date.isoformat, time: time.isoformat}
SOMETHING_CHANGED = "Something has changed since; look at the timeline before you take this back."


class Journal:
    """Writes rows and remembers how to unwrite them. Entries are plain JSON, oldest first.

    `database`: the thread's own, looked up once for all that is written.
    """

    def __init__(self) -> None:
        self.database = connections[DEFAULT_DB_ALIAS]
        self.entries: list[dict[str, Any]] = []
        self._waiting: list[Callable[[], None]] | None = None

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside travels together; ids and refusals are known at its end, `create` excepted."""
        self._waiting = []
        with at_once(self.database):
            yield
        waiting, self._waiting = self._waiting, None
        for receive in waiting:
            receive()

    def create(self, row: Row) -> Row:
        """A row whose id is needed at once."""
        hot_write.insert(row, self.database)
        self.entries.append({"row": row._meta.model_name, "id": row.pk})
        return row

    def create_all(self, rows: Sequence[Row]) -> None:
        """Several rows of one kind in one statement."""
        if rows:
            entries = self.note(rows)
            self.entries += entries

    def note(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Rows that stay when the rest is taken back; the entries that would remove them."""
        received = hot_write.send_new(rows, self.database)
        entries: list[dict[str, Any]] = [{"row": row._meta.model_name, "id": None} for row in rows]

        def receive() -> None:
            received()
            for row, entry in zip(rows, entries, strict=True):
                entry["id"] = row.pk

        self._receive(receive)
        return entries

    def change(self, row: Model, **after: Any) -> None:
        """Write only these columns, and only if the row still holds what was read; Refused if it does not."""
        before = {name: getattr(row, name) for name in after}
        changed = {name: value for name, value in after.items() if before[name] != value}
        if not changed:
            return
        self._compare_and_set(row, {name: before[name] for name in changed}, changed)
        for name, value in changed.items():
            setattr(row, name, value)

    def change_all(self, rows: QuerySet[Any], **after: Any) -> None:
        """Write these columns in many rows, or in columns that cannot be compared, whose prospect is held."""
        held = list(rows.exclude(**after).order_by("pk").values("pk", *after))
        ids = [row.pop("pk") for row in held]
        name, then = rows.model._meta.model_name, _plain(after)
        for row_id, before in zip(ids, held, strict=True):
            self.entries.append({"row": name, "id": row_id, "before": _plain(before), "after": then})
        for start in range(0, len(ids), CHUNK):
            rows.model._default_manager.filter(pk__in=ids[start : start + CHUNK]).update(**after)

    def _compare_and_set(self, row: Model, before: dict[str, Any], after: dict[str, Any]) -> None:
        changed = hot_write.send_change(row, before, after, self.database)

        def receive() -> None:
            if not changed():
                raise Refused(SOMETHING_CHANGED)

        self._receive(receive)
        entry = {"row": row._meta.model_name, "id": row.pk, "before": _plain(before), "after": _plain(after)}
        self.entries.append(entry)

    def _receive(self, receive: Callable[[], None]) -> None:
        if self._waiting is None:
            receive()
        else:
            self._waiting.append(receive)


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
        name: _WRITTEN[value.__class__](value) if value.__class__ in _WRITTEN else value
        for name, value in values.items()
    }


def _values(model: type[Model], plain: dict[str, Any]) -> dict[str, Any]:
    return {name: _field(model, name).to_python(value) for name, value in plain.items()}


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field
