"""HTML of a mail: made harmless for showing, and read as text with its quotes marked.

Nothing in it is ever fetched: no picture, style, frame or font survives, and a link waits until a person presses it.
"""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

LONGEST = 400_000
LONGEST_SHOWN = 200_000
DEEPEST = 250  # putting in order what nobody closes costs the depth for every tag

_SHOWN_TAGS = {
    "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "center", "code", "dd", "del", "div", "dl", "dt", "em",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_GONE_WITH_CONTENT = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKS = {"class", "id", "data-smartmail", "data-signatureblock"}

_BREAKS = {"div", "tr", "li", "dt", "dd", "center", "caption"}
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "pre"}
_QUOTES = re.compile(r"yahoo_quoted|protonmail_quote|gmail_quote_container\b.*blockquote|moz-email-headers-table")
_SIGNATURES = re.compile(
    r"gmail_signature|moz-signature|^signature$|x_signature|protonmail_signature_block|ms-outlook-mobile-signature",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_VOID = frozenset(
    # and those that the next of their kind closes
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "wbr",
        "param",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dd",
        "dt",
        "option",
    ]
)
_SPACES = re.compile(r"[ \t\n\r\f\xa0\u200b\u200c\u200d]+")


def harmless(html: str) -> str:
    """Only what arranges words; links keep their address, open apart, and tell nobody where they were pressed."""
    if _too_deep(html[:LONGEST]):
        return f"<pre>{escape(_without_tags(html))}</pre>"
    shown = _cleaned(html[:LONGEST])
    return shown if len(shown) <= LONGEST_SHOWN else _cleaned(shown[:LONGEST_SHOWN])


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=_SHOWN_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes={"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _too_deep(html: str) -> bool:
    depth = 0
    for closing, name in _TAG.findall(html):
        depth += 0 if name.lower() in _VOID else -1 if closing else 1
        if depth > DEEPEST:
            return True
        depth = max(depth, 0)
    return False


def _without_tags(html: str) -> str:
    """The words alone, of HTML that is no document."""
    return unescape(_ANY_TAG.sub(" ", html[:LONGEST])).replace("<", "‹").strip()


def as_text(html: str) -> str:
    """Its words; what it quotes is marked with “> ”, a drawn line is a line, a marked signature begins with “-- ”."""
    if _too_deep(html[:LONGEST]):
        return _without_tags(html)
    known = nh3.clean(
        html[:LONGEST],
        tags=_SHOWN_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes=dict.fromkeys(_SHOWN_TAGS, _MARKS),
        generic_attribute_prefixes=set(),
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    reader = _Reader()
    reader.feed(known)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    """Reads HTML that nh3 has put in order: every tag is closed in its place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._depth = 0
        self._stack: list[tuple[str, bool]] = []

    @property
    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = " ".join(value for _, value in attrs if value)
        if tag == "br":
            self._end_line(even_empty=True)
            return
        if tag == "hr":
            self._apart()
            self._lines.append(self._marked("_" * 32))
            return
        if tag in _BREAKS or tag in _PARAGRAPHS or tag == "blockquote":
            self._end_line()
        if tag in _PARAGRAPHS:
            self._apart()
        if tag == "li":
            self._line = "- "
        quoted = tag == "blockquote" or bool(_QUOTES.search(marks))
        if _SIGNATURES.search(marks) and tag in ("div", "span", "p", "table", "pre"):
            self._end_line()
            self._lines.append(self._marked("-- "))
        self._depth += quoted
        self._stack.append((tag, quoted))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("br", "hr"):
            return
        if tag in _BREAKS or tag in _PARAGRAPHS or tag == "blockquote":
            self._end_line()
        elif tag in ("td", "th"):
            self._line += " "
        while self._stack:
            opened, quoted = self._stack.pop()
            self._depth -= quoted
            if opened == tag:
                break
        if tag in _PARAGRAPHS:
            self._apart()

    def handle_data(self, data: str) -> None:
        if any(tag == "pre" for tag, _ in self._stack[-3:]):
            first, *rest = data.split("\n")
            self._line += first
            for line in rest:
                self._end_line(even_empty=True)
                self._line = line
            return
        words = _SPACES.sub(" ", data)
        self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words

    def _end_line(self, *, even_empty: bool = False) -> None:
        if self._line.strip() or even_empty:
            self._lines.append(self._marked(self._line.rstrip()))
        self._line = ""

    def _apart(self) -> None:
        """An empty line between paragraphs, never two."""
        self._end_line()
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._marked(""))

    def _marked(self, line: str) -> str:
        return f"{'> ' * min(self._depth, 8)}{line}" if self._depth > 0 else line
