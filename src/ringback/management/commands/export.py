"""ringback export"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from ringback.adapters.files import write_rows
from ringback.management.naming import user_named
from ringback.management.ours import OurCommand, Trouble
from ringback.management.progress import ProgressBar
from ringback.queries.exporting import Exported, tables


class Command(OurCommand):
    help = (
        "Write everything to a folder: one CSV (UTF-8 with byte order mark, comma, CRLF) for each table. prospects.csv "
        "goes back in with ringback import. A cell that a spreadsheet could take for a formula (it begins with "
        "= + - @ | % or a dash, tab or line end, and is no plain number) gets an apostrophe in front; the import "
        "takes it off again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where to; it is made if it is not there")
        parser.add_argument("--as", dest="user", metavar="USER", help="only what this person may see (default: all)")
        parser.add_argument("--replace", action="store_true", help="write over the files of an earlier export")
        parser.add_argument("--json", action="store_true", help="{folder, files: {name: rows}}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        folder: Path = options["folder"]
        user = user_named(options["user"]) if options["user"] else None
        found = list(tables(user))
        _must_be_free(folder, found, replace=options["replace"])
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            files = {f"{table.name}.csv": self._write(folder, table) for table in found}
        except OSError as error:
            raise Trouble(f"It cannot be written to {folder}: {error.strerror}.") from error
        if options["json"]:
            self.stdout.write(json.dumps({"folder": str(folder), "files": files}, ensure_ascii=False))
        else:
            for name, rows in files.items():
                self.stdout.write(f"{rows:>10,}  {folder / name}")

    def _write(self, folder: Path, table: Exported) -> int:
        """Under another name first: a file with its own name is always complete."""
        bar = ProgressBar(sys.stderr, table.name)
        part = folder / f".{table.name}.csv.part"

        def counted() -> Any:
            for number, row in enumerate(table.rows, 1):
                if number % 500 == 0:
                    bar.show(0.0, f"{number:,} rows")
                yield row

        with part.open("w", encoding="utf-8-sig", newline="") as target:
            rows = write_rows(target, table.columns, counted())
        part.replace(folder / f"{table.name}.csv")
        bar.show(1.0, f"{rows:,} rows")
        bar.close()
        return rows


def _must_be_free(folder: Path, found: list[Exported], *, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise Trouble(f"{folder} is a file, not a folder.", 2)
    there = [table.name for table in found if (folder / f"{table.name}.csv").exists()]
    if there and not replace:
        raise Trouble(f"{folder} holds an export already. Choose another folder, or add --replace.", 2)
