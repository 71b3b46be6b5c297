"""A cadence's plain mapping written as TOML, so that it can be edited as the text it came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

FIELDS = ("name", "rule", "title", "source", "start", "temperature", "urgent", "description")
STEP_FIELDS = ("id", "channel", "wait", "repeat", "purpose", "title", "why", "subject", "say", "voicemail")


def as_toml(document: Mapping[str, Any]) -> str:
    """Reads back as the same mapping; long texts stand on lines of their own."""
    parts = [_table(document, FIELDS)]
    for step in document.get("steps", ()):
        parts.append("[[steps]]\n" + _table(step, STEP_FIELDS))
    if end := document.get("end"):
        parts.append("[end]\n" + _table(end, ("kind", "to", "why")))
    return "\n".join(parts)


def _table(table: Mapping[str, Any], order: tuple[str, ...]) -> str:
    plain = [name for name in table if not isinstance(table[name], (list, dict))]
    known = [name for name in order if name in plain]
    rest = [name for name in plain if name not in order]
    return "".join(f"{name} = {_value(table[name])}\n" for name in [*known, *rest])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if "\n" in text:
        escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
        return f'"""\n{escaped}"""' if not escaped.endswith('"') else f'"""\n{escaped[:-1]}\\""""'
    # A JSON string is a TOML basic string as long as nothing outside ASCII is written as a pair of surrogates.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
