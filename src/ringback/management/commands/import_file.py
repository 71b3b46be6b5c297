"""ringback import"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from ringback.actions.errors import Refused
from ringback.actions.importing import (
    Duplicates,
    ImportOptions,
    Mode,
    Report,
    preview_import,
    run_import,
)
from ringback.adapters.files import Options, Table, UnreadableFile
from ringback.domain.column_words import Field
from ringback.domain.columns import Column
from ringback.domain.vocabulary import Role, Temperature
from ringback.management.naming import user_named
from ringback.management.ours import OurCommand, Trouble
from ringback.management.progress import ProgressBar
from ringback.models import User, Workspace

JSON_HELP = """
With --json one object is printed, on success and on refusal:
  state        done, dry_run, refused (all or nothing) or unreadable
  message      a sentence if nothing was imported, else empty
  run          number of the stored run; null for a dry run
  file         kind, encoding, delimiter, sheet, sheets, header, preamble
  columns      for each column: header, field (null: not imported), sureness, why
  counts       read, added, changed, skipped, refused, duplicates, warnings, last_line
  findings     the first 200: line, field, severity (error, warning, note), message, value
  duplicates   the first 200: line, name, matched_by, earlier_line, prospect_id, prospect_name, hidden, several
Exit code: 0 if the file was imported or looked through, 1 if nothing could be.
"""


class Command(OurCommand):
    help = "Bring in prospects from CSV, TSV, XLSX, vCard or jCard, whatever the program that wrote it."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, epilog=f"Fields: {', '.join(Field)}\n{JSON_HELP}", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("file", type=Path, help="the list")
        add("--as", dest="by", metavar="USER", help="who imports (default: the first admin)")
        add("--owner", metavar="USER", help="whose prospects they become (default: who imports; “nobody” for nobody's)")
        add("--map", action="append", default=[], metavar="FIELD=COLUMN", help="=COLUMN leaves it out; repeatable")
        add("--dry-run", action="store_true", help="look through the whole file and write nothing")
        add("--mode", choices=list(Mode), default=Mode.GOOD_ROWS, help="what one refused row does to the others")
        add("--duplicates", choices=list(Duplicates), default=Duplicates.SKIP, help="rows that are known already")
        add("--region", default="", metavar="CC", help="country of numbers without a country code, such as DE")
        answer = parser.add_mutually_exclusive_group()
        answer.add_argument("--qualified", dest="qualified", action="store_true", default=None, help="probable buyers")
        answer.add_argument("--unqualified", dest="qualified", action="store_false", default=None, help="not yet")
        add("--temperature", choices=list(Temperature), help="warm: they came to us; cold: we come to them")
        add("--source", default="", help="where the list is from, for rows that do not say")
        add("--encoding", help="read the file in this encoding")
        add("--delimiter", help="what stands between the cells")
        add("--sheet", help="which sheet of a workbook")
        add(
            "--no-header", dest="header", action="store_false", default=None, help="the first line is a row like others"
        )
        add("--key", help="a word that makes repeating this command harmless (default: the content of the file)")
        add("--json", action="store_true", help="print one JSON object")

    def handle(self, *_: Any, **given: Any) -> None:
        try:
            answer = self._answer(given)
        except (UnreadableFile, Refused, OSError) as error:
            self._fail(given, error)
        else:
            self._print(given, answer)
            if answer["state"] == "refused":
                sys.exit(1)

    def _answer(self, given: dict[str, Any]) -> dict[str, Any]:
        by = user_named(given["by"]) if given["by"] else _first_admin()
        options, mapping = _options(given), _mapping(given["map"])
        bar = ProgressBar(sys.stderr, given["file"].name)
        progress = lambda share, report: bar.show(share, f"{report.counts.read:,} rows")  # noqa: E731
        try:
            if given["dry_run"]:
                looked = preview_import(
                    by=by, file=given["file"], mapping=mapping, options=options, on_progress=progress
                )
                return _described("dry_run", "", None, looked.report) | _file(looked.table, looked.columns)
            run, report = run_import(
                by=by,
                file=given["file"],
                file_name=given["file"].name,
                mapping=mapping,
                options=options,
                key=given["key"] or _key(given, mapping, options),
                now=timezone.now(),
                on_progress=progress,
            )
        finally:
            bar.close()
        state = "done" if run.state == run.DONE else "refused"
        quick = preview_import(by=by, file=given["file"], mapping=mapping, options=options, limit_rows=0)
        return _described(state, run.message, run.pk, report) | _file(quick.table, quick.columns)

    def _fail(self, given: dict[str, Any], error: Exception) -> None:
        state = "unreadable" if isinstance(error, UnreadableFile | OSError) else "refused"
        if not given["json"]:
            raise Trouble(str(error)) from error
        self.stdout.write(json.dumps({"state": state, "message": str(error), "run": None}, ensure_ascii=False))
        sys.exit(1)

    def _print(self, given: dict[str, Any], answer: dict[str, Any]) -> None:
        if given["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for column in answer["columns"]:
            self.stdout.write(f"  {column['header']:<32.32} → {column['field'] or '–':<16} {column['why']}")
        for finding in answer["findings"]:
            where = f"line {finding['line']}" if finding["line"] else "file"
            self.stdout.write(f"{finding['severity']}: {where}, {finding['field'] or 'row'}: {finding['message']}")
        counts = answer["counts"]
        words = ("read", "added", "changed", "skipped", "refused")
        said = ", ".join(f"{counts[word]:,} {word}" for word in words)
        self.stdout.write(answer["message"] or f"{'Dry run' if answer['state'] == 'dry_run' else 'Done'}: {said}.")


def _first_admin() -> User:
    people = User.objects.filter(is_active=True).order_by("pk")
    found = people.filter(role=Role.ADMIN).first() or people.first()
    if found is None:
        raise Trouble("Nobody works here yet. Make a company with: ringback demo, or start: ringback serve")
    return found


def _options(given: dict[str, Any]) -> ImportOptions:
    owner = given["owner"]
    return ImportOptions(
        duplicates=Duplicates(given["duplicates"]),
        mode=Mode(given["mode"]),
        region=(given["region"] or _home()).upper(),
        qualified=given["qualified"],
        temperature=Temperature(given["temperature"]) if given["temperature"] else None,
        source=given["source"],
        owner_id=user_named(owner).pk if owner and owner != "nobody" else None,
        unowned=owner == "nobody",
        file=Options(given["encoding"], _delimiter(given["delimiter"]), given["sheet"], given["header"]),
    )


def _home() -> str:
    """The country of the workspace's region: DE of DE-BY."""
    region = Workspace.objects.values_list("region", flat=True).first()
    return (region or "").partition("-")[0]


def _delimiter(text: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    mark = named.get(text, text) if text else None
    if mark is not None and len(mark) != 1:
        raise Refused("A delimiter is one character, or the word tab, comma, semicolon or pipe.", "delimiter")
    return mark


def _mapping(pairs: list[str]) -> dict[str, str | None]:
    """`phone=Rufnummer` → {"Rufnummer": "phone"}; `=Rufnummer` leaves that column out."""
    mapping: dict[str, str | None] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column:
            raise Refused(f"Write --map FIELD=COLUMN, such as --map phone=Rufnummer, not “{pair}”.", "map")
        mapping[column] = field or None
    return mapping


def _key(given: dict[str, Any], mapping: dict[str, str | None], options: ImportOptions) -> str:
    """The same file brought in again in the same way is the same import."""
    digest = sha256(json.dumps([mapping, options.as_json(), given["by"]], sort_keys=True).encode())
    with given["file"].open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return f"file-{digest.hexdigest()[:40]}"


def _described(state: str, message: str, run: int | None, report: Report) -> dict[str, Any]:
    return {
        "state": state,
        "message": message,
        "run": run,
        "counts": asdict(report.counts),
        "findings": [finding._asdict() for finding in report.findings],
        "duplicates": [asdict(duplicate) for duplicate in report.duplicates],
    }


def _file(table: Table, columns: tuple[Column, ...]) -> dict[str, Any]:
    facts = {name: getattr(table, name) for name in ("kind", "encoding", "delimiter", "sheet", "sheets", "preamble")}
    named = [{name: getattr(each, name) for name in ("header", "field", "sureness", "why")} for each in columns]
    return {"file": {**facts, "header": table.has_header}, "columns": named}
