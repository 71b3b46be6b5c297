"""The `ringback` command: our commands by name; `ringback manage …` for Django's own."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "management" / "commands"

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
    "mail": "how the mailboxes are, and whether one works",
    "check-sender": "do receivers believe mail from a domain?",
    "doctor": "is this installation healthy?",
}

SERVING = ("serve", "web")
# Needs neither settings nor a database, and leaves no data folder behind: it answers where nothing has been set up.
WITHOUT_DJANGO = {"plan": "ringback.management.planning"}

DJANGO_SWITCHES = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def main(argv: list[str] | None = None) -> int:
    try:
        code = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output (`| head`) has seen enough; Python would complain once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def run(arguments: list[str]) -> int:
    name = arguments[0] if arguments else "--help"
    if name in ("-h", "--help", "help"):
        print(overview())
        return 0
    if name in ("-V", "--version", "version"):
        from ringback import __version__

        print(f"ringback {__version__}")
        return 0
    if name in WITHOUT_DJANGO:
        return int(importlib.import_module(WITHOUT_DJANGO[name]).main(arguments[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ringback.config.settings")
    if name == "manage":
        return run_django(arguments[1:])
    if name not in available():
        print(f"ringback: there is no command “{name}”.\n\n{overview()}", file=sys.stderr)
        return 2
    return run_ours(name, arguments[1:])


def overview() -> str:
    known = available()
    width = max(map(len, known), default=0) + 2
    lines = [f"  {name:<{width}}{COMMANDS[name]}" for name in known]
    return "\n".join(
        ["Usage: ringback COMMAND [options]      (ringback COMMAND --help tells more)", "", *lines, "",
         f"  {'manage':<{width}}Django's own commands (migrate, shell, …)"]
    )  # fmt: skip


def available() -> list[str]:
    return [name for name in COMMANDS if module_of(name)]


def module_of(command: str) -> str | None:
    """The module that holds a command. `import` and `wrap-up` cannot be written after Python's own `import`."""
    named = command.replace("-", "_")
    return next((each for each in (named, f"{named}_", f"{named}_file") if (FOLDER / f"{each}.py").is_file()), None)


def run_ours(command: str, arguments: list[str]) -> int:
    """Run one of our commands; what goes wrong is told in a sentence, not in a stack trace."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import DatabaseError

    try:
        django.setup()
        perform(command, arguments)
    except ImproperlyConfigured as trouble:
        return tell(f"ringback: {trouble}", 2)
    except CommandError as trouble:
        return tell(f"ringback {command}: {trouble}", trouble.returncode)
    except DatabaseError as trouble:
        if os.environ.get("RINGBACK_DEBUG") == "1":
            raise
        return tell(f"ringback {command}: {database_trouble(str(trouble))}", 1)
    except KeyboardInterrupt:
        return tell("", 130)
    return 0


def database_trouble(said: str) -> str:
    """One line for a person; both databases have their own words for a table that is not there yet."""
    if "no such table" in said or "does not exist" in said:
        return "the database is not prepared yet: start “ringback serve --migrate” once"
    return f"the database refused ({' '.join(said.split())}); “ringback doctor” says what is wrong"


def perform(command: str, arguments: list[str]) -> None:
    from django.core.management import load_command_class
    from django.db import connections

    loaded: Any = load_command_class("ringback", str(module_of(command)))
    # Django's switches for developers would bury the command's own in its --help; `ringback manage` still has them.
    loaded.suppressed_base_arguments = DJANGO_SWITCHES
    loaded._called_from_command_line = True
    options = vars(loaded.create_parser("ringback", command).parse_args(arguments))
    # Checking every page's address takes longer than most commands do; the server's start is the place for it.
    options["skip_checks"] = command not in SERVING
    try:
        loaded.execute(*options.pop("args", ()), **options)
    finally:
        connections.close_all()


def tell(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def run_django(arguments: list[str]) -> int:
    from django.core.management import ManagementUtility

    utility = ManagementUtility(["ringback manage", *(arguments or ["help"])])
    utility.prog_name = "ringback manage"
    utility.execute()
    return 0
