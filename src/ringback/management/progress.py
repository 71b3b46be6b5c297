"""A progress bar on a terminal; silence where nobody looks."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

WIDTH = 30
SECONDS_BETWEEN = 0.2


class ProgressBar:
    """`show(share, text)` redraws at most five times a second; `close()` leaves the last line standing."""

    def __init__(self, stream: TextIO, title: str) -> None:
        self._stream = stream
        self._title = title
        self._last = 0.0
        self._text = ""
        self._seen = stream.isatty()

    def show(self, share: float, text: str) -> None:
        now = monotonic()
        self._text = self._line(share, text)
        if self._seen and now - self._last > SECONDS_BETWEEN:
            self._last = now
            self._stream.write(f"\r{self._text}")
            self._stream.flush()

    def close(self) -> None:
        if self._seen and self._text:
            self._stream.write(f"\r{self._text}\n")
            self._stream.flush()

    def _line(self, share: float, text: str) -> str:
        full = round(min(max(share, 0.0), 1.0) * WIDTH)
        return f"{self._title} [{'█' * full}{'·' * (WIDTH - full)}] {share:4.0%} {text}"
