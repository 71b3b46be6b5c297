"""Opening the call screen of somebody known for long: 200 events, a record, colleagues, a cadence, an appointment.

    python bench/call_screen.py [--database sqlite|postgresql] [--rounds N] [--quick]

The whole page through Django's test client, with the query count, beside two parts of it: the reads alone, and a
yardstick by hand: the same record in plain SQL, a statement a table, without a page.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any

import ground

AIM_MS, AIM_QUERIES = 150, 12
EVENTS = 200
TABLES = ("call", "touch", "need", "interest", "objection", "circumstance", "commitment", "appointment", "contactpoint")


def measure(options: argparse.Namespace) -> None:
    from people import known_for_long
    from today import Page

    page = Page()
    whom = known_for_long(page.rep, EVENTS, datetime.now(UTC))
    queries = counted(page, whom)
    times: dict[str, list[float]] = {"page": [], "reads": [], "by hand": []}
    for _ in range(3 if options.quick else options.rounds):
        times["page"].append(ground.milliseconds(lambda: opened(page, whom)))
        times["reads"].append(ground.milliseconds(lambda: read(page.rep, whom)))
        times["by hand"].append(ground.milliseconds(lambda: by_hand(whom)))
    report(options.database, ground.medians(times), len(times["page"]), queries)


def counted(page: Any, whom: int) -> int:
    """How many queries the page takes once maps and cadences were read; the second opening warms up as well."""
    from django.db import connection
    from today import counter

    opened(page, whom)
    asked: list[str] = []
    with connection.execute_wrapper(counter(asked)):
        opened(page, whom)
    by_hand(whom)
    return len(asked)


def opened(page: Any, whom: int) -> None:
    answer = page.client.get(f"/prospects/{whom}/call/")
    if answer.status_code != 200:
        raise SystemExit(f"The call screen answered {answer.status_code}")


def read(rep: Any, whom: int) -> None:
    from ringback.queries.access import prospect_for
    from ringback.queries.brief import brief
    from ringback.queries.call_script import map_for_call

    now = datetime.now(UTC)
    map_for_call(brief(prospect_for(rep, whom), now=now, rep=rep), rep=rep, now=now)


def by_hand(whom: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ringback_prospect WHERE id = %s", [whom])
        cursor.fetchall()
        for table in TABLES:
            cursor.execute(f"SELECT * FROM ringback_{table} WHERE prospect_id = %s ORDER BY id DESC LIMIT 10", [whom])
            cursor.fetchall()


def report(database: str, times: dict[str, float], rounds: int, queries: int) -> None:
    print(
        f"call screen, {EVENTS} events   {database:<10} page {times['page']:6.1f} ms   "
        f"reads and texts {times['reads']:6.1f} ms   by hand {times['by hand']:5.2f} ms   n={rounds}   "
        f"{ground.verdict(times['page'], AIM_MS, ' ms')}   "
        f"{queries} queries   {ground.verdict(queries, AIM_QUERIES)}",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=101)
    ground.each_database(measure, parser)
