"""Rows of an XLSX workbook as text: dates as ISO, numbers without exponent, formulas as the value last shown."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from ringback.adapters.files.failure import UnreadableFile

_EMPTY_ROWS_IN_A_ROW = 20_000


class Workbook:
    """One open workbook and the sheet to read. Formulas and macros never run, links are never followed."""

    def __init__(self, binary: BinaryIO, sheet: str | None) -> None:
        import openpyxl  # a third of what a judging process has to load, and most lists are none

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._book = openpyxl.load_workbook(binary, read_only=True, data_only=True, keep_links=False)
        except _DAMAGES as error:
            raise _damaged() from error
        self.sheets: tuple[str, ...] = tuple(sheet.title for sheet in self._book.worksheets)
        self.sheet = self._choose(sheet)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row number as the spreadsheet shows it, cells) of every row that is not blank."""
        blank = 0
        try:
            for number, cells in enumerate(self._raw(self.sheet), 1):
                texts = [_text(value) for value in cells]
                while texts and not texts[-1]:
                    texts.pop()
                if texts:
                    blank = 0
                    yield number, texts
                elif (blank := blank + 1) > _EMPTY_ROWS_IN_A_ROW:
                    return
        except _DAMAGES as error:
            raise _damaged() from error

    def row_count(self) -> int:
        """How many rows the sheet says it has; 0 if it does not say."""
        return int(self._book[self.sheet].max_row or 0)

    def close(self) -> None:
        self._book.close()

    def _choose(self, wanted: str | None) -> str:
        if wanted is not None:
            if wanted not in self.sheets:
                raise UnreadableFile("no_such_sheet", f"This workbook has no sheet called “{wanted}”.")
            return wanted
        for name in map(str, self.sheets):
            self.sheet = name
            if next(self.rows(), None) is not None:
                return name
        raise UnreadableFile("empty", "Every sheet of this workbook is empty: there is nothing in it to import.")

    def _raw(self, name: str) -> Iterator[tuple[Any, ...]]:
        sheet = self._book[name]
        stated = sheet.max_row
        sheet.reset_dimensions()  # programs state them wrongly, which would hide rows
        rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
        yield from rows
        sheet._max_row = stated


_DAMAGES = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError, OSError, EOFError, AttributeError,
    RuntimeError,
)  # fmt: skip


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        "damaged", "This workbook is damaged and cannot be read. Open it, save it again as .xlsx, and retry."
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    """4.917012345670e11 is a telephone number, not a measurement."""
    if value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return format(Decimal(repr(value)), "f") if value == value and abs(value) < 1e300 else str(value)
