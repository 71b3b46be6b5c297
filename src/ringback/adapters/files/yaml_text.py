"""YAML as people write it, read into plain mappings: bounded in size and depth, without aliases, tags or dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

LARGEST, DEEPEST = 400_000, 12
WIDTH = 110
# From here on a text stands on lines of its own.
LONG_TEXT = 70


class NotYaml(ValueError):
    """The text is no YAML that is accepted here; the message says what and, where known, at which line."""


class _Loader(yaml.SafeLoader):
    """Plain values only: an alias may make a small file enormous, and a key given twice loses what stood first."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise NotYaml(f"line {line}: aliases (*name) are not accepted")
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotYaml(f"it is nested more than {DEEPEST} levels deep")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise NotYaml(f"line {key.start_mark.line + 1}: “{key.value}” is given twice")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":merge"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


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
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, bounded
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise NotYaml(f"{where}{error.problem or 'this is not YAML'}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(f"this is not YAML: {error}") from error
    except ValueError as error:
        raise error if isinstance(error, NotYaml) else NotYaml(str(error)) from error


def write_yaml(document: Mapping[str, Any]) -> str:
    """The mapping as YAML that reads back as the same; long texts on lines of their own."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
