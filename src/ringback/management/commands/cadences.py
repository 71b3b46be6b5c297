"""ringback cadences"""

from __future__ import annotations

import json
import shutil
import textwrap
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError

from ringback.domain.cadence import Cadence
from ringback.domain.waits import describe_wait
from ringback.management.cadence_files import LADDERS, built_in, problems_of
from ringback.management.ours import OurCommand, Trouble
from ringback.queries.cadences import Version, current_cadences


class Command(OurCommand):
    help = "List the cadences (all, or those named). With “check FILE…”: what is wrong with cadence files, if anything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "check"], default="list")
        parser.add_argument("named", nargs="*", metavar="NAME|FILE", help="list: only these; check: files (TOML)")
        parser.add_argument(
            "--json",
            action="store_true",
            help="list: {name, rule, title, version, built_in, steps, end}; check: {file, field, message}",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        named: list[str] = options["named"]
        if options["action"] == "list":
            self.list_cadences(named, options["json"])
        elif named:
            self.check_files([Path(each) for each in named], options["json"])
        else:
            raise Trouble("Name at least one file: ringback cadences check my-cadence.toml", 2)

    def list_cadences(self, names: list[str], as_json: bool) -> None:
        listed = [as_data(value, version) for value, version in chosen(names)]
        if as_json:
            self.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False))
            return
        for each in listed:
            version = f"version {each['version']}" if each["version"] else "built in"
            self.stdout.write(f"{each['name']} ({each['rule']}): {each['title']}, {version}")
            steps = " · ".join([*map(step_words, each["steps"]), end_words(each["end"])])
            width = min(shutil.get_terminal_size((120, 24)).columns, 120)
            self.stdout.write(textwrap.fill(steps, width, initial_indent="  ", subsequent_indent="  "))

    def check_files(self, files: list[Path], as_json: bool) -> None:
        known = {value.name for value, _ in known_cadences()}
        found = [problem for file in files for problem in problems_of(file, known)]
        if as_json:
            data = [{"file": each.file, "field": each.field, "message": each.message} for each in found]
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
        else:
            faulty = {each.file for each in found}
            for file in files:
                if str(file) not in faulty:
                    self.stdout.write(f"{file}: good")
            for each in found:
                self.stderr.write(str(each))
        if found:
            raise SystemExit(1)


def known_cadences() -> list[tuple[Cadence, Version | None]]:
    """Those of the database, with their versions; where there is none yet, those that come with the product."""
    try:
        published = current_cadences()
    except DatabaseError:
        published = ()
    if published:
        return [(version.value, version) for version in published]
    return [(cadence, None) for cadence in sorted(built_in().values(), key=lambda each: (each.rule, each.title))]


def chosen(names: list[str]) -> list[tuple[Cadence, Version | None]]:
    """All cadences, or those that are named, by name or rule."""
    known = known_cadences()
    if not names:
        return known
    wanted = {LADDERS.get(name.upper(), name) for name in names}
    strange = wanted - {value.name for value, _ in known}
    if strange:
        raise Trouble(
            f"There is no cadence “{min(strange)}”. There are: {', '.join(value.name for value, _ in known)}. "
            "To check a file write: ringback cadences check FILE",
            2,
        )
    return [(value, version) for value, version in known if value.name in wanted]


def as_data(cadence: Cadence, version: Version | None) -> dict[str, Any]:
    """Stable names, documented in docs/commands.md."""
    return {
        "name": cadence.name,
        "rule": cadence.rule,
        "title": cadence.title,
        "version": version.version if version else None,
        "built_in": version.built_in if version else True,
        "inside": version.inside if version else None,
        "steps": [
            {"id": step.id, "channel": step.channel.value, "wait": describe_wait(step.wait), "repeat": step.repeat}
            for step in cadence.steps
        ],
        "end": {"kind": cadence.end.kind.value, "to": cadence.end.to},
    }


def step_words(step: dict[str, Any]) -> str:
    often = f" × {step['repeat']}" if step["repeat"] > 1 else ""
    wait = step["wait"]
    if wait == "at once":
        return f"{step['channel']}{often}"
    counted = wait[0].isdigit() or wait.startswith("half")
    return f"{step['channel']}{' after' if counted else ','} {wait}{often}"


def end_words(end: dict[str, str]) -> str:
    return {"repeat": f"again from {end['to']}", "hand over": f"on to {end['to']}"}.get(end["kind"], "release")
