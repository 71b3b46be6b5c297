"""Reads and judges a list chunk by chunk, a long one in a process of its own."""

from ringback.adapters.judging.beside import judged_beside, worth_a_process
from ringback.adapters.judging.chunks import Chunk, Task, gathered, judged, portions
from ringback.adapters.judging.entries import PERSON_COLUMNS, POINT_COLUMNS, Entry, candidate_of

__all__ = [
    "PERSON_COLUMNS",
    "POINT_COLUMNS",
    "Chunk",
    "Entry",
    "Task",
    "candidate_of",
    "gathered",
    "judged",
    "judged_beside",
    "portions",
    "worth_a_process",
]
