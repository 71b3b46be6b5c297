"""Headers written by ourselves.

The standard library's folding breaks what mail programs need whole: it cuts long Message-IDs and links into encoded
words, and before Python 3.12.8 it lost the quotes around a comma in a folded name.
"""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address, HeaderRegistry
from email.policy import EmailPolicy
from functools import cache, lru_cache
from typing import Any

_LINE = 76
_LONGEST_QUOTED = 200
_ADDRESSES = {"from", "to", "reply-to"}
_TEXTS = {"subject"}
_REPEATED = {"content-type"}
_WHOLE = {
    *("message-id", "in-reply-to", "references", "list-unsubscribe", "list-unsubscribe-post"),
    *("mime-version", "content-transfer-encoding"),
}
_PLAIN_WORDS = re.compile(r"[\x21-\x7e]{1,70}(?: [\x21-\x7e]{1,70})*")


class _Kinds(HeaderRegistry):
    """One class for each kind of header; the standard library makes one for each header of each mail."""

    @cache  # noqa: B019  there is one of these, for ever
    def __getitem__(self, name: str) -> type:
        return super().__getitem__(name)


_KINDS = _Kinds()


class WrittenHeaders(EmailPolicy):
    """As `email.policy.SMTP`, but folds the headers that matter for names, threads and links as they must be.

    What needs no parsing to be written is not parsed, and what every mail says of its parts is parsed once.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"header_factory": _KINDS, **settings})

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        kind = name.lower()
        if kind in _REPEATED and value.__class__ is str:
            return _of_a_part(name, value)
        if kind not in _TEXTS | _WHOLE:
            return super().header_store_parse(name, value)
        if len(value.splitlines()) > 1:
            raise ValueError("a header is one line")
        return name, value

    def fold(self, name: str, value: Any) -> str:
        written = _written(name, value)
        return super().fold(name, value) if written is None else f"{name}: {written}\r\n"

    def fold_binary(self, name: str, value: Any) -> bytes:
        written = _written(name, value)
        return super().fold_binary(name, value) if written is None else f"{name}: {written}\r\n".encode()


@lru_cache(maxsize=200)
def _of_a_part(name: str, value: str) -> tuple[str, Any]:
    return EmailPolicy(header_factory=_KINDS).header_store_parse(name, value)


def _written(name: str, value: Any) -> str | None:
    """The header's value with its folds; None where the standard library does well."""
    kind = name.lower()
    if kind in _ADDRESSES:
        return ",\r\n ".join(_mailbox(address, name) for address in value.addresses)
    if kind in _TEXTS:
        return _text(str(value), name)
    return "\r\n ".join(str(value).split()) if kind in _WHOLE else None


def _mailbox(address: Address, header: str) -> str:
    if not address.display_name:
        return address.addr_spec
    return f"{_phrase(address.display_name, header)}\r\n <{address.addr_spec}>"


def _phrase(name: str, header: str) -> str:
    if not _is_plain(name) or len(name) > _LONGEST_QUOTED:
        return _encoded(name, header)
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


def _text(text: str, header: str) -> str:
    return _folded(text, header) if _is_plain(text) and _PLAIN_WORDS.fullmatch(text) else _encoded(text, header)


def _is_plain(text: str) -> bool:
    """Printable ASCII that nobody could take for an encoded word."""
    return text.isascii() and text.isprintable() and "=?" not in text


def _encoded(text: str, header: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=header).encode(linesep="\r\n")


def _folded(text: str, header: str) -> str:
    lines, room = [""], _LINE - len(header) - 2
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= room:
            lines.append("")
            room = _LINE
        lines[-1] += f" {word}" if lines[-1] else word
    return "\r\n ".join(lines)
