"""The built-in call maps and objection cards, as the plain mappings of their files."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from ringback.adapters.files.yaml_text import read_yaml

ENDING = ".yaml"


@cache
def map_documents() -> dict[str, dict[str, Any]]:
    """Every built-in call map, by language and file name such as “en/gatekeeper”, in order."""
    return {
        f"{folder.name}/{name}": document
        for folder in _entries("maps")
        for name, document in _documents(folder).items()
    }


@cache
def card_documents() -> dict[str, dict[str, Any]]:
    """The objection cards, by language."""
    return _documents(files("ringback.library").joinpath("objections"))


def _entries(folder: str) -> Iterator[Traversable]:
    return iter(sorted(files("ringback.library").joinpath(folder).iterdir(), key=lambda entry: entry.name))


def _documents(folder: Traversable) -> dict[str, dict[str, Any]]:
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        file.name.removesuffix(ENDING): read_yaml(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(ENDING)
    }
