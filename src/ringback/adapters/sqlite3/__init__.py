"""SQLite as Django speaks it, and a sign by which whoever holds its one write lock sees that others wait for it."""

from ringback.adapters.sqlite3.base import others_wait
from ringback.adapters.sqlite3.waiting import Sign

__all__ = ["Sign", "others_wait"]
