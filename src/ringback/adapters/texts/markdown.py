"""Markdown to HTML with inline styles, and to plain text: both out of the same reading, so that they say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_AT_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
# The empty line that ends a quotation belongs to what follows.
_AFTER_QUOTE = re.compile(r"^(?:> ?)+\n(?!>)", re.MULTILINE)
_ADDRESSES = ("http://", "https://", "mailto:", "tel:")

_STYLES = {
    "p": "margin:0 0 1em",
    "ul": "margin:0 0 1em;padding-left:1.4em",
    "ol": "margin:0 0 1em;padding-left:1.4em",
    "li": "margin:0 0 .3em",
    "a": "color:#1d4ed8",
    "blockquote": "margin:0 0 1em;padding-left:.9em;border-left:3px solid #d4d4d8",
    "hr": "border:0;border-top:1px solid #d4d4d8;margin:1em 0",
}

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])
_markdown.validateLink = lambda url: url.strip().lower().startswith(_ADDRESSES)  # type: ignore[method-assign]


def literal(value: str) -> str:
    """The value so that Markdown shows it as it is: somebody's name makes no link, no list and no heading."""
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", value)
    return _AT_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escaped)


def to_html(markdown: str, *, styled: bool = True) -> str:
    """`styled` for mail programs, which know no style sheets; our own pages allow no inline styles."""
    tokens = _markdown.parse(markdown)
    for token in _all(tokens):
        if styled and token.tag in _STYLES and token.nesting >= 0:
            token.attrSet("style", _STYLES[token.tag])
    return str(_markdown.renderer.render(tokens, _markdown.options, {})).strip()


def to_plain(markdown: str) -> str:
    """Without marks: lists keep dashes and numbers, a link shows its address behind its words."""
    text = "\n".join(_lines(_markdown.parse(markdown)))
    return _AFTER_QUOTE.sub("\n", f"{text}\n").strip()


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    """Blocks with an empty line between them, except between the items of a list."""
    margins: list[str] = []
    numbers: list[int | None] = []
    mark = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
            if not numbers:
                yield ""
        elif token.type == "list_item_open":
            mark = _mark(numbers)
            margins.append(" " * len(mark))
        elif token.type == "blockquote_open":
            margins.append("> ")
        elif token.type in ("list_item_close", "blockquote_close"):
            margins.pop()
        else:
            yield from _block(token, margins, mark, in_list=bool(numbers))
            mark = "" if token.type == "inline" else mark


def _mark(numbers: list[int | None]) -> str:
    number = numbers[-1]
    if number is None:
        return "- "
    numbers[-1] = number + 1
    return f"{number}. "


def _block(token: Token, margins: list[str], mark: str, *, in_list: bool) -> Iterator[str]:
    if token.type not in ("inline", "hr", "fence", "code_block"):
        return
    text = "--" if token.type == "hr" else _inline(token.children) if token.children else token.content
    margin = "".join(margins)
    first = "".join(margins[:-1]) + mark if mark else margin
    for number, line in enumerate(text.rstrip("\n").split("\n")):
        yield f"{margin if number else first}{line}".rstrip()
    if not in_list:
        yield margin.rstrip()


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "link_open":
            links.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = links.pop()
            shown = address.removeprefix("mailto:").removeprefix("tel:")
            if "".join(parts[start:]).strip() not in (address, shown):
                parts.append(f" ({shown})" if len(shown) < 60 else f":\n{shown}\n")
        else:
            parts.append(token.content)
    return re.sub(r" *\n *", "\n", "".join(parts)).strip()
