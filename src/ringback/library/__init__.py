"""The built-in cadences, call maps, scripts and texts: data files, our own words."""

import tomllib
from importlib.resources import files
from typing import Any


def cadence_documents() -> dict[str, dict[str, Any]]:
    """Every built-in cadence as the plain mapping that its file holds, by file name without ending, in order."""
    found = sorted(files(__name__).joinpath("cadences").iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".toml")
    }
