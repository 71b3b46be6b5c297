"""From a file to judged rows, a chunk at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ringback.actions.errors import Refused
from ringback.actions.importing.options import ImportOptions
from ringback.adapters.contacts.phones import is_region
from ringback.adapters.files import Table, open_table
from ringback.adapters.judging import Chunk, Task, judged, judged_beside, worth_a_process
from ringback.domain.columns import Column, choose_columns, count_known, guess_columns

Source = str | os.PathLike[str] | BinaryIO
Mapped = Mapping[str, str | None]


@dataclass(slots=True)
class Reading:
    """A file opened, its columns understood."""

    table: Table
    columns: tuple[Column, ...]
    _task: Task
    _path: Path | None

    def chunks(self, after_line: int = 0, *, at_length: bool = True, in_tables: bool = False) -> Iterator[Chunk]:
        """All rows below `after_line`, in order, in bounded memory. Not `at_length`: only the first ones are wanted.
        `in_tables`: whoever writes them can take `Tables`.
        """
        task = replace(self._task, after_line=after_line, in_tables=in_tables)
        if at_length and self._path is not None and worth_a_process(self._path):
            return judged_beside(self._path, self.table, task)
        return judged(self.table, task)


def open_reading(file: Source, mapping: Mapped, options: ImportOptions) -> Reading:
    """Open the file and settle its columns: as guessed, changed by `mapping` (header or `#position` → field or None).

    Raises UnreadableFile if it is no list, Refused for an unknown region, column or field, or if nothing in it could
    ever reach anybody.
    """
    if options.region and not is_region(options.region):
        raise Refused(f"“{options.region}” is no country code such as DE or US.", "region")
    table = open_table(file, count_known, options=options.file)
    try:
        columns = choose_columns(guess_columns(table.header, table.sample()), mapping)
    except ValueError as error:
        raise Refused(str(error), "mapping") from error
    path = Path(file) if isinstance(file, str | os.PathLike) else None
    return Reading(table, columns, Task(columns, options.expectations(), options.file), path)
