"""Bytes of a mail as text: the declared encoding if it is true, the likeliest one if it is not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ringback.adapters.files.legacy_encoding import choose_legacy

SAMPLE = 20_000
# Declared as if they were narrower than they are used: browsers and mail programs read them so too.
_WIDER = {
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "sjis": "cp932",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "iso-8859-8-i": "iso-8859-8", "iso-8859-11": "cp874",
    "tis-620": "cp874", "unicode-1-1-utf-7": "utf-7", "x-sjis": "cp932", "utf8": "utf-8", "cp-850": "cp850",
}  # fmt: skip
_NO_TEXT = frozenset(
    ["base64", "hex", "bz2", "zlib", "zip", "uu", "quopri", "rot13", "unicode_escape", "idna", "punycode"]
)
# NUL, other controls except tab and line feed, halves of surrogate pairs; none can be stored or means anything.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufeff]")


def decoded(data: bytes, declared: str = "") -> str:
    """The text of these bytes. Never U+FFFD unless it was written so: what fits nothing is read as Windows-1252."""
    for codec in _candidates(data, declared):
        try:
            return data.decode(codec)
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _candidates(data: bytes, declared: str) -> Iterator[str]:
    named = declared.strip(" \"'\t").lower()
    if not data.isascii() and named not in ("utf-7", "utf-16", "utf-32"):
        yield "utf-8"  # hardly any other text happens to be valid UTF-8, whatever it says it is
    if codec := _text_codec(_WIDER.get(named, named)):
        yield codec
    if data.isascii():
        yield "ascii"
    else:
        yield choose_legacy(data[:SAMPLE])
    yield "cp1252"


def _text_codec(name: str) -> str:
    """The name if it is one of a codec that makes text; not the ones that unpack or evaluate."""
    try:
        found = codecs.lookup(name).name if name and len(name) < 40 else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if found.split("_")[0] in _NO_TEXT or found in _NO_TEXT else found


def clean(text: str) -> str:
    """One kind of line end, and nothing that a database cannot hold or a screen cannot show."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, at_most: int) -> str:
    """On one line, without runs of spaces or marks that turn the direction of what follows; cut visibly."""
    line = " ".join(re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", clean(text)).split())
    return line if len(line) <= at_most else f"{line[: at_most - 1].rstrip()}…"
