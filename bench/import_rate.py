"""Importing a list, against phone normalisation alone; and whether memory grows with the list.

    python bench/import_rate.py [ROWS] [MORE_ROWS]          (100,000 and 1,000,000 unless said otherwise)
    bin/with-postgres --durable python bench/import_rate.py (the same, then on PostgreSQL)

Rows a second from the file to durable rows (prospects, contact points, companies, timeline entries), beside what the
phonenumbers library needs in the same process for the numbers of the same list alone, and the ratio. There are two
yardsticks: parse and format; and parse, judge valid or not, and format, which is what an import has to know about
each number. Then the peak memory of both sizes, each measured in a process of its own. Everything happens in a folder
that is removed; on PostgreSQL in a database of its own that is dropped.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

AIM = 0.5
SAMPLE = 20_000
FIRST = [
    "Anna",
    "Ben",
    "Carla",
    "David",
    "Elif",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Katja",
    "Luca",
    "Mira",
    "Nils",
    "Olga",
    "Pavel",
    "Quirin",
    "Rosa",
    "Sven",
    "Tara",
]
LAST = [
    "Berg",
    "Cole",
    "Dubois",
    "Evans",
    "Fischer",
    "García",
    "Hansen",
    "Ivanova",
    "Jansen",
    "Kowalski",
    "López",
    "Müller",
    "Nowak",
    "Olsen",
    "Petrov",
    "Rossi",
]
PLACES = (
    ("Deutschland", "+49 {area} {number:07d}", (30, 40, 89, 171, 160)),
    ("USA", "({area}) {number:03d}-{last:04d}", (212, 415, 303)),
)


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        child(int(sys.argv[2]))
        return
    sizes = [int(size.replace(",", "").replace("_", "")) for size in sys.argv[1:]] or [100_000, 1_000_000]
    for url in dict.fromkeys(["", os.environ.get("DATABASE_URL") or os.environ.get("RINGBACK_TEST_DATABASE_URL", "")]):
        print("PostgreSQL" if url else "SQLite")
        told = [measured(size, url) for size in sizes]
        for each in told:
            report(each)
        if len(told) > 1:
            growth = told[-1]["peak_mb"] / told[0]["peak_mb"]
            print(f"  peak memory grows by a factor of {growth:.2f} from {sizes[0]:,} to {sizes[-1]:,} rows")


def report(each: dict[str, float]) -> None:
    per_row = each["seconds"] / each["rows"]
    ratio, judged = each["parse_format"] / per_row, each["parse_judge_format"] / per_row
    alone, with_validity = 1 / each["parse_format"], 1 / each["parse_judge_format"]
    print(f"  {each['rows']:>9,.0f} rows: {1 / per_row:,.0f} rows/s")
    print(f"             phone normalisation alone {alone:,.0f}/s, with validity {with_validity:,.0f}/s")
    print(
        f"             ratio {ratio:.2f} (aim {AIM}), with validity {judged:.2f}; peak memory {each['peak_mb']:.0f} MB"
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
    from django.utils import timezone

    from ringback.actions.importing import ImportOptions, run_import
    from ringback.models import User

    call_command("migrate", verbosity=0)
    by = User.objects.create_user("bench", role="admin")
    path = Path(os.environ["RINGBACK_DATA"]) / "list.csv"
    write_list(path, rows)
    parse_format, parse_judge_format = yardsticks(path)
    begun = perf_counter()
    _, report = run_import(
        by=by, file=path, file_name=path.name, mapping={}, options=ImportOptions(region="US"), key="bench",
        now=timezone.now(),
    )  # fmt: skip
    seconds = perf_counter() - begun
    assert (report.counts.added, report.counts.refused) == (rows, 0), report.counts
    print(
        json.dumps(
            {
                "rows": rows,
                "seconds": seconds,
                "parse_format": parse_format,
                "parse_judge_format": parse_judge_format,
                "peak_mb": peak_memory() / 1024,
            }
        )
    )


def write_list(path: Path, rows: int) -> None:
    """People with one number and one address each; every number once, so that all of them are added."""
    draw = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as target:
        target.write("First Name,Last Name,Company,Job Title,Email,Phone,City,Country,Notes\r\n")
        for at in range(rows):
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


def yardsticks(path: Path) -> tuple[float, float]:
    """Seconds a number: parsed and formatted; parsed, judged and formatted."""
    import csv

    import phonenumbers

    with path.open(encoding="utf-8", newline="") as source:
        numbers = [
            (row["Phone"], row["Country"]) for _, row in zip(range(SAMPLE), csv.DictReader(source), strict=False)
        ]
    regions = [(text, "DE" if country == "Deutschland" else "US") for text, country in numbers]
    e164 = phonenumbers.PhoneNumberFormat.E164
    for text, region in regions[:200]:
        phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    begun = perf_counter()
    for text, region in regions:
        phonenumbers.format_number(phonenumbers.parse(text, region), e164)
    between = perf_counter()
    for text, region in regions:
        parsed = phonenumbers.parse(text, region)
        phonenumbers.is_valid_number(parsed)
        phonenumbers.format_number(parsed, e164)
    return (between - begun) / len(regions), (perf_counter() - between) / len(regions)


def peak_memory() -> float:
    """The most this process ever had in memory, in kB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return float(line.split()[1])
    import resource

    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
