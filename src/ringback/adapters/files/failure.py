"""The one failure of this folder: a file that cannot be read as a list, in words a person reads."""

from __future__ import annotations


class UnreadableFile(Exception):
    """The file is not a list we can read. `code` is stable; `str(error)` is a sentence with the way out.

    `line` names the physical line (1-based) where reading stopped, if there is one.
    """

    def __init__(self, code: str, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
