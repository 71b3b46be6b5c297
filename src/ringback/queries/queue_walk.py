"""The first few open touches of each lane of the queue, as light rows, found by short walks along one index.

The index over (owner, lane, due, zone) of open touches narrows a million down to a few hundred. Light rows hold what
the order and the call hours need and nothing that is only shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from ringback.domain.lanes import Lane
from ringback.domain.readiness import UNKNOWN, Known, Readiness
from ringback.domain.vocabulary import Channel

# Many share a due time, so a short list too is the best of this many of each lane.
LEAST_READ = 50
# How far a second walk looks behind those who cannot be called at this hour, in each lane.
DEEP = 1_000


class Place(NamedTuple):
    """What decides when somebody can be called. `possible_zones` is JSON as it is stored: few need it read."""

    zone: str
    possible_zones: str
    region: str
    country: str

    @property
    def zones(self) -> tuple[str, ...]:
        return (self.zone,) if self.zone else tuple(json.loads(self.possible_zones))


class LightRow(NamedTuple):
    """One open touch; `opens_at` is when the prospect can be called next, None if that is now."""

    id: int
    lane: Lane
    kind: str
    channel: str
    due_at: datetime
    latest_at: datetime | None
    value: int
    attempt: int
    zone: str
    came_in_at: datetime
    opens_at: datetime | None
    readiness: Readiness


OpensAt = Callable[[Place], datetime | None]

# Literals in SQL because the ORM cannot unite queries that each have a limit on SQLite.
_ONE_LANE = (
    "SELECT * FROM (SELECT id FROM ringback_touch WHERE state = 'open' AND owner_id = %s AND lane = %s"
    " AND due_at {side} %s ORDER BY due_at LIMIT %s) AS one_lane"
)
_ONE_DEEP_LANE = (
    "SELECT * FROM (SELECT id FROM (SELECT id, zone, due_at FROM ringback_touch WHERE state = 'open'"
    " AND owner_id = %s AND lane = %s AND due_at <= %s ORDER BY due_at LIMIT %s) AS deep"
    " WHERE zone NOT IN ({marks}) ORDER BY due_at LIMIT %s) AS one_lane"
)
_LIGHT = (
    "SELECT t.id, t.lane, t.kind, t.channel, t.due_at, t.latest_at, t.value, t.attempt, t.zone, p.created_at,"
    " p.known_answers, p.wanted_by, p.zone, p.possible_zones, p.region, p.country"
    " FROM ({walk}) AS walk JOIN ringback_touch t ON t.id = walk.id JOIN ringback_prospect p ON p.id = t.prospect_id"
)


def walk(owner_id: int, *, until: datetime, enough: int, opens_at: OpensAt) -> list[LightRow]:
    """Open touches due by `until`, the oldest few of each lane, at least as many as are `enough`: one query.

    Whole lanes may begin with people whose night it is. Where that would leave less than `enough` to be done, a
    second query looks behind them, `DEEP` touches far in each such lane, for those in other zones.
    """
    limit = max(enough, LEAST_READ)
    known: dict[Place, datetime | None] = {}

    def opening(place: Place) -> datetime | None:
        if place not in known:
            known[place] = opens_at(place)
        return known[place]

    rows = _light(_ONE_LANE.format(side="<="), _walks(owner_id, until, limit), opening)
    lanes, zones = _hidden_lanes(rows, limit, enough), _closed_zones(rows)
    if not lanes or not zones:
        return rows
    deep = _ONE_DEEP_LANE.format(marks=", ".join(["%s"] * len(zones)))
    parameters = [(owner_id, lane.value, stored(until), DEEP, *zones, limit) for lane in lanes]
    behind = _light(deep, parameters, opening)
    return list({row.id: row for row in (*rows, *behind)}.values())


def first_due_after(owner_id: int, at: datetime) -> datetime | None:
    """When the next touch falls due."""
    parameters = _walks(owner_id, at, 1)
    walks = " UNION ALL ".join([_ONE_LANE.format(side=">")] * len(parameters))
    sql = f"SELECT MIN(due_at) FROM ringback_touch WHERE id IN ({walks})"  # noqa: S608 - no value stands in it
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for each in parameters for value in each])
        return _moment(cursor.fetchone()[0])


def due_count(owner_id: int, *, until: datetime, most: int) -> tuple[str, list[Any]]:
    """SQL and its parameters: how many are due, counted no further than `most`."""
    parameters = _walks(owner_id, until, most)
    walks = " UNION ALL ".join([_ONE_LANE.format(side="<=")] * len(parameters))
    sql = f"SELECT COUNT(*) FROM (SELECT id FROM ({walks}) AS walks LIMIT %s) AS due"  # noqa: S608 - as above
    return sql, [*(value for each in parameters for value in each), most]


def stored(at: datetime) -> Any:
    """An instant as the database compares it."""
    return connection.ops.adapt_datetimefield_value(at)


def _walks(owner_id: int, at: datetime, limit: int) -> list[tuple[Any, ...]]:
    return [(owner_id, lane.value, stored(at), limit) for lane in Lane]


def _light(one: str, parameters: Sequence[tuple[Any, ...]], opening: OpensAt) -> list[LightRow]:
    sql = _LIGHT.format(walk=" UNION ALL ".join([one] * len(parameters)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for each in parameters for value in each])
        return [_row(each, opening) for each in cursor.fetchall()]


def _row(read: Sequence[Any], opening: OpensAt) -> LightRow:
    pk, lane, kind, channel, due_at, latest_at, value, attempt, zone, came_in_at, known, wanted_by, *place = read
    return LightRow(
        id=pk,
        lane=Lane(lane),
        kind=kind,
        channel=channel,
        due_at=_moment(due_at) or due_at,
        latest_at=_moment(latest_at),
        value=value,
        attempt=attempt,
        zone=zone,
        came_in_at=_moment(came_in_at) or came_in_at,
        opens_at=opening(Place(*place)) if channel == Channel.CALL else None,
        readiness=Readiness(Known(known), _day(wanted_by)) if known or wanted_by else UNKNOWN,
    )


def _day(value: Any) -> date | None:
    """SQLite has no type for days either."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: Any) -> datetime | None:
    """SQLite has no type for instants: its driver gives the clock of UTC without saying so, as text where computed."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read is not None and read.tzinfo is None else read


def _hidden_lanes(rows: Iterable[LightRow], limit: int, enough: int) -> list[Lane]:
    """Lanes of which more may be due than the `limit` read, while what can be done up to there is not enough."""
    hidden, callable_now = [], 0
    for lane, each in groupby(sorted(rows, key=lambda row: row.lane), key=lambda row: row.lane):
        read = list(each)
        closed = sum(row.opens_at is not None for row in read)
        callable_now += len(read) - closed
        if closed and len(read) >= limit and callable_now < enough:
            hidden.append(lane)
    return hidden


def _closed_zones(rows: Iterable[LightRow]) -> list[str]:
    """Zones in which nobody who was met can be called."""
    calls = [row for row in rows if row.channel == Channel.CALL]
    return sorted({row.zone for row in calls} - {row.zone for row in calls if row.opens_at is None})
