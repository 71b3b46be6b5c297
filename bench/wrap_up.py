"""Wrapping up a call, against the very same rows written by hand.

    python bench/wrap_up.py [--database sqlite|postgresql] [--rounds N] [--quick]

Ours is `actions.wrapping_up.wrap_up`: lock, read where the prospect stands, decide, write, commit durably. The
yardstick (by_hand.py) writes the same rows with SQL through the raw connection of the same driver, in one durable
transaction; it reads the least that a correct version must and decides nothing. Both go turn by turn over prospects
that are alike, and at the end their rows are compared column by column.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import ground

NOW = datetime(2026, 7, 8, 9, 30, tzinfo=UTC)
AIM = 2.0
ROUNDS, QUICK_ROUNDS = 600, 12
WARM_UP = 20
PARTS = {
    "read": ("held_stand",),
    "decide": ("arrange",),
    "write": ("carry_out", "_record_call", "seal"),
}


def measure(options: argparse.Namespace) -> None:
    rounds = QUICK_ROUNDS if options.quick else options.rounds
    rows = [compare(options.database, *case, rounds) for case in cases()]
    if not options.quick and rows[0] > AIM:
        raise SystemExit(1)


def cases() -> list[tuple[str, Any, float | None]]:
    from ringback.domain.events import CallEnded
    from ringback.domain.vocabulary import MachineResult, Mood, Outcome

    at = NOW - timedelta(minutes=2)
    agreed = NOW + timedelta(days=5, hours=2)
    unanswered = CallEnded(at=at, machine=MachineResult.NO_ANSWER)
    appointment = CallEnded(
        at=at,
        machine=MachineResult.ANSWERED,
        outcome=Outcome.APPOINTMENT,
        mood=Mood.GOOD,
        next_at=agreed,
        reason="Walk through the numbers of the second plant",
    )
    return [("unanswered", unanswered, AIM), ("appointment agreed", appointment, None)]


def compare(database: str, name: str, event: Any, aim: float | None, rounds: int) -> float:
    import by_hand
    from people import enrolled

    from ringback.models import Arrangement

    rep, ids = enrolled(2 * (rounds + WARM_UP) + 1, NOW)
    ours = Ours(rep, event)
    ours(ids[0])
    yardstick = by_hand.Writer(Arrangement.objects.latest("pk"))
    times = turn_by_turn(ours, yardstick, ids[1:], WARM_UP)
    by_hand.must_be_alike(ids[1], ids[2])
    return report(database, name, times, aim, breakdown(ours, enrolled(max(20, rounds // 4), NOW)[1]))


class Ours:
    def __init__(self, rep: Any, event: Any) -> None:
        from ringback.actions.wrapping_up import WrapUp

        self.rep, self.said, self.now = rep, WrapUp(event=event), NOW

    def happen_later(self, passed: timedelta) -> None:
        event = self.said.event
        self.said = replace(self.said, event=replace(event, at=event.at + passed))
        self.now += passed

    def __call__(self, prospect_id: int) -> None:
        from ringback.actions.wrapping_up import wrap_up
        from ringback.models import Prospect, Touch

        touch_id = Touch.objects.get(prospect_id=prospect_id, state="open").pk
        prospect, key = Prospect.objects.get(pk=prospect_id), f"ours-{prospect_id}"
        self.started = perf_counter()
        wrap_up(by=self.rep, prospect=prospect, wrap_up=self.said, touch_id=touch_id, key=key, now=self.now)
        self.took = (perf_counter() - self.started) * 1000


def turn_by_turn(ours: Ours, yardstick: Any, ids: list[int], warm_up: int) -> dict[str, list[float]]:
    """Who goes first changes with each turn, so that neither always finds the disk just woken.

    Ours happens at another moment each turn, so that it finds no more in its caches than it would in life.
    """
    times: dict[str, list[float]] = {"ours": [], "yardstick": []}
    for turn, (mine, theirs) in enumerate(zip(ids[::2], ids[1::2], strict=True)):
        both = [("ours", ours, mine), ("yardstick", yardstick, theirs)]
        for name, write, prospect_id in both if turn % 2 else reversed(both):
            write(prospect_id)
            if turn >= warm_up:
                times[name].append(write.took)
        ours.happen_later(timedelta(milliseconds=1))
    return times


def breakdown(ours: Ours, ids: list[int]) -> dict[str, list[float]]:
    """Where our time goes, measured in a pass of its own: the clocks would slow the comparison."""
    times: dict[str, list[float]] = {name: [] for name in (*PARTS, "commit", "rest")}
    for prospect_id in ids:
        spent = dict.fromkeys((*PARTS, "commit"), 0.0)
        with clocks(spent):
            ours(prospect_id)
        for name, each in spent.items():
            times[name].append(each)
        times["rest"].append(ours.took - sum(spent.values()))
    return times


@contextmanager
def clocks(spent: dict[str, float]) -> Iterator[None]:
    from django.db import connection

    from ringback.actions import wrapping_up

    places = [(wrapping_up, each, part) for part, names in PARTS.items() for each in names]
    places.append((connection, "_commit", "commit"))
    originals = [(holder, each, getattr(holder, each)) for holder, each, _ in places]
    for (holder, each, part), (_, _, work) in zip(places, originals, strict=True):
        setattr(holder, each, clocked(work, part, spent))
    try:
        yield
    finally:
        for holder, each, work in originals:
            setattr(holder, each, work)


def clocked(work: Callable[..., Any], part: str, spent: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:
        start = perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            spent[part] += (perf_counter() - start) * 1000

    return run


def report(
    database: str, name: str, times: dict[str, list[float]], aim: float | None, parts: dict[str, list[float]]
) -> float:
    middle = ground.medians(times)
    ratio = middle["ours"] / middle["yardstick"]
    goal = ground.verdict(ratio, aim) if aim else "for information"
    print(
        f"wrap-up, {name:<18} {database:<10} ours {middle['ours']:6.2f} ms   by hand {middle['yardstick']:6.2f} ms   "
        f"ratio {ratio:4.2f}   n={len(times['ours'])}   {goal}"
    )
    shares = "   ".join(f"{part} {each:.2f}" for part, each in ground.medians(parts).items())
    print(f"    ours, ms: {shares}")
    return ratio


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    ground.each_database(measure, parser)
