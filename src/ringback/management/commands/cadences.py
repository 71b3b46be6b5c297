"""ringback cadences"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from ringback.domain.cadence import Cadence
from ringback.domain.waits import describe_wait
from ringback.management.cadence_files import built_in, problems_of
from ringback.queries.cadences import Version, current_cadences


class Command(BaseCommand):
    help = "List the cadences; or, with “check FILE…”, say what is wrong with cadence files (ends with 1 if anything)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "check"], default="list")
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="cadence files (TOML) to check")
        parser.add_argument(
            "--json",
            action="store_true",
            help="list: {name, rule, title, version, built_in, steps, end}; check: {file, field, message}",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        files: list[Path] = options["files"]
        if options["action"] == "check":
            if not files:
                raise CommandError("Name at least one file: ringback cadences check my-cadence.toml", returncode=2)
            self.check_files(files, options["json"])
        elif files:
            raise CommandError("To check files write: ringback cadences check FILE…", returncode=2)
        else:
            self.list_cadences(options["json"])

    def list_cadences(self, as_json: bool) -> None:
        listed = [as_data(value, version) for value, version in known_cadences()]
        if as_json:
            self.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False))
            return
        width = max(len(each["name"]) for each in listed)
        for each in listed:
            version = f"version {each['version']}" if each["version"] else "built in"
            self.stdout.write(f"{each['name']:<{width}}  {each['rule']:<4} {each['title']} ({version})")
            steps = " · ".join(map(step_words, each["steps"]))
            self.stdout.write(f"{'':<{width}}       {steps} · {end_words(each['end'])}")

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
