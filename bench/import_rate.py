"""Importing a list, against phone normalisation alone; whether memory grows with the list; how long a page waits.

    python bench/import_rate.py [ROWS] [MORE_ROWS]                        (100,000 and 1,000,000 unless said otherwise)
    bin/with-postgres --durable python bench/import_rate.py [ROWS …]      (the same, then on PostgreSQL)

Rows a second from the file to durable rows (prospects, contact points, companies, timeline entries, index of words),
beside what the phonenumbers library needs for the numbers of the same list, measured before, between and after, so
that both meet the same machine. README.md says why the ratio counts with validity. Processor time is told too: on a
machine that others use, it says more than the clock. Memory is the peak of the importing and the judging process
together. The waits are those of a page's commit in another process, every 50 ms. Everything happens in a folder that
is removed; on PostgreSQL in a database of its own that is dropped.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median
from time import perf_counter, process_time

AIM = 0.5
ROUNDS = 3
LONG = 300_000
NUMBERS = 10_000
FIRST = (
    "Anna", "Ben", "Carla", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas",
    "Katja", "Luca", "Mira", "Nils", "Olga", "Pavel", "Quirin", "Rosa", "Sven", "Tara",
)  # fmt: skip
LAST = (
    "Berg", "Cole", "Dubois", "Evans", "Fischer", "García", "Hansen", "Ivanova",
    "Jansen", "Kowalski", "López", "Müller", "Nowak", "Olsen", "Petrov", "Rossi",
)  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        child(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--page"]:
        page(float(sys.argv[2]))
    else:
        sizes = [int(size.replace(",", "").replace("_", "")) for size in sys.argv[1:]] or [100_000, 1_000_000]
        beside = os.environ.get("DATABASE_URL") or os.environ.get("RINGBACK_TEST_DATABASE_URL", "")
        for url in dict.fromkeys(["", beside]):
            compare(sizes, url)


def compare(sizes: list[int], url: str) -> None:
    print(f"import, {'PostgreSQL' if url else 'SQLite'}", flush=True)
    told = []
    for size in sizes:
        told.append(measured(size, url))
        report(told[-1])
    if len(told) > 1:
        growth = told[-1]["peak_mb"] / told[0]["peak_mb"]
        print(f"  peak memory grows by a factor of {growth:.2f} from {sizes[0]:,} to {sizes[-1]:,} rows", flush=True)


def report(each: dict[str, float]) -> None:
    ratio, plain = each["judged"] / each["seconds"], each["plain"] / each["seconds"]
    print(
        f"  {each['rows']:>9,.0f} rows: {1 / each['seconds']:,.0f} rows/s; phone normalisation alone "
        f"{1 / each['judged']:,.0f}/s, without validity {1 / each['plain']:,.0f}/s"
    )
    met = "met" if ratio >= AIM else "MISSED"
    print(f"             ratio {ratio:.2f}   aim ≥ {AIM}: {met}   (without validity {plain:.2f})")
    print(
        f"             processor time a row: importing {each['importing_cpu']:.0f} µs, judging beside it "
        f"{each['judging_cpu']:.0f} µs; a number alone {each['judged_cpu']:.0f} µs"
        f"   (ratio {each['judged_cpu'] / max(each['importing_cpu'], each['judging_cpu']):.2f})"
    )
    print(
        f"             peak memory {each['peak_mb']:.0f} MB; a page's commit waits {each['wait_median']:.1f} ms at the"
        f" median, {each['wait_worst']:.0f} ms at worst (otherwise {each['idle_median']:.1f} and"
        f" {each['idle_worst']:.0f})",
        flush=True,
    )


def measured(rows: int, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, OwnDatabase(url) as database:
        environment = {**os.environ, "RINGBACK_DATA": folder, "DATABASE_URL": database}
        done = subprocess.run(
            [sys.executable, __file__, "--child", str(rows)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


class OwnDatabase:
    """A database beside the named one, dropped afterwards; nothing for SQLite."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = f"ringback_bench_{os.getpid()}"

    def __enter__(self) -> str:
        if not self.url:
            return ""
        self._execute(f"DROP DATABASE IF EXISTS {self.name}")
        self._execute(f"CREATE DATABASE {self.name}")
        base, _, query = self.url.partition("?")
        return f"{base.rpartition('/')[0]}/{self.name}" + (f"?{query}" if query else "")

    def __exit__(self, *_: object) -> None:
        if self.url:
            self._execute(f"DROP DATABASE IF EXISTS {self.name}")

    def _execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def child(rows: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ringback.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from ringback.models import User

    call_command("migrate", verbosity=0)
    by = User.objects.create_user("bench", role="admin")
    path = Path(os.environ["RINGBACK_DATA"]) / "list.csv"
    rounds = [one_round(by, path, rows, at) for at in range(1 if rows > LONG else ROUNDS)]
    found = {name: median(each[name] for each in rounds) for name in rounds[0]}
    found["rows"] = rows
    print(json.dumps({**found, **waits(by, path, min(rows, 100_000))}))


def one_round(by: object, path: Path, rows: int, at: int) -> dict[str, float]:
    """One import of people who are new, and the yardstick around it; within it too if it is long."""
    write_list(path, rows, start=at * rows)
    yardstick = Yardstick(path, within=rows > LONG)
    yardstick.turn()
    begun, before = perf_counter(), processor_times()
    imported(by, path, rows, f"bench {at}", yardstick)
    seconds, after = perf_counter() - begun - yardstick.took, processor_times()
    yardstick.turn()
    importing, judging = (1e6 * (now - then) for now, then in zip(after, before, strict=True))
    return {
        "seconds": seconds / rows,
        "plain": mean(yardstick.plain),
        "judged": mean(yardstick.judged),
        "judged_cpu": 1e6 * mean(yardstick.processor),
        "importing_cpu": (importing - 1e6 * yardstick.processor_took) / rows,
        "judging_cpu": judging / rows,
        "peak_mb": (peak_kb("self") + yardstick.judging_peak_kb) / 1024,
    }


def processor_times() -> tuple[float, float]:
    """Seconds of this process, and of those it started that have ended."""
    times = os.times()
    return times.user + times.system, times.children_user + times.children_system


def imported(by: object, path: Path, rows: int, key: str, on_progress: "Yardstick | None" = None) -> None:
    from django.utils import timezone

    from ringback.actions.importing import ImportOptions, run_import

    _, report = run_import(
        by=by, file=path, file_name=path.name, mapping={}, options=ImportOptions(region="US"), key=key,
        now=timezone.now(), on_progress=on_progress,
    )  # fmt: skip
    assert (report.counts.added, report.counts.refused) == (rows, 0), report.counts


class Yardstick:
    """The library's work for the first numbers of the list, in a plain loop."""

    def __init__(self, path: Path, *, within: bool) -> None:
        import csv

        with path.open(encoding="utf-8", newline="") as source:
            rows = [row for row, _ in zip(csv.DictReader(source), range(NUMBERS), strict=False)]
        self._numbers = [(row["Phone"], "DE" if row["Country"] == "Deutschland" else "US") for row in rows]
        self._next = 0.1 if within else 2.0
        self.took = self.processor_took = 0.0
        self.judging_peak_kb = 0
        self.plain: list[float] = []
        self.judged: list[float] = []
        self.processor: list[float] = []

    def __call__(self, share: float, _report: object) -> None:
        """A turn at each tenth of a long import; what it takes is not the import's."""
        self.judging_peak_kb = max([self.judging_peak_kb, *map(peak_kb, started())])
        if share < self._next:
            return
        self._next += 0.1
        begun, processor = perf_counter(), process_time()
        self.turn()
        self.took += perf_counter() - begun
        self.processor_took += process_time() - processor

    def turn(self) -> None:
        from phonenumbers import PhoneNumberFormat, format_number, is_valid_number, parse

        begun = perf_counter()
        for text, region in self._numbers:
            format_number(parse(text, region), PhoneNumberFormat.E164)
        between, processor = perf_counter(), process_time()
        for text, region in self._numbers:
            number = parse(text, region)
            is_valid_number(number)
            format_number(number, PhoneNumberFormat.E164)
        self.plain.append((between - begun) / len(self._numbers))
        self.judged.append((perf_counter() - between) / len(self._numbers))
        self.processor.append((process_time() - processor) / len(self._numbers))


def waits(by: object, path: Path, rows: int) -> dict[str, float]:
    """Milliseconds that a page's commit takes while nothing happens, and while a second list comes in."""
    write_list(path, rows, start=50_000_000)
    idle = sampled(1.5, lambda: time.sleep(1.5))
    busy = sampled(600, lambda: imported(by, path, rows, "more"))
    return {
        "idle_median": median(idle), "idle_worst": max(idle), "wait_median": median(busy), "wait_worst": max(busy),
    }  # fmt: skip


def sampled(seconds: float, work: object) -> list[float]:
    with subprocess.Popen(
        [sys.executable, __file__, "--page", str(seconds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        work()
        told, _ = process.communicate("enough\n")
    return [float(word) for word in told.split()]


def page(seconds: float) -> None:
    """Commit one row every 50 ms as a page does, until told that it is enough."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ringback.config.settings"
    import select

    import django

    django.setup()
    from django.db import transaction

    from ringback.models import User

    user = User.objects.get(username="bench")
    took = []
    print("ready", flush=True)
    until = perf_counter() + seconds
    while perf_counter() < until and not select.select([sys.stdin], [], [], 0.05)[0]:
        begun = perf_counter()
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(first_name=str(begun))
        took.append((perf_counter() - begun) * 1000)
    print(*took)


def write_list(path: Path, rows: int, start: int = 0) -> None:
    """People with one number and one address each; every number once, so that all of them are added."""
    draw = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write("First Name,Last Name,Company,Job Title,Email,Phone,City,Country,Notes\r\n")
        for at in range(start, start + rows):
            first, last = draw.choice(FIRST), draw.choice(LAST)
            phone, country = number(at)
            address = f"{first.lower()}.{at}@firm{at % 977}.example.com"
            firm = f"Firm {draw.randrange(1 + rows // 5)}"
            target.write(f"{first},{last},{firm},Buyer,{address},{phone},Town,{country},met at the fair\r\n")


def number(at: int) -> tuple[str, str]:
    if at % 2:
        return f"+49 {(30, 40, 89, 69, 711)[at // 2 % 5]} {2_000_000 + at}", "Deutschland"
    area = (212, 415, 303, 617, 206, 305, 512, 404, 702, 503)[at // 2 % 10]
    rest = at // 20
    return f"({area}) {200 + rest // 10_000 % 800:03d}-{rest % 10_000:04d}", "USA"


def started() -> list[str]:
    """The processes that this one has started."""
    return [word for each in Path("/proc/self/task").iterdir() for word in (each / "children").read_text().split()]


def peak_kb(process: str) -> int:
    """The most that a process ever had in memory; 0 if it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
