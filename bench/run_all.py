"""Every bench, one after the other, and a table of what each came to.

    bin/prove [--quick]

--quick takes sizes that a build machine has time for: it shows that every bench runs, its figures mean little.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent
FULL: dict[str, list[str]] = {
    "plan_touch.py": [],
    "wrap_up.py": [],
    "today.py": [],
    "prospects.py": [],
    "call_screen.py": [],
    "import_rate.py": [],
    "send_mail.py": [],
    "kill_mail.py": [],
    "classify_mail.py": [],
}
QUICK = {
    **{
        name: ["--quick"]
        for name in ("wrap_up.py", "today.py", "prospects.py", "call_screen.py", "send_mail.py", "kill_mail.py")
    },
    "plan_touch.py": [],
    "classify_mail.py": [],
    "import_rate.py": ["1000", "2000"],
}


def main() -> int:
    sizes = QUICK if "--quick" in sys.argv[1:] else FULL
    results = [run(name, options) for name, options in sizes.items() if (HERE / name).exists()]
    print(f"\n{'bench':<16} {'seconds':>8}   {'met':>4} {'missed':>7}   ran")
    for name, seconds, said, code in results:
        ran = "yes" if said.strip() and "Traceback" not in said else f"NO ({code})"
        print(f"{name:<16} {seconds:8.0f}   {said.count(': met'):>4} {said.count('MISSED'):>7}   {ran}")
    return int(any(not said.strip() or "Traceback" in said for _, _, said, _ in results))


def run(name: str, options: list[str]) -> tuple[str, float, str, int]:
    print(f"--- {name} {' '.join(options)}".rstrip(), flush=True)
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, HERE / name, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout, flush=True)
    return name, perf_counter() - start, done.stdout, done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
