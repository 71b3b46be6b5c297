"""A file that is not what its name says gets a clear message."""

from __future__ import annotations

import io
import zipfile

import pytest

from ringback.adapters.files import UnreadableFile


def archive(*names: str, content: bytes = b"x") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "not_a_list"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_list"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_a_list"),
        (b"\x1f\x8b\x08\x00", "not_a_list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "legacy_excel"),
        (b"<!DOCTYPE html><table><tr><td>Name</td></tr></table>", "markup"),
        (b'<?xml version="1.0"?><Workbook/>', "markup"),
        (b'{"people": []}', "json"),
        (b'[{"name": "Anna"}]', "json"),
        (bytes(range(256)) * 40, "binary"),
        (archive("readme.txt"), "zip"),
        (archive("content.xml", "mimetype"), "ods"),
        (archive("word/document.xml"), "docx"),
        (archive("xl/workbook.bin"), "xlsb"),
        (archive("xl/workbook.xml"), "damaged"),
        (archive("xl/workbook.xml")[:60], "damaged"),
        (archive("xl/workbook.xml", "xl/worksheets/sheet1.xml", content=b"\0" * 80_000_000), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_is_no_list_is_refused_by_its_content(opened, content, code):
    with pytest.raises(UnreadableFile) as refused:
        opened(content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_chosen_encoding_that_does_not_fit_names_the_line(opened):
    with pytest.raises(UnreadableFile) as refused:
        opened("Name\nAnna\nJürgen\n".encode("cp1252"), encoding="utf-8")
    assert (refused.value.code, refused.value.line) == ("undecodable", 3)


def test_unknown_encoding_is_refused(opened):
    with pytest.raises(UnreadableFile, match="klingon"):
        opened(b"Name\n", encoding="klingon")


@pytest.mark.parametrize(
    ("content", "codec"),
    [
        ("氏名,電話\n山田太郎,03-1234-5678\n".encode("iso2022_jp"), "iso2022_jp"),
        (b"Name,Phone\nA\x1b$Bnna\xc3\xa9,030\n", "utf-8"),
        (b"Name,Phone\nA\x1b$Bnna,030\n", "utf-8"),
        (b"Name,Phone\n\x81\x8d\x8f\x90,030\n\x9d\x81\x8d,031\n", ""),
    ],
)
def test_escapes_and_stray_bytes_are_read_or_refused_but_never_crash(opened, content, codec):
    found, line = codec_or_line(opened, content)
    assert line or found == codec or not codec


def codec_or_line(opened, content) -> tuple[str, int | None]:
    """What it was read as, or the line at which reading was refused."""
    try:
        return opened(content).encoding, None
    except UnreadableFile as refused:
        return "", refused.line


def test_workbook_with_broken_inside_is_refused(opened):
    whole = archive("xl/workbook.xml", "[Content_Types].xml", content=b"<a>" * 900)
    for at in range(60, len(whole) - 100, 7):
        with pytest.raises(UnreadableFile):
            opened(whole[:at] + b"\xff\x00\xff" + whole[at + 3 :])
