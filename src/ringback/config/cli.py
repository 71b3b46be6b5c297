"""The `ringback` command: our commands by name; `ringback manage …` for Django's own."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

# In the order in which a newcomer meets them. A command whose module is not installed is not offered.
COMMANDS: dict[str, str] = {
    "serve": "web pages and worker together (what most people want)",
    "web": "only the web pages",
    "work": "only the worker",
    "demo": "fill an empty database with a believable company",
    "import": "bring in prospects from CSV, XLSX or vCard",
    "today": "whom to call now, and why",
    "wrap-up": "record how a call ended and see what it arranges",
    "undo": "take back an arrangement",
    "plan": "what a cadence would do, from the rules alone",
    "cadences": "list the cadences, or check a cadence file",
    "export": "write everything to a folder",
    "doctor": "is this installation healthy?",
}


def main(argv: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else argv
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        print(overview())
        return 0
    if name in ("-V", "--version", "version"):
        from ringback import __version__

        print(f"ringback {__version__}")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringback.config.settings")
    if name == "manage":
        return run_django("ringback manage", arguments[1:] or ["help"])
    if name not in available():
        print(f"ringback: there is no command “{name}”.\n\n{overview()}", file=sys.stderr)
        return 2
    return run_django("ringback", [name, *arguments[1:]])


def overview() -> str:
    known = available()
    width = max(map(len, known), default=0) + 2
    lines = [f"  {name:<{width}}{COMMANDS[name]}" for name in known]
    return "\n".join(
        ["Usage: ringback COMMAND [options]      (ringback COMMAND --help tells more)", "", *lines, "",
         f"  {'manage':<{width}}Django's own commands (migrate, shell, …)"]
    )  # fmt: skip


def available() -> list[str]:
    return [name for name in COMMANDS if find_spec(f"ringback.management.commands.{module_name(name)}")]


def module_name(command: str) -> str:
    """`import` and `wrap-up` are no names a Python module can have."""
    return {"import": "import_prospects"}.get(command, command.replace("-", "_"))


def run_django(program: str, arguments: list[str]) -> int:
    from django.core.management import ManagementUtility

    command, *rest = arguments
    ours = program == "ringback"
    utility = ManagementUtility([program, module_name(command) if ours else command, *rest])
    # Usage lines then say what was typed, not the file that answered.
    utility.prog_name = program
    utility.execute()
    return 0


def installed_program() -> list[str]:
    """The words that start this same program again, for the processes that `serve` supervises."""
    script = Path(sys.executable).with_name("ringback")
    return [str(script)] if script.exists() else [sys.executable, "-c", "from ringback.config.cli import main; raise SystemExit(main())"]
