"""Finding people among a million: the list's first page, searches and filters, as whole pages.

    python bench/prospects.py [--database sqlite|postgresql] [--size 1000000] [--rounds N] [--quick]

The filters are measured at their worst: nobody is closed, in a cadence or without a number, so all are looked at.

The yardstick by hand is the first page's fifty rows in plain SQL.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from urllib.parse import urlencode

import ground

AIM_MS = 300
SIZE, QUICK_SIZE = 1_000_000, 500
SEARCHES = {
    "first page": {},
    "many hits": {"q": "ada"},
    "many, late": {"q": "ole"},
    "two words": {"q": "hedda logistics"},
    "accents": {"q": "hédda lógistics"},
    "no hit": {"q": "zzyzx"},
    "by phone": {"q": "+493000005"},
    "by e-mail": {"q": "nobody@example.org"},
    "closed": {"state": "closed"},
    "in cadence": {"enrolled": "yes"},
    "no number": {"phone": "no"},
}


def measure(options: argparse.Namespace) -> None:
    from today import Page, load

    size, rounds = (QUICK_SIZE, 2) if options.quick else (options.size, options.rounds)
    page = Page()
    load(page.rep, size, datetime.now(UTC))
    times: dict[str, list[float]] = {name: [] for name in (*SEARCHES, "by hand")}
    for number in range(rounds + 1):
        for name, asked in SEARCHES.items():
            took = ground.milliseconds(lambda asked=asked: ask(page, asked))
            times[name] += [took] if number else []
        took = ground.milliseconds(lambda: by_hand(page.rep.pk))
        times["by hand"] += [took] if number else []
    for name, middle in ground.medians(times).items():
        goal = ground.verdict(middle, AIM_MS, " ms") if name in SEARCHES else "yardstick"
        print(f"prospects, {name:<10} {options.database:<10} {size:>9,} people   {middle:7.1f} ms   {goal}", flush=True)


def ask(page: object, asked: dict[str, str]) -> None:
    answer = page.client.get(f"/prospects/?{urlencode(asked)}")  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise SystemExit(f"The list answered {answer.status_code}")


def by_hand(owner: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, shown_name, company_name FROM ringback_prospect"
            " WHERE owner_id = %s OR owner_id IS NULL ORDER BY shown_name, id LIMIT 50",
            [owner],
        )
        cursor.fetchall()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--rounds", type=int, default=7)
    ground.each_database(measure, parser)
