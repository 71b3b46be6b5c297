"""YAML as people write it, read into plain mappings: bounded in size and depth, without aliases, tags or dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

LARGEST, DEEPEST = 400_000, 12
WIDTH = 110
# From here on a text stands on lines of its own.
LONG_TEXT = 70


class NotYaml(ValueError):
    """The text is no YAML that is accepted here; the message says what and, where known, at which line."""


# libyaml reads the built-in maps in a tenth of the time; not every platform's wheel has it.
_Reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Reader):  # type: ignore[misc]
    """Plain values only: a key given twice loses what stood first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise NotYaml(f"line {key.start_mark.line + 1}: “{key.value}” is given twice")
            seen.add(str(key.value))
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":merge", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# As in YAML 1.2: whoever writes `label: Yes` means the word.
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"), list("tTfF")
)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ">" if len(value) > LONG_TEXT else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def read_yaml(text: str) -> Any:
    """What the text holds, as plain mappings, lists and scalars; NotYaml if it is none, or not within bounds."""
    if len(text) > LARGEST:
        raise NotYaml(f"it is {len(text):,} characters long; at most {LARGEST:,} are read")
    try:
        _check_bounds(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, bounded
    except NotYaml:
        raise
    except yaml.MarkedYAMLError as error:
        raise NotYaml(_in_words(text, error)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(f"this is not YAML: {error}") from error
    except (ValueError, ArithmeticError, LookupError, TypeError) as error:
        raise NotYaml(f"this is not YAML: {error}") from error


def _in_words(text: str, error: yaml.MarkedYAMLError) -> str:
    """The reader written in Python says more exactly what it found."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as plain:
        error = plain
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, RecursionError):
        pass  # what was found first is said
    where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
    return f"{where}{error.problem or 'this is not YAML'}"


def _check_bounds(text: str) -> None:
    """Before anything is made of it: an alias may make a small file enormous, and depth ends the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise NotYaml(f"{_where(event)}aliases (*name) are not accepted")
        if getattr(event, "tag", None) is not None:
            raise NotYaml(f"{_where(event)}tags (!name) are not accepted")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth >= DEEPEST:
            raise NotYaml(f"it is nested more than {DEEPEST} levels deep")


def _where(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}: " if event.start_mark else ""


def write_yaml(document: Mapping[str, Any]) -> str:
    """The mapping as YAML that reads back as the same; long texts on lines of their own."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
