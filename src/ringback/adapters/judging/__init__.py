"""Reads and judges a list chunk by chunk, a long one in a process of its own."""

from ringback.adapters.judging.beside import judged_beside, worth_a_process
from ringback.adapters.judging.chunks import Chunk, Task, gathered, judged, portions
from ringback.adapters.judging.entries import PERSON_COLUMNS, POINT_COLUMNS, Entry, candidate_of
from ringback.adapters.judging.tables import POSSIBLE as TABLES_POSSIBLE
from ringback.adapters.judging.tables import TABLE_ROWS, Tables, told_apart

__all__ = [
    "PERSON_COLUMNS",
    "POINT_COLUMNS",
    "TABLES_POSSIBLE",
    "TABLE_ROWS",
    "Chunk",
    "Entry",
    "Tables",
    "Task",
    "candidate_of",
    "gathered",
    "judged",
    "judged_beside",
    "portions",
    "told_apart",
    "worth_a_process",
]
