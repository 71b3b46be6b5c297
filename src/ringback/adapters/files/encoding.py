"""Which encoding a text file is in: byte order marks, UTF-8 strictly, then a choice among old encodings by content.

Nothing is ever decoded with replacement characters. A file that is UTF-8 except for some lines is read line by line,
and each such line is named.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ringback.adapters.files.failure import UnreadableFile
from ringback.adapters.files.legacy_encoding import choose_legacy

_BLOCK = 1 << 20
_SAMPLE_LINES = 4_000
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_STRAY = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is a codec. With `mixed`, lines that are not UTF-8 are read by that second codec and named."""

    name: str
    mixed: str = ""

    @property
    def errors(self) -> str:
        """The error handler to open the file with: strays of a mixed file are kept apart until they are read."""
        return "surrogateescape" if self.mixed else "strict"


@dataclass(slots=True)
class _Scan:
    """How many lines beyond ASCII are proper UTF-8 and how many are not, with a sample of the latter."""

    sample: list[bytes]
    broken_lines: int = 0
    proper_lines: int = 0


def detect(binary: BinaryIO) -> Encoding:
    """The encoding of a text file (reads it once, in bounded memory; leaves it at its beginning)."""
    binary.seek(0)
    head = binary.read(4096)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "") or _unmarked_wide(head)
    if marked and marked != "utf-8-sig":
        verify(binary, marked)
        return Encoding(marked)
    if _is(binary, "utf-8"):
        return Encoding("utf-8-sig" if marked else _seven_bit(binary, head))
    scan = _scan(binary)
    legacy = choose_legacy(b"".join(scan.sample))
    if marked or scan.proper_lines > scan.broken_lines:
        return Encoding("utf-8-sig" if marked else "utf-8", mixed=legacy)
    return Encoding(_first_that_fits(binary, legacy))


def verify(binary: BinaryIO, encoding: str) -> None:
    """Raise UnreadableFile naming the line if the file is not entirely in `encoding`."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise UnreadableFile("unknown_encoding", f"There is no encoding called “{encoding}”.") from error
    line = 1
    for block in _blocks(binary):
        try:
            line += decoder.decode(block).count("\n")
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start])
            raise _undecodable(encoding, line + before.count(b"\n")) from error
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _undecodable(encoding, line) from error


def reread_strays(lines: Iterable[str], encoding: Encoding, note: Callable[[int], None]) -> Iterator[str]:
    """Lines of a mixed file with the strays read in the second encoding; `note(line)` hears of each."""
    for number, line in enumerate(lines, 1):
        if line.isascii() or not _STRAY.search(line):
            yield line
            continue
        note(number)
        yield _decode_stray(line.encode("utf-8", "surrogateescape"), encoding.mixed)


def _decode_stray(line: bytes, legacy: str) -> str:
    try:
        return line.decode(legacy)
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _is(binary: BinaryIO, encoding: str) -> bool:
    try:
        verify(binary, encoding)
    except UnreadableFile:
        return False
    return True


def _scan(binary: BinaryIO) -> _Scan:
    scan = _Scan(sample=[])
    for block in _blocks(binary):
        if not block.isascii():
            for line in block.splitlines(keepends=True):
                _scan_line(line, scan)
    return scan


def _scan_line(line: bytes, scan: _Scan) -> None:
    if line.isascii():
        return
    try:
        line.decode("utf-8")
        scan.proper_lines += 1
    except UnicodeDecodeError:
        scan.broken_lines += 1
        if len(scan.sample) < _SAMPLE_LINES:
            scan.sample.append(line[:4096])


def _blocks(binary: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning in blocks that end at a line's end where there is one; then back to the start."""
    binary.seek(0)
    while block := binary.read(_BLOCK):
        yield block + binary.readline(_BLOCK)
    binary.seek(0)


def _seven_bit(binary: BinaryIO, head: bytes) -> str:
    """Japanese mail programs write seven-bit files that switch alphabets by escape sequences."""
    if head.isascii() and (b"\x1b$B" in head or b"\x1b$@" in head) and _is(binary, "iso2022_jp"):
        return "iso2022_jp"
    return "utf-8"


def _unmarked_wide(head: bytes) -> str:
    """UTF-16 or UTF-32 without its mark shows as NULs in a steady rhythm."""
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return ""
    shares = [head[offset::4].count(0) * 4 / len(head) for offset in range(4)]
    if shares[1] > 0.7 and shares[2] > 0.7 and shares[3] > 0.7:
        return "utf-32-le"
    if shares[0] > 0.7 and shares[1] > 0.7 and shares[2] > 0.7:
        return "utf-32-be"
    if shares[1] > 0.7 and shares[3] > 0.7:
        return "utf-16-le"
    return "utf-16-be" if shares[0] > 0.7 and shares[2] > 0.7 else ""


def _first_that_fits(binary: BinaryIO, legacy: str) -> str:
    for name in dict.fromkeys((legacy, "cp1252", "cp1251", "cp1250")):
        try:
            verify(binary, name)
        except UnreadableFile as error:
            first = error
        else:
            return name
    raise UnreadableFile(
        "mixed_encodings",
        f"Line {first.line} cannot be read: its characters fit none of the encodings this file seems to be in. "
        "Save the file as UTF-8, or choose the encoding yourself.",
        line=first.line,
    )


def _undecodable(encoding: str, line: int) -> UnreadableFile:
    return UnreadableFile(
        "undecodable",
        f"Line {line} cannot be read as {encoding}. Choose another encoding, or save the file as UTF-8.",
        line=line,
    )
