"""A body in Markdown becomes a mail: signature below it, and who sent it, as HTML and as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from ringback.adapters.texts.markdown import literal, to_html, to_plain

_PAGE = "font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#18181b"
_SMALL = "margin:2em 0 0;padding-top:1em;border-top:1px solid #e4e4e7;font-size:13px;line-height:1.45;color:#52525b"
_POSTSCRIPT = re.compile(r"\n\s*\n(?=P\. ?S\.)")


@dataclass(frozen=True, slots=True)
class MailFrame:
    """What stands around the words. `identity` names the firm and its postal address where law wants it.

    `unsubscribe` are the words and the address of the link, both empty on a personal agreement.
    """

    language: str = "en"
    signature: str = ""
    identity: str = ""
    unsubscribe: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Composed:
    """The two forms that are sent, and the HTML without styles for our own pages."""

    text: str
    html: str
    shown: str


def compose(markdown: str, frame: MailFrame) -> Composed:
    """The whole mail. A postscript stays behind the signature."""
    words, postscript = _parted(markdown)
    signature = "\n".join(literal(line.rstrip()) for line in frame.signature.strip().splitlines())
    body = "\n\n".join(part for part in (_joined(words, signature), postscript) if part)
    small, link = frame.identity.strip(), frame.unsubscribe
    html = _html(body, small, link, frame.language)
    return Composed(_plain(body, small, link), html, to_html(body, styled=False) + _below(small, link, style=""))


def _parted(markdown: str) -> tuple[str, str]:
    parts = _POSTSCRIPT.split(markdown.strip(), maxsplit=1)
    return parts[0].rstrip(), parts[1] if len(parts) > 1 else ""


def _joined(words: str, signature: str) -> str:
    """Straight below a last short line such as “Kind regards”, else with an empty line before it."""
    if not signature:
        return words
    last = words.rsplit("\n", 1)[-1]
    greeting = 0 < len(last) <= 40 and not last.rstrip().endswith((".", "!", "?", ":", "]"))
    return f"{words}\n{signature}" if greeting else f"{words}\n\n{signature}"


def _plain(body: str, small: str, link: tuple[str, str]) -> str:
    below = "\n".join(part for part in (small, f"{link[0]}: {link[1]}" if link[1] else "") if part)
    return to_plain(body) + (f"\n\n--\n{below}" if below else "") + "\n"


def _html(body: str, small: str, link: tuple[str, str], language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>\n'
        f'<body style="margin:0;padding:16px;{_PAGE}">\n<div style="max-width:38em">\n{to_html(body)}\n'
        f"{_below(small, link, style=_SMALL)}</div>\n</body>\n</html>\n"
    )


def _below(small: str, link: tuple[str, str], *, style: str) -> str:
    lines = [escape(small).replace("\n", "<br>")] if small else []
    if link[1]:
        lines.append(f'<a href="{escape(link[1])}">{escape(link[0])}</a>')
    if not lines:
        return ""
    return (
        f'<p style="{style}">{"<br>".join(lines)}</p>' if style else f'<p class="letter-foot">{"<br>".join(lines)}</p>'
    )
