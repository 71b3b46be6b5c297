"""What a file is, judged by its content alone; the name only helps to word the refusal."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from typing import BinaryIO

from ringback.adapters.files.failure import UnreadableFile


class Kind(StrEnum):
    """The forms of list that can be read."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    VCARD = "vcard"
    JCARD = "jcard"


HEAD_BYTES = 65_536
UNPACKED_LIMIT = 4 * 1024**3
RATIO_LIMIT = 300
RATIO_FREE_BYTES = 64 * 1024**2
SHARED_TEXT_LIMIT = 400 * 1024**2

_FOREIGN = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "a sound, a video or a picture"),
    (b"ID3", "a sound"),
    (b"{\\rtf", "a text document (RTF)"),
)
_MARKUP = re.compile(rb"<(!doctype|html|head|body|table|\?xml|meta)", re.I)
_CARD = re.compile(r"BEGIN\s*:\s*VCARD", re.I)
_JCARD = re.compile(r'\[\s*(\[\s*)?"vcard"', re.I)
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 26, 27, 30, 31}
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def recognise(binary: BinaryIO) -> Kind | None:
    """XLSX, or None for text that has to be decoded before more can be said; raises UnreadableFile for the rest.

    Leaves the file at its beginning.
    """
    binary.seek(0)
    head = binary.read(HEAD_BYTES)
    binary.seek(0)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty", "This file is empty: there is nothing in it to import.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(binary)
    _refuse_foreign(head)
    return None


def recognise_text(head: str) -> Kind:
    """Which list the decoded beginning of a file is; delimiters are somebody else's question."""
    start = head.lstrip("\ufeff \t\r\n")
    if _CARD.match(start):
        return Kind.VCARD
    if _JCARD.match(start):
        return Kind.JCARD
    if re.match(r'\{\s*"|\[\s*[\[{]', start):
        raise UnreadableFile("json", "This is a JSON file, not a list in rows. Export it as CSV or XLSX and try again.")
    return Kind.CSV


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(
            "legacy_excel",
            "This is an old Excel file (.xls) or a workbook with a password. "
            "Open it in your spreadsheet program, save it as .xlsx or CSV without a password, and import that.",
        )
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableFile("not_a_list", f"This is {what}, not a list of people, whatever its name says.")
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]):
        raise UnreadableFile(
            "markup",
            "This is a web page or an XML file. Some programs call such files .xls: "
            "open it in your spreadsheet program and save it as .xlsx or CSV.",
        )
    if _looks_binary(head):
        raise UnreadableFile("binary", "This file holds no readable text, so no list can be read from it.")


def _looks_binary(head: bytes) -> bool:
    """More than one byte in twenty is a control character, and it is not UTF-16 or UTF-32 (whose NULs are regular)."""
    if head.startswith(_TEXT_MARKS) or head[:4] == b"\x00\x00\xfe\xff":
        return False
    if head.count(0) > len(head) // 5 and _nul_rhythm(head):
        return False
    return sum(head.count(code) for code in _CONTROL) * 20 > len(head)


def _nul_rhythm(head: bytes) -> bool:
    shares = [head[offset::4].count(0) * 4 / len(head) for offset in range(4)]
    return max(shares) > 0.7 and min(shares) < 0.2


def _workbook(binary: BinaryIO) -> Kind:
    try:
        with zipfile.ZipFile(binary) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(
            "damaged", "This looks like a workbook, but it is damaged or cut short. Save it again and retry."
        ) from error
    finally:
        binary.seek(0)
    names = {member.filename for member in members}
    _refuse_other_archives(names)
    _refuse_bombs(members)
    return Kind.XLSX


def _refuse_other_archives(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise UnreadableFile("xlsb", "This is a binary workbook (.xlsb). Save it as .xlsx or CSV and import that.")
    if "content.xml" in names:
        raise UnreadableFile("ods", "This is an OpenDocument file. Save it as .xlsx or CSV and import that.")
    if any(name.startswith("word/") for name in names):
        raise UnreadableFile("docx", "This is a Word document, not a list. Copy its table to a spreadsheet first.")
    raise UnreadableFile("zip", "This is a ZIP archive. Unpack it and import the list that is inside.")


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    shared = sum(member.file_size for member in members if member.filename.endswith("sharedStrings.xml"))
    bloated = unpacked > RATIO_FREE_BYTES and unpacked / packed > RATIO_LIMIT
    if unpacked > UNPACKED_LIMIT or bloated or shared > SHARED_TEXT_LIMIT:
        raise UnreadableFile(
            "too_large",
            "This workbook unpacks to far more than a list of people would. "
            "If it really is one, save the sheet as CSV and import that.",
        )
