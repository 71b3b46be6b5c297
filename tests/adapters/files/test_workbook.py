"""XLSX: numbers stay numbers of telephones, formulas are values, dates are dates."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from ringback.adapters.files import Kind, UnreadableFile


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


HEADER: list[object] = ["Name", "Phone", "Since"]


def test_cells_become_text_as_people_read_them(opened):
    table = opened(
        workbook(("People", [HEADER, ["Anna", 491701234567.0, dt.datetime(2025, 3, 1)], ["Ben", 4.9e11, 1.5]]))
    )
    assert table.kind is Kind.XLSX
    assert list(table.rows()) == [(2, ["Anna", "491701234567", "2025-03-01"]), (3, ["Ben", "490000000000", "1.5"])]


def test_formula_is_never_evaluated(opened):
    assert list(opened(workbook(("A", [HEADER, ["Anna", "=1+1", "x"]]))).rows()) == [(2, ["Anna", "", "x"])]


def test_first_sheet_with_content_is_read_and_another_can_be_chosen(opened):
    book = workbook(("Empty", []), ("People", [HEADER, ["Anna"]]), ("Other", [HEADER, ["Ben"]]))
    assert opened(book).sheet == "People"
    assert opened(book).sheets == ("Empty", "People", "Other")
    assert [cells for _, cells in opened(book, sheet="Other").rows()] == [["Ben"]]
    with pytest.raises(UnreadableFile, match="Nowhere"):
        opened(book, sheet="Nowhere")


def test_preamble_and_blank_rows(opened):
    table = opened(workbook(("A", [["Export of 1 March"], [], HEADER, ["Anna", "+4930123456"], [], ["Ben", "1"]])))
    assert table.header == ("Name", "Phone", "Since")
    assert [line for line, _ in table.rows()] == [4, 6]
    assert table.preamble == ("Export of 1 March",)


def test_empty_workbook_is_refused(opened):
    with pytest.raises(UnreadableFile) as refused:
        opened(workbook(("A", []), ("B", [])))
    assert refused.value.code == "empty"
