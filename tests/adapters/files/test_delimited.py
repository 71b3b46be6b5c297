"""Delimited lists as programs and people really write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ringback.adapters.files import Options, open_table
from ringback.domain.columns import count_known

HEADER = ["Name", "Phone", "Notes"]
ROWS = [["Anna Berg", "+49 30 1234567", "calls, often"], ["José Núñez", "0171/1234567", "two\nlines"]]


def written(delimiter: str, end: str = "\n") -> str:
    lines = [HEADER, *ROWS]
    return end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + end


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\x1f", "^"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found(opened, delimiter, end):
    table = opened(written(delimiter, end))
    assert list(table.header) == HEADER
    assert [cells for _, cells in table.rows()] == ROWS
    assert table.delimiter == delimiter


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_encoding_is_found(opened, codec):
    table = opened(written(";").encode(codec))
    assert [cells for _, cells in table.rows()] == ROWS


@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("cp1250", ["Łukasz Żółć", "Paweł Wiśniewski", "Małgorzata Dąbrowska"]),
        ("cp1251", ["Иван Петров", "Ольга Сидорова", "Пётр Щукин"]),
        ("cp932", ["山田太郎 東京", "鈴木一郎 大阪", "佐藤花子 名古屋"]),
        ("gb18030", ["张伟 北京市朝阳区", "王芳 上海市浦东新区", "李娜 广州市天河区"]),
        ("cp850", ["Jürgen Müller", "Käthe Groß", "Sören Böhm"]),
        ("cp1254", ["Ayşe Yılmaz", "Çağrı Güneş", "İbrahim Öztürk"]),
    ],
)
def test_old_encodings_are_told_apart_by_their_letters(opened, codec, names):
    text = "Name;Phone\r\n" + "".join(f"{name};+49 30 12345{at}\r\n" for at, name in enumerate(names * 5))
    assert [cells[0] for _, cells in opened(text.encode(codec)).rows()] == names * 5


def test_single_umlaut_is_western(opened):
    assert opened("Name;Telefon\nMüller;030 1234567\n".encode("cp1252")).encoding == "cp1252"


def test_line_in_another_encoding_is_read_and_named(opened):
    lines = [f"Zoë {at},+4930123456{at}".encode() for at in range(5)]
    lines[2] = "Jürgen,+49301234562".encode("cp1252")
    table = opened(b"Name,Phone\n" + b"\n".join(lines))
    assert [cells[0] for _, cells in table.rows()] == ["Zoë 0", "Zoë 1", "Jürgen", "Zoë 3", "Zoë 4"]
    assert [note.line for note in table.take_notes()] == [4]


def test_preamble_before_the_header_is_kept_apart(opened):
    text = 'Notes:\n"When exporting, some, things"\n\nFirst Name,Last Name,Company\nAnna,Berg,Acme\n'
    table = opened(text)
    assert table.header == ("First Name", "Last Name", "Company")
    assert table.preamble == ("Notes:", "When exporting, some, things")
    assert list(table.rows()) == [(5, ["Anna", "Berg", "Acme"])]


def test_list_without_header_loses_no_row(opened):
    table = opened("Anna Berg;+49 30 1234567;anna@berg.example\nBen Cole;+49 30 7654321;ben@cole.example\n")
    assert not table.has_header
    assert table.header == ("Column 1", "Column 2", "Column 3")
    assert len(list(table.rows())) == 2


def test_announced_delimiter_is_obeyed(opened):
    table = opened("sep=|\nName|Phone\nA, B; C|+4930123456\n")
    assert (table.header, list(table.rows())) == (("Name", "Phone"), [(3, ["A, B; C", "+4930123456"])])


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Joe "The Man" Cole",030,x', ['Joe "The Man" Cole', "030", "x"]),
        ('"Joe" ,030,x', ["Joe", "030", "x"]),
        ('Joe,"030,x', ["Joe", '"030', "x"]),
        ('Joe 5" pipe,030,x', ['Joe 5" pipe', "030", "x"]),
    ],
)
def test_broken_quotes_cost_only_their_own_row(opened, line, cells):
    before, after = "Ann,1,y\n", "".join(f'"Row {at}",{at},z\n' for at in range(100))
    table = opened(f"Name,Phone,Notes\n{before}{line}\n{after}")
    rows = [row for _, row in table.rows()]
    assert (rows[1], len(rows), rows[-1]) == (cells, 102, ["Row 99", "99", "z"])


def test_line_numbers_survive_cells_with_line_ends(opened):
    table = opened('Name,Notes\nA,"1\n2\n3"\nB,x\n\nC,y\n')
    assert [line for line, _ in table.rows()] == [2, 5, 7]


def test_five_hundred_empty_columns(opened):
    text = "Name,Phone" + "," * 498 + "\nAnna,+4930123456" + "," * 498 + "\n"
    table = opened(text)
    assert table.header == ("Name", "Phone")
    assert next(table.rows())[1][:2] == ["Anna", "+4930123456"]


def test_note_of_two_megabytes_is_whole(opened):
    note = "x, y\n" * 400_000
    assert next(opened(f'Name,Notes\nAnna,"{note}"\n').rows())[1] == ["Anna", note]


def test_table_can_be_read_again(opened):
    table = opened(written(","))
    assert list(table.rows()) == list(table.rows())
    assert table.sample(1) == [ROWS[0]]


def test_real_samples_of_edge_cases(shared_data: Path):
    for path in sorted((shared_data / "csv" / "csv-spectrum" / "csvs").glob("*.csv")):
        if path.stem == "location_coordinates":  # its expected result holds another number than the file
            continue
        expected = json.loads((path.parent.parent / "json" / f"{path.stem}.json").read_text())
        table = open_table(path, count_known)
        assert [dict(zip(table.header, cells, strict=True)) for _, cells in table.rows()] == expected, path.stem


def test_real_parser_cases(shared_data: Path):
    for case in json.loads((shared_data / "csv" / "papaparse" / "core_parser_tests.json").read_text()):
        if case.get("config") or case["expected"].get("errors") or not case["input"].strip(",\n"):
            continue
        import io

        table = open_table(io.BytesIO(case["input"].encode()), count_known, options=Options(header=False))
        found = [cells for _, cells in table.rows()]
        assert found == [row for row in case["expected"]["data"] if any(row)], case["description"]


def test_real_exports_keep_every_row(shared_data: Path):
    counts = {"people/dataset1.csv": 1000, "crm/salesforce/samples/data/accountData.csv": 423}
    found = {name: sum(1 for _ in open_table(shared_data / name, count_known).rows()) for name in counts}
    assert found == counts
