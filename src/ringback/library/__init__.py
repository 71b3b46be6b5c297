"""The built-in cadences, call maps, scripts and texts: data files, our own words."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple


class MailDocument(NamedTuple):
    """A built-in mail. `key` is a situation, or `cadence/step`; a cadence's English mails stand in its own file."""

    key: str
    language: str
    subject: str
    body: str


def cadence_documents() -> dict[str, dict[str, Any]]:
    """Every built-in cadence as the plain mapping that its file holds, by file name without ending, in order."""
    found = sorted(files(__name__).joinpath("cadences").iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".toml")
    }


def mail_documents() -> list[MailDocument]:
    """Every built-in mail, by language and key."""
    languages = [folder for folder in files(__name__).joinpath("mails").iterdir() if folder.is_dir()]
    found = [
        _mail(key, folder.name, file.read_text(encoding="utf-8"))
        for folder in languages
        for key, file in _mail_files(folder)
    ]
    return sorted(found, key=lambda each: (each.language, each.key))


def _mail_files(folder: Traversable, below: str = "") -> Iterator[tuple[str, Traversable]]:
    for file in folder.iterdir():
        if file.is_dir():
            yield from _mail_files(file, f"{below}{file.name}/")
        elif file.name.endswith(".md"):
            yield f"{below}{file.name.removesuffix('.md')}", file


def _mail(key: str, language: str, text: str) -> MailDocument:
    """The head between two lines of dashes gives the subject; what follows is the body."""
    _, head, body = text.split("---\n", 2)
    return MailDocument(key, language, head.removeprefix("subject:").strip(), body.strip())
