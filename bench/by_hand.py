"""The yardstick of wrap_up.py: the rows of one arrangement, written again for another prospect with plain SQL.

It takes the rows that our action wrote once, and then writes the same for any prospect that is alike: one transaction,
one statement for each row, ids handed back by the database, the journal written in the insert of the arrangement.

Before it writes it reads the least that any correct version must: the prospect's row, locked; the touch, still open,
with its enrollment; whether the person or one of their numbers is blocked; this week's calls. It looks at these rows
and refuses like ours, but decides nothing. The settings, the contact points, the cadences and the earlier request with
the same key it does not read, though ours does.
"""

from __future__ import annotations

import json
from datetime import timedelta
from time import perf_counter
from typing import Any

from django.db import connection

from ringback.models import Activity, Appointment, Arrangement, Call, Commitment, Enrollment, Touch

NEW = (Appointment, Enrollment, Commitment, Call, Activity)
ON_POSTGRES = connection.vendor == "postgresql"
MARK = "%s" if ON_POSTGRES else "?"
NOT_COMPARED = {"id", "prospect_id", "enrollment_id", "arrangement_id", "touch_id", "appointment_id", "commitment_id"}
NOT_COMPARED |= {"key", "journal", "uid"}

LOCKED = f"SELECT owner_id, merged_into_id, state, zone, region, value FROM ringback_prospect WHERE id = {MARK}"
LOCKED += " FOR UPDATE" if ON_POSTGRES else ""
OPEN_TOUCH = f"""
    SELECT e.id, e.cadence_id, e.step_id, e.repetition, e.planned_at, e.attempts, t.kind, t.channel, t.due_at
    FROM ringback_touch t JOIN ringback_enrollment e ON e.id = t.enrollment_id
    WHERE t.id = {MARK} AND t.prospect_id = {MARK} AND t.state = 'open'"""
BLOCKED = f"""
    SELECT channel, value FROM ringback_suppression WHERE lifted_at IS NULL AND prospect_id = {MARK} UNION ALL
    SELECT channel, value FROM ringback_suppression WHERE lifted_at IS NULL AND value <> '' AND value IN (
    SELECT value FROM ringback_contactpoint WHERE prospect_id = {MARK})"""
RANG = f"""
    SELECT at, in_agreed_ladder FROM ringback_call WHERE prospect_id = {MARK} AND at > {MARK} AND direction = 'out'
    AND machine IN ('answered', 'no_answer', 'voicemail')"""
MOST_CALLS = 5


class Writer:
    """Writes again what `like` wrote."""

    def __init__(self, like: Arrangement) -> None:
        self.like = like
        self.planted = list(Touch.objects.filter(arrangement=like).order_by("pk"))
        self.call = Call.objects.get(prospect=like.prospect_id)
        self.week_ago = connection.ops.adapt_datetimefield_value(like.at - timedelta(days=7))
        self.activity = Activity.objects.get(arrangement=like)
        self.closed = Touch.objects.get(pk=self.call.touch_id)
        self.enrollment = Enrollment.objects.get(pk=self.closed.enrollment_id)
        self.appointment = Appointment.objects.filter(prospect=like.prospect_id).first()
        self.changed = {
            (entry["row"], entry["id"]): tuple(entry["after"]) for entry in like.journal if "before" in entry
        }

    def __call__(self, prospect_id: int) -> None:
        raw = _raw()
        touch_id = Touch.objects.get(prospect_id=prospect_id, state="open").pk
        start = perf_counter()
        raw.execute("BEGIN" if ON_POSTGRES else "BEGIN IMMEDIATE")
        self._write(raw, prospect_id, touch_id)
        raw.execute("COMMIT")
        self.took = (perf_counter() - start) * 1000

    def _write(self, raw: Any, prospect_id: int, touch_id: int) -> None:
        enrollment_id = self._read(raw, prospect_id, touch_id)
        row, key = {"prospect_id": prospect_id}, f"hand-{prospect_id}"
        arrangement_id = _next_arrangement(raw)
        ids: dict[int, int] = {}
        self._update(raw, self.closed, touch_id)
        ids[id(self.closed)] = touch_id
        self._update(raw, self.enrollment, enrollment_id)
        ids[id(self.enrollment)] = enrollment_id
        hung = {"enrollment_id": enrollment_id}
        if self.appointment is not None:
            row_of_it = {**row, "uid": f"{key}@bench"}
            hung["appointment_id"] = ids[id(self.appointment)] = _insert(raw, self.appointment, row_of_it)
        for each in self.planted:
            own = {name: value for name, value in hung.items() if getattr(each, name) is not None}
            ids[id(each)] = _insert(raw, each, {**row, **own, "arrangement_id": arrangement_id})
        if self.like.prospect.conversations:
            self._update(raw, self.like.prospect, prospect_id)
        _insert(raw, self.activity, {**row, "arrangement_id": arrangement_id})
        call_id = _insert(raw, self.call, {**row, "touch_id": touch_id})
        own = {**row, "id": arrangement_id, "key": key, "journal": self._journal(ids, call_id, prospect_id)}
        _insert(raw, self.like, own)

    def _read(self, raw: Any, prospect_id: int, touch_id: int) -> int:
        locked = raw.execute(LOCKED, (prospect_id,)).fetchone()
        touch = raw.execute(OPEN_TOUCH, (touch_id, prospect_id)).fetchone()
        blocked = raw.execute(BLOCKED, (prospect_id, prospect_id)).fetchall()
        rang = raw.execute(RANG, (prospect_id, self.week_ago)).fetchall()
        if locked is None or touch is None or blocked or len(rang) > MOST_CALLS:
            raise SystemExit("The yardstick's prospect is not as it should be")
        return int(touch[0])

    def _update(self, raw: Any, like: Any, row_id: int) -> None:
        columns = [_column(like, name) for name in self.changed[(like._meta.model_name, like.pk)]]
        values = _values(like)
        sets = ", ".join(f"{column} = {MARK}" for column in columns)
        sql = f"UPDATE {like._meta.db_table} SET {sets} WHERE id = {MARK}"
        assert raw.execute(sql, (*(values[column] for column in columns), row_id)).rowcount == 1

    def _journal(self, ids: dict[int, int], call_id: int, prospect_id: int) -> str:
        """The same entries, with this prospect's ids."""
        known = [self.closed, self.enrollment, self.appointment, *self.planted]
        now = {(each._meta.model_name, each.pk): ids[id(each)] for each in known if each is not None}
        now[("call", self.call.pk)] = call_id
        now[("prospect", self.like.prospect_id)] = prospect_id
        return json.dumps([{**entry, "id": now[(entry["row"], entry["id"])]} for entry in self.like.journal])


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection.cursor()


def _next_arrangement(raw: Any) -> int:
    """The id is taken first, so that the row can be written once, with its journal."""
    if ON_POSTGRES:
        sql = "SELECT nextval('ringback_arrangement_id_seq')"
    else:
        sql = "SELECT seq + 1 FROM sqlite_sequence WHERE name = 'ringback_arrangement'"
    return int(raw.execute(sql).fetchone()[0])


_PREPARED: dict[tuple[str, int], tuple[str, dict[str, Any]]] = {}


def _insert(raw: Any, like: Any, own: dict[str, Any]) -> int:
    """Statement and constant values are made ready once, as a hand would have written them."""
    if _name(like) not in _PREPARED:
        values = _values(like)
        if "id" not in own:
            del values["id"]
        names = ", ".join(f'"{each}"' for each in values)
        marks = ", ".join([MARK] * len(values))
        sql = f"INSERT INTO {like._meta.db_table} ({names}) VALUES ({marks}){' RETURNING id' * ON_POSTGRES}"
        _PREPARED[_name(like)] = sql, values
    sql, values = _PREPARED[_name(like)]
    done = raw.execute(sql, tuple({**values, **own}.values()))
    return int(done.fetchone()[0] if ON_POSTGRES else done.lastrowid)


_VALUES: dict[tuple[str, int], dict[str, Any]] = {}


def _values(row: Any) -> dict[str, Any]:
    if _name(row) not in _VALUES:
        fields = row._meta.concrete_fields
        _VALUES[_name(row)] = {each.column: _plain(each, getattr(row, each.attname)) for each in fields}
    return _VALUES[_name(row)]


def _name(row: Any) -> tuple[str, int]:
    return row._meta.model_name, row.pk


def _plain(field: Any, value: Any) -> Any:
    if field.get_internal_type() == "JSONField":
        return json.dumps(value)
    return field.get_db_prep_save(value, connection)


def _column(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).column)


def must_be_alike(mine: int, theirs: int) -> None:
    """Every row of one prospect equals the other's, but for ids and keys."""
    for model in (Arrangement, Touch, *NEW):
        rows = [
            [_compared(row) for row in model.objects.filter(prospect=each).order_by("pk")] for each in (mine, theirs)
        ]
        if rows[0] != rows[1]:
            raise SystemExit(f"The yardstick does not write the same {model.__name__} rows: {rows[0]} / {rows[1]}")


def _compared(row: Any) -> dict[str, Any]:
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    kept = {name: value for name, value in values.items() if name not in NOT_COMPARED}
    if "journal" in values:
        kept["journal"] = [(entry["row"], entry.get("before"), entry.get("after")) for entry in values["journal"]]
    return kept
