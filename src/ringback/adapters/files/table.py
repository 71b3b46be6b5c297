"""`open_table`: any readable list as one thing, a header and a stream of numbered rows."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from ringback.adapters.files import cards, delimited, encoding, kind, layout, vcard
from ringback.adapters.files.encoding import Encoding
from ringback.adapters.files.kind import Kind
from ringback.adapters.files.workbook import Workbook
from ringback.domain.cell_text import clean

Row = tuple[int, list[str]]
SAMPLE_CHARACTERS = 256 * 1024
_JCARD_LIMIT = 50 * 1024**2
_NOTES_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may decide instead of the reader; None means: look at the file."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: bool | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the file itself that a person should know; `line` is 0 for the whole file."""

    line: int
    message: str


@dataclass(slots=True)
class Table:
    """A list opened for reading. `rows()` starts from the first data row each time it is called."""

    kind: Kind
    header: tuple[str, ...]
    has_header: bool
    preamble: tuple[str, ...]
    total_bytes: int
    notes: list[Note]
    _open_rows: Callable[[], Iterator[Row]]
    _skip: int
    _position: Callable[[], float]
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""

    def rows(self) -> Iterator[Row]:
        """(line number in the file, cells) of every data row that is not blank, lazily and in bounded memory."""
        self.notes.clear()
        return itertools.islice(self._open_rows(), self._skip, None)

    def sample(self, count: int = 50) -> list[list[str]]:
        """The cells of the first rows, for a preview and for guessing what a column holds."""
        kept = list(self.notes)
        found = [cells for _, cells in itertools.islice(self.rows(), count)]
        self.notes[:] = kept
        return found

    def take_notes(self) -> list[Note]:
        """What the reader had to repair since it was last asked."""
        found, self.notes[:] = list(self.notes), []
        return found

    @property
    def progress(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(self._position(), 1.0)


def open_table(
    source: str | os.PathLike[str] | BinaryIO,
    recognised: Callable[[Sequence[str]], int],
    *,
    options: Options | None = None,
) -> Table:
    """Open a list, whatever its kind, encoding and delimiter; the caller closes a binary it gave.

    `recognised(cells)` says how many of the cells are column names we know (`domain.columns.count_known`).
    Raises UnreadableFile with a sentence for the person who chose the file.
    """
    options = options or Options()
    binary = _opened(source)
    total = binary.seek(0, os.SEEK_END)
    if kind.recognise(binary) is Kind.XLSX:
        return _open_workbook(binary, recognised, options, total)
    found = _encoding(binary, options)
    head = _text_head(binary, found)
    form = kind.recognise_text(head[:2048])
    if form is Kind.CSV:
        return _open_delimited(binary, found, head, recognised, options, total)
    return _open_cards(binary, found, form, total)


def _opened(source: str | os.PathLike[str] | BinaryIO) -> BinaryIO:
    """A stream that can be read from its start again; the table closes it when it goes."""
    if isinstance(source, str | os.PathLike):
        return open(source, "rb")
    if source.seekable():
        return source
    return io.BytesIO(source.read())


def _encoding(binary: BinaryIO, options: Options) -> Encoding:
    if options.encoding:
        encoding.verify(binary, options.encoding)
        return Encoding(options.encoding)
    return encoding.detect(binary)


def _text(binary: BinaryIO, found: Encoding) -> io.TextIOWrapper:
    binary.seek(0)
    return io.TextIOWrapper(_Shared(binary), encoding=found.name, errors=found.errors, newline="")


class _Shared(io.BufferedIOBase):
    """A view of a binary file that does not close it."""

    def __init__(self, binary: BinaryIO) -> None:
        self._binary = binary

    def readable(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return ""

    def read(self, size: int | None = -1, /) -> bytes:
        return self._binary.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._binary.read(size)


def _text_head(binary: BinaryIO, found: Encoding) -> str:
    head = _text(binary, found).read(SAMPLE_CHARACTERS)
    return head.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if found.mixed else head


def _lines(binary: BinaryIO, found: Encoding, notes: list[Note]) -> Iterator[str]:
    text = _text(binary, found)
    if not found.mixed:
        return iter(text)
    return encoding.reread_strays(text, found, lambda line: _keep(notes, line, _stray_message(found)))


def _stray_message(found: Encoding) -> str:
    return f"The line is not UTF-8 like the rest of the file; it was read as {found.mixed}. Check its accents."


def _keep(notes: list[Note], line: int, message: str) -> None:
    """Notes are for people: beyond ten thousand nobody reads on, and memory stays bounded."""
    if len(notes) < _NOTES_KEPT:
        notes.append(Note(line, message))


def _position(binary: BinaryIO, total: int) -> Callable[[], float]:
    return lambda: 1.0 if binary.closed or not total else binary.tell() / total


def _open_delimited(
    binary: BinaryIO,
    found: Encoding,
    head: str,
    recognised: Callable[[Sequence[str]], int],
    options: Options,
    total: int,
) -> Table:
    notes: list[Note] = []
    announced = delimited.announced_delimiter(head.partition("\n")[0])
    truncated = len(head) >= SAMPLE_CHARACTERS
    mark = options.delimiter or announced or delimited.sniff_delimiter(head[:65_536], recognised, truncated=truncated)
    first = list(itertools.islice(_delimited_rows(io.StringIO(head, newline=""), mark, announced, 0, []), 60))
    place = layout.find_layout([cells for _, cells in first], recognised, header=options.header)
    header = _header(first, place)

    def rows() -> Iterator[Row]:
        return _delimited_rows(_lines(binary, found, notes), mark, announced, len(header), notes)

    return Table(
        kind=Kind.TSV if mark == "\t" else Kind.CSV,
        header=header,
        has_header=place.header is not None,
        preamble=_preamble(first, place),
        total_bytes=total,
        notes=notes,
        _open_rows=rows,
        _skip=place.first_data,
        _position=_position(binary, total),
        encoding=found.name,
        delimiter=mark,
    )


def _delimited_rows(lines: Iterator[str], mark: str, announced: str, width: int, notes: list[Note]) -> Iterator[Row]:
    start = 1
    if announced:
        next(lines, None)
        start = 2
    return delimited.records(lines, mark, width=width, start=start, note=lambda line, text: _keep(notes, line, text))


def _header(first: list[Row], place: layout.Layout) -> tuple[str, ...]:
    """The columns' names; columns without one get a number, as many as the widest of the first rows has."""
    if place.header is not None:
        named = [clean(name)[0].strip() for name in first[place.header][1]]
    else:
        named = [""] * max((len(cells) for _, cells in first[place.first_data :]), default=0)
    while place.header is not None and named and not named[-1]:
        named.pop()
    return tuple(name or f"Column {number}" for number, name in enumerate(named, 1))


def _preamble(first: list[Row], place: layout.Layout) -> tuple[str, ...]:
    until = place.header if place.header is not None else place.first_data
    return tuple(" ".join(filter(None, cells)) for _, cells in first[:until])


def _open_workbook(binary: BinaryIO, recognised: Callable[[Sequence[str]], int], options: Options, total: int) -> Table:
    book = Workbook(binary, options.sheet)
    first = list(itertools.islice(book.rows(), 60))
    place = layout.find_layout([cells for _, cells in first], recognised, header=options.header)
    count = book.row_count()
    seen = [0]

    def rows() -> Iterator[Row]:
        for number, cells in book.rows():
            seen[0] = number
            yield number, cells

    return Table(
        kind=Kind.XLSX,
        header=_header(first, place),
        has_header=place.header is not None,
        preamble=_preamble(first, place),
        total_bytes=total,
        notes=[],
        _open_rows=rows,
        _skip=place.first_data,
        _position=lambda: seen[0] / count if count else 0.0,
        sheets=book.sheets,
        sheet=book.sheet,
    )


def _open_cards(binary: BinaryIO, found: Encoding, form: Kind, total: int) -> Table:
    notes: list[Note] = []

    def people() -> Iterator[vcard.Card]:
        if form is Kind.JCARD:
            return vcard.read_jcards(_text(binary, found).read(_JCARD_LIMIT))
        return vcard.read_cards(_lines(binary, found, notes), lambda line, text: _keep(notes, line, text))

    def rows() -> Iterator[Row]:
        for card in people():
            if cards.is_person(card):
                yield card.line, cards.card_row(card)
            else:
                _keep(notes, card.line, "The card is a group or a place, not a person; it was left out.")

    return Table(
        kind=form,
        header=cards.COLUMNS,
        has_header=True,
        preamble=(),
        total_bytes=total,
        notes=notes,
        _open_rows=rows,
        _skip=0,
        _position=_position(binary, total),
        encoding=found.name,
    )
