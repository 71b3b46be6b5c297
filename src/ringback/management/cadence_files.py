"""Cadences out of files: the built-in ones by name or rule, any other by its path."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from ringback.domain.cadence import Cadence, CadenceError, CadenceProblem, EndKind, read_cadence
from ringback.domain.call_hours import NoWorkingMoment, WorkCalendar
from ringback.domain.chooser import GENERAL, MISSED_BRIEF, MISSED_PATIENT, WARM_FIRST_VOICEMAIL
from ringback.domain.rehearse import rehearse
from ringback.library import cadence_documents

LADDERS = {"C1": MISSED_PATIENT, "C2": MISSED_BRIEF, "C3": WARM_FIRST_VOICEMAIL, "C4": GENERAL}
LARGEST_FILE = 1_000_000
A_MONDAY = datetime(2026, 6, 1, 10, tzinfo=UTC)


class NoCadence(ValueError):
    """There is no such cadence, or the file holds none; the words say why and what was meant."""


def built_in() -> dict[str, Cadence]:
    return {name: read_cadence(document, file=f"{name}.toml") for name, document in cadence_documents().items()}


def cadence_named(wanted: str, library: dict[str, Cadence]) -> Cadence:
    """By rule id (C1 … C4), by name, or by the path of a TOML file."""
    name = LADDERS.get(wanted.upper(), wanted)
    if name in library:
        return library[name]
    if wanted.endswith(".toml") or "/" in wanted:
        cadence, problems = cadence_in(Path(wanted))
        if cadence is None:
            raise NoCadence("\n".join(map(str, problems)))
        return cadence
    close = get_close_matches(wanted.lower(), [*library, *LADDERS], n=1, cutoff=0.5)
    meant = f"Did you mean “{close[0]}”? " if close else ""
    known = ", ".join([*LADDERS, *sorted(library)])
    raise NoCadence(f"There is no cadence “{wanted}”. {meant}There are: {known}; or give the path of a .toml file.")


def cadence_in(path: Path) -> tuple[Cadence | None, tuple[CadenceProblem, ...]]:
    """The cadence a file describes, or all that is wrong with it, each with file, field and what was meant."""
    try:
        document = tomllib.loads(_text_of(path))
        return read_cadence(document, file=str(path)), ()
    except CadenceError as error:
        return None, error.problems
    except tomllib.TOMLDecodeError as error:
        return None, (CadenceProblem(str(path), "", f"is not TOML: {error}"),)
    except (OSError, ValueError) as error:
        return None, (CadenceProblem(str(path), "", _why_unreadable(error)),)


def problems_of(path: Path, known: set[str]) -> tuple[CadenceProblem, ...]:
    """Everything that would keep the file from being published; `known` are the names it may hand over to."""
    cadence, problems = cadence_in(path)
    if cadence is None:
        return problems
    if cadence.end.kind is EndKind.HAND_OVER and cadence.end.to not in {*known, cadence.name}:
        close = get_close_matches(cadence.end.to, sorted(known), n=1)
        meant = f" (did you mean “{close[0]}”?)" if close else f"; there are: {', '.join(sorted(known))}"
        return (CadenceProblem(str(path), "end.to", f"there is no cadence “{cadence.end.to}” to hand over to{meant}"),)
    return _impossible(cadence, path)


def _impossible(cadence: Cadence, path: Path) -> tuple[CadenceProblem, ...]:
    """A cadence is climbed once from each day of a week, in ordinary office hours: each step needs a moment."""
    for day in range(7):
        try:
            rehearse(cadence, start=A_MONDAY + timedelta(days=day), calendar=WorkCalendar(("UTC",)))
        except (NoWorkingMoment, OverflowError) as error:
            return (CadenceProblem(str(path), "steps", f"can never be carried out: {error}"),)
    return ()


def _text_of(path: Path) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError("is larger than a megabyte; a cadence has a few kilobytes")
    return path.read_text(encoding="utf-8-sig")


def _why_unreadable(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "is a folder, not a file"
    if isinstance(error, UnicodeDecodeError):
        return "is not text in UTF-8"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
