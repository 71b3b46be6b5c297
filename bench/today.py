"""Today's page of a rep with a million open touches, against one with ten thousand.

    python bench/today.py [--database sqlite|postgresql] [--sizes 10000 1000000] [--rounds N] [--quick]

For each size: the whole page through Django's test client (queries, bytes, time), the read behind it alone, and a
yardstick by hand: the first 50 lines with name and company, lane by lane, in plain SQL. Four moments: a Tuesday on
which half are due, another when all are due, the night before it, when nobody may be called, and one with nothing due.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import ground

AIM_RATIO, AIM_QUERIES, AIM_KB = 1.5, 8, 100
SIZES, QUICK_SIZES = (10_000, 1_000_000), (200, 1_000)
MOMENTS = {
    "half due": timedelta(0),
    "all due": timedelta(days=14),
    "at night": timedelta(days=14, hours=-8),
    "none due": timedelta(days=-14),
}


def measure(options: argparse.Namespace) -> None:
    sizes = QUICK_SIZES if options.quick else options.sizes
    now = last_tuesday(datetime.now(UTC))
    desks = furnished(sizes, now)
    for name, shift in MOMENTS.items():
        found = turn_by_turn(desks, now + shift, 3 if options.quick else options.rounds)
        for size, each in zip(sizes, found, strict=True):
            report(options.database, size, name, each)
        compare(options.database, name, *found)


def last_tuesday(now: datetime) -> datetime:
    """Ten o'clock UTC on the Tuesday before: in Europe they may be called, in America they may not."""
    back = (now.weekday() - 1) % 7 or 7
    return (now - timedelta(days=back)).replace(hour=10, minute=0, second=0, microsecond=0)


def furnished(sizes: tuple[int, int], now: datetime) -> list[tuple[str, Page]]:
    """Two databases, so that both sizes are measured in turn and the machine's mood hits both alike."""
    from django.db import connection

    names = [str(connection.settings_dict["NAME"]), ground.one_more_database()]
    desks = []
    for name, size in zip(names, sizes, strict=True):
        ground.use(name)
        if desks:
            ground.furnish()
        page = Page()
        load(page.rep, size, now)
        desks.append((name, page))
    return desks


def load(rep: Any, count: int, now: datetime) -> None:
    from filling import analyze
    from people import a_full_desk

    a_full_desk(rep, count, now)
    analyze()


class Page:
    """A rep who is logged in."""

    def __init__(self) -> None:
        from django.core.management import call_command
        from django.test import Client
        from people import a_rep

        call_command("collectstatic", verbosity=0, interactive=False)
        self.rep = a_rep()
        self.client = Client(HTTP_HOST="localhost")
        self.client.force_login(self.rep, backend="allauth.account.auth_backends.AuthenticationBackend")

    def __call__(self) -> bytes:
        answer = self.client.get("/today/")
        if answer.status_code != 200:
            raise SystemExit(f"Today answered {answer.status_code}")
        return bytes(answer.content)


def turn_by_turn(desks: list[tuple[str, Page]], now: datetime, rounds: int) -> list[dict[str, Any]]:
    times: list[dict[str, list[float]]] = [{"page": [], "read": [], "by hand": []} for _ in desks]
    facts: list[dict[str, Any]] = [{} for _ in desks]
    with clock_at(now):
        for _ in range(rounds):
            for number, (name, page) in enumerate(desks):
                ground.use(name)
                facts[number] = warm(page, now)
                for what, took in one_round(page, now).items():
                    times[number][what].append(took)
    return [
        {**fact, "times": ground.medians(each), "best": {what: min(all_of) for what, all_of in each.items()}}
        for fact, each in zip(facts, times, strict=True)
    ]


def warm(page: Page, now: datetime) -> dict[str, Any]:
    """A connection that is as warm as a server's; queries and bytes are counted meanwhile."""
    from django.db import connection

    page()
    by_hand(page.rep.pk, now)
    asked: list[str] = []
    with connection.execute_wrapper(counter(asked)):
        size = len(page())
    return {"queries": len(asked), "kb": size / 1000}


def one_round(page: Page, now: datetime) -> dict[str, float]:
    from ringback.queries.today import today

    return {
        "page": ground.milliseconds(page),
        "read": ground.milliseconds(lambda: today(page.rep, now=now)),
        "by hand": ground.milliseconds(lambda: by_hand(page.rep.pk, now)),
    }


def counter(asked: list[str]) -> Callable[..., Any]:
    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    return count


@contextmanager
def clock_at(now: datetime) -> Iterator[None]:
    """The page reads the clock; here it shows the moment of the case."""
    with patch("django.utils.timezone.now", lambda: now):
        yield


def by_hand(owner: int, now: datetime) -> list[Any]:
    from django.db import connection
    from filling import ON_POSTGRES, instant

    mark = "%s" if ON_POSTGRES else "?"
    sql = (
        "SELECT t.id, t.kind, t.channel, t.due_at, t.attempt, t.value, t.zone, p.shown_name, p.company_name"
        " FROM ringback_touch t JOIN ringback_prospect p ON p.id = t.prospect_id"
        f" WHERE t.state = 'open' AND t.owner_id = {mark} AND t.lane = {mark} AND t.due_at <= {mark}"
        f" ORDER BY t.due_at LIMIT {mark}"
    )
    raw = connection.connection.cursor()
    rows: list[Any] = []
    for lane in range(12):
        if len(rows) < 50:
            rows += raw.execute(sql, (owner, lane, instant(now), 50 - len(rows))).fetchall()
    return rows


def report(database: str, size: int, name: str, found: dict[str, Any]) -> None:
    times = found["times"]
    good = found["queries"] <= AIM_QUERIES and found["kb"] <= AIM_KB
    print(
        f"today, {name:<9} {database:<10} {size:>9,} touches   page {times['page']:6.1f} ms   "
        f"read alone {times['read']:6.1f} ms   by hand {times['by hand']:5.2f} ms   "
        f"{found['queries']} queries, {found['kb']:.0f} kB   "
        f"aim ≤ {AIM_QUERIES} queries, ≤ {AIM_KB} kB: {'met' if good else 'MISSED'}",
        flush=True,
    )


def compare(database: str, name: str, few: dict[str, Any], many: dict[str, Any]) -> None:
    """Medians decide; the best of all rounds tells how much of it was the machine's mood."""
    ratio = {each: many["times"][each] / few["times"][each] for each in few["times"]}
    best = many["best"]["page"] / few["best"]["page"]
    print(
        f"today, {name:<9} {database:<10} page, many : few = {ratio['page']:4.2f} (best rounds {best:4.2f})   "
        f"read {ratio['read']:4.2f}   by hand {ratio['by hand']:4.2f}   {ground.verdict(ratio['page'], AIM_RATIO)}",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES)
    ground.each_database(measure, parser)
