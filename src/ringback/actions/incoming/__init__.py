"""Mails that came in: taken in once, read, followed by what they change, and corrected when they were misread."""

from ringback.actions.incoming.correcting import correct, give_to, mark_done, reopen, say_return
from ringback.actions.incoming.progress import note_looked, note_read, note_reading_trouble
from ringback.actions.incoming.taking_in import carry_out_pending, take_in

__all__ = [
    "carry_out_pending",
    "correct",
    "give_to",
    "mark_done",
    "note_looked",
    "note_read",
    "note_reading_trouble",
    "reopen",
    "say_return",
    "take_in",
]
