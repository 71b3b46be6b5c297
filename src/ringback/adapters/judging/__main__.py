"""The judging process: a task comes in, chunks go out, and an empty message says that all are told."""

from __future__ import annotations

import gc
import os
import pickle
import sys

from ringback.adapters.files import open_table
from ringback.adapters.judging import wire
from ringback.adapters.judging.chunks import judged
from ringback.domain.columns import count_known


def main() -> None:
    # Looked at once: what is loaded by now stays. Rows make no circles, so that looking among them can wait.
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    content = wire.receive(sys.stdin.buffer)
    if content is None:
        return
    path, task = pickle.loads(content)  # noqa: S301  our own process wrote it
    for chunk in judged(open_table(path, count_known, options=task.file), task):
        wire.send(sys.stdout.buffer, wire.packed(chunk))
    wire.send(sys.stdout.buffer, b"")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        # Python would write out what is left and complain; there is nobody to tell.
        os._exit(0)
