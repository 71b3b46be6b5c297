"""Reads lists of people from any file a program or a phone exports, and writes lists that are safe to open."""

from ringback.adapters.files.failure import UnreadableFile
from ringback.adapters.files.kind import Kind
from ringback.adapters.files.table import Note, Options, Table, open_table
from ringback.adapters.files.write import write_rows
from ringback.domain.cell_text import defuse_formula, restore_formula

__all__ = [
    "Kind",
    "Note",
    "Options",
    "Table",
    "UnreadableFile",
    "defuse_formula",
    "open_table",
    "restore_formula",
    "write_rows",
]
